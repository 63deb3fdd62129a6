/* SPDX-License-Identifier: MIT */
/*
 * The classic general-purpose heap: first fit in a list ordered by address (first_fit.inc), over one
 * array of configTOTAL_HEAP_SIZE bytes.
 */
#include "heap_api.inc"

#include "first_fit.inc"

_Static_assert(configTOTAL_HEAP_SIZE >= 2 * MIN_BLOCK, "configTOTAL_HEAP_SIZE is too small");

static size_t heap_prepare(void)
{
    begin_list();
    struct block *block = append_area(&heap.head, ucHeap, sizeof ucHeap);
    heap.start = (char *)block;
    heap.end = end_of(block);
    return size_of(block);
}
