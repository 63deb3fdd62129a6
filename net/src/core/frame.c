/* SPDX-License-Identifier: MIT */
/*
 * The pool: a stack of free frames, changed with interrupts masked for a few instructions. The mark
 * TAKEN in a frame's private flags makes a second release harmless and visible.
 */
#include "core/frame.h"

#include <string.h>

#include "core/os.h"

enum { TAKEN = 1 };

#define FRAMES ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS

static _Alignas(8) uint8_t buffers[FRAMES][TCPIP_FRAME_CAPACITY];
static struct netif_frame frames[FRAMES];
static struct netif_frame *free_frames;
static size_t free_count;
static size_t lowest;

_Static_assert(TCPIP_FRAME_CAPACITY <= UINT16_MAX, "a frame's capacity is 16 bits wide");

void tcpip_frames_init(void)
{
    free_frames = NULL;
    for (size_t i = FRAMES; i > 0; i--) {
        frames[i - 1] = (struct netif_frame){.next = free_frames};
        free_frames = &frames[i - 1];
    }
    free_count = FRAMES;
    lowest = FRAMES;
}

struct netif_frame *tcpip_frame_allocate(size_t headroom, size_t size)
{
    if (headroom > TCPIP_FRAME_CAPACITY || size > TCPIP_FRAME_CAPACITY - headroom)
        return NULL;
    uint32_t state = tcpip_os_mask();
    struct netif_frame *frame = free_frames;
    if (frame != NULL) {
        free_frames = frame->next;
        free_count--;
        if (free_count < lowest)
            lowest = free_count;
    }
    tcpip_os_unmask(state);
    if (frame == NULL)
        return NULL;
    uint8_t *buffer = buffers[frame - frames];
    *frame = (struct netif_frame){.buffer = buffer,
                                  .data = buffer + headroom,
                                  .capacity = TCPIP_FRAME_CAPACITY,
                                  .private_flags = TAKEN};
    return frame;
}

void tcpip_frame_release(struct netif_frame *frame)
{
    uint32_t state = tcpip_os_mask();

    if (frame->private_flags == TAKEN) {
        frame->private_flags = 0;
        frame->next = free_frames;
        free_frames = frame;
        free_count++;
    }
    tcpip_os_unmask(state);
}

bool tcpip_frame_push(struct netif_frame *frame, size_t size)
{
    if (tcpip_frame_headroom(frame) < size)
        return false;
    frame->data -= size;
    frame->length = (uint16_t)(frame->length + size);
    return true;
}

bool tcpip_frame_pull(struct netif_frame *frame, size_t size)
{
    if (frame->length < size)
        return false;
    frame->data += size;
    frame->length = (uint16_t)(frame->length - size);
    return true;
}

bool tcpip_frame_gather(struct netif_frame *frame)
{
    if (frame->more_length > tcpip_frame_room(frame))
        return false;
    if (frame->more_length > 0)
        memcpy(frame->data + frame->length, frame->more, frame->more_length);
    frame->length = (uint16_t)(frame->length + frame->more_length);
    frame->more = NULL;
    frame->more_length = 0;
    return true;
}

struct netif_frame *tcpip_frame_of(const void *place)
{
    uintptr_t start = (uintptr_t)buffers;
    uintptr_t at = (uintptr_t)place;

    if (at < start || at - start >= sizeof buffers)
        return NULL;
    struct netif_frame *frame = &frames[(at - start) / TCPIP_FRAME_CAPACITY];
    return frame->private_flags == TAKEN ? frame : NULL;
}

size_t tcpip_frames_free(void)
{
    return free_count;
}

size_t tcpip_frames_lowest(void)
{
    return lowest;
}

bool tcpip_frames_all_free(void)
{
    return free_count == FRAMES;
}
