/* SPDX-License-Identifier: MIT */
/*
 * Tagged networks (IEEE 802.1Q) on one wire: an interface without a tag, 10.0.0.1, and two with one,
 * 10.5.0.1 and 10.7.0.1.
 */
#include "world6.h"

#include <string.h>

#include "core/drop.h"
#include "core/frame.h"
#include "core/stack.h"
#include "ip/group.h"
#include "link/neighbour.h"
#include "link/vlan.h"
#include "udp/udp.h"
#include "wire/arp.h"
#include "wire/vlan.h"

enum { ARP_FRAME = NETIF_HEADER_SIZE + ARP_PACKET_SIZE, TAGGED_MOST = 1518, FILTER_MOST = 32 };

#define PEER 9 /* the last byte of its addresses */

static struct network {
    uint16_t id;
    uint8_t priority;
    struct tcpip_interface interface;
    struct tcpip_end_point end_point;
} five = {5, 3, {0}, {0}}, seven = {7, 0, {0}, {0}};

static uint32_t address_in(const struct network *network, uint8_t host)
{
    return 0x0a000000u + network->id * 0x10000u + host;
}

static void add(struct network *network)
{
    struct netif *netif = tcpip_vlan_make(&world.interface, network->id, network->priority);

    CHECK(netif != NULL);
    CHECK_EQUAL(1500, netif->mtu);
    tcpip_stack_attach(&network->interface, netif);
    tcpip_vlan_attached(&network->interface);
    network->end_point = (struct tcpip_end_point){
        .defaults = {.address = tcpip_address_from_ipv4(address_in(network, 1)), .prefix = 24}};
    tcpip_end_point_link(&network->interface, &network->end_point);
}

static void begin(void)
{
    world6_settle(false);
    add(&five);
    add(&seven);
    host_run(60000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, five.end_point.state);
    CHECK_EQUAL(TCPIP_END_POINT_UP, seven.end_point.state);
    tcpip_drops_reset();
    world6_forget();
}

/* Puts a tag into a frame. Returns its length. */
static size_t tag(uint8_t *frame, size_t length, uint16_t value)
{
    memmove(frame + VLAN_TAG_SIZE, frame, length);
    vlan_insert(frame, value);
    return length + VLAN_TAG_SIZE;
}

/* Who has `target`? asks 10.x.0.9. */
static size_t question(uint8_t *frame, uint32_t target)
{
    struct arp_packet packet = {
        .operation = ARP_REQUEST, .sender = target - 1 + PEER, .target = target};
    uint8_t bytes[ARP_PACKET_SIZE];

    memcpy(packet.sender_mac, world.wire.peer_mac, NETIF_MAC_SIZE);
    CHECK(tcpip_arp_build(bytes, sizeof bytes, &packet));
    return world_ethernet(frame, ETHERNET_ARP, bytes, sizeof bytes);
}

/* Asks for the address of `network`, with this tag. */
static void ask(const struct network *network, uint16_t value)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    world_receive(frame, tag(frame, question(frame, address_in(network, 1)), value));
}

static const uint8_t *sent(unsigned index, size_t length)
{
    CHECK(index < world6.sent_count);
    CHECK_EQUAL(length, world6.sent[index].length);
    return world6.sent[index].bytes;
}

TEST(question_is_answered_with_the_tag_of_its_network)
{
    begin();
    ask(&five, vlan_tag(5, 6)); /* of the peer's priority nothing is said in the answer */
    const uint8_t *frame = sent(0, ARP_FRAME + VLAN_TAG_SIZE);
    CHECK_BYTES(world.wire.peer_mac, frame, NETIF_MAC_SIZE);
    CHECK_BYTES(world.wire.netif.mac, frame + 6, NETIF_MAC_SIZE);
    CHECK_EQUAL(0x81000000u + 3 * 8192 + 5, tcpip_get_be32(frame + 12));
    CHECK_EQUAL(ETHERNET_ARP, tcpip_get_be16(frame + 16));
    CHECK_EQUAL(address_in(&five, 1), tcpip_get_be32(frame + VLAN_HEADER_SIZE + 14));
    ask(&seven, 7);
    CHECK_EQUAL(0x81000007u, tcpip_get_be32(sent(1, ARP_FRAME + VLAN_TAG_SIZE) + 12));
    CHECK_EQUAL(0, tcpip_drops_total());
    CHECK_EQUAL(1, five.interface.netif->counters.rx_frames);
    CHECK_EQUAL(ARP_FRAME, five.interface.netif->counters.rx_bytes);
    world6_end();
}

TEST(network_hears_nothing_of_the_others)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin();
    ask(&five, 7);
    ask(&seven, 5);
    world_receive(frame, question(frame, address_in(&five, 1)));
    world_receive(frame, tag(frame, question(frame, WIRE_OWN), 5));
    CHECK_EQUAL(4, tcpip_drops(TCPIP_DROP_ARP_FOREIGN));
    CHECK_EQUAL(0, world6.sent_count);
    world_receive(frame, question(frame, WIRE_OWN));
    (void)sent(0, ARP_FRAME);
    world6_end();
}

TEST(networks_that_are_not_ours_are_dropped_and_counted)
{
    uint32_t unknown = 0;

    begin();
    for (uint32_t value = 0; value <= UINT16_MAX; value++) {
        if (value % 4096 == 0 || value % 4096 == 5 || value % 4096 == 7)
            continue;
        unknown++;
        ask(&five, (uint16_t)value);
    }
    CHECK_EQUAL(unknown, tcpip_drops(TCPIP_DROP_LINK_VLAN));
    CHECK_EQUAL(unknown, tcpip_drops_total());
    CHECK_STRING("unknown VLAN", tcpip_drop_name(TCPIP_DROP_LINK_VLAN));
    CHECK_EQUAL(0, world6.sent_count);
    world6_end();
}

TEST(frame_with_a_priority_alone_is_one_without_a_tag)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin();
    for (unsigned i = 0; i < 16; i++) { /* priority, and DEI */
        world_receive(frame, tag(frame, question(frame, WIRE_OWN), (uint16_t)(i * 4096)));
        CHECK_EQUAL(ETHERNET_ARP, tcpip_get_be16(sent(i, ARP_FRAME) + 12));
    }
    CHECK_EQUAL(0, tcpip_drops_total());
    world6_end();
}

TEST(second_tag_is_an_unknown_type)
{
    static const uint16_t outer[] = {0, 5, 7}, inner[] = {0, 5, 7, 9};
    uint8_t frame[WIRE_FRAME_SIZE];

    begin();
    for (unsigned i = 0; i < 12; i++) {
        size_t length = tag(frame, question(frame, address_in(&five, 1)), inner[i % 4]);

        world_receive(frame, tag(frame, length, outer[i / 4]));
        CHECK_EQUAL(i + 1, tcpip_drops(TCPIP_DROP_LINK_TYPE));
    }
    CHECK_EQUAL(0, world6.sent_count);
    world6_end();
}

TEST(frame_that_ends_in_its_tag_is_dropped)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    begin();
    for (size_t length = 0; length < VLAN_HEADER_SIZE; length++) {
        tag(frame, question(frame, address_in(&five, 1)), 5);
        world_receive(frame, length);
        CHECK_EQUAL(length + 1, tcpip_drops(TCPIP_DROP_LINK_SHORT));
    }
    for (size_t length = VLAN_HEADER_SIZE; length < ARP_FRAME + VLAN_TAG_SIZE; length++) {
        tag(frame, question(frame, address_in(&five, 1)), 5);
        world_receive(frame, length);
        CHECK_EQUAL(length - VLAN_HEADER_SIZE + 1, tcpip_drops(TCPIP_DROP_ARP_FORMAT));
    }
    world6_end();
}

TEST(stations_are_looked_at_behind_the_tag)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    size_t length;

    begin();
    length = tag(frame, question(frame, address_in(&five, 1)), 5);
    frame[5] = 77;
    world_receive(frame, length);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_LINK_DESTINATION));
    length = tag(frame, question(frame, address_in(&five, 1)), 5);
    memcpy(frame + 6, world.wire.netif.mac, NETIF_MAC_SIZE);
    world_receive(frame, length);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_LINK_SOURCE));
    CHECK_EQUAL(0, world6.sent_count);
    world6_end();
}

/* --- datagrams -------------------------------------------------------------------------------------- */

static struct tcpip_udp_port port;
static size_t received;

static void take(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    CHECK(datagram->packet->interface == &five.interface);
    received = datagram->packet->frame->length;
    tcpip_frame_release(datagram->packet->frame);
}

static bool send(uint32_t to, size_t size)
{
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_UDP_HEADROOM, size);
    struct tcpip_udp_target target = {tcpip_address_from_ipv4(to), 7, false};

    CHECK(frame != NULL);
    memset(frame->data, 0x5a, size);
    return tcpip_udp_send(&port, frame, &target);
}

static void begin_datagrams(void)
{
    begin();
    port = (struct tcpip_udp_port){.number = 4000, .input = take};
    CHECK(tcpip_udp_bind(&port));
    ask(&five, 5); /* so that the peer is known */
    world6_forget();
}

TEST(whole_mtu_goes_out_behind_a_tag)
{
    begin_datagrams();
    CHECK(!send(address_in(&five, PEER), 1473));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_OUT_TOO_BIG));
    uint32_t before = five.interface.netif->counters.tx_bytes;
    CHECK(send(address_in(&five, PEER), 1472));
    const uint8_t *frame = sent(0, TAGGED_MOST);
    CHECK_EQUAL(0x81006005, tcpip_get_be32(frame + 12));
    CHECK_EQUAL(ETHERNET_IPV4, tcpip_get_be16(frame + 16));
    CHECK_EQUAL(address_in(&five, 1), tcpip_get_be32(frame + VLAN_HEADER_SIZE + 12));
    CHECK_EQUAL(0x5a, frame[TAGGED_MOST - 1]);
    CHECK_EQUAL(TAGGED_MOST - VLAN_TAG_SIZE, five.interface.netif->counters.tx_bytes - before);
    tcpip_udp_unbind(&port);
    world6_end();
}

TEST(whole_mtu_comes_in_behind_a_tag)
{
    uint8_t frame[WIRE_FRAME_SIZE], payload[1472] = {1};

    begin_datagrams();
    size_t length = world_udp(frame, address_in(&five, PEER), 7, address_in(&five, 1), 4000,
                              payload, sizeof payload);
    world_receive(frame, tag(frame, length, 5));
    CHECK_EQUAL(sizeof payload, received);
    CHECK_EQUAL(0, tcpip_drops_total());
    tcpip_udp_unbind(&port);
    world6_end();
}

/* Echoes are answered in the frame that they came in: the tag must fit whatever it had. */
TEST(echo_of_every_length_is_answered_behind_a_tag)
{
    uint8_t frame[WIRE_FRAME_SIZE], message[1480];

    begin_datagrams();
    for (size_t size = 8; size <= sizeof message; size += size < 1400 ? 97 : 1) {
        memset(message, 0, sizeof message);
        message[0] = 8;
        tcpip_put_be16(message + 2, 0xf7ff);
        size_t length = world_ipv4(frame, address_in(&five, PEER), address_in(&five, 1), 1, message,
                                   size);
        world6_forget();
        world_receive(frame, tag(frame, length, 5));
        CHECK_EQUAL(0x81006005, tcpip_get_be32(sent(0, length + VLAN_TAG_SIZE) + 12));
    }
    tcpip_udp_unbind(&port);
    world6_end();
}

TEST(what_the_device_refuses_is_counted_at_both)
{
    begin_datagrams();
    uint32_t before = five.interface.netif->counters.tx_frames;
    world.wire.jammed = true;
    CHECK(!send(address_in(&five, PEER), 10));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_OUT_NO_ROOM));
    CHECK_EQUAL(1, five.interface.netif->counters.tx_no_room);
    CHECK_EQUAL(before, five.interface.netif->counters.tx_frames);
    world.wire.jammed = false;
    CHECK(send(address_in(&five, PEER), 10));
    tcpip_udp_unbind(&port);
    world6_end();
}

/* --- links and neighbours ---------------------------------------------------------------------------- */

TEST(networks_come_and_go_with_the_link_and_have_its_station)
{
    begin();
    wire_set_cut(&world.wire, true);
    host_run(0);
    CHECK(!five.interface.link_up && !seven.interface.link_up);
    CHECK_EQUAL(TCPIP_END_POINT_DOWN, five.end_point.state);
    ask(&five, 5);
    ask(&five, 77);
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_LINK_DOWN));
    world.wire.netif.mac[5] = 0x31;
    wire_set_cut(&world.wire, false);
    host_run(10);
    CHECK_EQUAL(TCPIP_END_POINT_UP, five.end_point.state);
    world6_forget();
    ask(&five, 5);
    CHECK_EQUAL(0x31, sent(0, ARP_FRAME + VLAN_TAG_SIZE)[11]);
    world6_end();
}

TEST(restarted_device_takes_its_networks_with_it)
{
    begin();
    tcpip_stack_restart(&world.interface);
    CHECK(!five.interface.link_up);
    host_run(10);
    CHECK(five.interface.link_up && seven.interface.link_up);
    CHECK_EQUAL(TCPIP_END_POINT_UP, seven.end_point.state);
    world6_end();
}

TEST(same_address_on_two_networks_is_two_neighbours)
{
    static const uint8_t others[2][NETIF_MAC_SIZE] = {{2, 0, 0, 0, 5, 5}, {2, 0, 0, 0, 7, 7}};
    struct tcpip_address address = tcpip_address_from_ipv4(address_in(&five, PEER));
    uint8_t known[NETIF_MAC_SIZE];

    begin();
    CHECK(tcpip_neighbour_learn(&five.end_point, &address, others[0], TCPIP_NEIGHBOUR_ASKED_US));
    CHECK(tcpip_neighbour_learn(&seven.end_point, &address, others[1], TCPIP_NEIGHBOUR_ASKED_US));
    CHECK(tcpip_neighbour_lookup(&five.interface, &address, known));
    CHECK_BYTES(others[0], known, NETIF_MAC_SIZE);
    CHECK(tcpip_neighbour_lookup(&seven.interface, &address, known));
    CHECK_BYTES(others[1], known, NETIF_MAC_SIZE);
    CHECK(!tcpip_neighbour_lookup(&world.interface, &address, known));
    world6_end();
}

/* The frames of the first network that this type of ICMPv6 was sent in. */
static unsigned tagged_messages(uint8_t type)
{
    unsigned count = 0;

    for (unsigned i = 0; i < world6.sent_count; i++) {
        const uint8_t *frame = world6.sent[i].bytes;

        count += tcpip_get_be32(frame + 12) == 0x81006005 &&
                 tcpip_get_be16(frame + 16) == ETHERNET_IPV6 &&
                 frame[VLAN_HEADER_SIZE + 6] == IPV6_PROTOCOL_ICMP &&
                 frame[VLAN_HEADER_SIZE + IPV6_HEADER_SIZE] == type;
    }
    return count;
}

TEST(network_has_ipv6_of_its_own)
{
    static struct tcpip_end_point end_point;
    struct tcpip_address peer = ip6("2001:db8:5::9");

    world6_begin(false);
    add(&five);
    end_point = (struct tcpip_end_point){
        .defaults = {.address = ip6("2001:db8:5::1"), .prefix = 64}};
    tcpip_end_point_link(&five.interface, &end_point);
    world6_forget();
    host_run(10000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, end_point.state);
    CHECK_EQUAL(TCPIP_END_POINT_UP, five.interface.ipv6.link_local.state);
    CHECK_EQUAL(2, tagged_messages(ND_NEIGHBOUR_SOLICITATION)); /* of both addresses */
    world6_forget();
    (void)tcpip_neighbour_resolve(&end_point, &peer);
    host_run(10);
    CHECK_EQUAL(1, tagged_messages(ND_NEIGHBOUR_SOLICITATION));
    world6_end();
}

/* --- groups ------------------------------------------------------------------------------------------ */

static uint8_t filter[FILTER_MOST][NETIF_MAC_SIZE];
static size_t filter_count;

static bool set_filter(struct netif *netif, const struct netif_filter *wanted)
{
    CHECK(netif == &world.wire.netif);
    CHECK(wanted->count <= FILTER_MOST);
    memcpy(filter, wanted->addresses, wanted->count * sizeof filter[0]);
    filter_count = wanted->count;
    return true;
}

static bool passes(const struct tcpip_address *group)
{
    bool found = false;

    for (size_t i = 0; i < filter_count; i++)
        found = found || (filter[i][0] == 1 && filter[i][5] == group->bytes[3]);
    return found;
}

TEST(device_lets_the_groups_of_all_its_networks_through)
{
    struct tcpip_address one = tcpip_address_from_ipv4(0xe0010215),
                         other = tcpip_address_from_ipv4(0xe0010216);
    struct netif_driver driver;

    begin();
    driver = *world.wire.netif.driver;
    driver.set_filter = set_filter;
    world.wire.netif.driver = &driver;
    CHECK(tcpip_group_join(&five.interface, &one));
    CHECK(passes(&one) && !passes(&other));
    CHECK(tcpip_group_join(&world.interface, &other));
    CHECK(passes(&one) && passes(&other));
    tcpip_group_leave(&five.interface, &one);
    CHECK(!passes(&one) && passes(&other));
    tcpip_group_leave(&world.interface, &other);
    CHECK(!passes(&other));
    host_run(10000);
    world6_end();
}

/* --- making one -------------------------------------------------------------------------------------- */

TEST(numbers_out_of_range_and_second_ones_are_refused)
{
    struct tcpip_interface nothing = {0};

    begin();
    CHECK(tcpip_vlan_make(&world.interface, 0, 0) == NULL);
    CHECK(tcpip_vlan_make(&world.interface, 4095, 0) == NULL);
    CHECK(tcpip_vlan_make(&world.interface, UINT16_MAX, 0) == NULL);
    CHECK(tcpip_vlan_make(&world.interface, 8, 8) == NULL);
    CHECK(tcpip_vlan_make(&world.interface, 5, 0) == NULL);
    CHECK(tcpip_vlan_make(&five.interface, 8, 0) == NULL);
    CHECK(tcpip_vlan_make(&nothing, 8, 0) == NULL);
    CHECK(tcpip_vlan_make(&world.interface, 1, 7) != NULL);
    CHECK(tcpip_vlan_make(&world.interface, 4094, 0) != NULL); /* nobody has attached the last */
    world6_end();
}

TEST(there_are_no_more_than_the_option_says)
{
    static struct tcpip_interface more[ipconfigVLANS];

    begin();
    for (uint16_t i = 2; i < ipconfigVLANS; i++) {
        struct netif *netif = tcpip_vlan_make(&world.interface, (uint16_t)(100 + i), 0);

        CHECK(netif != NULL);
        tcpip_stack_attach(&more[i], netif);
        tcpip_vlan_attached(&more[i]);
    }
    CHECK(tcpip_vlan_make(&world.interface, 8, 0) == NULL);
    world6_end();
    world6_settle(false); /* all are free again */
    CHECK(tcpip_vlan_make(&world.interface, 5, 0) != NULL);
    world6_end();
}

TEST(name_says_under_what_and_which)
{
    static const struct {
        const char *under;
        uint16_t id;
        const char *name;
    } cases[] = {{"eth0", 6, "eth0.6"},
                 {"eth0", 4094, "eth0.4094"},
                 {"a-long-name-of-it", 4094, "a-long-nam.4094"},
                 {"", 10, ".10"},
                 {NULL, 1, ".1"}};

    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world.wire.netif.name = cases[i].under;
        struct netif *netif = tcpip_vlan_make(&world.interface, cases[i].id, 0);
        CHECK(netif != NULL);
        CHECK_STRING(cases[i].name, netif->name);
    }
    world6_end();
}
