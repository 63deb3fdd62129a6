/* SPDX-License-Identifier: MIT */
/* Frames by hand into the whole input path: Ethernet, ARP, IPv4, ICMP and UDP. */
#include "world.h"

#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "ip/icmp.h"
#include "link/neighbour.h"
#include "udp/udp.h"
#include "wire/arp.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

enum { PEER = 0x0a000009, GATEWAY = 0x0a0000fe, IP_AT = NETIF_HEADER_SIZE, SEQUENCE = 77 };

static unsigned datagrams;
static size_t datagram_size;

static void count_datagram(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    datagrams++;
    datagram_size = datagram->packet->frame->length;
    tcpip_frame_release(datagram->packet->frame);
}

static struct tcpip_udp_port port;

static void begin_with_port(void)
{
    world_begin(false);
    port = (struct tcpip_udp_port){.number = 4000, .input = count_datagram};
    CHECK(tcpip_udp_bind(&port));
    datagrams = 0;
    world_arp(ARP_REQUEST, PEER, WIRE_OWN, NULL); /* so that we know each other */
}

static bool knows(uint32_t address, const uint8_t *mac)
{
    struct tcpip_address wanted = tcpip_address_from_ipv4(address);
    uint8_t known[NETIF_MAC_SIZE];

    return tcpip_neighbour_lookup(&world.interface, &wanted, known) &&
           (mac == NULL || memcmp(known, mac, sizeof known) == 0);
}

TEST(datagram_is_delivered)
{
    static const uint8_t payload[1472];
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    for (size_t size = 0; size <= 1472; size++) {
        world_receive(frame, world_udp(frame, PEER, 99, WIRE_OWN, 4000, payload, size));
        CHECK_EQUAL(size + 1, datagrams);
        CHECK_EQUAL(size, datagram_size);
    }
    world_end();
}

TEST(ledger_6_frame_of_each_length_passes_the_same_checks)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    static const uint8_t payload[64];

    begin_with_port();
    for (size_t type = 0; type < 4; type++) {
        static const uint16_t types[] = {ETHERNET_ARP, ETHERNET_IPV4, ETHERNET_IPV6, 0x1234};

        for (size_t length = 0; length <= 64; length++) {
            uint32_t before = tcpip_drops_total();

            world_ethernet(frame, types[type], payload, 50);
            world_receive(frame, length);
            CHECK_EQUAL(before + 1, tcpip_drops_total());
        }
    }
    CHECK_EQUAL(4 * 14, tcpip_drops(TCPIP_DROP_LINK_SHORT));
    for (size_t length = NETIF_HEADER_SIZE; length <= 64; length++) {
        world_udp(frame, PEER, 99, WIRE_OWN, 4000, payload, 22);
        memcpy(frame + 6, world.wire.netif.mac, NETIF_MAC_SIZE);
        world_receive(frame, length);
    }
    CHECK_EQUAL(64 - NETIF_HEADER_SIZE + 1, tcpip_drops(TCPIP_DROP_LINK_SOURCE));
    CHECK_EQUAL(0, datagrams);
    world_end();
}

TEST(frame_for_another_station_is_dropped)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    size_t length = world_udp(frame, PEER, 99, WIRE_OWN, 4000, frame, 1);
    frame[5] = 77;
    world_receive(frame, length);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_LINK_DESTINATION));
    CHECK_EQUAL(0, datagrams);
    world_end();
}

/* Sets the first byte and the total length, and makes the checksum right again. */
static void set_lengths(uint8_t *ip, unsigned ihl, unsigned total)
{
    size_t header = ihl * 4 >= 20 ? ihl * 4 : 20;

    ip[0] = (uint8_t)(0x40 + ihl);
    tcpip_put_be16(ip + 2, (uint16_t)total);
    tcpip_put_be16(ip + 10, 0);
    tcpip_put_be16(ip + 10, tcpip_checksum_finish(tcpip_checksum_add(0, ip, header)));
}

TEST(ledger_7_every_header_length_against_every_total_length)
{
    uint8_t frame[WIRE_FRAME_SIZE] = {0};

    begin_with_port();
    size_t length = world_udp(frame, PEER, 99, WIRE_OWN, 4000, frame, 60);
    unsigned packet = (unsigned)length - IP_AT;
    for (unsigned ihl = 0; ihl < 16; ihl++) {
        const unsigned totals[] = {0, 19, 20, ihl * 4 - (ihl > 0), packet + 1, 65535};

        for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
            set_lengths(frame + IP_AT, ihl, totals[i]);
            world_receive(frame, length);
        }
    }
    CHECK_EQUAL(0, datagrams);
    world_end();
}

/* Each is a part of something, and there is never the rest. */
TEST(ledger_7_fragments_are_dropped_and_counted)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    size_t length = world_udp(frame, PEER, 99, WIRE_OWN, 4000, frame, 60);
    for (unsigned bit = 0; bit < 16; bit++) {
        uint32_t before = tcpip_drops_total();

        tcpip_put_be16(frame + IP_AT + 6, (uint16_t)(1u << bit));
        set_lengths(frame + IP_AT, 5, (unsigned)length - IP_AT);
        world_receive(frame, length);
        host_run(ipconfigUSE_REASSEMBLY ? 61000 : 0);
        CHECK_EQUAL(before + (bit < 14),
                    tcpip_drops(TCPIP_DROP_IP_FRAGMENT) + tcpip_drops(TCPIP_DROP_IP_REASSEMBLY));
    }
    CHECK_EQUAL(2, datagrams); /* the reserved bit and don't-fragment */
    world_end();
}

TEST(ledger_7_packet_in_packet_is_dropped)
{
    uint8_t inner[WIRE_FRAME_SIZE];
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    size_t length = world_udp(inner, PEER, 99, WIRE_OWN, 4000, inner, 10);
    world_receive(frame, world_ipv4(frame, PEER, WIRE_OWN, 4, inner + IP_AT, length - IP_AT));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_PROTOCOL));
    CHECK_EQUAL(0, datagrams);
    world_end();
}

TEST(ledger_7_every_option_of_every_length)
{
    uint8_t plain[WIRE_FRAME_SIZE];
    uint8_t frame[WIRE_FRAME_SIZE];
    unsigned delivered = 0;

    begin_with_port();
    size_t length = world_udp(plain, PEER, 99, WIRE_OWN, 4000, plain, 10);
    for (unsigned kind = 0; kind < 256; kind++) {
        for (unsigned size = 0; size < 256; size++) {
            uint8_t options[8] = {(uint8_t)kind, (uint8_t)size, 1, 1, 1, 1, 1, 0};
            bool source_route = kind == 131 || kind == 137;
            bool sound = kind == 0 || (!source_route && kind != 1 && size >= 2 && size <= 8);

            if (kind == 1) { /* then the second byte is the next option's kind */
                options[1] = 1;
                sound = true;
            }
            memcpy(frame, plain, IP_AT + 20);
            memcpy(frame + IP_AT + 20, options, 8);
            memcpy(frame + IP_AT + 28, plain + IP_AT + 20, length - IP_AT - 20);
            set_lengths(frame + IP_AT, 7, (unsigned)length - IP_AT + 8);
            world_receive(frame, length + 8);
            delivered += sound;
            CHECK_EQUAL(delivered, datagrams);
        }
    }
    world_end();
}

TEST(wrong_ip_checksum_is_dropped)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    size_t length = world_udp(frame, PEER, 99, WIRE_OWN, 4000, frame, 10);
    for (size_t bit = 0; bit < 20 * 8; bit++) {
        frame[IP_AT + bit / 8] ^= (uint8_t)(1u << bit % 8);
        world_receive(frame, length);
        frame[IP_AT + bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQUAL(0, datagrams);
    world_receive(frame, length);
    CHECK_EQUAL(1, datagrams);
    world_end();
}

TEST(datagram_with_any_bit_wrong_is_dropped)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    size_t length = world_udp(frame, PEER, 99, WIRE_OWN, 4000, frame, 40);
    for (size_t bit = 0; bit < (length - IP_AT - 20) * 8; bit++) {
        frame[IP_AT + 20 + bit / 8] ^= (uint8_t)(1u << bit % 8);
        world_receive(frame, length);
        frame[IP_AT + 20 + bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    CHECK_EQUAL(0, datagrams);
    world_end();
}

TEST(udp_length_beyond_the_packet_is_dropped)
{
    uint8_t payload[100] = {0};
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    for (unsigned said = 0; said < 65536; said++) {
        struct udp_header header = {99, 4000, (uint16_t)said, 0};

        if (said == 8 + 20)
            continue;
        udp_build(payload, sizeof payload, &header);
        world_receive(frame, world_ipv4(frame, PEER, WIRE_OWN, IPV4_PROTOCOL_UDP, payload, 28));
    }
    CHECK_EQUAL(0, datagrams);
    world_end();
}

static size_t echo_request(uint8_t *frame, size_t size, uint8_t fill)
{
    uint8_t message[WIRE_FRAME_SIZE];

    memset(message, fill, sizeof message);
    if (size >= ICMP_HEADER_SIZE) {
        struct icmp_header header = {.type = ICMP_ECHO_REQUEST, .rest_high = 1, .rest_low = 2};

        icmp_build(message, sizeof message, &header);
        tcpip_put_be16(message + 2, tcpip_checksum_finish(tcpip_checksum_add(0, message, size)));
    }
    return world_ipv4(frame, PEER, WIRE_OWN, IPV4_PROTOCOL_ICMP, message, size);
}

TEST(ping_of_every_length_is_answered_with_the_same_bytes)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    for (size_t size = ICMP_HEADER_SIZE; size <= 1480; size++) {
        unsigned before = world.wire.sent;
        size_t length = echo_request(frame, size, (uint8_t)size);

        world_receive(frame, length);
        CHECK_EQUAL(before + 1, world.wire.sent);
        CHECK_EQUAL(length, world.wire.last_length);
        CHECK_BYTES(frame + IP_AT + 28, world.wire.last + IP_AT + 28, size - 8);
        CHECK_EQUAL(
            0, tcpip_checksum_finish(tcpip_checksum_add(0, world.wire.last + IP_AT + 20, size)));
    }
    world_end();
}

TEST(ledger_8_echo_of_every_length_with_any_total_length)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    tcpip_icmp_ping_answered = NULL;
    for (size_t size = 0; size <= 1480; size++) {
        size_t length = echo_request(frame, size, 0x5a);

        for (size_t said = 0; said <= size + 40; said += 1 + size / 16) {
            frame[IP_AT + 20] = said % 2 == 0 ? ICMP_ECHO_REPLY : ICMP_ECHO_REQUEST;
            unsigned before = world.wire.sent;

            set_lengths(frame + IP_AT, 5, (unsigned)said);
            world_receive(frame, length);
            CHECK(world.wire.sent == before || world.wire.last_length <= length);
        }
    }
    world_end();
}

static unsigned pings_answered;
static bool last_sound;

static void note_answer(uint16_t sequence, bool sound)
{
    CHECK_EQUAL(SEQUENCE, sequence);
    pings_answered++;
    last_sound = sound;
}

/* The answer to a ping of ours, but shorter or longer than its packet says. */
TEST(ledger_8_echo_reply_of_every_length_with_every_inner_length)
{
    uint8_t request[WIRE_FRAME_SIZE], frame[WIRE_FRAME_SIZE];
    struct tcpip_address to = tcpip_address_from_ipv4(PEER);
    uint8_t *icmp = frame + IP_AT + IPV4_HEADER_SIZE;

    begin_with_port();
    tcpip_icmp_ping_answered = note_answer;
    CHECK(tcpip_icmp_ping(&to, SEQUENCE, 1472));
    memcpy(request, world.wire.last + IP_AT + IPV4_HEADER_SIZE, 1480);
    request[0] = ICMP_ECHO_REPLY;
    for (size_t size = 0; size <= 1480; size++) {
        size_t length = world_ipv4(frame, PEER, WIRE_OWN, IPV4_PROTOCOL_ICMP, request, size);

        for (size_t said = 0; said <= size + 24; said += said + 24 < size ? 1 + size / 32 : 1) {
            bool whole = said >= ICMP_HEADER_SIZE && said <= size;
            unsigned before = pings_answered;

            if (said >= 4 && said <= size) {
                tcpip_put_be16(icmp + 2, 0);
                tcpip_put_be16(icmp + 2, tcpip_checksum_finish(tcpip_checksum_add(0, icmp, said)));
            }
            set_lengths(frame + IP_AT, 5, (unsigned)(IPV4_HEADER_SIZE + said));
            world_receive(frame, length);
            CHECK_EQUAL(before + whole, pings_answered);
            CHECK(!whole || last_sound);
        }
    }
    CHECK(pings_answered > 10000);
    tcpip_icmp_ping_answered = NULL;
    world_end();
}

TEST(ping_to_everybody_is_not_answered)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    size_t length = echo_request(frame, 20, 1);
    unsigned before = world.wire.sent;
    memset(frame, 0xff, 6);
    world_receive(frame, length);
    CHECK_EQUAL(before, world.wire.sent);
    world_end();
}

static unsigned unreachable_port;

static void note_unreachable(struct tcpip_udp_port *bound, const struct tcpip_address *destination,
                             uint16_t destination_port)
{
    CHECK_EQUAL(PEER, tcpip_address_ipv4(destination));
    unreachable_port = destination_port;
}

TEST(port_unreachable_reaches_the_port_that_sent)
{
    uint8_t quoted[WIRE_FRAME_SIZE];
    uint8_t message[ICMP_HEADER_SIZE + 28] = {ICMP_UNREACHABLE, 3};
    uint8_t frame[WIRE_FRAME_SIZE];

    begin_with_port();
    port.unreachable = note_unreachable;
    world_udp(quoted, WIRE_OWN, 4000, PEER, 1234, quoted, 0);
    memcpy(message + ICMP_HEADER_SIZE, quoted + IP_AT, 28);
    for (size_t size = 0; size <= sizeof message; size++) {
        tcpip_put_be16(message + 2, 0);
        tcpip_put_be16(message + 2, tcpip_checksum_finish(tcpip_checksum_add(0, message, size)));
        CHECK_EQUAL(0, unreachable_port);
        world_receive(frame, world_ipv4(frame, PEER, WIRE_OWN, IPV4_PROTOCOL_ICMP, message, size));
    }
    CHECK_EQUAL(1234, unreachable_port);
    world_end();
}

TEST(request_for_our_address_is_answered)
{
    world_begin(false);
    world_arp(ARP_REQUEST, PEER, WIRE_OWN, NULL);
    struct arp_packet reply;
    CHECK(tcpip_arp_parse(world.wire.last + IP_AT, world.wire.last_length - IP_AT, &reply));
    CHECK_EQUAL(ARP_REPLY, reply.operation);
    CHECK_EQUAL(WIRE_OWN, reply.sender);
    CHECK_EQUAL(PEER, reply.target);
    CHECK_BYTES(world.wire.netif.mac, reply.sender_mac, NETIF_MAC_SIZE);
    CHECK(knows(PEER, world.wire.peer_mac));
    world_end();
}

TEST(ledger_9_unsolicited_reply_neither_adds_nor_replaces)
{
    static const uint8_t thief[NETIF_MAC_SIZE] = {2, 9, 9, 9, 9, 9};

    world_begin(false);
    world_arp(ARP_REPLY, PEER, WIRE_OWN, thief);
    CHECK(!knows(PEER, NULL));
    world_arp(ARP_REQUEST, PEER, WIRE_OWN, NULL);
    CHECK(knows(PEER, world.wire.peer_mac));
    world_arp(ARP_REPLY, PEER, WIRE_OWN, thief);
    CHECK(knows(PEER, world.wire.peer_mac));
    world_arp(ARP_REQUEST, PEER, WIRE_OWN, thief);
    CHECK(knows(PEER, world.wire.peer_mac));
    world_arp(ARP_REQUEST, PEER, PEER, thief); /* gratuitous */
    CHECK(knows(PEER, world.wire.peer_mac));
    world_end();
}

static void learn_gateway(void)
{
    struct tcpip_address gateway = tcpip_address_from_ipv4(GATEWAY);

    tcpip_neighbour_resolve(&world.end_point, &gateway);
    world_arp(ARP_REPLY, GATEWAY, WIRE_OWN, NULL);
    CHECK(knows(GATEWAY, world.wire.peer_mac));
}

static size_t neighbour_places(void)
{
    struct tcpip_address address;
    uint8_t mac[NETIF_MAC_SIZE];
    size_t places = 0;
    bool known;

    while (tcpip_neighbour_at(places, &address, mac, &known))
        places++;
    return places;
}

TEST(ledger_9_gateway_survives_a_flood)
{
    struct test_random random = {3};
    uint8_t mac[NETIF_MAC_SIZE] = {2, 8};

    world_begin(false);
    learn_gateway();
    size_t places = neighbour_places(), allocations = host_allocations;
    size_t free_frames = tcpip_frames_free();
    for (unsigned i = 0; i < 1000000; i++) {
        uint32_t r = test_random_next(&random);

        tcpip_put_be32(mac + 2, r);
        world_arp(r % 2 == 0 ? ARP_REQUEST : ARP_REPLY, 0x0a000000 + 3 + r % 250,
                  r % 3 == 0 ? WIRE_OWN : r, mac);
        host_now += r % 3;
    }
    CHECK(knows(GATEWAY, world.wire.peer_mac));
    CHECK_EQUAL(places, neighbour_places());
    CHECK_EQUAL(allocations, host_allocations);
    CHECK_EQUAL(free_frames, tcpip_frames_free());
    world_end();
}

static bool reject_all(struct wire *wire, const uint8_t *bytes, size_t length)
{
    return true;
}

static void send_datagram(uint32_t destination)
{
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, 10);
    struct tcpip_udp_target target = {tcpip_address_from_ipv4(destination), 7, false};

    CHECK(frame != NULL);
    frame->length = 10;
    tcpip_udp_send(&port, frame, &target);
}

TEST(neighbour_that_does_not_answer_is_given_up)
{
    begin_with_port();
    host_run(10000); /* what is told of groups and names has been told */
    world.wire.peer = reject_all;
    unsigned before = world.wire.sent;
    for (int i = 0; i < 5; i++)
        send_datagram(0x0a000077);
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_NEIGHBOUR_QUEUE));
    host_run(20000);
    CHECK_EQUAL(before + ipconfigMAX_ARP_RETRANSMISSIONS, world.wire.sent);
    CHECK_EQUAL(3, tcpip_drops(TCPIP_DROP_NEIGHBOUR_ABSENT));
    CHECK(tcpip_frames_all_free());
    world_end();
}

TEST(datagrams_wait_for_the_answer_and_leave_in_order)
{
    begin_with_port();
    world.wire.peer = wire_answer_arp;
    world.wire.faults.delay_ms = 100;
    unsigned before = world.wire.sent;
    for (int i = 0; i < 3; i++)
        send_datagram(0x0a000077);
    CHECK_EQUAL(before + 1, world.wire.sent);
    host_run(150);
    CHECK_EQUAL(before + 4, world.wire.sent);
    world_end();
}

TEST(far_address_goes_through_the_gateway)
{
    begin_with_port();
    learn_gateway();
    send_datagram(0x08080808);
    CHECK_BYTES(world.wire.peer_mac, world.wire.last, NETIF_MAC_SIZE);
    CHECK_EQUAL(0x08080808, tcpip_get_be32(world.wire.last + IP_AT + 16));
    world_end();
}

TEST(claim_of_our_address_is_answered_once_in_ten_seconds)
{
    static const uint8_t other[NETIF_MAC_SIZE] = {2, 7, 7, 7, 7, 7};

    world_begin(false);
    host_run(10000);
    unsigned before = world.wire.sent;
    for (int i = 0; i < 100; i++)
        world_arp(ARP_REQUEST, WIRE_OWN, WIRE_OWN, other);
    CHECK_EQUAL(before + 1, world.wire.sent);
    host_run(10000);
    world_arp(ARP_REPLY, WIRE_OWN, WIRE_OWN, other);
    CHECK_EQUAL(before + 2, world.wire.sent);
    world_end();
}

TEST(cut_link_drops_what_waits)
{
    begin_with_port();
    world.wire.peer = reject_all;
    send_datagram(0x0a000077);
    CHECK(!tcpip_frames_all_free());
    wire_set_cut(&world.wire, true);
    host_run(0);
    CHECK(tcpip_frames_all_free());
    CHECK_EQUAL(TCPIP_END_POINT_DOWN, world.end_point.state);
    wire_set_cut(&world.wire, false);
    host_run(0);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    world_end();
}

TEST(driver_without_room_loses_the_frame_and_nothing_else)
{
    begin_with_port();
    learn_gateway();
    world.wire.jammed = true;
    for (int i = 0; i < 100; i++)
        send_datagram(0x08080808);
    CHECK_EQUAL(100, tcpip_drops(TCPIP_DROP_OUT_NO_ROOM));
    CHECK(tcpip_frames_all_free());
    world_end();
}
