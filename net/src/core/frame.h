/* SPDX-License-Identifier: MIT */
/*
 * The pool of frames: ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS, room for a whole Ethernet frame each,
 * allocated once. Allocating and releasing takes constant time and may be done from tasks and
 * interrupts.
 *
 * A received frame starts ipBUFFER_PADDING bytes into its buffer, so that the IP header behind the
 * 14 bytes of the Ethernet header is aligned and a driver has room for a pointer in front. A frame
 * to be sent starts with room in front for every header.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "netif.h"

/* For a tag in front of a frame that had none (link/vlan.h), and for a received one. */
#define TCPIP_TAG_ROOM         (ipconfigVLANS > 0 ? 4 : 0)

#define TCPIP_FRAME_ALIGNMENT  (ipBUFFER_PADDING + TCPIP_TAG_ROOM)
#define TCPIP_FRAME_PAYLOAD    (NETIF_HEADER_SIZE + TCPIP_TAG_ROOM + ipconfigNETWORK_MTU)
#define TCPIP_IPV4_HEADER_SIZE 20
#define TCPIP_IPV6_HEADER_SIZE 40

#define TCPIP_FRAME_CAPACITY   ((TCPIP_FRAME_ALIGNMENT + TCPIP_FRAME_PAYLOAD + 7) / 8 * 8)

/* Room in front of a transport header: Ethernet and IP without options. */
#define TCPIP_HEADROOM                                                                             \
    (TCPIP_FRAME_ALIGNMENT + NETIF_HEADER_SIZE +                                                   \
     (ipconfigUSE_IPv6 ? TCPIP_IPV6_HEADER_SIZE : TCPIP_IPV4_HEADER_SIZE))

/* In private_flags: a frame outside the pool, whose owner sees by a zero there that it was given back. */
enum { TCPIP_FRAME_APART = 2 };

/* Of frames outside the pool: ip/fragment.c. */
#if ipconfigUSE_REASSEMBLY
struct netif_frame *tcpip_frame_apart_of(const void *place);
bool tcpip_frames_apart_free(void);
#else
static inline struct netif_frame *tcpip_frame_apart_of(const void *place)
{
    return NULL;
}

static inline bool tcpip_frames_apart_free(void)
{
    return true;
}
#endif

/* Makes every frame free. Before anything else, once. */
void tcpip_frames_init(void);

/* Where the frames' bytes lie: calls `take` once for each frame, in order. The buffers are aligned
 * to 8 bytes and stay. frame_memory.c has the usual answer, static memory; a driver that brings its
 * own memory has another. */
typedef void tcpip_frames_take(size_t index, uint8_t *buffer, size_t capacity);
void tcpip_frames_memory(tcpip_frames_take *take);

/* A frame with length 0, data `headroom` bytes into the buffer and room for `size` bytes there;
 * NULL when there is none or they do not fit. What does not fit behind TCPIP_HEADROOM or more, but
 * does with a header of IPv4, gets the room for that one. Task or interrupt. */
struct netif_frame *tcpip_frame_allocate(size_t headroom, size_t size);

/* The same for what is to be sent, with length `size`; that there is none is counted. */
struct netif_frame *tcpip_frame_outgoing(size_t headroom, size_t size);

/* Task or interrupt. */
void tcpip_frame_release(struct netif_frame *frame);

/* Room behind the frame's bytes. */
static inline size_t tcpip_frame_room(const struct netif_frame *frame)
{
    return frame->capacity - (size_t)(frame->data - frame->buffer) - frame->length;
}

static inline size_t tcpip_frame_headroom(const struct netif_frame *frame)
{
    return (size_t)(frame->data - frame->buffer);
}

/* Moves the frame's start back by `size` bytes. False: there is no room. */
bool tcpip_frame_push(struct netif_frame *frame, size_t size);

/* Moves the frame's start on by `size` bytes. False: it is not that long. */
bool tcpip_frame_pull(struct netif_frame *frame, size_t size);

/* Copies what `more` points to behind the frame's own bytes. False: no room, nothing changed. */
bool tcpip_frame_gather(struct netif_frame *frame);

/* The frame that a place in its buffer belongs to; NULL if it is in no frame that is taken. Takes
 * constant time where the buffers lie at equal distances. */
struct netif_frame *tcpip_frame_of(const void *place);

/* The pool: changed with interrupts masked. */
struct tcpip_frame_pool {
    struct netif_frame *free;
    size_t count;    /* of them */
    size_t lowest;   /* fewest that there ever were */
    size_t capacity; /* bytes of the smallest buffer */
};

extern struct tcpip_frame_pool tcpip_pool;

static inline size_t tcpip_frame_capacity(void)
{
    return tcpip_pool.capacity;
}

static inline size_t tcpip_frames_free(void)
{
    return tcpip_pool.count;
}

static inline size_t tcpip_frames_lowest(void)
{
    return tcpip_pool.lowest;
}

/* Nothing is left allocated. */
static inline bool tcpip_frames_all_free(void)
{
    return tcpip_frames_free() == ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS &&
           tcpip_frames_apart_free();
}
