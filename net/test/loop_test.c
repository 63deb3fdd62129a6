/* SPDX-License-Identifier: MIT */
/* What is sent to ourselves comes back, and nothing of it comes from outside. */
#include "world6.h"

#include <string.h>

#include "core/drop.h"
#include "core/frame.h"
#include "core/route.h"
#include "ip/icmp.h"
#include "link/loop.h"
#include "udp/udp.h"

static unsigned datagrams;
static struct tcpip_address from, to;
static struct tcpip_udp_port port;

static void take(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    datagrams++;
    from = datagram->packet->source;
    to = datagram->packet->destination;
    CHECK_EQUAL(10, datagram->packet->frame->length);
    tcpip_frame_release(datagram->packet->frame);
}

static void begin(void)
{
    world6_settle(false);
    tcpip_loop_attach();
    host_run(10);
    port = (struct tcpip_udp_port){.number = 4000, .input = take};
    CHECK(tcpip_udp_bind(&port));
    datagrams = 0;
}

static void send_datagram(struct tcpip_address destination)
{
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, 10);
    struct tcpip_udp_target target = {destination, 4000, false};

    CHECK(frame != NULL);
    frame->length = 10;
    tcpip_udp_send(&port, frame, &target);
    host_run(0);
}

TEST(datagram_to_ourselves_comes_back_and_does_not_reach_the_wire)
{
    struct tcpip_address addresses[] = {
        tcpip_address_from_ipv4(0x7f000001),
        tcpip_address_from_ipv4(0x7f123456),
        tcpip_address_from_ipv4(WIRE_OWN),
        ip6("::1"),
        ip6(OWN6),
        world.interface.ipv6.link_local.active.address,
    };

    begin();
    addresses[5] = world.interface.ipv6.link_local.active.address;
    world6_forget();
    for (unsigned i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        send_datagram(addresses[i]);
        CHECK_EQUAL(i + 1, datagrams);
        CHECK(tcpip_address_equal(&addresses[i], &to));
        CHECK(i == 1 || tcpip_address_equal(&from, &to));
    }
    CHECK_EQUAL(0, world6.sent_count);
    CHECK(tcpip_frames_all_free());
    world6_end();
}

static unsigned answers;

static void answered(uint16_t sequence, bool sound)
{
    CHECK(sound);
    answers++;
}

TEST(ping_of_ourselves_is_answered)
{
    struct tcpip_address local = tcpip_address_from_ipv4(0x7f000001), six = ip6("::1");

    begin();
    tcpip_icmp_ping_answered = answered;
    answers = 0;
    CHECK(tcpip_icmp_ping(&local, 1, 100));
    CHECK(tcpip_icmp_ping(&six, 1, 100));
    host_run(0);
    CHECK_EQUAL(2, answers);
    world6_end();
}

TEST(loop_back_address_never_comes_from_or_goes_to_the_wire)
{
    struct tcpip_address local = tcpip_address_from_ipv4(0x7f000001);
    struct tcpip_address far = tcpip_address_from_ipv4(0x08080808);
    uint8_t frame[WIRE_FRAME_SIZE] = {0};
    struct tcpip_route route;

    begin();
    world_receive(frame, world_udp(frame, 0x0a000009, 9, 0x7f000001, 4000, frame, 10));
    world_receive(frame, world_udp(frame, 0x7f000001, 9, WIRE_OWN, 4000, frame, 10));
    world_receive(frame, world6_udp(frame, PEER6, 9, "::1", 4000, frame, 10));
    world_receive(frame, world6_udp(frame, "::1", 9, OWN6, 4000, frame, 10));
    CHECK_EQUAL(0, datagrams);
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_IP_SOURCE));
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_IP_DESTINATION));
    CHECK(!tcpip_route_find(&local, &far, &route));
    world6_end();
}

TEST(without_a_link_we_still_reach_ourselves_by_the_loop_alone)
{
    begin();
    wire_set_cut(&world.wire, true);
    host_run(0);
    send_datagram(tcpip_address_from_ipv4(0x7f000001));
    CHECK_EQUAL(1, datagrams);
    send_datagram(tcpip_address_from_ipv4(WIRE_OWN)); /* is not ours now */
    CHECK_EQUAL(1, datagrams);
    world6_end();
}
