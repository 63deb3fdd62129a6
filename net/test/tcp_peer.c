/* SPDX-License-Identifier: MIT */
/* The honest peer: see tcp_peer.h. */
#include "tcp_peer.h"

#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"
#include "wire/bytes.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"

enum { PROTOCOL_TCP = 6, CHECKSUM_AT = 16 };

struct peer peer;

/* --- segments by hand -------------------------------------------------------------------------------- */

static size_t packet_of(uint8_t *frame, const struct tcpip_address *from,
                        const struct tcpip_address *to, const uint8_t *segment, size_t size)
{
    uint8_t packet[WIRE_FRAME_SIZE];
    struct ipv6_header header = {.payload_size = (uint16_t)size,
                                 .next = PROTOCOL_TCP,
                                 .hop_limit = 64,
                                 .source = from->bytes,
                                 .destination = to->bytes};

    if (from->family == TCPIP_IPV4)
        return world_ipv4(frame, tcpip_address_ipv4(from), tcpip_address_ipv4(to), PROTOCOL_TCP,
                          segment, size);
    ipv6_build(packet, sizeof packet, &header);
    memcpy(packet + IPV6_HEADER_SIZE, segment, size);
    return world_ethernet(frame, ETHERNET_IPV6, packet, IPV6_HEADER_SIZE + size);
}

static size_t build(uint8_t *frame, const struct tcpip_address *from,
                    const struct tcpip_address *to, const struct tcpip_tcp_header *header,
                    const struct tcpip_tcp_options *options, const struct tcpip_span payload[2])
{
    uint8_t segment[WIRE_FRAME_SIZE];
    size_t size = tcpip_tcp_header_size(options);

    CHECK(size <= 60);
    tcpip_tcp_put_header(segment, size, header, options);
    for (unsigned i = 0; payload != NULL && i < 2; i++) {
        if (payload[i].size > 0)
            memcpy(segment + size, payload[i].bytes, payload[i].size);
        size += payload[i].size;
    }
    uint32_t sum = tcpip_checksum_pseudo(from, to, PROTOCOL_TCP, size);
    tcpip_put_be16(segment + CHECKSUM_AT,
                   tcpip_checksum_finish(tcpip_checksum_add(sum, segment, size)));
    return packet_of(frame, from, to, segment, size);
}

size_t peer_build(uint8_t *frame, uint32_t source, const struct tcpip_tcp_header *header,
                  const struct tcpip_tcp_options *options, const struct tcpip_span payload[2])
{
    struct tcpip_address from = tcpip_address_from_ipv4(source);
    struct tcpip_address to = tcpip_address_from_ipv4(WIRE_OWN);

    return build(frame, &from, &to, header, options, payload);
}

void peer_strike(uint32_t source, const struct tcpip_tcp_header *header, size_t size)
{
    static const uint8_t zeros[1460];
    struct tcpip_span payload[2] = {{zeros, size}, {zeros, 0}};
    struct tcpip_tcp_options options = {.has_timestamps = source == PEER_ADDRESS,
                                        .timestamp_value = test_random_next(&peer.random)};
    uint8_t frame[WIRE_FRAME_SIZE];

    (void)wire_deliver(&world.wire, frame, peer_build(frame, source, header, &options, payload));
}

/* --- the honest peer --------------------------------------------------------------------------------- */

static bool transmit(void *context, const struct tcpip_tcp_outgoing *segment)
{
    struct peer_queued *place = &peer.queue[(peer.first + peer.count) % PEER_QUEUE];

    if (peer.count == PEER_QUEUE)
        return false;
    peer.count++;
    place->due = host_now + PEER_DELAY_MS;
    place->length = build(place->bytes, &peer.address, &peer.own, &segment->header,
                          &segment->options, segment->payload);
    return true;
}

static uint16_t route_mss(void *context, const struct tcpip_address *remote)
{
    return peer.own.family == TCPIP_IPV6 ? 1440 : 1460;
}

static void *allocate(void *context, size_t size)
{
    peer.allocations++;
    return malloc(size);
}

static void release(void *context, void *memory)
{
    peer.allocations--;
    free(memory);
}

static uint32_t draw(void *context)
{
    return test_random_next(&peer.random);
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events)
{
    CHECK((events & TCPIP_TCP_EVENT_ERROR) == 0);
}

static void incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
}

/* What a packet to the peer holds; no bytes: it is another one. */
static struct tcpip_span payload_of(const uint8_t *ip, size_t size)
{
    struct ipv4_header header;
    size_t length;

    if (peer.address.family == TCPIP_IPV4) {
        if (tcpip_ipv4_parse(ip, size, &header) != IPV4_OK ||
            header.destination != tcpip_address_ipv4(&peer.address))
            return (struct tcpip_span){NULL, 0};
        return (struct tcpip_span){ip + IPV4_HEADER_SIZE,
                                   header.total_size - (size_t)IPV4_HEADER_SIZE};
    }
    if (size < IPV6_HEADER_SIZE || ip[0] / 16u != 6u || ip[IPV6_NEXT_AT] != PROTOCOL_TCP ||
        memcmp(ip + IPV6_DESTINATION_AT, peer.address.bytes, IPV6_ADDRESS_SIZE) != 0)
        return (struct tcpip_span){NULL, 0};
    length = tcpip_get_be16(ip + 4);
    CHECK(length <= size - IPV6_HEADER_SIZE);
    return (struct tcpip_span){ip + IPV6_HEADER_SIZE, length};
}

/* What the stack sends: to the peer and its station it is heard, the rest of the world is silent. */
static bool hear(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct tcpip_tcp_segment segment;

    if (!ethernet_is_group(bytes) && !ethernet_equal(bytes, wire->peer_mac))
        return true;
    if (wire_answer_arp(wire, bytes, length) || wire_answer_nd(wire, bytes, length))
        return true;
    struct tcpip_span tcp = payload_of(bytes + NETIF_HEADER_SIZE, length - NETIF_HEADER_SIZE);
    if (tcp.bytes != NULL && tcpip_tcp_parse(&segment, tcp.bytes, tcp.size)) {
        peer.heard++;
        struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&peer.address, &peer.own, &segment);
        tcpip_tcp_input(&peer.host, &ends, &segment);
    }
    return true;
}

/* --- our side ----------------------------------------------------------------------------------------- */

static void our_event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                      unsigned events)
{
    if (connection == peer.ours.connection)
        CHECK((events & TCPIP_TCP_EVENT_ERROR) == 0);
}

static void our_incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
    if (peer.ours.connection == NULL)
        peer.ours.connection = tcpip_tcp_accept(listener, owner);
}

void peer_pump(struct peer_end *end)
{
    static const uint8_t zeros[PEER_BUFFERS];
    struct tcpip_tcp_connection *connection = end->connection;
    uint32_t count = tcpip_ring_count(&connection->receive);

    end->received += count;
    tcpip_ring_drop(&connection->receive, count);
    (void)tcpip_ring_write(&connection->send, zeros, sizeof zeros);
    tcpip_tcp_service(connection);
}

void peer_pass_ms(void)
{
    peer.host.now = host_now;
    while (peer.count > 0 && peer.queue[peer.first].due == host_now) {
        const struct peer_queued *place = &peer.queue[peer.first];
        (void)wire_deliver(&world.wire, place->bytes, place->length);
        peer.first = (peer.first + 1) % PEER_QUEUE;
        peer.count--;
    }
    host_run(1);
    peer.host.now = host_now;
    tcpip_tcp_run_timers(&peer.host);
}

void peer_connect(const struct tcpip_address *address, const struct tcpip_address *own)
{
    static const struct tcpip_tcp_environment environment = {NULL,
                                                             transmit,
                                                             route_mss,
                                                             allocate,
                                                             release,
                                                             draw,
                                                             .timers = &peer.timers,
                                                             .refused = peer.refused};
    static const struct tcpip_tcp_settings settings = {PEER_BUFFERS, PEER_BUFFERS, 0};
    static struct tcpip_tcp_owner their_owner = {event, incoming};
    struct tcpip_tcp_endpoints endpoints = {
        .local = *address, .remote = *own, .remote_port = PEER_PORT};

    memset(&peer, 0, sizeof peer);
    peer.random.state = 7;
    peer.address = *address;
    peer.own = *own;
    tcpip_tcp_ip_init();
    world.wire.peer = hear;
    peer.owner = (struct tcpip_tcp_owner){our_event, our_incoming};
    peer.listener = (struct tcpip_tcp_listener){
        .port = PEER_PORT, .backlog = 4, .settings = &settings, .owner = &peer.owner};
    CHECK(tcpip_tcp_listen(tcpip_tcp_host(), &peer.listener));
    tcpip_tcp_init(&peer.host, &environment, &tcpip_tcp_config_default);
    peer.host.now = host_now;
    peer.theirs.connection = tcpip_tcp_open(&peer.host, &endpoints, &settings, &their_owner);
    for (unsigned ms = 0; ms < 100; ms++)
        peer_pass_ms();
    CHECK(peer.ours.connection != NULL);
}

void peer_begin(void)
{
    const struct tcpip_address address = tcpip_address_from_ipv4(PEER_ADDRESS);
    const struct tcpip_address own = tcpip_address_from_ipv4(WIRE_OWN);

    world_begin(false);
    peer_connect(&address, &own);
}

void peer_end(void)
{
    world.wire.peer = NULL; /* nobody hears the rest */
    tcpip_tcp_abort(peer.ours.connection);
    tcpip_tcp_unlisten(&peer.listener);
    tcpip_tcp_deinit(&peer.host);
    CHECK_EQUAL(0, peer.allocations);
    world_end();
}
