/* SPDX-License-Identifier: MIT */
/* heap_5: several regions are one heap. What it has in common with heap_4 is shown by heap_test.c. */
#include "heap_host.h"

static _Alignas(portBYTE_ALIGNMENT) uint8_t memory[6000];

static bool is_within(const uint8_t *block, const uint8_t *region, size_t size)
{
    return block >= region && block < region + size;
}

/* Two regions with a gap between them that nobody may touch. */
static void define_two(void)
{
    memset(memory, 0x5a, sizeof memory);
    vPortDefineHeapRegions((HeapRegion_t[]){{memory + 3, 1000}, {memory + 2000, 3000}, {NULL, 0}});
}

TEST(there_is_nothing_before_the_regions_are_known)
{
    CHECK_EQUAL(0, xPortGetFreeHeapSize());
    CHECK(pvPortMalloc(1) == NULL);
    CHECK_EQUAL(1, failures_told);
    define_two();
    CHECK(pvPortMalloc(1) != NULL);
    CHECK_EQUAL(0, asserts);
}

TEST(every_region_is_used_and_the_gap_is_not)
{
    uint8_t *blocks[200];
    size_t count = 0, low = 0, high = 0;

    define_two();
    size_t all = xPortGetFreeHeapSize();
    CHECK(all <= 4000 && all >= 4000 - 4 * portBYTE_ALIGNMENT);
    while ((blocks[count] = pvPortMalloc(32)) != NULL) {
        memset(blocks[count], (int)count, 32);
        low += is_within(blocks[count], memory, 1003);
        high += is_within(blocks[count], memory + 2000, 3000);
        count++;
    }
    CHECK(low > 15 && high > 50);
    CHECK_EQUAL(count, low + high);
    for (size_t i = 1003; i < 2000; i++)
        CHECK_EQUAL(0x5a, memory[i]);
    for (size_t i = 5000; i < sizeof memory; i++)
        CHECK_EQUAL(0x5a, memory[i]);
    for (size_t i = 0; i < count; i++)
        vPortFree(blocks[i]);
    CHECK_EQUAL(all, xPortGetFreeHeapSize());
    HeapStats_t stats;
    vPortGetHeapStats(&stats);
    CHECK_EQUAL(2, stats.xNumberOfFreeBlocks);
    CHECK(stats.xSizeOfLargestFreeBlockInBytes > 2900);
    CHECK(stats.xSizeOfSmallestFreeBlockInBytes < 1000);
    CHECK_EQUAL(0, asserts);
}

TEST(a_large_block_is_taken_where_it_fits)
{
    define_two();
    uint8_t *block = pvPortMalloc(2000);
    CHECK(is_within(block, memory + 2000, 3000));
    CHECK(pvPortMalloc(1500) == NULL);
    vPortFree(block);
}

TEST(a_region_too_small_for_a_block_is_left_out)
{
    vPortDefineHeapRegions((HeapRegion_t[]){
        {memory, 8}, {memory + 16, 1000}, {memory + 1100, 2 * sizeof(void *) + 4}, {NULL, 0}});
    size_t all = xPortGetFreeHeapSize();
    CHECK(all > 900 && all <= 1000);
    CHECK_EQUAL(0, asserts);
}

TEST(regions_out_of_order_and_a_second_table_are_reported)
{
    vPortDefineHeapRegions((HeapRegion_t[]){{memory + 2000, 1000}, {memory, 1000}, {NULL, 0}});
    CHECK_EQUAL(1, asserts);
    vPortHeapResetState();
    define_two();
    CHECK_EQUAL(1, asserts);
    define_two();
    CHECK(asserts > 1);
}
