/* SPDX-License-Identifier: MIT */
/* Fragments of both families: in every order, overlapping, late, and more than there is room for. */
#include "world6.h"

#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "udp/udp.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

enum { PEER = 0x0a000009, SIZE = 3000, PIECE = 1000 };

static unsigned datagrams;
static uint8_t payload[SIZE + 16];
static struct tcpip_udp_port port;

static void check_datagram(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;

    CHECK_EQUAL(SIZE - 8, frame->length);
    CHECK_BYTES(payload + 8, frame->data, SIZE - 8);
    CHECK(tcpip_frame_of(frame->data) == frame);
    datagrams++;
    tcpip_frame_release(frame);
    tcpip_frame_release(frame); /* a second time is harmless */
}

static void begin(void)
{
    world6_settle(false);
    port = (struct tcpip_udp_port){.number = 4000, .input = check_datagram};
    CHECK(tcpip_udp_bind(&port));
    datagrams = 0;
    world_arp(1, PEER, WIRE_OWN, NULL);
    world6_solicit(PEER6, OWN6, OWN6, world.wire.peer_mac);
    world6_forget();
}

static void end(void)
{
    CHECK(tcpip_frames_all_free());
    world6_end();
}

/* A datagram of SIZE bytes with its header, as one piece. */
static void make_datagram(bool is_ipv6)
{
    struct udp_header header = {99, 4000, SIZE, 0};
    struct tcpip_address from = is_ipv6 ? ip6(PEER6) : tcpip_address_from_ipv4(PEER);
    struct tcpip_address to = is_ipv6 ? ip6(OWN6) : tcpip_address_from_ipv4(WIRE_OWN);

    for (size_t i = 0; i < SIZE; i++)
        payload[i] = (uint8_t)(i * 7 + i / 256);
    udp_build(payload, 8, &header);
    tcpip_checksum_put(tcpip_checksum_pseudo(&from, &to, 17, SIZE), payload, SIZE, 6);
}

struct piece {
    size_t offset, size;
    bool more;
    unsigned id;
};

static void receive_ipv4(struct piece piece)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    size_t length = world_ipv4(frame, PEER, WIRE_OWN, 17, payload + piece.offset, piece.size);
    uint8_t *ip = frame + NETIF_HEADER_SIZE;

    tcpip_put_be16(ip + 4, (uint16_t)piece.id);
    tcpip_put_be16(ip + 6, (uint16_t)(piece.offset / 8 + (piece.more ? 0x2000u : 0)));
    tcpip_put_be16(ip + 10, 0);
    tcpip_checksum_put(0, ip, 20, 10);
    world_receive(frame, length);
}

/* Behind destination options, in which what comes next is named. */
static void receive_ipv6(struct piece piece)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    uint8_t body[WIRE_FRAME_SIZE] = {44, 0, 1, 4, 0, 0, 0, 0, 17};

    tcpip_put_be16(body + 10, (uint16_t)(piece.offset + piece.more));
    tcpip_put_be32(body + 12, piece.id);
    memcpy(body + 16, payload + piece.offset, piece.size);
    world_receive(frame, world6_packet(frame, PEER6, OWN6, 60, 64, body, 16 + piece.size));
}

static void receive(bool is_ipv6, struct piece piece)
{
    if (is_ipv6)
        receive_ipv6(piece);
    else
        receive_ipv4(piece);
}

static struct piece nth(unsigned index, unsigned id)
{
    return (struct piece){index * PIECE, PIECE, index < SIZE / PIECE - 1, id};
}

TEST(pieces_in_every_order_make_the_whole)
{
    static const uint8_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                         {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    for (unsigned family = 0; family < 2; family++) {
        begin();
        make_datagram(family == 1);
        for (unsigned i = 0; i < 6; i++) {
            for (unsigned k = 0; k < 3; k++)
                receive(family == 1, nth(orders[i][k], i));
            CHECK_EQUAL(i + 1, datagrams);
            CHECK(tcpip_frames_all_free());
        }
        CHECK_EQUAL(0, tcpip_drops_total());
        end();
    }
}

TEST(many_small_pieces_backwards_and_forwards_make_the_whole)
{
    for (unsigned family = 0; family < 2; family++) {
        begin();
        make_datagram(family == 1);
        for (unsigned way = 0; way < 2; way++) {
            for (unsigned i = 0; i < SIZE / 200; i++) {
                unsigned at = way == 0 ? i : SIZE / 200 - 1 - i;

                receive(family == 1, (struct piece){at * 200, 200, at < SIZE / 200 - 1, 10 + way});
            }
            CHECK_EQUAL(way + 1, datagrams);
        }
        end();
    }
}

TEST(copies_are_ignored)
{
    for (unsigned family = 0; family < 2; family++) {
        begin();
        make_datagram(family == 1);
        for (unsigned i = 0; i < 3; i++) {
            receive(family == 1, nth(i, 1));
            if (i < 2)
                receive(family == 1, nth(i, 1));
        }
        CHECK_EQUAL(1, datagrams);
        CHECK_EQUAL(0, tcpip_drops_total());
        end();
    }
}

TEST(ledger_7_overlapping_pieces_are_refused_as_a_whole)
{
    static const struct piece wrong[] = {
        {992, 16, true, 1},    {0, 1008, true, 1},    {8, 8, true, 1},     /* other bytes */
        {2000, 1008, true, 1}, {2008, 992, false, 1}, {1000, 8, false, 1}, /* another end */
    };

    for (unsigned family = 0; family < 2; family++) {
        for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
            begin();
            make_datagram(family == 1);
            receive(family == 1, nth(0, 1));
            receive(family == 1, nth(2, 1));
            uint8_t before = payload[wrong[i].offset];
            payload[wrong[i].offset] ^= 1;
            receive(family == 1, wrong[i]);
            payload[wrong[i].offset] = before;
            CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_FRAGMENT));
            receive(family == 1, nth(1, 1));
            CHECK_EQUAL(0, datagrams);
            host_run(61000);
            end();
        }
    }
}

TEST(ledger_7_pieces_that_cannot_be_are_refused)
{
    static const struct piece wrong[] = {
        {0, 999, true, 1}, /* not a multiple of eight */
        {0, 0, true, 1},
        {8, 0, false, 1}, /* nothing */
    };
    struct piece far = {0, 8, false, 1};

    for (unsigned family = 0; family < 2; family++) {
        begin();
        make_datagram(family == 1);
        for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
            receive(family == 1, wrong[i]);
            CHECK_EQUAL(i + 1, tcpip_drops(TCPIP_DROP_IP_FRAGMENT));
        }
        CHECK_EQUAL(family == 1, world6_count(ICMP6_PARAMETER_PROBLEM));
        for (far.offset = ipconfigREASSEMBLY_SIZE; far.offset < 65536; far.offset += 8 * 997) {
            uint8_t frame[WIRE_FRAME_SIZE] = {0};
            uint32_t before = tcpip_drops(TCPIP_DROP_IP_FRAGMENT);

            if (family == 0) {
                size_t length = world_ipv4(frame, PEER, WIRE_OWN, 17, payload, 8);
                tcpip_put_be16(frame + 14 + 6, (uint16_t)(far.offset / 8));
                tcpip_put_be16(frame + 14 + 10, 0);
                tcpip_checksum_put(0, frame + 14, 20, 10);
                world_receive(frame, length);
            } else {
                uint8_t body[16] = {17, 0, (uint8_t)(far.offset / 256), (uint8_t)far.offset};
                world_receive(frame, world6_packet(frame, PEER6, OWN6, 44, 64, body, sizeof body));
            }
            CHECK_EQUAL(before + 1, tcpip_drops(TCPIP_DROP_IP_FRAGMENT));
        }
        end();
    }
}

TEST(packet_that_is_never_whole_is_given_up_after_a_minute_and_told)
{
    for (unsigned family = 0; family < 2; family++) {
        for (unsigned first = 0; first < 2; first++) {
            begin();
            make_datagram(family == 1);
            receive(family == 1, nth(first == 1 ? 0 : 1, 1));
            host_run(59000);
            CHECK(!tcpip_frames_all_free());
            world6_solicit(PEER6, OWN6, OWN6, world.wire.peer_mac); /* it is still there */
            world6_forget();
            host_run(2000);
            CHECK(tcpip_frames_all_free());
            CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_REASSEMBLY));
            if (family == 1) {
                CHECK_EQUAL(first, world6_count(ICMP6_TIME_EXCEEDED));
                if (first == 1)
                    CHECK_EQUAL(1, world6_sent(ICMP6_TIME_EXCEEDED, 0)[ICMP6_AT + 1]);
            } else if (first == 1) {
                CHECK_EQUAL(1, world6.sent_count);
                CHECK_EQUAL(ICMP_TIME_EXCEEDED, world6.sent[0].bytes[NETIF_HEADER_SIZE + 20]);
            }
            end();
        }
    }
}

TEST(flood_of_pieces_takes_the_places_and_no_more_and_whole_packets_still_arrive)
{
    size_t before;

    for (unsigned family = 0; family < 2; family++) {
        begin();
        make_datagram(family == 1);
        before = tcpip_frames_free();
        for (unsigned i = 0; i < 100000; i++)
            receive(family == 1, nth(i % 3, 1000 + i));
        CHECK_EQUAL(before, tcpip_frames_free());
        for (unsigned i = 0; i < 3; i++)
            receive(family == 1, nth(i, 7));
        CHECK_EQUAL(1, datagrams);
        host_run(61000);
        end();
    }
}

static struct netif_frame *held;

static void hold(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    held = datagram->packet->frame;
}

TEST(place_whose_packet_is_still_held_is_not_used_again)
{
    struct netif_frame *holding[ipconfigREASSEMBLY_PACKETS];

    begin();
    make_datagram(false);
    port.input = hold;
    for (unsigned i = 0; i < ipconfigREASSEMBLY_PACKETS; i++) {
        for (unsigned k = 0; k < 3; k++)
            receive(false, nth(k, i));
        holding[i] = held;
        CHECK(held != NULL && (i == 0 || held != holding[i - 1]));
    }
    receive(false, nth(0, 100));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_REASSEMBLY));
    for (unsigned i = 0; i < ipconfigREASSEMBLY_PACKETS; i++) {
        CHECK_BYTES(payload + 8, holding[i]->data, SIZE - 8);
        tcpip_frame_release(holding[i]);
    }
    port.input = check_datagram;
    for (unsigned k = 0; k < 3; k++)
        receive(false, nth(k, 200));
    CHECK_EQUAL(1, datagrams);
    end();
}

TEST(pieces_of_different_packets_do_not_mix)
{
    begin();
    make_datagram(true);
    receive_ipv6(nth(0, 1));
    receive_ipv6(nth(1, 2));
    receive_ipv6(nth(2, 1));
    CHECK_EQUAL(0, datagrams);
    receive_ipv6(nth(1, 1));
    CHECK_EQUAL(1, datagrams);
    host_run(61000);
    end();
}

TEST(fragment_inside_what_was_put_together_is_refused)
{
    uint8_t body[8 + 8 + 16] = {44, 0, 0, 0, 0, 0, 0, 1, 17, 0, 0, 1, 0, 0, 0, 2};
    uint8_t frame[WIRE_FRAME_SIZE];

    begin();
    body[3] = 1; /* more */
    world_receive(frame, world6_packet(frame, PEER6, OWN6, 44, 64, body, 24));
    tcpip_put_be16(body + 2, 16);
    world_receive(frame, world6_packet(frame, PEER6, OWN6, 44, 64, body, 16));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_FRAGMENT));
    host_run(61000);
    end();
}

TEST(cut_link_gives_up_what_is_not_whole)
{
    begin();
    make_datagram(true);
    receive_ipv6(nth(0, 1));
    CHECK(!tcpip_frames_all_free());
    wire_set_cut(&world.wire, true);
    host_run(0);
    end();
}
