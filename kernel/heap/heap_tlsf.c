/* SPDX-License-Identifier: MIT */
/*
 * The default heap: general-purpose, allocation and release in constant time.
 *
 * Free blocks hang in bins by size (two-level segregated fit, after Masmano, Ripoll, Crespo and
 * Real: "TLSF: a new dynamic memory allocator for real-time systems", 2004): each power of two is
 * divided into BINS_PER_DOUBLING bins, and a bitmap of two levels finds the next bin that is not
 * empty. A request is rounded up to the next bin, whose every block fits. What was never used, or
 * came back to it, is the `top`: it hangs in no bin and is cut only when no bin has a block.
 *
 * Invariants: block sizes are multiples of ALIGN and at least MIN_BLOCK; no two free blocks are
 * neighbours, and none lies before the top; a free block repeats its size in its last word, and
 * the block after it carries PREVIOUS_FREE. Links are kept XORed with a secret when
 * configENABLE_HEAP_PROTECTOR is set, so that an overflow cannot forge one.
 */
#include "heap_api.inc"

#define WORD  sizeof(size_t)
#define ALIGN ((size_t)portBYTE_ALIGNMENT > 2 * WORD ? (size_t)portBYTE_ALIGNMENT : 2 * WORD)

enum {
    BIN_BITS = 3,
    BINS_PER_DOUBLING = 1 << BIN_BITS,
    ALIGN_LOG = ALIGN == 8    ? 3
                : ALIGN == 16 ? 4
                              : 5,
    SMALL_LOG = ALIGN_LOG + BIN_BITS, /* below this power of two: one bin for each size */
};

/* The power of two at or below a constant, up to 2^31. */
#define LOG_4(n)  ((n) >= 8 ? 3 : (n) >= 4 ? 2 : (n) >= 2 ? 1 : 0)
#define LOG_8(n)  ((n) >= 16 ? 4 + LOG_4((n) / 16) : LOG_4(n))
#define LOG_16(n) ((n) >= 256 ? 8 + LOG_8((n) / 256) : LOG_8(n))
#define LOG_32(n) ((n) >= 65536 ? 16 + LOG_16((n) / 65536) : LOG_16(n))

enum {
    HEAP_LOG = LOG_32((unsigned long long)configTOTAL_HEAP_SIZE),
    BINS = (HEAP_LOG > SMALL_LOG ? HEAP_LOG - SMALL_LOG + 2 : 2) * BINS_PER_DOUBLING,
    MAP_WORDS = (BINS + 31) / 32,
};

/* Flags in the low bits of a block's size. */
enum { FREE = 1, PREVIOUS_FREE = 2, FLAGS = FREE | PREVIOUS_FREE };

struct block {
    size_t size_and_flags; /* the payload of a taken block begins behind this word */
    struct block *next;    /* of a free block: its neighbours in the bin, veiled */
    struct block *previous;
};

#define MIN_BLOCK ((sizeof(struct block) + WORD + ALIGN - 1) / ALIGN * ALIGN)

_Static_assert(ALIGN == (size_t)1 << ALIGN_LOG, "portBYTE_ALIGNMENT is a power of two up to 32");
_Static_assert(configTOTAL_HEAP_SIZE >= 4 * MIN_BLOCK, "configTOTAL_HEAP_SIZE is too small");
_Static_assert((unsigned long long)configTOTAL_HEAP_SIZE < 1ull << 32, "a heap is below 4 GiB");
_Static_assert(MAP_WORDS <= 32, "the bitmap has two levels");

static struct {
    char *start, *top, *end;
    uint32_t words_in_use;           /* one bit for each word of bins_in_use */
    uint32_t bins_in_use[MAP_WORDS]; /* one bit for each bin that holds a block */
    struct block *bins[BINS];
    portPOINTER_SIZE_TYPE veil;
} heap;

static inline struct block *veiled(struct block *link)
{
    if (!configENABLE_HEAP_PROTECTOR)
        return link;
    return (struct block *)((portPOINTER_SIZE_TYPE)link ^ heap.veil);
}

/* The neighbour that a stored link names. A link out of the heap is the work of a stray pointer. */
static inline struct block *unveiled(struct block *link)
{
    struct block *block = veiled(link);

    configASSERT(block == NULL || ((char *)block >= heap.start && (char *)block < heap.top));
    return block;
}

static inline size_t size_of(const struct block *block)
{
    return block->size_and_flags & ~(size_t)FLAGS;
}

static inline struct block *block_at(char *place)
{
    return (struct block *)(void *)place;
}

static inline struct block *block_after(struct block *block)
{
    return block_at((char *)block + size_of(block));
}

static inline struct block *block_of(const void *memory)
{
    return block_at((char *)(uintptr_t)memory - WORD);
}

static inline void *payload_of(struct block *block)
{
    return (char *)block + WORD;
}

static inline size_t *last_word(struct block *block)
{
    return (size_t *)(void *)((char *)block + size_of(block) - WORD);
}

static inline unsigned log_of(size_t size)
{
    return (unsigned)(sizeof(unsigned long) * 8 - 1) -
           (unsigned)__builtin_clzl((unsigned long)size);
}

/* The bin of a size. Below 2^SMALL_LOG the first term vanishes and the second is size / ALIGN. */
static inline unsigned bin_of(size_t size)
{
    unsigned log = log_of(size | (size_t)1 << SMALL_LOG);

    return ((log - SMALL_LOG) << BIN_BITS) + (unsigned)(size >> (log - BIN_BITS));
}

/* The lowest bin whose every block has at least this size. */
static inline unsigned bin_fitting(size_t size)
{
    unsigned log = log_of(size | (size_t)1 << SMALL_LOG);

    return bin_of(size + ((size_t)1 << (log - BIN_BITS)) - 1);
}

static void bin_insert(struct block *block)
{
    unsigned bin = bin_of(size_of(block));
    struct block *first = heap.bins[bin];

    block->next = veiled(first);
    block->previous = veiled(NULL);
    if (first != NULL)
        first->previous = veiled(block);
    heap.bins[bin] = block;
    heap.bins_in_use[bin / 32] |= UINT32_C(1) << (bin % 32);
    heap.words_in_use |= UINT32_C(1) << (bin / 32);
}

static void bin_remove(struct block *block)
{
    struct block *next = unveiled(block->next);
    struct block *previous = unveiled(block->previous);

    configASSERT(next == NULL || veiled(next->previous) == block);
    configASSERT(previous == NULL || veiled(previous->next) == block);
    if (next != NULL)
        next->previous = veiled(previous);
    if (previous != NULL) {
        previous->next = veiled(next);
        return;
    }
    unsigned bin = bin_of(size_of(block));
    configASSERT(heap.bins[bin] == block);
    heap.bins[bin] = next;
    if (next != NULL)
        return;
    heap.bins_in_use[bin / 32] &= ~(UINT32_C(1) << (bin % 32));
    if (heap.bins_in_use[bin / 32] == 0)
        heap.words_in_use &= ~(UINT32_C(1) << (bin / 32));
}

/* Marks a block as free towards its neighbours and hangs it into its bin. */
static void make_free(struct block *block, size_t size)
{
    block->size_and_flags = size | FREE;
    *last_word(block) = size;
    block_after(block)->size_and_flags |= PREVIOUS_FREE;
    bin_insert(block);
}

static struct block *first_fitting(size_t size)
{
    if (heap.words_in_use == 0)
        return NULL; /* what is free is the top */
    unsigned bin = bin_fitting(size);
    unsigned word = bin / 32;

    if (bin >= BINS)
        return NULL;
    uint32_t found = heap.bins_in_use[word] & (UINT32_MAX << (bin % 32));
    if (found == 0) {
        uint32_t words = heap.words_in_use & ~(UINT32_MAX >> (31 - word));
        if (words == 0)
            return NULL;
        word = (unsigned)__builtin_ctz(words);
        found = heap.bins_in_use[word];
    }
    return heap.bins[word * 32 + (unsigned)__builtin_ctz(found)];
}

/* Takes `size` bytes from a free block; the rest, if it can be a block, stays free. */
static struct block *take_from(struct block *block, size_t size)
{
    size_t rest = size_of(block) - size;

    bin_remove(block);
    if (rest >= MIN_BLOCK) {
        block->size_and_flags = size;
        make_free(block_after(block), rest);
    } else {
        block->size_and_flags = size_of(block);
        block_after(block)->size_and_flags &= ~(size_t)PREVIOUS_FREE;
    }
    return block;
}

static struct block *take_from_top(size_t size)
{
    if ((size_t)(heap.end - heap.top) < size)
        return NULL;
    struct block *block = block_at(heap.top);
    block->size_and_flags = size;
    heap.top += size;
    return block;
}

static size_t heap_prepare(void)
{
    uintptr_t area = (uintptr_t)ucHeap;
    size_t skipped = (size_t)((area + WORD + ALIGN - 1) / ALIGN * ALIGN - WORD - area);

    memset(&heap, 0, sizeof heap);
    heap.start = (char *)ucHeap + skipped;
    heap.top = heap.start;
    heap.end = heap.start + (sizeof ucHeap - skipped) / ALIGN * ALIGN;
#if configENABLE_HEAP_PROTECTOR == 1
    vApplicationGetRandomHeapCanary(&heap.veil);
#endif
    return (size_t)(heap.end - heap.start);
}

/* The caller has seen that `size` is at most the heap's, so that the sum cannot overflow. */
static void *heap_take(size_t size)
{
    size_t bytes = (size + WORD + ALIGN - 1) / ALIGN * ALIGN;
    if (bytes < MIN_BLOCK)
        bytes = MIN_BLOCK;

    struct block *block = first_fitting(bytes);
    block = block != NULL ? take_from(block, bytes) : take_from_top(bytes);
    return block != NULL ? payload_of(block) : NULL;
}

static bool heap_is_taken(const void *memory)
{
    struct block *block = block_of(memory);
    uintptr_t offset = (uintptr_t)block - (uintptr_t)heap.start;
    uintptr_t used = (uintptr_t)(heap.top - heap.start);

    if (offset >= used || offset % ALIGN != 0)
        return false;
    size_t size = size_of(block);
    if ((block->size_and_flags & (FREE | (ALIGN - 1 - FLAGS))) != 0 || size < MIN_BLOCK ||
        size > used - offset)
        return false;
    return (char *)block_after(block) == heap.top ||
           !(block_after(block)->size_and_flags & PREVIOUS_FREE);
}

static size_t heap_block_bytes(const void *memory)
{
    return size_of(block_of(memory));
}

static size_t heap_payload_bytes(const void *memory)
{
    return heap_block_bytes(memory) - WORD;
}

static void heap_give(void *memory)
{
    struct block *block = block_of(memory);
    size_t size = size_of(block);
    bool merge_previous = (block->size_and_flags & PREVIOUS_FREE) != 0;

    block->size_and_flags |= FREE; /* a second release is noticed, whatever it is merged into */
    struct block *next = block_after(block);
    if (merge_previous) {
        size_t before = *(size_t *)(void *)((char *)block - WORD);
        block = block_at((char *)block - before);
        configASSERT((char *)block >= heap.start && size_of(block) == before);
        bin_remove(block);
        size += before;
    }
    if ((char *)next == heap.top) {
        heap.top = (char *)block;
        return;
    }
    if (next->size_and_flags & FREE) {
        bin_remove(next);
        size += size_of(next);
    }
    make_free(block, size);
}

static void heap_survey(HeapStats_t *stats)
{
    for (char *place = heap.start; place != heap.top; place += size_of(block_at(place)))
        if (block_at(place)->size_and_flags & FREE)
            heap_survey_block(stats, size_of(block_at(place)));
    if (heap.top != heap.end)
        heap_survey_block(stats, (size_t)(heap.end - heap.top));
}
