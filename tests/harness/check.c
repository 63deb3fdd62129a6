/* SPDX-License-Identifier: MIT */
/*
 * The checks of linnet_test.h: each prints what was claimed and what was seen, and ends the case.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void test_end(enum test_exit verdict)
{
    fflush(stdout);
    fflush(stderr);
    exit((int)verdict);
}

_Noreturn void test_fail(const char *message, const char *file, int line)
{
    printf("%s:%d: %s\n", file, line, message);
    test_end(TEST_FAILED);
}

_Noreturn void test_skip(const char *reason)
{
    printf("skipped: %s\n", reason);
    test_end(TEST_SKIPPED);
}

void test_check(bool claim, const char *text, const char *file, int line)
{
    if (claim)
        return;
    printf("%s:%d: not true: %s\n", file, line, text);
    test_end(TEST_FAILED);
}

void test_check_equal(intmax_t expected, intmax_t actual, const char *text, const char *file,
                      int line)
{
    if (expected == actual)
        return;
    /* What is wider than a long is cut: small C libraries print no more. */
    printf("%s:%d: %s is %ld, expected %ld\n", file, line, text, (long)actual, (long)expected);
    test_end(TEST_FAILED);
}

void test_check_string(const char *expected, const char *actual, const char *text, const char *file,
                       int line)
{
    if (actual != NULL && strcmp(expected, actual) == 0)
        return;
    printf("%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, text, actual ? actual : "(null)",
           expected);
    test_end(TEST_FAILED);
}

void test_check_bytes(const void *expected, const void *actual, size_t size, const char *text,
                      const char *file, int line)
{
    const uint8_t *want = expected, *have = actual;

    for (size_t i = 0; i < size; i++) {
        if (want[i] == have[i])
            continue;
        printf("%s:%d: %s differs at byte %lu of %lu: 0x%02x, expected 0x%02x\n", file, line, text,
               (unsigned long)i, (unsigned long)size, have[i], want[i]);
        test_end(TEST_FAILED);
    }
}

uint32_t test_random_next(struct test_random *random)
{
    if (random->state == 0)
        random->state = 0x9e3779b97f4a7c15u;
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return (uint32_t)((random->state * 0x2545f4914f6cdd1du) >> 32);
}

uint32_t test_random_below(struct test_random *random, uint32_t limit)
{
    return (uint32_t)(((uint64_t)test_random_next(random) * limit) >> 32);
}
