/* SPDX-License-Identifier: MIT */
/* Groups: who is heard, what routers are told, what the device lets through. */
#include "world6.h"

#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "ip/group.h"
#include "udp/udp.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"
#include "wire/membership.h"

enum { GROUP = 0xe9010203, PEER = 0x0a000009 };

static unsigned datagrams;
static struct tcpip_udp_port port;
static struct tcpip_address group;

static void take(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    CHECK(datagram->packet->to_group);
    datagrams++;
    tcpip_frame_release(datagram->packet->frame);
}

static void begin(void)
{
    world6_settle(false);
    port = (struct tcpip_udp_port){.number = 4000, .input = take};
    CHECK(tcpip_udp_bind(&port));
    group = tcpip_address_from_ipv4(GROUP);
    datagrams = 0;
}

static void receive_datagram(uint32_t destination)
{
    uint8_t frame[WIRE_FRAME_SIZE] = {0};
    size_t length = world_udp(frame, PEER, 9, destination, 4000, frame, 4);

    memcpy(frame,
           (uint8_t[]){1, 0, 0x5e, (uint8_t)(destination >> 16 & 0x7f), (uint8_t)(destination >> 8),
                       (uint8_t)destination},
           NETIF_MAC_SIZE);
    world_receive(frame, length);
}

/* Whether a frame bears a message of IGMP about our group. */
static bool is_ours(const struct sent6 *sent)
{
    const uint8_t *ip = sent->bytes + NETIF_HEADER_SIZE;
    size_t at = ip[24] == IGMP_REPORT_V3 ? 24 + 12 : 24 + 4;

    return tcpip_get_be16(sent->bytes + 12) == ETHERNET_IPV4 && ip[9] == 2 &&
           tcpip_get_be32(ip + at) == GROUP;
}

/* The IP packet with message number `index` about our group; NULL: there are fewer. */
static const uint8_t *packet(unsigned index)
{
    for (unsigned i = 0; i < world6.sent_count; i++)
        if (is_ours(&world6.sent[i]) && index-- == 0)
            return world6.sent[i].bytes + NETIF_HEADER_SIZE;
    return NULL;
}

static unsigned reports(void)
{
    unsigned count = 0;

    while (packet(count) != NULL)
        count++;
    return count;
}

static const uint8_t *igmp(unsigned index)
{
    const uint8_t *ip = packet(index);

    CHECK(ip != NULL);
    CHECK_EQUAL(0x46, ip[0]); /* with the option that alerts routers */
    CHECK_EQUAL(1, ip[8]);
    CHECK_BYTES(((uint8_t[]){0x94, 4, 0, 0}), ip + 20, 4);
    CHECK_EQUAL(0, tcpip_checksum_finish(tcpip_checksum_add(0, ip, 24)));
    CHECK_EQUAL(0, tcpip_checksum_finish(
                       tcpip_checksum_add(0, ip + 24, (size_t)tcpip_get_be16(ip + 2) - 24)));
    return ip + 24;
}

static uint32_t destination_of(unsigned index)
{
    return tcpip_get_be32(packet(index) + 16);
}

static void hear(uint8_t type, uint8_t most, uint32_t about, size_t size)
{
    uint8_t message[16] = {type, most};
    uint8_t frame[WIRE_FRAME_SIZE];

    tcpip_put_be32(message + 4, about);
    tcpip_checksum_put(0, message, size, 2);
    size_t length = world_ipv4(frame, PEER, 0xe0000001, 2, message, size);
    frame[NETIF_HEADER_SIZE + 8] = 1;
    tcpip_put_be16(frame + NETIF_HEADER_SIZE + 10, 0);
    tcpip_checksum_put(0, frame + NETIF_HEADER_SIZE, 20, 10);
    world_receive(frame, length);
}

TEST(only_groups_that_were_joined_are_heard)
{
    begin();
    receive_datagram(0xe0000001); /* all hosts */
    CHECK_EQUAL(1, datagrams);
    receive_datagram(GROUP);
    CHECK_EQUAL(1, datagrams);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_IP_DESTINATION));
    CHECK(tcpip_group_join(&world.interface, &group));
    CHECK(tcpip_group_join(&world.interface, &group)); /* by two */
    receive_datagram(GROUP);
    CHECK_EQUAL(2, datagrams);
    tcpip_group_leave(&world.interface, &group);
    receive_datagram(GROUP);
    CHECK_EQUAL(3, datagrams);
    tcpip_group_leave(&world.interface, &group);
    receive_datagram(GROUP);
    CHECK_EQUAL(3, datagrams);
    host_run(2000);
    world6_end();
}

TEST(joining_and_leaving_are_reported_twice_by_igmpv3)
{
    begin();
    CHECK(tcpip_group_join(&world.interface, &group));
    host_run(1000);
    CHECK_EQUAL(2, reports());
    for (unsigned i = 0; i < 2; i++) {
        CHECK_EQUAL(IGMP_REPORT_V3, igmp(i)[0]);
        CHECK_EQUAL(0xe0000016, destination_of(i));
        CHECK_EQUAL(MEMBERSHIP_JOINED, igmp(i)[8]);
        CHECK_EQUAL(GROUP, tcpip_get_be32(igmp(i) + 12));
    }
    world6_forget();
    tcpip_group_leave(&world.interface, &group);
    host_run(1000);
    CHECK_EQUAL(2, reports());
    CHECK_EQUAL(MEMBERSHIP_LEFT, igmp(1)[8]);
    world6_end();
}

TEST(igmpv2_querier_gets_igmpv2)
{
    begin();
    CHECK(tcpip_group_join(&world.interface, &group));
    host_run(1000);
    world6_forget();
    hear(IGMP_QUERY, 10, 0, 8); /* one second */
    CHECK_EQUAL(0, reports());
    host_run(1000);
    CHECK_EQUAL(1, reports());
    CHECK_EQUAL(IGMP_REPORT, igmp(0)[0]);
    CHECK_EQUAL(GROUP, destination_of(0));
    world6_forget();
    hear(IGMP_QUERY, 10, GROUP, 8);
    hear(IGMP_REPORT, 0, GROUP, 8); /* another host was quicker */
    host_run(1000);
    CHECK_EQUAL(0, reports());
    tcpip_group_leave(&world.interface, &group); /* and it was not us who reported last */
    host_run(2000);
    CHECK_EQUAL(1, reports()); /* the second time we were */
    CHECK_EQUAL(IGMP_LEAVE, igmp(0)[0]);
    CHECK_EQUAL(0xe0000002, destination_of(0));
    world6_end();
}

TEST(query_of_igmpv3_is_answered_as_such)
{
    begin();
    CHECK(tcpip_group_join(&world.interface, &group));
    host_run(1000);
    world6_forget();
    hear(IGMP_QUERY, 0x83, 0, 12); /* coded: (3 + 16) << 3 tenths */
    host_run(15200);
    CHECK_EQUAL(1, reports());
    CHECK_EQUAL(MEMBERSHIP_MEMBER, igmp(0)[8]);
    world6_forget();
    hear(IGMP_QUERY, 10, 0, 9); /* between the versions */
    hear(IGMP_QUERY, 10, 0, 4);
    host_run(2000);
    CHECK_EQUAL(0, reports());
    tcpip_group_leave(&world.interface, &group);
    host_run(2000);
    world6_end();
}

static size_t passes;
static bool all_pass;
static uint8_t passing[32][NETIF_MAC_SIZE];

static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    CHECK(filter->count <= 32);
    passes = filter->count;
    all_pass = filter->all_multicast;
    memcpy(passing, filter->addresses, filter->count * NETIF_MAC_SIZE);
    return true;
}

static bool lets_through(const uint8_t *mac)
{
    for (size_t i = 0; i < passes; i++)
        if (memcmp(passing[i], mac, NETIF_MAC_SIZE) == 0)
            return true;
    return all_pass;
}

static void begin_with_filter(void)
{
    static struct netif_driver driver;

    begin();
    driver = *world.wire.netif.driver;
    driver.set_filter = set_filter;
    world.wire.netif.driver = &driver;
    passes = 0;
}

TEST(device_lets_through_what_was_joined)
{
    static const uint8_t mac[] = {1, 0, 0x5e, 1, 2, 3}, nodes[] = {0x33, 0x33, 0, 0, 0, 1};
    static const uint8_t own[] = {0x33, 0x33, 0xff, 0, 0, 1}, hosts[] = {1, 0, 0x5e, 0, 0, 1};

    begin_with_filter();
    CHECK(tcpip_group_join(&world.interface, &group));
    CHECK(lets_through(mac) && lets_through(nodes) && lets_through(own) && lets_through(hosts));
    tcpip_group_leave(&world.interface, &group);
    CHECK(!lets_through(mac) && lets_through(own));
    host_run(2000);
    world6_end();
}

TEST(full_table_refuses_and_addresses_of_ipv6_are_heard_all_the_same)
{
    struct tcpip_address groups[ipconfigMULTICAST_GROUPS];
    struct tcpip_address own = ip6("2001:db8::77");
    unsigned joined = 0;

    begin_with_filter();
    for (unsigned i = 0; i < ipconfigMULTICAST_GROUPS; i++) {
        groups[i] = tcpip_address_from_ipv4(GROUP + i);
        joined += tcpip_group_join(&world.interface, &groups[i]);
    }
    CHECK(joined > 0 && joined < ipconfigMULTICAST_GROUPS); /* some are in use */
    CHECK(!all_pass);
    world6.second = (struct tcpip_end_point){.defaults = {.address = own, .prefix = 64}};
    tcpip_end_point_link(&world.interface, &world6.second);
    tcpip_end_point_start(&world6.second);
    host_run(5000);
    CHECK(all_pass);
    world6_forget();
    world6_solicit(PEER6, solicited_node("2001:db8::77"), "2001:db8::77", world.wire.peer_mac);
    CHECK_EQUAL(1, world6_count(ND_NEIGHBOUR_ADVERTISEMENT));
    for (unsigned i = 0; i < joined; i++)
        tcpip_group_leave(&world.interface, &groups[i]);
    host_run(2000);
    world6_end();
}

TEST(groups_are_reported_anew_when_the_link_is_back)
{
    begin();
    CHECK(tcpip_group_join(&world.interface, &group));
    host_run(2000);
    wire_set_cut(&world.wire, true);
    host_run(1000);
    world6_forget();
    tcpip_group_leave(&world.interface, &group);
    CHECK(tcpip_group_join(&world.interface, &group));
    CHECK_EQUAL(0, reports());
    wire_set_cut(&world.wire, false);
    host_run(0);
    CHECK_EQUAL(IGMP_REPORT_V3, igmp(0)[0]);
    receive_datagram(GROUP);
    tcpip_group_leave(&world.interface, &group);
    host_run(5000);
    world6_end();
}

TEST(message_about_groups_from_afar_or_broken_is_dropped)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    uint8_t message[8] = {IGMP_QUERY, 10};

    begin();
    tcpip_checksum_put(0, message, 8, 2);
    world_receive(frame, world_ipv4(frame, PEER, 0xe0000001, 2, message, 8)); /* 64 hops */
    message[4] ^= 1;
    size_t length = world_ipv4(frame, PEER, 0xe0000001, 2, message, 8);
    frame[NETIF_HEADER_SIZE + 8] = 1;
    tcpip_put_be16(frame + NETIF_HEADER_SIZE + 10, 0);
    tcpip_checksum_put(0, frame + NETIF_HEADER_SIZE, 20, 10);
    world_receive(frame, length);
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_GROUP));
    world6_end();
}
