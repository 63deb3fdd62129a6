/* SPDX-License-Identifier: MIT */
/*
 * The pool: a stack of free frames, changed with interrupts masked for a few instructions. The mark
 * TAKEN in a frame's private flags makes a second release harmless and visible.
 */
#include "core/frame.h"

#include <string.h>

#include "core/drop.h"
#include "core/os.h"

enum { TAKEN = 1 };

#define FRAMES ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS

struct tcpip_frame_pool tcpip_pool;

static struct netif_frame frames[FRAMES];

_Static_assert(TCPIP_FRAME_CAPACITY <= UINT16_MAX, "a frame's capacity is 16 bits wide");

/* What the header of IPv6 takes more: a packet too long for it is one of IPv4. */
enum { ONLY_IPV6 = ipconfigUSE_IPv6 ? TCPIP_IPV6_HEADER_SIZE - TCPIP_IPV4_HEADER_SIZE : 0 };

static void take(size_t index, uint8_t *buffer, size_t size)
{
    struct netif_frame *frame = &frames[index];

    frame->next = tcpip_pool.free;
    tcpip_pool.free = frame;
    frame->private_flags = 0;
    frame->buffer = buffer;
    frame->capacity = (uint16_t)(size < UINT16_MAX ? size : UINT16_MAX);
    if (frame->capacity < tcpip_pool.capacity)
        tcpip_pool.capacity = frame->capacity;
}

void tcpip_frames_init(void)
{
    tcpip_pool = (struct tcpip_frame_pool){
        .count = FRAMES,
        .lowest = FRAMES,
        .capacity = UINT16_MAX,
    };
    tcpip_frames_memory(take);
}

struct netif_frame *tcpip_frame_allocate(size_t headroom, size_t size)
{
    if (headroom + size > tcpip_pool.capacity && headroom >= TCPIP_HEADROOM)
        headroom -= ONLY_IPV6;
    if (headroom > tcpip_pool.capacity || size > tcpip_pool.capacity - headroom)
        return NULL;
    uint32_t state = tcpip_os_mask();
    struct netif_frame *frame = tcpip_pool.free;
    if (frame != NULL) {
        tcpip_pool.free = frame->next;
        tcpip_pool.count--;
        if (tcpip_pool.count < tcpip_pool.lowest)
            tcpip_pool.lowest = tcpip_pool.count;
    }
    tcpip_os_unmask(state);
    if (frame == NULL)
        return NULL;
    frame->next = NULL;
    frame->netif = NULL;
    frame->data = frame->buffer + headroom;
    frame->more = NULL;
    frame->length = 0;
    frame->more_length = 0;
    frame->private_flags = TAKEN;
    return frame;
}

struct netif_frame *tcpip_frame_outgoing(size_t headroom, size_t size)
{
    struct netif_frame *frame = tcpip_frame_allocate(headroom, size);

    if (frame != NULL)
        frame->length = (uint16_t)size;
    else
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_FRAME);
    return frame;
}

void tcpip_frame_release(struct netif_frame *frame)
{
    uint32_t state = tcpip_os_mask();

    if (frame->private_flags == TAKEN) {
        frame->private_flags = 0;
        frame->next = tcpip_pool.free;
        tcpip_pool.free = frame;
        tcpip_pool.count++;
    } else if (ipconfigUSE_REASSEMBLY && frame->private_flags == TCPIP_FRAME_APART) {
        frame->private_flags = 0;
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
    if (frame->more_length == 0)
        return true;
    if (frame->more_length > tcpip_frame_room(frame))
        return false;
    memcpy(frame->data + frame->length, frame->more, frame->more_length);
    frame->length = (uint16_t)(frame->length + frame->more_length);
    frame->more = NULL;
    frame->more_length = 0;
    return true;
}

static bool holds(const struct netif_frame *frame, const void *place)
{
    return (uintptr_t)place - (uintptr_t)frame->buffer < frame->capacity;
}

struct netif_frame *tcpip_frame_of(const void *place)
{
    uintptr_t first = (uintptr_t)frames[0].buffer;
    uintptr_t distance = (uintptr_t)frames[1].buffer - first; /* 0: there is no memory yet */
    size_t i = distance != 0 ? ((uintptr_t)place - first) / distance : FRAMES;

    if (i >= FRAMES || !holds(&frames[i], place)) /* they lie otherwise, or it is in none */
        for (i = 0; i < FRAMES && !holds(&frames[i], place);)
            i++;
    if (i == FRAMES)
        return tcpip_frame_apart_of(place);
    return frames[i].private_flags == TAKEN ? &frames[i] : NULL;
}
