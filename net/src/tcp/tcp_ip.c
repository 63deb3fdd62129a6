/* SPDX-License-Identifier: MIT */
/*
 * The engine's surroundings: frames, routes, checksums, memory and time of the stack. Segments are
 * copied into frames, since the ring's bytes are given back with their acknowledgement while a copy
 * may still wait for the device.
 */
#include "tcp/tcp_ip.h"

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/packet.h"
#include "core/route.h"
#include "core/small_code.h"
#include "core/timer.h"
#include "ip/ip.h"
#include "tcp/sequence.h"
#include "core/chaskey.h"
#include "wire/bytes.h"

enum {
    PROTOCOL_TCP = 6,
    CHECKSUM_OFFSET = 16,
    IPV4_AND_TCP_HEADER = 40,
    IPV6_AND_TCP_HEADER = 60,
    SMALLEST_MSS = 536,
    PROTOCOL_UNREACHABLE = 2, /* codes of RFC 792 */
    PORT_UNREACHABLE = 3,
    NO_PROTECTION_MS = 3600000,
    FRAGMENTATION_NEEDED = 4,
    LONG_PAYLOAD = 256,
};

#define KEEP_ALIVE_MS (ipconfigTCP_KEEP_ALIVE_INTERVAL * UINT32_C(1000))

static struct tcpip_tcp_host host;

struct tcpip_tcp_host *tcpip_tcp_host(void)
{
    return &host;
}

/* A connection keeps its way; NULL: there is none. That of IPv6 is looked for each time, since what its
 * routers and paths tell may end at any time. */
static const struct tcpip_tcp_way *find_way(const struct tcpip_tcp_outgoing *segment,
                                            struct tcpip_tcp_way *own)
{
    const struct tcpip_tcp_endpoints *ends = segment->ends;
    struct tcpip_tcp_way *way = segment->way != NULL ? segment->way : own;

    if (segment->way != NULL && way->as_of == tcpip_route_changes)
        return way;
    if (!tcpip_route_find(&ends->local, &ends->remote, &way->route))
        return NULL;
    way->sum = tcpip_checksum_pseudo(&ends->local, &ends->remote, PROTOCOL_TCP, 0);
    if (!ipconfigUSE_IPv6 || ends->remote.family == TCPIP_IPV4)
        way->as_of = tcpip_route_changes;
    return way;
}

/* Copied and summed in one pass, unless the ring's end is in the midst of it. */
static uint32_t put_and_sum(uint32_t sum, uint8_t *at, const struct tcpip_span payload[2])
{
    if (!TCPIP_SMALL_CODE && payload[0].size > 0 && payload[1].size == 0)
        return tcpip_checksum_copy(sum, at, payload[0].bytes, payload[0].size);
    return tcpip_checksum_add(sum, at, tcpip_spans_copy(payload, at));
}

/* Fills the frame, whose length is the segment's. */
static void fill(struct netif_frame *frame, const struct tcpip_tcp_outgoing *segment,
                 size_t header_size, const struct tcpip_tcp_way *way)
{
    uint8_t *bytes = frame->data;

    tcpip_tcp_put_header(bytes, header_size, &segment->header, &segment->options);
    if (tcpip_route_inserts_checksum(&way->route)) {
        (void)tcpip_spans_copy(segment->payload, bytes + header_size);
        return;
    }
    uint32_t sum = tcpip_checksum_add(way->sum + frame->length, bytes, header_size);
    sum = put_and_sum(sum, bytes + header_size, segment->payload);
    tcpip_put_be16(bytes + CHECKSUM_OFFSET, tcpip_checksum_finish(sum));
}

static struct tcpip_protocol tcp;

static bool transmit(void *context, const struct tcpip_tcp_outgoing *segment)
{
    size_t header_size = tcpip_tcp_header_size(&segment->options);
    size_t size = header_size + segment->payload[0].size + segment->payload[1].size;
    struct tcpip_tcp_way own;
    const struct tcpip_tcp_way *way = find_way(segment, &own);

    if (way == NULL) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_ROUTE);
        return false;
    }
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_HEADROOM, size);
    if (frame == NULL) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_FRAME);
        return false;
    }
    frame->length = (uint16_t)size;
    fill(frame, segment, header_size, way);
    return tcpip_ip_output_on(&way->route, frame, &segment->ends->remote, &tcp);
}

/* RFC 9293 section 3.7.1: the route's packets less the fixed headers. */
static uint16_t route_mss(void *context, const struct tcpip_address *remote)
{
    bool ipv6 = ipconfigUSE_IPv6 && remote->family == TCPIP_IPV6;
    uint16_t headers = ipv6 ? IPV6_AND_TCP_HEADER : IPV4_AND_TCP_HEADER;
    struct tcpip_route route;
    uint16_t mss = SMALLEST_MSS;

    if (tcpip_route_find(NULL, remote, &route) && route.mtu > headers + SMALLEST_MSS)
        mss = (uint16_t)(route.mtu - headers);
    return mss < ipconfigTCP_MSS ? mss : ipconfigTCP_MSS;
}

static void *allocate(void *context, size_t size)
{
    return tcpip_os_allocate(size);
}

static void release(void *context, void *memory)
{
    tcpip_os_free(memory);
}

/* Without entropy the numbers are still a keyed hash of the time and of how many there were. */
static uint32_t draw(void *context)
{
    static uint32_t state[2];
    uint32_t value;

    if (tcpip_os_random(&value))
        return value;
    state[0]++;
    state[1] = tcpip_os_now();
    return (uint32_t)tcpip_chaskey(host.secret, state, sizeof state);
}

/* A long payload is copied to its place in the same pass, where it has one. */
static bool checksum_is_right(const struct tcpip_packet *packet,
                              const struct tcpip_tcp_endpoints *ends,
                              struct tcpip_tcp_segment *segment)
{
    const struct netif_frame *frame = packet->frame;
    size_t summed = frame->length;
    uint8_t *place = NULL;

    if ((packet->interface->netif->driver->features & NETIF_RX_CHECKSUM_L4) != 0)
        return true;
    uint32_t sum = tcpip_checksum_pseudo(&packet->source, &packet->destination, PROTOCOL_TCP,
                                         frame->length);
    if (!TCPIP_SMALL_CODE && segment->payload_size >= LONG_PAYLOAD)
        place = tcpip_tcp_place(&host, ends, segment);
    if (place != NULL) {
        summed -= segment->payload_size;
        sum = tcpip_checksum_copy(sum, place, segment->payload, segment->payload_size);
        segment->payload = place;
    }
    return tcpip_checksum_finish(tcpip_checksum_add(sum, frame->data, summed)) == 0;
}

static void input(const struct tcpip_packet *packet)
{
    struct netif_frame *frame = packet->frame;
    struct tcpip_tcp_segment segment;

    /* RFC 9293 MUST-57: never to a group; no packet comes from one. */
    if (packet->to_group || !tcpip_tcp_parse(&segment, frame->data, frame->length)) {
        tcpip_drop(frame, TCPIP_DROP_TCP_FORMAT);
        return;
    }
    struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&packet->destination, &packet->source,
                                                        &segment);
    if (!checksum_is_right(packet, &ends, &segment)) {
        tcpip_drop(frame, TCPIP_DROP_TCP_CHECKSUM);
        return;
    }
    tcpip_tcp_input(&host, &ends, &segment);
    tcpip_frame_release(frame);
}

/* RFC 792: the quoted packet begins with ports and sequence number. */
static void unreachable(const struct tcpip_unreachable *error)
{
    const uint8_t *quoted = error->transport;
    struct tcpip_tcp_endpoints ends = {error->source, error->destination, tcpip_get_be16(quoted),
                                       tcpip_get_be16(quoted + 2)};
    uint32_t sequence = tcpip_get_be32(quoted + 4);
    bool ipv6 = ipconfigUSE_IPv6 && error->source.family == TCPIP_IPV6;
    uint16_t headers = ipv6 ? IPV6_AND_TCP_HEADER : IPV4_AND_TCP_HEADER;
    uint16_t mss = 0;

    if (error->mtu > headers)
        mss = (uint16_t)(error->mtu - headers);
    else if (!ipv6 && !error->time_exceeded && error->code == FRAGMENTATION_NEEDED)
        mss = SMALLEST_MSS; /* a router that does not say which would do (RFC 1191 section 5) */
    if (mss > 0 || (!error->time_exceeded &&
                    (error->code == PROTOCOL_UNREACHABLE || error->code == PORT_UNREACHABLE)))
        tcpip_tcp_icmp(&host, &ends, sequence, mss);
}

static void address_lost(const struct tcpip_address *address)
{
    tcpip_tcp_address_lost(&host, address);
}

static struct tcpip_protocol tcp = {
    .number = PROTOCOL_TCP,
    .time_to_live = ipconfigTCP_TIME_TO_LIVE,
    .input = input,
    .unreachable = unreachable,
    .address_lost = address_lost,
};

_Static_assert(TCPIP_DROP_TCP_CONNECTION - TCPIP_DROP_TCP_SEQUENCE ==
                       TCPIP_TCP_REFUSED_CONNECTION &&
                   TCPIP_DROP_TCP_LIMIT - TCPIP_DROP_TCP_SEQUENCE == TCPIP_TCP_REFUSED_LIMIT,
               "the engine's reasons are some of the stack's, in their order");

void tcpip_tcp_ip_init(void)
{
    static const struct tcpip_tcp_environment environment = {
        .transmit = transmit,
        .route_mss = route_mss,
        .allocate = allocate,
        .release = release,
        .random = draw,
        .timers = &tcpip_timers_waiting,
        .refused = &tcpip_drop_counts[TCPIP_DROP_TCP_SEQUENCE],
    };
    static const struct tcpip_tcp_config config = {
        TCPIP_TCP_CONFIG_COMMON,
        .connections_max = ipconfigTCP_MAX_CONNECTIONS,
        .syn_retries = 7, /* three minutes, MUST-23 */
        .data_retries = 10,
        .rto_minimum = ipconfigTCP_SRTT_MINIMUM_VALUE_MS,
        .keep_alive = {.idle = KEEP_ALIVE_MS, .interval = KEEP_ALIVE_MS, .probes = 5},
        .silent = ipconfigIGNORE_UNKNOWN_PACKETS,
        .fin_wait = ipconfigTCP_HANG_PROTECTION ? ipconfigTCP_HANG_PROTECTION_TIME * UINT32_C(1000)
                                                : NO_PROTECTION_MS,
    };

    tcpip_tcp_init(&host, &environment, &config);
    tcpip_ip_register(&tcp);
}
