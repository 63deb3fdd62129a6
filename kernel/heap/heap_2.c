/* SPDX-License-Identifier: MIT */
/*
 * Best fit without joining: a list of free blocks ordered by size, for applications that allocate a
 * few sizes again and again. What was cut into pieces stays so; use heap_4 for anything else.
 *
 * Every block begins with a header of ALIGN bytes at least. Invariants: block sizes are multiples of
 * ALIGN; the list is ordered by size; only a taken block has TAKEN set.
 */
#include "heap_api.inc"

_Static_assert(configENABLE_HEAP_PROTECTOR == 0,
               "configENABLE_HEAP_PROTECTOR needs heap_4, heap_5 or heap_tlsf");

struct block {
    size_t size_and_flag;
    struct block *next; /* of a free block: the next larger one */
};

enum { TAKEN = 1 };

#define ALIGN     ((size_t)portBYTE_ALIGNMENT > 2 ? (size_t)portBYTE_ALIGNMENT : (size_t)2)
#define HEADER    ((sizeof(struct block) + ALIGN - 1) / ALIGN * ALIGN)
#define MIN_BLOCK (2 * HEADER)

_Static_assert((ALIGN & (ALIGN - 1)) == 0, "portBYTE_ALIGNMENT is a power of two");
_Static_assert(configTOTAL_HEAP_SIZE >= 2 * MIN_BLOCK, "configTOTAL_HEAP_SIZE is too small");

static struct {
    char *start, *end;
    struct block *smallest;
} heap;

static inline struct block *block_at(char *place)
{
    return (struct block *)(void *)place;
}

static inline size_t size_of(const struct block *block)
{
    return block->size_and_flag & ~(size_t)TAKEN;
}

static inline struct block *block_of(const void *memory)
{
    return block_at((char *)(uintptr_t)memory - HEADER);
}

/* Adds a free block behind those of the same size. */
static void insert(struct block *block)
{
    struct block **link = &heap.smallest;

    while (*link != NULL && size_of(*link) <= size_of(block))
        link = &(*link)->next;
    block->next = *link;
    *link = block;
}

static size_t heap_prepare(void)
{
    uintptr_t area = (uintptr_t)ucHeap;
    size_t skipped = (size_t)((area + ALIGN - 1) / ALIGN * ALIGN - area);
    size_t bytes = (sizeof ucHeap - skipped) / ALIGN * ALIGN;

    heap.start = (char *)ucHeap + skipped;
    heap.end = heap.start + bytes;
    heap.smallest = NULL;
    block_at(heap.start)->size_and_flag = bytes;
    insert(block_at(heap.start));
    return bytes;
}

/* The caller has seen that `size` is at most the heap's, so that the sum cannot overflow. */
static void *heap_take(size_t size)
{
    size_t bytes = (size + HEADER + ALIGN - 1) / ALIGN * ALIGN;
    struct block **link = &heap.smallest;

    while (*link != NULL && size_of(*link) < bytes)
        link = &(*link)->next;
    struct block *block = *link;
    if (block == NULL)
        return NULL;
    *link = block->next;
    if (size_of(block) - bytes >= MIN_BLOCK) {
        struct block *rest = block_at((char *)block + bytes);
        rest->size_and_flag = size_of(block) - bytes;
        insert(rest);
        block->size_and_flag = bytes;
    }
    block->next = NULL;
    block->size_and_flag |= TAKEN;
    return (char *)block + HEADER;
}

static bool heap_is_taken(const void *memory)
{
    struct block *block = block_of(memory);
    uintptr_t offset = (uintptr_t)block - (uintptr_t)heap.start;
    uintptr_t bytes = (uintptr_t)(heap.end - heap.start);

    return heap_prepared && offset < bytes && offset % ALIGN == 0 &&
           (block->size_and_flag & TAKEN) && block->next == NULL && size_of(block) > HEADER &&
           size_of(block) % ALIGN == 0 && size_of(block) <= bytes - offset;
}

static size_t heap_block_bytes(const void *memory)
{
    return size_of(block_of(memory));
}

static size_t heap_payload_bytes(const void *memory)
{
    return heap_block_bytes(memory) - HEADER;
}

static void heap_give(void *memory)
{
    struct block *block = block_of(memory);

    block->size_and_flag = size_of(block);
    insert(block);
}

static void heap_survey(HeapStats_t *stats)
{
    for (struct block *block = heap.smallest; block != NULL; block = block->next)
        heap_survey_block(stats, size_of(block));
}
