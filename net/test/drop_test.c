/* SPDX-License-Identifier: MIT */
/* Each frame that is lost is counted once, under a reason that has a name. */
#include "tcp_peer.h"

#include <string.h>

#include "core/drop.h"
#include "core/frame.h"
#include "core/stack.h"
#include "ip/icmp.h"
#include "link/neighbour.h"
#include "udp/udp.h"
#include "wire/ethernet.h"

static uint32_t drops_of(enum tcpip_drop reason)
{
    uint32_t total = tcpip_drops_total();

    CHECK(total >= tcpip_drops(reason));
    return tcpip_drops(reason);
}

TEST(every_reason_has_a_name_of_its_own)
{
    for (unsigned i = 0; i < TCPIP_DROP_REASONS; i++) {
        const char *name = tcpip_drop_name((enum tcpip_drop)i);

        CHECK(name != NULL && strlen(name) > 5);
        for (unsigned other = 0; other < i; other++)
            CHECK(strcmp(name, tcpip_drop_name((enum tcpip_drop)other)) != 0);
    }
    CHECK_STRING("?", tcpip_drop_name(TCPIP_DROP_REASONS));
}

TEST(frame_of_noise_is_counted_once)
{
    static const uint16_t types[] = {ETHERNET_ARP, ETHERNET_IPV4, ETHERNET_IPV6, 0x8100, 100};
    struct test_random random = {11};
    uint8_t frame[WIRE_FRAME_SIZE], bytes[200];

    world_begin(false);
    for (unsigned i = 0; i < 50000; i++) {
        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = (uint8_t)test_random_next(&random);
        bytes[0] = i % 3 == 0 ? bytes[0] : i % 2 == 0 ? 0x45 : 0x60;
        size_t length = world_ethernet(frame, types[i % 5], bytes,
                                       test_random_below(&random, sizeof bytes));
        frame[i % 7] ^= (uint8_t)(i % 11 == 0); /* also the addresses */
        uint32_t before = tcpip_drops_total();
        world_receive(frame, length);
        CHECK_EQUAL(before + 1, tcpip_drops_total());
    }
    world_end();
}

TEST(frame_that_comes_while_the_link_is_down_is_counted)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    world_begin(false);
    size_t length = world_udp(frame, PEER_ADDRESS, 99, WIRE_OWN, 4000, frame, 10);
    wire_set_cut(&world.wire, true);
    host_run(0);
    world_receive(frame, length);
    CHECK_EQUAL(1, drops_of(TCPIP_DROP_LINK_DOWN));
    world_end();
}

TEST(what_cannot_be_sent_without_a_frame_is_counted)
{
    struct netif_frame *frames[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS];
    const struct tcpip_address to = tcpip_address_from_ipv4(PEER_ADDRESS);
    size_t count = 0;

    world_begin(false);
    while ((frames[count] = tcpip_frame_allocate(0, 100)) != NULL)
        if (++count == ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS)
            break;
    tcpip_drops_reset();
    CHECK(!tcpip_icmp_ping(&to, 1, 10));
    CHECK_EQUAL(1, drops_of(TCPIP_DROP_OUT_NO_FRAME));
    while (count > 0)
        tcpip_frame_release(frames[--count]);
    world_end();
}

/* More neighbours that do not answer than there are places: what waited for the first is lost. */
TEST(what_waits_for_a_neighbour_that_gives_way_is_counted)
{
    struct tcpip_address neighbour;
    uint8_t mac[NETIF_MAC_SIZE];
    uint32_t places = 0, sent;
    bool known;

    world_begin(false);
    while (tcpip_neighbour_at(places, &neighbour, mac, &known))
        places++;
    tcpip_drops_reset();
    for (sent = 0; sent < places + 5; sent++) {
        const struct tcpip_address to = tcpip_address_from_ipv4(0x0a000010 + sent);

        (void)tcpip_icmp_ping(&to, 1, 10);
        host_now++;
    }
    uint32_t lost = drops_of(TCPIP_DROP_NEIGHBOUR_TABLE);
    CHECK(lost >= 5);
    host_run(60000);
    CHECK_EQUAL(lost, drops_of(TCPIP_DROP_NEIGHBOUR_TABLE));
    CHECK_EQUAL(sent, lost + drops_of(TCPIP_DROP_NEIGHBOUR_ABSENT));
    world_end();
}

static struct tcpip_tcp_header segment(uint16_t port, unsigned flags)
{
    return (struct tcpip_tcp_header){
        .source_port = 4000, .destination_port = port, .flags = (uint8_t)flags, .window = 1000};
}

static void strike(const struct tcpip_tcp_header *header, uint32_t source)
{
    peer_strike(source, header, 0);
    host_run(0);
}

TEST(segments_that_the_engine_refuses_are_counted_by_reason)
{
    struct tcpip_tcp_header header = segment(PEER_PORT + 1, TCPIP_TCP_ACK);

    peer_begin();
    tcpip_drops_reset();
    uint32_t of_none = tcpip_drops(TCPIP_DROP_TCP_CONNECTION);
    strike(&header, PEER_ADDRESS + 1);
    CHECK_EQUAL(of_none + 1, drops_of(TCPIP_DROP_TCP_CONNECTION));
    header = segment(PEER_PORT, TCPIP_TCP_RST);
    strike(&header, PEER_ADDRESS + 1);
    CHECK_EQUAL(of_none + 2, drops_of(TCPIP_DROP_TCP_CONNECTION));

    uint32_t outside = tcpip_drops(TCPIP_DROP_TCP_SEQUENCE);
    header = segment(PEER_PORT, TCPIP_TCP_ACK);
    header.source_port = peer.theirs.connection->ends.local_port;
    header.sequence = peer.ours.connection->expected + 0x10000000;
    header.acknowledgement = peer.ours.connection->unacknowledged;
    strike(&header, PEER_ADDRESS);
    CHECK_EQUAL(outside + 1, drops_of(TCPIP_DROP_TCP_SEQUENCE));

    uint32_t limit = tcpip_drops(TCPIP_DROP_TCP_LIMIT);
    header = segment(PEER_PORT, TCPIP_TCP_SYN);
    for (unsigned i = 0; i < 10; i++) { /* the backlog is 4 */
        header.source_port++;
        strike(&header, PEER_ADDRESS + 1);
    }
    CHECK_EQUAL(limit + 6, drops_of(TCPIP_DROP_TCP_LIMIT));
    peer_end();
}

static unsigned told;
static enum tcpip_drop told_reason;

static void tell(enum tcpip_drop reason, const struct netif_frame *frame)
{
    told++;
    told_reason = reason;
    CHECK(frame != NULL && frame->length > 0);
}

TEST(who_asks_is_told_of_each_loss_with_its_frame)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    world_begin(false);
    tcpip_drop_told = tell;
    world_receive(frame, world_udp(frame, PEER_ADDRESS, 99, WIRE_OWN, 4000, frame, 10));
    CHECK_EQUAL(1, told);
    CHECK_EQUAL(TCPIP_DROP_UDP_PORT, told_reason);
    tcpip_drop_told = NULL;
    world_end();
}
