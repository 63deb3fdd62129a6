/* SPDX-License-Identifier: MIT */
/* heap_1: memory is handed out in turn, aligned, until there is none, and never taken back. */
#include "heap_host.h"

TEST(blocks_are_aligned_and_do_not_overlap)
{
    uint8_t *end = ucHeap;

    for (size_t size = 1; size < 60; size++) {
        uint8_t *memory = pvPortMalloc(size);
        CHECK(memory != NULL && memory >= end && memory + size <= ucHeap + sizeof ucHeap);
        CHECK_EQUAL(0, (uintptr_t)memory % portBYTE_ALIGNMENT);
        memset(memory, 0xa5, size);
        end = memory + size;
    }
    CHECK_EQUAL(0, suspended);
}

TEST(what_is_free_shrinks_to_nothing)
{
    size_t all = xPortGetFreeHeapSize();
    HeapStats_t stats;

    CHECK(all > sizeof ucHeap - 2 * portBYTE_ALIGNMENT && all <= sizeof ucHeap);
    CHECK(pvPortMalloc(all / 2) != NULL);
    size_t left = xPortGetFreeHeapSize();
    CHECK(left <= all / 2 && left + portBYTE_ALIGNMENT > all / 2);
    vPortGetHeapStats(&stats);
    CHECK_EQUAL(left, stats.xAvailableHeapSpaceInBytes);
    CHECK_EQUAL(left, stats.xSizeOfLargestFreeBlockInBytes);
    CHECK_EQUAL(left, xPortGetMinimumEverFreeHeapSize());
    CHECK_EQUAL(1, stats.xNumberOfSuccessfulAllocations);
    CHECK_EQUAL(0, stats.xNumberOfSuccessfulFrees);
    CHECK(pvPortMalloc(left + 1) == NULL);
    CHECK_EQUAL(1, failures_told);
    CHECK(pvPortMalloc(left) != NULL);
    CHECK_EQUAL(0, xPortGetFreeHeapSize());
    CHECK(pvPortMalloc(1) == NULL);
    CHECK_EQUAL(2, failures_told);
}

TEST(impossible_sizes_and_products_are_refused)
{
    size_t all = xPortGetFreeHeapSize();

    CHECK(pvPortMalloc(0) == NULL && pvPortMalloc(SIZE_MAX) == NULL);
    CHECK(pvPortMalloc(SIZE_MAX - portBYTE_ALIGNMENT + 1) == NULL);
    CHECK(pvPortCalloc(SIZE_MAX / 2, 3) == NULL);
    CHECK_EQUAL(all, xPortGetFreeHeapSize());
    CHECK_EQUAL(4, failures_told);
}

TEST(calloc_gives_zeroes)
{
    memset(ucHeap, 0xa5, sizeof ucHeap);
    const unsigned char *memory = pvPortCalloc(30, 20);
    for (size_t i = 0; i < 600; i++)
        CHECK_EQUAL(0, memory[i]);
}

TEST(releasing_is_reported_and_changes_nothing)
{
    void *memory = pvPortMalloc(10);
    size_t left = xPortGetFreeHeapSize();

    vPortFree(NULL);
    CHECK_EQUAL(0, asserts);
    vPortFree(memory);
    CHECK_EQUAL(1, asserts);
    CHECK_EQUAL(left, xPortGetFreeHeapSize());
}

TEST(state_can_be_reset_as_at_power_on)
{
    size_t all = xPortGetFreeHeapSize();

    CHECK(pvPortMalloc(1000) != NULL);
    vPortHeapResetState();
    CHECK_EQUAL(all, xPortGetFreeHeapSize());
}
