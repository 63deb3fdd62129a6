/* SPDX-License-Identifier: MIT */
/*
 * The heap of several regions: as heap_4 (first_fit.inc), over memory that the application names with
 * vPortDefineHeapRegions before it allocates anything. Until then every request fails.
 */
#define HEAP_BRINGS_MEMORY
#include "heap_api.inc"

#include "first_fit.inc"

/* There is no memory before the regions are known. */
static size_t heap_prepare(void)
{
    begin_list();
    return 0;
}

void vPortDefineHeapRegions(const HeapRegion_t *const regions)
{
    struct block *last = &heap.head;
    size_t all = 0;

    configASSERT(regions != NULL && heap_count.free_bytes == 0 && heap_count.allocations == 0);
    vTaskSuspendAll();
    begin_list();
    heap.start = NULL;
    for (const HeapRegion_t *region = regions; region->xSizeInBytes > 0; region++) {
        struct block *block = append_area(last, region->pucStartAddress, region->xSizeInBytes);
        configASSERT(block == NULL || last == &heap.head || (char *)block >= end_of(last));
        if (block == NULL)
            continue;
        if (heap.start == NULL)
            heap.start = (char *)block;
        heap.end = end_of(block);
        all += size_of(block);
        last = block;
    }
    configASSERT(all > 0);
    heap_prepared = true;
    heap_count.free_bytes = all;
    heap_count.lowest_free_bytes = all;
    (void)xTaskResumeAll();
}
