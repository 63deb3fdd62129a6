/* SPDX-License-Identifier: MIT */
/*
 * The test harness: the same on the host, on emulated boards and on real ones.
 *
 * A test program is a set of cases, each named for the claim it shows. `PROGRAM --list` prints the
 * names, `PROGRAM NAME` runs one, `PROGRAM` runs all, each in a process of its own where the host
 * has processes. Exit code 0: passed, 77: skipped, anything else: failed.
 *
 * Linked with linnet_test_host a case is called from main; with linnet_test_task it is the body of
 * a kernel task of priority TEST_TASK_PRIORITY in virtual time, and fails if it leaves a task or a
 * byte of heap behind.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEST_TASK_PRIORITY 3

struct test_case {
    const char *name;
    void (*run)(void);
};

#define TEST(name)                                                                                 \
    static void name(void);                                                                        \
    static const struct test_case test_case_##name = {#name, name};                                \
    static const struct test_case *const test_entry_##name                                         \
        __attribute__((used, section("linnet_tests"))) = &test_case_##name;                        \
    static void name(void)

/* A program whose cases are files defines this: it says how many there are, and where. They come on
 * top of those of TEST, and may share one function that asks for the name. */
size_t test_find_cases(const struct test_case **cases);
const char *test_case_name(void);

/* Each ends the case as failed when the claim is false, with the place and the values. */
#define CHECK(claim) test_check((claim), #claim, __FILE__, __LINE__)
#define CHECK_EQUAL(expected, actual)                                                              \
    test_check_equal((intmax_t)(expected), (intmax_t)(actual), #actual, __FILE__, __LINE__)
#define CHECK_STRING(expected, actual)                                                             \
    test_check_string((expected), (actual), #actual, __FILE__, __LINE__)
#define CHECK_BYTES(expected, actual, size)                                                        \
    test_check_bytes((expected), (actual), (size), #actual, __FILE__, __LINE__)

void test_check(bool claim, const char *text, const char *file, int line);
void test_check_equal(intmax_t expected, intmax_t actual, const char *text, const char *file,
                      int line);
void test_check_string(const char *expected, const char *actual, const char *text, const char *file,
                       int line);
void test_check_bytes(const void *expected, const void *actual, size_t size, const char *text,
                      const char *file, int line);

/* Ends the case as skipped; the reason is printed and counted. */
_Noreturn void test_skip(const char *reason);

/* In a test under the kernel: from now on the case passes by an assertion that fails with this text
 * in its message, "FILE:LINE: assertion failed in task 'NAME': CALL: EXPRESSION", and in no other
 * way. The text must stay. */
void test_expect_assertion(const char *message);

/* Ends the case as failed, with a message of its own. */
_Noreturn void test_fail(const char *message, const char *file, int line);

/* A repeatable pseudo-random stream (xorshift64*), for sweeps: the same seed gives the same values. */
struct test_random {
    uint64_t state;
};
uint32_t test_random_next(struct test_random *random);
uint32_t test_random_below(struct test_random *random, uint32_t limit);
