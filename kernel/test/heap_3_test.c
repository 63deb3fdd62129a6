/* SPDX-License-Identifier: MIT */
/* heap_3: the C library's heap, entered with the scheduler held. */
#include <stddef.h>

static void *library_malloc(size_t size);
static void library_free(void *memory);

#include <stdlib.h>

#define malloc library_malloc
#define free   library_free
#include "heap_host.h"
#undef malloc
#undef free

static unsigned taken, given;
static int fails;

static void *library_malloc(size_t size)
{
    CHECK_EQUAL(1, suspended);
    taken++;
    return fails || size > SIZE_MAX / 2 ? NULL
                                        : malloc(size); /* a sanitizer's malloc would abort */
}

static void library_free(void *memory)
{
    CHECK_EQUAL(1, suspended);
    given++;
    free(memory);
}

TEST(memory_comes_from_the_library_with_the_scheduler_held)
{
    unsigned char *memory = pvPortMalloc(100);

    CHECK(memory != NULL);
    memset(memory, 0xa5, 100);
    CHECK_EQUAL(1, taken);
    vPortFree(memory);
    CHECK_EQUAL(1, given);
    CHECK_EQUAL(0, suspended);
    CHECK_EQUAL(0, failures_told);
    CHECK_EQUAL(0, asserts);
}

TEST(a_failure_of_the_library_is_told)
{
    fails = 1;
    CHECK(pvPortMalloc(100) == NULL);
    CHECK_EQUAL(1, failures_told);
    CHECK(pvPortCalloc(4, 100) == NULL);
    CHECK_EQUAL(2, failures_told);
}

TEST(nothing_and_too_much_are_refused)
{
    CHECK(pvPortMalloc(0) == NULL);
    CHECK_EQUAL(0, taken);
    CHECK(pvPortCalloc(SIZE_MAX / 2, 3) == NULL);
    vPortFree(NULL);
    CHECK_EQUAL(0, given);
    CHECK_EQUAL(2, failures_told);
}

TEST(calloc_gives_zeroes)
{
    unsigned char *memory = pvPortCalloc(30, 20);

    for (size_t i = 0; i < 600; i++)
        CHECK_EQUAL(0, memory[i]);
    vPortFree(memory);
}
