/* SPDX-License-Identifier: MIT */
/*
 * One heap against a model, on the host. The build defines HEAP_FILE, HEAP_PROTECTED, HEAP_JOINS
 * (neighbours join again), HEAP_OF_REGIONS and HEAP_ROUNDS, the number of random operations; the heap
 * is compiled into this program with options of its own, an assertion that this test can survive, and
 * a scheduler whose suspension is only counted.
 */
#include "FreeRTOS.h"
#include "task.h"

#undef configTOTAL_HEAP_SIZE
#define configTOTAL_HEAP_SIZE (HEAP_KILOBYTES * 1024)
#undef configHEAP_CLEAR_MEMORY_ON_FREE
#define configHEAP_CLEAR_MEMORY_ON_FREE clear_on_free
#undef configUSE_MALLOC_FAILED_HOOK
#define configUSE_MALLOC_FAILED_HOOK 1
#undef configENABLE_HEAP_PROTECTOR
#define configENABLE_HEAP_PROTECTOR HEAP_PROTECTED
#undef configASSERT_DEFINED
#define configASSERT_DEFINED 1
#undef configASSERT
#define configASSERT(claim) assert_that((claim))
#undef traceMALLOC
#define traceMALLOC(address, size) (traced_bytes += (address) != NULL ? (size) : 0)
#undef traceFREE
#define traceFREE(address, size) (traced_bytes -= (size))

#include <stdbool.h>

static void assert_that(bool claim);
static bool clear_on_free;
static size_t traced_bytes;

#include HEAP_FILE

#include <linnet_test.h>

/* A heap of regions is given one here, so that it can be compared with the others. */
#if HEAP_OF_REGIONS
static uint8_t ucHeap[configTOTAL_HEAP_SIZE];

static __attribute__((constructor)) void prepare(void)
{
    vPortDefineHeapRegions((HeapRegion_t[]){{ucHeap, sizeof ucHeap}, {NULL, 0}});
}
#else
static void prepare(void)
{
}
#endif

static void reset(void)
{
    vPortHeapResetState();
    prepare();
}

#include <setjmp.h>
#include <stdlib.h>

static int suspended, failures_told;
static bool assert_expected;
static jmp_buf caught;

void vTaskSuspendAll(void)
{
    suspended++;
}

BaseType_t xTaskResumeAll(void)
{
    suspended--;
    return pdFALSE;
}

void vApplicationMallocFailedHook(void)
{
    CHECK_EQUAL(0, suspended);
    failures_told++;
}

#if HEAP_PROTECTED
void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary)
{
    *canary = (portPOINTER_SIZE_TYPE)0x5bd1e995a7c3f00du;
}
#endif

static void assert_that(bool claim)
{
    if (claim)
        return;
    if (!assert_expected)
        test_fail("the heap asserts", __FILE__, __LINE__);
    longjmp(caught, 1);
}

/* True if releasing `memory` is caught. The heap is not to be used afterwards. */
static bool release_is_caught(void *memory)
{
    assert_expected = true;
    if (setjmp(caught) == 0) {
        vPortFree(memory);
        return false;
    }
    assert_expected = false;
    suspended = 0;
    reset();
    return true;
}

static HeapStats_t stats_now(void)
{
    HeapStats_t stats;

    vPortGetHeapStats(&stats);
    return stats;
}

static void check_whole(size_t all)
{
    HeapStats_t stats = stats_now();

    CHECK_EQUAL(all, xPortGetFreeHeapSize());
    CHECK_EQUAL(all, stats.xAvailableHeapSpaceInBytes);
    if (HEAP_JOINS) {
        CHECK_EQUAL(1, stats.xNumberOfFreeBlocks);
        CHECK_EQUAL(all, stats.xSizeOfLargestFreeBlockInBytes);
        CHECK_EQUAL(all, stats.xSizeOfSmallestFreeBlockInBytes);
    }
    CHECK_EQUAL(stats.xNumberOfSuccessfulAllocations, stats.xNumberOfSuccessfulFrees);
    CHECK_EQUAL(0, traced_bytes);
    CHECK_EQUAL(0, suspended);
}

/* What the model knows about one block: where it is, and that each of its bytes is `pattern`. */
struct owned {
    unsigned char *memory;
    size_t size;
    unsigned char pattern;
};

static void own(struct owned *block, size_t size, unsigned char pattern)
{
    block->memory = pvPortMalloc(size);
    block->size = size;
    block->pattern = pattern;
    if (block->memory == NULL)
        return;
    CHECK_EQUAL(0, (uintptr_t)block->memory % portBYTE_ALIGNMENT);
    CHECK(block->memory >= ucHeap && block->memory + size <= ucHeap + sizeof ucHeap);
    memset(block->memory, pattern, size);
}

static void disown(struct owned *block)
{
    for (size_t i = 0; block->memory != NULL && i < block->size; i++)
        if (block->memory[i] != block->pattern)
            test_fail("a block was overwritten", __FILE__, __LINE__);
    vPortFree(block->memory);
    block->memory = NULL;
}

static void check_accounts(const struct owned *blocks, size_t count, size_t all)
{
    size_t taken = 0;
    HeapStats_t stats = stats_now();

    for (size_t i = 0; i < count; i++)
        if (blocks[i].memory != NULL)
            taken += heap_block_bytes(blocks[i].memory);
    CHECK_EQUAL(all - taken, xPortGetFreeHeapSize());
    CHECK_EQUAL(taken, traced_bytes);
    CHECK(stats.xSizeOfLargestFreeBlockInBytes <= all - taken);
    CHECK(stats.xMinimumEverFreeBytesRemaining <= all - taken);
    CHECK(stats.xNumberOfFreeBlocks <= stats.xNumberOfSuccessfulAllocations + 1);
}

TEST(ledger_35_random_operations_match_a_model)
{
    enum { SLOTS = 300, ROUNDS = HEAP_ROUNDS };
    static struct owned slots[SLOTS];
    struct test_random random = {20260101};
    size_t all = xPortGetFreeHeapSize();

    for (unsigned round = 0; round < ROUNDS; round++) {
        struct owned *slot = &slots[test_random_below(&random, SLOTS)];
        if (slot->memory != NULL) {
            disown(slot);
        } else {
            uint32_t kind = test_random_below(&random, 100);
            uint32_t limit = kind < 70 ? 200 : kind < 98 ? 900 : 9000;
            own(slot, 1 + test_random_below(&random, limit), (unsigned char)round);
        }
        if (round % 1000 == 0)
            check_accounts(slots, SLOTS, all);
    }
    CHECK(failures_told > 0); /* the heap was full now and then */
    for (size_t i = 0; i < SLOTS; i++)
        disown(&slots[i]);
    check_whole(all);
}

#if HEAP_JOINS
TEST(neighbours_join_in_any_order_of_release)
{
    size_t all = xPortGetFreeHeapSize();
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    for (size_t order = 0; order < 6; order++) {
        struct owned blocks[3], wall;
        for (size_t i = 0; i < 3; i++)
            own(&blocks[i], 100 + 50 * i, (unsigned char)(order + i));
        own(&wall, 40, 9);
        for (size_t i = 0; i < 3; i++)
            disown(&blocks[orders[order][i]]);
        CHECK_EQUAL(2, stats_now().xNumberOfFreeBlocks);
        disown(&wall);
        check_whole(all);
    }
}

#endif

TEST(a_full_heap_says_so_and_recovers)
{
    static struct owned blocks[configTOTAL_HEAP_SIZE / 8];
    size_t all = xPortGetFreeHeapSize(), count = 0;

    do
        own(&blocks[count], 24, (unsigned char)count);
    while (blocks[count++].memory != NULL);
    CHECK_EQUAL(1, failures_told);
    CHECK(count > configTOTAL_HEAP_SIZE / 70 && xPortGetFreeHeapSize() < 64);
    for (size_t i = 0; i < count; i += 2)
        disown(&blocks[i]);
    HeapStats_t stats = stats_now();
    CHECK(stats.xNumberOfFreeBlocks >= count / 2 - 1);
    CHECK(pvPortMalloc(1000) == NULL);
    for (size_t i = 1; i < count; i += 2)
        disown(&blocks[i]);
    check_whole(all);
    void *most = pvPortMalloc(HEAP_JOINS ? all - 64 : 24);
    CHECK(most != NULL);
    vPortFree(most);
}

/* Fills the heap but for one hole of `size` bytes, and asks for a part of it. */
static bool hole_is_found(size_t size, size_t part)
{
    char *hole = pvPortMalloc(size);
    CHECK(hole != NULL && pvPortMalloc(1) != NULL);
    for (size_t filler = configTOTAL_HEAP_SIZE; filler > 0;)
        if (pvPortMalloc(filler) == NULL)
            filler /= 2;
    vPortFree(hole);
    char *found = pvPortMalloc(part);
    reset();
    return found != NULL && found >= hole && found < hole + size;
}

TEST(a_block_is_found_for_every_smaller_size)
{
    /* The default heap may miss a block less than an eighth larger than the request. */
    for (size_t size = 200; size < configTOTAL_HEAP_SIZE / 2; size += size / 5)
        for (size_t part = size * 7 / 8 - 64; part > 0; part = part * 3 / 4)
            CHECK(hole_is_found(size, part));
}

TEST(impossible_sizes_are_refused)
{
    static const size_t sizes[] = {0,
                                   configTOTAL_HEAP_SIZE,
                                   (size_t)1 << 31,
                                   (size_t)UINT32_MAX,
                                   SIZE_MAX / 2,
                                   SIZE_MAX / 2 + 1,
                                   SIZE_MAX - 32,
                                   SIZE_MAX - 8,
                                   SIZE_MAX - 1,
                                   SIZE_MAX};
    size_t all = xPortGetFreeHeapSize();

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        CHECK(pvPortMalloc(sizes[i]) == NULL);
    CHECK_EQUAL(sizeof sizes / sizeof *sizes, failures_told);
    check_whole(all);
}

TEST(impossible_products_are_refused)
{
    size_t all = xPortGetFreeHeapSize();

    /* Every pair of factors around 2^n and 2^m whose product does not fit or wraps to little. */
    for (unsigned n = 8; n < sizeof(size_t) * 8; n++) {
        for (unsigned m = sizeof(size_t) * 8 - n; m < sizeof(size_t) * 8; m++) {
            size_t a = (size_t)1 << n, b = (size_t)1 << m;
            CHECK(pvPortCalloc(a, b) == NULL);
            CHECK(pvPortCalloc(a + 1, b + 1) == NULL);
            CHECK(pvPortCalloc(a + 1, b) == NULL);
        }
    }
    CHECK(pvPortCalloc(0, 8) == NULL);
    CHECK(pvPortCalloc(8, 0) == NULL);
    check_whole(all);
}

TEST(calloc_gives_zeroes)
{
    struct owned dirty;
    own(&dirty, 600, 0xa5);
    disown(&dirty);

    unsigned char *memory = pvPortCalloc(30, 20);
    for (size_t i = 0; i < 600; i++)
        CHECK_EQUAL(0, memory[i]);
    vPortFree(memory);
}

TEST(released_memory_is_cleared_when_asked)
{
    clear_on_free = true;
    unsigned char *memory = pvPortMalloc(400);
    void *wall = pvPortMalloc(8);
    memset(memory, 0xa5, 400);
    vPortFree(memory);
    for (size_t i = 0; i + 16 < 400; i++) /* links and a size stand at its ends */
        CHECK(memory[i] != 0xa5);
    CHECK_EQUAL(0, memory[200]);
    vPortFree(wall);
    clear_on_free = false;
}

TEST(the_low_water_mark_is_kept_and_reset)
{
    size_t all = xPortGetFreeHeapSize();

    CHECK_EQUAL(all, xPortGetMinimumEverFreeHeapSize());
    void *memory = pvPortMalloc(2000);
    size_t low = xPortGetFreeHeapSize();
    CHECK(low <= all - 2000 && low >= all - 2064);
    vPortFree(memory);
    CHECK_EQUAL(low, xPortGetMinimumEverFreeHeapSize());
    CHECK_EQUAL(all, xPortGetFreeHeapSize());
    xPortResetHeapMinimumEverFreeHeapSize();
    CHECK_EQUAL(all, xPortGetMinimumEverFreeHeapSize());
}

TEST(state_can_be_reset_as_at_power_on)
{
    size_t all = xPortGetFreeHeapSize();

    CHECK(pvPortMalloc(1000) != NULL);
    reset();
    traced_bytes = 0;
    check_whole(all);
}

TEST(releasing_nothing_is_allowed)
{
    size_t all = xPortGetFreeHeapSize();
    vPortFree(NULL);
    check_whole(all);
}

TEST(ledger_35_double_release_is_caught)
{
    /* As the last block, between taken ones, and swallowed by either neighbour. */
    char *a = pvPortMalloc(64);
    vPortFree(a);
    CHECK(release_is_caught(a));

    a = pvPortMalloc(64);
    CHECK(pvPortMalloc(64) != NULL);
    vPortFree(a);
    CHECK(release_is_caught(a));

    a = pvPortMalloc(64);
    char *b = pvPortMalloc(64);
    CHECK(pvPortMalloc(64) != NULL);
    vPortFree(a);
    vPortFree(b);
    CHECK(release_is_caught(b));

    a = pvPortMalloc(64);
    b = pvPortMalloc(64);
    CHECK(pvPortMalloc(64) != NULL);
    vPortFree(b);
    vPortFree(a);
    CHECK(release_is_caught(b));
}

TEST(ledger_35_double_release_is_caught_in_the_middle_of_a_free_area)
{
    char *a = pvPortMalloc(64), *b = pvPortMalloc(64), *c = pvPortMalloc(64);

    CHECK(pvPortMalloc(64) != NULL);
    vPortFree(a);
    vPortFree(c);
    vPortFree(b);
    CHECK(release_is_caught(b));
}

TEST(foreign_pointers_are_caught)
{
    static size_t elsewhere[16];

    char *memory = pvPortMalloc(64);
    CHECK(release_is_caught(&elsewhere[8]));
    memory = pvPortMalloc(64);
    CHECK(release_is_caught(memory + portBYTE_ALIGNMENT));
    memory = pvPortMalloc(64);
    CHECK(release_is_caught(memory + 1));
}

TEST(ledger_35_a_damaged_header_is_caught)
{
    static const size_t damage[] = {0, 1, 4, SIZE_MAX, SIZE_MAX / 2, 1 << 20, 0xa5a5a5a4};

    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        size_t *memory = pvPortMalloc(64);
        size_t *header = (size_t *)(void *)block_of(memory);
        *header = damage[i];
        CHECK(release_is_caught(memory));
    }
}

#if HEAP_PROTECTED
TEST(ledger_35_a_forged_link_is_caught)
{
    static size_t target[8];
    struct owned low, wall, high;

    own(&low, 200, 1);
    own(&wall, 200, 2);
    own(&high, 200, 3);
    struct block *block = block_of(low.memory);
    disown(&low);
    block->next = (struct block *)(void *)target; /* what an overflow of a neighbour would write */
    CHECK(release_is_caught(wall.memory));
    for (size_t i = 0; i < 8; i++)
        CHECK_EQUAL(0, target[i]);
}
#endif
