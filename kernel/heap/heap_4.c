/* SPDX-License-Identifier: MIT */
/*
 * The classic coalescing heap: one list of free blocks ordered by address, first fit.
 *
 * Small and frugal with RAM; the time of a call grows with the number of free blocks. Every block
 * begins with a header of ALIGN bytes at least. Invariants: block sizes are multiples of ALIGN; the
 * list is ordered by address and no two free blocks touch; only a taken block has TAKEN set. Links
 * are kept XORed with a secret when configENABLE_HEAP_PROTECTOR is set.
 */
#include "heap_api.inc"

struct block {
    size_t size_and_flag;
    struct block *next; /* of a free block: the next higher one, veiled */
};

enum { TAKEN = 1 };

#define ALIGN     ((size_t)portBYTE_ALIGNMENT > 2 ? (size_t)portBYTE_ALIGNMENT : (size_t)2)
#define HEADER    ((sizeof(struct block) + ALIGN - 1) / ALIGN * ALIGN)
#define MIN_BLOCK (2 * HEADER)

_Static_assert((ALIGN & (ALIGN - 1)) == 0, "portBYTE_ALIGNMENT is a power of two");
_Static_assert(configTOTAL_HEAP_SIZE >= 2 * MIN_BLOCK, "configTOTAL_HEAP_SIZE is too small");

static struct {
    char *start, *end;
    struct block head; /* lies before all others, of size 0 */
    portPOINTER_SIZE_TYPE veil;
} heap;

static inline struct block *veiled(struct block *link)
{
    if (!configENABLE_HEAP_PROTECTOR)
        return link;
    return (struct block *)((portPOINTER_SIZE_TYPE)link ^ heap.veil);
}

static inline struct block *block_at(char *place)
{
    return (struct block *)(void *)place;
}

static inline size_t size_of(const struct block *block)
{
    return block->size_and_flag & ~(size_t)TAKEN;
}

static inline char *end_of(struct block *block)
{
    return (char *)block + size_of(block);
}

static inline struct block *block_of(const void *memory)
{
    return block_at((char *)(uintptr_t)memory - HEADER);
}

/* A link out of the heap is the work of a stray pointer. */
static struct block *next_of(const struct block *block)
{
    struct block *next = veiled(block->next);

    configASSERT(next == NULL || ((char *)next >= heap.start && (char *)next < heap.end));
    return next;
}

static size_t heap_prepare(void)
{
    uintptr_t area = (uintptr_t)ucHeap;
    size_t skipped = (size_t)((area + ALIGN - 1) / ALIGN * ALIGN - area);
    size_t bytes = (sizeof ucHeap - skipped) / ALIGN * ALIGN;

    heap.start = (char *)ucHeap + skipped;
    heap.end = heap.start + bytes;
#if configENABLE_HEAP_PROTECTOR == 1
    vApplicationGetRandomHeapCanary(&heap.veil);
#endif
    heap.head.size_and_flag = 0;
    heap.head.next = veiled(block_at(heap.start));
    block_at(heap.start)->size_and_flag = bytes;
    block_at(heap.start)->next = veiled(NULL);
    return bytes;
}

/* Takes `bytes` from the low end of the block after `before`. */
static struct block *take_after(struct block *before, size_t bytes)
{
    struct block *block = next_of(before);
    struct block *next = next_of(block);

    if (size_of(block) - bytes >= MIN_BLOCK) {
        struct block *rest = block_at((char *)block + bytes);
        rest->size_and_flag = size_of(block) - bytes;
        rest->next = veiled(next);
        block->size_and_flag = bytes;
        next = rest;
    }
    before->next = veiled(next);
    block->next = NULL;
    block->size_and_flag |= TAKEN;
    return block;
}

/* The caller has seen that `size` is at most the heap's, so that the sum cannot overflow. */
static void *heap_take(size_t size)
{
    size_t bytes = (size + HEADER + ALIGN - 1) / ALIGN * ALIGN;
    struct block *before = &heap.head;

    for (struct block *block; (block = next_of(before)) != NULL; before = block)
        if (size_of(block) >= bytes)
            return (char *)take_after(before, bytes) + HEADER;
    return NULL;
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
    struct block *before = &heap.head, *next;

    while ((next = next_of(before)) != NULL && next < block)
        before = next;
    block->size_and_flag = size_of(block);
    configASSERT(next == NULL || end_of(block) <= (char *)next);
    if (next != NULL && end_of(block) == (char *)next) {
        block->size_and_flag += size_of(next);
        next = next_of(next);
    }
    block->next = veiled(next);
    if (before != &heap.head && end_of(before) == (char *)block) {
        before->size_and_flag += size_of(block);
        before->next = block->next;
    } else {
        before->next = veiled(block);
    }
}

static void heap_survey(HeapStats_t *stats)
{
    for (struct block *block = next_of(&heap.head); block != NULL; block = next_of(block))
        heap_survey_block(stats, size_of(block));
}
