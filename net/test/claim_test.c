/* SPDX-License-Identifier: MIT */
/* Addresses of IPv4 that nobody gives: claimed, defended, given up (RFC 5227, RFC 3927). */
#include "world.h"

#include <string.h>

#include "client/dhcp.h"
#include "core/drop.h"
#include "servers.h"
#include "wire/arp.h"

static const uint8_t other[NETIF_MAC_SIZE] = {2, 7, 7, 7, 7, 7};
static struct servers servers;
static unsigned probes, announcements;
static uint32_t last_probed;

static bool is_auto(void)
{
    uint32_t address = tcpip_address_ipv4(&world.end_point.active.address);

    return world.end_point.state == TCPIP_END_POINT_UP && address >= 0xa9fe0100u &&
           address < 0xa9feff00u;
}

static bool watch(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct arp_packet packet;

    if (tcpip_get_be16(bytes + 12) != ETHERNET_ARP ||
        !tcpip_arp_parse(bytes + NETIF_HEADER_SIZE, length - NETIF_HEADER_SIZE, &packet))
        return true;
    if (packet.sender == 0) {
        probes++;
        last_probed = packet.target;
    }
    announcements += packet.sender == packet.target;
    return true;
}

/* On a link without a server. */
static void begin(void)
{
    world_begin(true);
    world.wire.peer = watch;
    probes = announcements = 0;
}

TEST(link_local_address_is_claimed_when_no_server_answers)
{
    uint32_t first;

    begin();
    host_run(60000);
    CHECK_EQUAL(0, probes);
    host_run(140000);
    CHECK(is_auto());
    CHECK_EQUAL(16, world.end_point.active.prefix);
    CHECK_EQUAL(3, probes);
    CHECK_EQUAL(1, announcements);
    first = tcpip_address_ipv4(&world.end_point.active.address);
    host_run(1000000);
    CHECK_EQUAL(3, probes);
    world_end();
    begin();
    host_run(200000);
    CHECK_EQUAL(first, tcpip_address_ipv4(&world.end_point.active.address)); /* the same again */
    world_end();
}

TEST(server_that_comes_late_takes_over)
{
    begin();
    host_run(200000);
    CHECK(is_auto());
    servers_begin(&servers, &world.wire);
    host_run(70000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    CHECK_EQUAL(SERVERS_CLIENT, tcpip_address_ipv4(&world.end_point.active.address));
    world_end();
}

TEST(address_that_is_taken_gives_way_and_after_ten_slowly)
{
    begin();
    for (unsigned i = 0; probes == 0; i++) {
        CHECK(i < 200000);
        host_run(1);
    }
    uint32_t first = last_probed;
    for (unsigned collision = 0; collision < 10; collision++) {
        uint32_t taken = last_probed;
        unsigned before = probes;

        world_arp(collision % 2 == 0 ? ARP_REPLY : ARP_REQUEST, taken, taken, other);
        for (unsigned i = 0; probes == before; i++) {
            CHECK(i < (collision < 9 ? 1001 : 120001));
            host_run(1);
        }
        CHECK(last_probed != taken);
    }
    CHECK(last_probed != first);
    world_arp(ARP_REQUEST, 0, last_probed, other); /* another one's probe counts, too */
    unsigned before = probes;
    host_run(59000);
    CHECK_EQUAL(before, probes);
    host_run(70000);
    CHECK(is_auto());
    world_end();
}

TEST(link_local_address_is_defended_once_and_then_given_up)
{
    uint32_t first;

    begin();
    host_run(200000);
    first = tcpip_address_ipv4(&world.end_point.active.address);
    world_arp(ARP_REQUEST, first, first, other);
    CHECK_EQUAL(2, announcements);
    CHECK(is_auto());
    host_run(10000);
    world_arp(ARP_REQUEST, first, first, other); /* long after: defended again */
    CHECK_EQUAL(3, announcements);
    CHECK(is_auto());
    world_arp(ARP_REQUEST, first, first, other);
    CHECK(!is_auto());
    host_run(10000);
    CHECK(is_auto());
    CHECK(first != tcpip_address_ipv4(&world.end_point.active.address));
    world_end();
}

TEST(answer_about_a_link_local_address_is_for_all_to_hear)
{
    begin();
    host_run(200000);
    world_arp(ARP_REQUEST, 0xa9fe0505, tcpip_address_ipv4(&world.end_point.active.address), NULL);
    CHECK_EQUAL(ARP_REPLY, tcpip_get_be16(world.wire.last + NETIF_HEADER_SIZE + 6));
    CHECK_EQUAL(0xff, world.wire.last[0]);
    world_end();
}

TEST(configured_address_is_kept_whoever_claims_it)
{
    world_begin(false);
    world.wire.peer = watch;
    announcements = 0;
    for (int i = 0; i < 1000; i++) {
        world_arp(ARP_REPLY, WIRE_OWN, WIRE_OWN, other);
        host_run(100);
    }
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    CHECK(announcements >= 10 && announcements <= 11);
    world_end();
}
