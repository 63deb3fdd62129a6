/* SPDX-License-Identifier: MIT */
/*
 * A place has a frame of its own, outside the pool, and a short sorted list of the pieces that lie in it. It
 * is free when its frame is; while a packet that has been put together is on its way through the stack, or
 * waits on a socket, it is not.
 *
 * When all places are taken the packet that has waited longest gives way: whole packets arrive within
 * milliseconds, floods of pieces never end.
 */
#include "ip/fragment.h"

#if ipconfigUSE_REASSEMBLY

#include "core/container.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"
#include "ip/icmp.h"
#include "ip/pieces.h"

enum {
    LIFE_MS = 60000, /* RFC 8200 4.5, RFC 1122 3.3.2 */
    HEADERS = 128,   /* room for the headers of the first piece */
    START = TCPIP_FRAME_ALIGNMENT + NETIF_HEADER_SIZE + HEADERS,
};

static struct place {
    struct netif_frame frame;
    bool assembling;
    struct tcpip_timer timer;
    uint32_t since;
    struct tcpip_interface *interface;
    struct tcpip_address source, destination;
    uint32_t id;
    uint8_t protocol;
    bool to_group;
    uint16_t header_size; /* 0: the first piece is not there */
    uint16_t total;       /* 0: the last piece is not there */
    struct tcpip_pieces pieces;
} places[ipconfigREASSEMBLY_PACKETS];

static _Alignas(8) uint8_t buffers[ipconfigREASSEMBLY_PACKETS][START + ipconfigREASSEMBLY_SIZE];

_Static_assert(sizeof buffers[0] <= UINT16_MAX, "a frame's capacity is 16 bits wide");

static void clear(struct place *place)
{
    tcpip_timer_stop(&place->timer);
    place->assembling = false;
    tcpip_frame_release(&place->frame);
}

/* RFC 8200 4.5: told only when the first piece is there, of which something can be quoted. */
static void timed_out(void *context)
{
    struct place *place = context;
    struct tcpip_packet packet = {
        .frame = &place->frame,
        .interface = place->interface,
        .end_point = tcpip_end_point_find(&place->destination),
        .source = place->source,
        .destination = place->destination,
        .protocol = place->protocol,
        .to_group = place->to_group,
        .ip_header_size = place->header_size,
    };

    if (place->header_size != 0) {
        place->frame.length = place->pieces.piece[0].end;
        tcpip_icmp_refuse(&packet, TCPIP_REFUSED_LATE);
    }
    tcpip_drop(NULL, TCPIP_DROP_IP_REASSEMBLY);
    clear(place);
}

void tcpip_fragments_init(void)
{
    memset(places, 0, sizeof places);
    for (size_t i = 0; i < ipconfigREASSEMBLY_PACKETS; i++)
        tcpip_timer_init(&places[i].timer, timed_out, &places[i]);
}

void tcpip_fragments_forget(const struct tcpip_interface *interface)
{
    for (size_t i = 0; i < ipconfigREASSEMBLY_PACKETS; i++)
        if (places[i].assembling && (interface == NULL || places[i].interface == interface))
            clear(&places[i]);
}

struct netif_frame *tcpip_frame_apart_of(const void *where)
{
    uintptr_t offset = (uintptr_t)where - (uintptr_t)buffers;

    if (offset >= sizeof buffers)
        return NULL;
    struct netif_frame *frame = &places[offset / sizeof buffers[0]].frame;
    return frame->private_flags != 0 ? frame : NULL;
}

bool tcpip_frames_apart_free(void)
{
    for (size_t i = 0; i < ipconfigREASSEMBLY_PACKETS; i++)
        if (places[i].frame.private_flags != 0)
            return false;
    return true;
}

static struct place *find(const struct tcpip_packet *packet, const struct tcpip_fragment *fragment)
{
    for (size_t i = 0; i < ipconfigREASSEMBLY_PACKETS; i++) {
        struct place *place = &places[i];

        if (place->assembling && place->id == fragment->id &&
            place->interface == packet->interface && place->protocol == fragment->protocol &&
            tcpip_address_equal(&place->source, &packet->source) &&
            tcpip_address_equal(&place->destination, &packet->destination))
            return place;
    }
    return NULL;
}

static struct place *make_room(void)
{
    uint32_t now = tcpip_os_now();
    struct place *oldest = NULL;

    for (size_t i = 0; i < ipconfigREASSEMBLY_PACKETS; i++) {
        struct place *place = &places[i];

        if (place->frame.private_flags == 0)
            return place;
        if (place->assembling && (oldest == NULL || now - place->since > now - oldest->since))
            oldest = place;
    }
    if (oldest != NULL) {
        tcpip_drop(NULL, TCPIP_DROP_IP_REASSEMBLY);
        clear(oldest);
    }
    return oldest;
}

static struct place *begin(const struct tcpip_packet *packet, const struct tcpip_fragment *fragment)
{
    struct place *place = make_room();

    if (place == NULL)
        return NULL;
    uint8_t *buffer = buffers[place - places];
    place->frame = (struct netif_frame){.netif = packet->interface->netif,
                                        .buffer = buffer,
                                        .data = buffer + START,
                                        .capacity = sizeof buffers[0],
                                        .private_flags = TCPIP_FRAME_APART};
    place->assembling = true;
    place->since = tcpip_os_now();
    place->interface = packet->interface;
    place->source = packet->source;
    place->destination = packet->destination;
    place->id = fragment->id;
    place->protocol = fragment->protocol;
    place->to_group = packet->to_group;
    place->header_size = place->total = 0;
    place->pieces.count = 0;
    tcpip_timer_start(&place->timer, LIFE_MS);
    return place;
}

/* A copy of what is there already (RFC 8200 4.5 lets it be ignored). */
static bool is_copy(const struct place *place, const struct tcpip_piece *piece,
                    const uint8_t *bytes)
{
    return tcpip_pieces_hold(&place->pieces, piece->start, piece->end) &&
           memcmp(place->frame.data + piece->start, bytes, (size_t)piece->end - piece->start) == 0;
}

/* False: the end that a last piece gives contradicts what is there. */
static bool fits_end(struct place *place, const struct tcpip_piece *piece, bool more)
{
    if (more)
        return place->total == 0 || piece->end <= place->total;
    if ((place->total != 0 && place->total != piece->end) ||
        tcpip_pieces_end(&place->pieces) > piece->end)
        return false;
    place->total = piece->end;
    return true;
}

static bool put(struct place *place, const struct netif_frame *frame,
                const struct tcpip_fragment *fragment, const struct tcpip_piece *piece)
{
    const uint8_t *bytes = frame->data + fragment->payload_at;

    if (is_copy(place, piece, bytes))
        return true;
    if (!fits_end(place, piece, fragment->more) ||
        !tcpip_pieces_add(&place->pieces, piece->start, piece->end))
        return false;
    memcpy(place->frame.data + piece->start, bytes, (size_t)piece->end - piece->start);
    if (piece->start == 0) {
        place->header_size = fragment->header_size;
        memcpy(place->frame.data - fragment->header_size, frame->data, fragment->header_size);
    }
    return true;
}

/* What cannot be a piece of anything that we could put together. */
static bool is_sound(const struct tcpip_fragment *fragment, size_t size)
{
    return size != 0 && (!fragment->more || size % 8u == 0) &&
           fragment->offset + size <= ipconfigREASSEMBLY_SIZE && fragment->header_size <= HEADERS;
}

struct netif_frame *tcpip_fragment_add(const struct tcpip_packet *packet,
                                       const struct tcpip_fragment *fragment, uint16_t *header_size)
{
    struct netif_frame *frame = packet->frame;
    size_t size = frame->length - (size_t)fragment->payload_at;
    struct tcpip_piece piece = {fragment->offset, (uint16_t)(fragment->offset + size)};
    struct place *place = find(packet, fragment);

    if (!is_sound(fragment, size)) {
        tcpip_drop(frame, TCPIP_DROP_IP_FRAGMENT);
        return NULL;
    }
    if (place == NULL)
        place = begin(packet, fragment);
    if (place == NULL) {
        tcpip_drop(frame, TCPIP_DROP_IP_REASSEMBLY);
        return NULL;
    }
    if (!put(place, frame, fragment, &piece)) {
        clear(place); /* RFC 5722 4: all of it */
        tcpip_drop(frame, TCPIP_DROP_IP_FRAGMENT);
        return NULL;
    }
    tcpip_frame_release(frame);
    if (place->header_size == 0 || place->pieces.count != 1 ||
        place->pieces.piece[0].end != place->total)
        return NULL;
    tcpip_timer_stop(&place->timer);
    place->assembling = false;
    place->frame.length = place->total;
    *header_size = place->header_size;
    return &place->frame;
}

#endif
