/* SPDX-License-Identifier: MIT */
/* The engine in the stack: which packets reach it, and what ICMP tells it. */
#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "tcp_peer.h"
#include "wire/arp.h"
#include "wire/bytes.h"
#include "wire/ethernet.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"

enum { FRAGMENTATION_NEEDED = 4, HEADERS = NETIF_HEADER_SIZE + IPV4_HEADER_SIZE };

static struct tcpip_tcp_header syn_to(uint16_t port)
{
    return (struct tcpip_tcp_header){
        .source_port = 4000, .destination_port = port, .flags = TCPIP_TCP_SYN, .window = 1000};
}

static uint32_t segments_in(void)
{
    return tcpip_tcp_host()->counters.segments_in;
}

/* The clock, the addresses and the ports are the same each time; only the entropy goes on. */
TEST(ledger_11_numbers_are_others_after_each_start)
{
    enum { STARTS = 200 };
    static uint32_t seen[STARTS];
    unsigned same = 0, same_step = 0;

    for (unsigned start = 0; start < STARTS; start++) {
        host_now = 1000;
        peer_begin();
        CHECK_EQUAL(PEER_PORT, peer.ours.connection->ends.local_port);
        seen[start] = peer.ours.connection->initial_sequence;
        for (unsigned before = 0; before < start; before++)
            same += seen[before] == seen[start];
        same_step += start > 1 &&
                     seen[start] - seen[start - 1] == seen[start - 1] - seen[start - 2];
        peer_end();
    }
    CHECK_EQUAL(0, same);
    CHECK_EQUAL(0, same_step);
}

TEST(segments_from_groups_are_dropped_in_silence) /* RFC 9293 MUST-57, MUST-63 */
{
    static const uint32_t groups[] = {0xffffffff, 0xe0000001};
    struct tcpip_tcp_header syn = syn_to(PEER_PORT);

    peer_begin();
    uint32_t before = segments_in(), sent = world.wire.sent;
    for (unsigned i = 0; i < 2; i++)
        peer_strike(groups[i], &syn, 0);
    host_run(0);
    CHECK_EQUAL(before, segments_in());
    CHECK_EQUAL(sent, world.wire.sent);
    peer_end();
}

TEST(segments_to_groups_are_dropped_in_silence) /* RFC 9293 MUST-57 */
{
    static const uint32_t groups[] = {0xffffffff, 0x0a0000ff, 0xe0000001};
    struct tcpip_tcp_header syn = syn_to(PEER_PORT);
    struct tcpip_tcp_options plain = {0};
    struct tcpip_span none[2] = {{NULL, 0}, {NULL, 0}};
    uint8_t frame[WIRE_FRAME_SIZE], segment[20];

    peer_begin();
    uint32_t before = segments_in(), sent = world.wire.sent;
    for (unsigned i = 0; i < 3; i++) {
        (void)peer_build(frame, PEER_ADDRESS, &syn, &plain, none);
        memcpy(segment, frame + HEADERS, sizeof segment);
        size_t length = world_ipv4(frame, PEER_ADDRESS, groups[i], 6, segment, sizeof segment);
        memset(frame, 0xff, NETIF_MAC_SIZE);
        world_receive(frame, length);
    }
    CHECK_EQUAL(before, segments_in());
    CHECK_EQUAL(sent, world.wire.sent);
    peer_end();
}

TEST(a_wrong_checksum_is_dropped_at_every_bit) /* RFC 9293 MUST-3 */
{
    struct tcpip_tcp_header syn = syn_to(PEER_PORT);
    struct tcpip_tcp_options plain = {0};
    struct tcpip_span payload[2] = {{(const uint8_t *)"payload", 7}, {NULL, 0}};
    uint8_t frame[WIRE_FRAME_SIZE];

    peer_begin();
    uint32_t before = segments_in();
    size_t length = peer_build(frame, PEER_ADDRESS, &syn, &plain, payload);
    for (size_t bit = HEADERS * 8; bit < length * 8; bit++) {
        frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
        world_receive(frame, length);
        frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQUAL(before, segments_in());
    world_receive(frame, length);
    CHECK_EQUAL(before + 1, segments_in());
    peer_end();
}

/* A router says that what we sent last was too big. */
static void too_big(uint32_t sequence, uint16_t mtu)
{
    uint8_t message[ICMP_HEADER_SIZE + IPV4_HEADER_SIZE + 8] = {ICMP_UNREACHABLE,
                                                                FRAGMENTATION_NEEDED};
    struct ipv4_header quoted = {.total_size = 1500,
                                 .ttl = 60,
                                 .protocol = 6,
                                 .source = WIRE_OWN,
                                 .destination = PEER_ADDRESS};
    uint8_t *transport = message + ICMP_HEADER_SIZE + IPV4_HEADER_SIZE;
    uint8_t frame[WIRE_FRAME_SIZE];

    tcpip_put_be16(message + 6, mtu);
    ipv4_build(message + ICMP_HEADER_SIZE, IPV4_HEADER_SIZE, &quoted);
    tcpip_put_be16(transport, PEER_PORT);
    tcpip_put_be16(transport + 2, peer.theirs.connection->ends.local_port);
    tcpip_put_be32(transport + 4, sequence);
    tcpip_put_be16(message + 2,
                   tcpip_checksum_finish(tcpip_checksum_add(0, message, sizeof message)));
    world_receive(frame, world_ipv4(frame, 0x0a0000fe, WIRE_OWN, 1, message, sizeof message));
}

static unsigned stamp_size(void)
{
    return ipconfigUSE_TCP_TIMESTAMPS ? 12 : 0;
}

TEST(too_big_makes_segments_of_that_route_smaller) /* RFC 1191 section 6.4, RFC 5927 section 4.1 */
{
    peer_begin();
    const struct tcpip_tcp_connection *ours = peer.ours.connection;
    peer_pump(&peer.ours);
    too_big(ours->highest + 1000, 1000); /* of nothing that is on its way */
    CHECK_EQUAL(1460 - stamp_size(), ours->mss);
    too_big(ours->unacknowledged, 1000);
    CHECK_EQUAL(960 - stamp_size(), ours->mss);
    too_big(ours->unacknowledged, 1400); /* no route becomes wider by such a message */
    CHECK_EQUAL(960 - stamp_size(), ours->mss);
    for (unsigned ms = 0; ms < 1000; ms++) {
        peer_pump(&peer.ours);
        peer_pump(&peer.theirs);
        peer_pass_ms();
    }
    CHECK(peer.theirs.received > 100000);
    peer_end();
}

TEST(too_big_of_an_old_router_means_the_size_that_every_host_takes) /* RFC 1191 section 5 */
{
    peer_begin();
    peer_pump(&peer.ours);
    too_big(peer.ours.connection->unacknowledged, 0);
    CHECK_EQUAL(536 - stamp_size(), peer.ours.connection->mss);
    peer_end();
}

static uint32_t asked;
static unsigned segments;

/* Answers nothing, but keeps in mind whose station was asked for last. */
static bool watch(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct arp_packet question;

    if (tcpip_get_be16(bytes + NETIF_HEADER_SIZE - 2) != ETHERNET_ARP)
        segments += bytes[NETIF_HEADER_SIZE + 9] == 6;
    else if (tcpip_arp_parse(bytes + NETIF_HEADER_SIZE, length - NETIF_HEADER_SIZE, &question))
        asked = question.target;
    return true;
}

TEST(a_connection_follows_a_changed_route)
{
    peer_begin();
    struct tcpip_configuration apart = world.end_point.active;
    unsigned heard = peer.heard;
    peer_pump(&peer.ours);
    CHECK(peer.heard > heard);
    apart.prefix = 32;
    tcpip_end_point_configure(&world.end_point, &apart); /* the peer is behind the gateway now */
    world.wire.peer = watch;
    segments = 0;
    peer_pump(&peer.ours);
    host_run(2000);
    CHECK_EQUAL(0, segments);
    CHECK_EQUAL(0x0a0000fe, asked);
    peer_end();
}

/* What its peer would send next, with the stamp that it has last sent. */
static size_t next_segment(uint8_t *frame, const uint8_t *bytes, size_t size)
{
    const struct tcpip_tcp_connection *theirs = peer.theirs.connection;
    struct tcpip_tcp_options options = {.has_timestamps = ipconfigUSE_TCP_TIMESTAMPS};
    struct tcpip_span payload[2] = {{bytes, size}, {NULL, 0}};
    struct tcpip_tcp_header header = {.source_port = theirs->ends.local_port,
                                      .destination_port = PEER_PORT,
                                      .sequence = theirs->next,
                                      .acknowledgement = theirs->expected,
                                      .flags = TCPIP_TCP_ACK,
                                      .window = 1000};

#if ipconfigUSE_TCP_TIMESTAMPS
    options.timestamp_value = peer.ours.connection->timestamps.recent;
#endif
    return peer_build(frame, PEER_ADDRESS, &header, &options, payload);
}

TEST(a_long_segment_counts_only_with_its_checksum) /* its bytes go to their place before that */
{
    uint8_t bytes[700], taken[sizeof bytes], frame[WIRE_FRAME_SIZE];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 7 + i / 256);
    peer_begin();
    struct tcpip_tcp_connection *ours = peer.ours.connection;
    size_t length = next_segment(frame, bytes, sizeof bytes);
    for (size_t bit = HEADERS * 8; bit < length * 8; bit += 7) {
        frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
        world_receive(frame, length);
        frame[bit / 8] ^= (uint8_t)(1u << bit % 8);
        CHECK_EQUAL(0, tcpip_ring_count(&ours->receive));
    }
    world_receive(frame, length);
    CHECK_EQUAL(sizeof bytes, tcpip_ring_copy(&ours->receive, taken, sizeof taken));
    CHECK(memcmp(bytes, taken, sizeof taken) == 0);
    peer_end();
}
