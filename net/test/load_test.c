/* SPDX-License-Identifier: MIT */
/*
 * What else a link can be flooded with, at 10,000 frames a second (load.h): neighbours, pieces,
 * routers, leases, questions, groups, of both families. The address of the connection is
 * configured by hand, by a lease or by a router, so that these are what is attacked.
 */
#include "load.h"
#include "servers.h"
#include "world6.h"

#include <stdio.h>
#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/text6.h"
#include "link/neighbour.h"
#include "udp/udp.h"
#include "wire/arp.h"
#include "wire/dhcp6.h"
#include "wire/ethernet.h"
#include "wire/udp.h"

#define PREFIX6  "2001:db8::"
#define GATEWAY4 0x0a0000feu

static struct servers servers;
static struct tcpip_udp_port unread;

static uint32_t draw(uint32_t below)
{
    return test_random_below(&peer.random, below);
}

static void strike(const uint8_t *frame, size_t length)
{
    (void)wire_deliver(&world.wire, frame, length);
}

/* --- the connections ---------------------------------------------------------------------------------------- */

/* A router has given the address, and the servers of names. */
static void begin_six(void)
{
    struct advertisement said = router_says(9000, 0);
    struct tcpip_address address = ip6(PREFIX6 "9");

    world6_settle(true);
    says_prefix(&said, PREFIX6, 64, ND_PREFIX_ON_LINK | ND_PREFIX_AUTONOMOUS, 86400, 43200);
    says_station(&said, world.wire.peer_mac);
    world6_hear(ROUTER6, &said);
    host_run(3000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    peer_connect(&address, &world6.end_point.active.address);
}

static bool (*serve)(struct wire *wire, const uint8_t *bytes, size_t length);
static uint32_t xid; /* of the last message to a DHCP server */

/* What everybody on the link sees. */
static bool overhear(struct wire *wire, const uint8_t *bytes, size_t length)
{
    enum { UDP4_AT = NETIF_HEADER_SIZE + 20, UDP6_AT = NETIF_HEADER_SIZE + IPV6_HEADER_SIZE };

    if (length > UDP4_AT + 16 && tcpip_get_be16(bytes + 12) == 0x0800 &&
        tcpip_get_be16(bytes + UDP4_AT + 2) == DHCP_SERVER_PORT)
        xid = tcpip_get_be32(bytes + UDP4_AT + 8 + 4);
    if (length > UDP6_AT + 12 && tcpip_get_be16(bytes + 12) == 0x86dd &&
        tcpip_get_be16(bytes + UDP6_AT + 2) == DHCP6_SERVER_PORT)
        xid = tcpip_get_be32(bytes + UDP6_AT + 8) % 0x1000000u;
    return serve == NULL || serve(wire, bytes, length);
}

static void overhear_all(void)
{
    serve = world.wire.peer;
    world.wire.peer = overhear;
}

/* A DHCP server has given the address. */
static void begin_leased(void)
{
    struct tcpip_address address = tcpip_address_from_ipv4(SERVERS_ADDRESS + 7);

    world_begin(true);
    servers_begin(&servers, &world.wire);
    overhear_all();
    host_run(30000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    peer_connect(&address, &world.end_point.active.address);
}

static size_t neighbours(void)
{
    struct tcpip_address address;
    uint8_t mac[NETIF_MAC_SIZE];
    bool known;
    size_t places = 0;

    while (tcpip_neighbour_at(places, &address, mac, &known))
        places++;
    return places;
}

static void stand(const char *name, void (*attack)(uint32_t number), size_t more_allocations,
                  size_t more_frames)
{
    const struct load load = {name, attack, more_allocations, more_frames};

    load_stand(&load);
    peer_end();
}

/* --- neighbours --------------------------------------------------------------------------------------------- */

/* Claims what is ours, the peer's, the gateway's and anybody's; asks for us and for others. */
static void arp_flood(uint32_t number)
{
    const uint32_t about[] = {WIRE_OWN, PEER_ADDRESS, GATEWAY4, 0x0a000000 + draw(256), draw(256)};
    struct arp_packet arp = {.operation = number % 2 == 0 ? ARP_REQUEST : ARP_REPLY,
                             .sender = about[draw(5)],
                             .target = about[draw(5)],
                             .sender_mac = {2, 8, (uint8_t)draw(256), (uint8_t)draw(256)}};
    uint8_t packet[ARP_PACKET_SIZE], frame[WIRE_FRAME_SIZE];

    tcpip_arp_build(packet, sizeof packet, &arp);
    size_t length = world_ethernet(frame, ETHERNET_ARP, packet, sizeof packet);
    if (number % 3 != 0)
        memset(frame, 0xff, NETIF_MAC_SIZE);
    memcpy(frame + 6, arp.sender_mac, NETIF_MAC_SIZE);
    strike(frame, length);
}

TEST(ledger_9_arp_flood_at_10000_a_second_halves_no_rate)
{
    peer_begin();
    size_t places = neighbours();
    const struct load load = {"ARP flood", arp_flood, 0, 0};
    load_stand(&load);
    CHECK_EQUAL(places, neighbours());
    peer_end();
}

static void strike_icmp(const struct tcpip_address *source, const struct tcpip_address *destination,
                        uint8_t *message, size_t size)
{
    uint8_t packet[WIRE_FRAME_SIZE], frame[WIRE_FRAME_SIZE];
    struct ipv6_header header = {.payload_size = (uint16_t)size,
                                 .next = IPV6_PROTOCOL_ICMP,
                                 .hop_limit = ND_HOP_LIMIT,
                                 .source = source->bytes,
                                 .destination = destination->bytes};
    uint32_t sum = tcpip_checksum_pseudo(source, destination, IPV6_PROTOCOL_ICMP, size);

    tcpip_put_be16(message + 2, 0);
    tcpip_put_be16(message + 2, tcpip_checksum_finish(tcpip_checksum_add(sum, message, size)));
    ipv6_build(packet, sizeof packet, &header);
    memcpy(packet + IPV6_HEADER_SIZE, message, size);
    size_t length = world_ethernet(frame, ETHERNET_IPV6, packet, IPV6_HEADER_SIZE + size);
    if (tcpip_address_is_multicast(destination))
        memcpy(frame, (uint8_t[]){0x33, 0x33, 0, 0, 0, 1}, NETIF_MAC_SIZE);
    strike(frame, length);
}

static struct tcpip_address anybody_six(void)
{
    struct tcpip_address address = ip6(PREFIX6);

    tcpip_put_be32(address.bytes + 12, draw(UINT32_MAX));
    return address;
}

static void nd_flood(uint32_t number)
{
    const struct tcpip_address about[] = {peer.own, peer.address, ip6(ROUTER6), anybody_six()};
    const struct tcpip_address to[] = {peer.own, ip6("ff02::1")};
    bool asks = number % 2 == 0;
    uint8_t message[ND_NEIGHBOUR_SIZE + ND_LINK_OPTION_SIZE] = {asks ? ND_NEIGHBOUR_SOLICITATION
                                                                     : ND_NEIGHBOUR_ADVERTISEMENT};
    const uint8_t mac[NETIF_MAC_SIZE] = {2, 8, (uint8_t)draw(256), (uint8_t)draw(256)};

    message[4] = asks ? 0 : (uint8_t)(draw(8) * 32);
    memcpy(message + ND_TARGET_AT, about[draw(4)].bytes, 16);
    tcpip_nd_put_station(message + ND_NEIGHBOUR_SIZE, asks ? ND_OPTION_SOURCE : ND_OPTION_TARGET,
                         mac);
    strike_icmp(&about[1 + draw(3)], &to[draw(2)], message, sizeof message);
}

TEST(ledger_9_neighbour_flood_at_10000_a_second_halves_no_rate)
{
    begin_six();
    size_t places = neighbours();
    const struct load load = {"neighbours of IPv6", nd_flood, 0, 0};
    load_stand(&load);
    CHECK_EQUAL(places, neighbours());
    peer_end();
}

/* --- pieces ------------------------------------------------------------------------------------------------- */

/* First, middle and last pieces of packets that are never whole, as many of others. */
static void pieces4(uint32_t number)
{
    uint8_t payload[1000] = {0}, frame[WIRE_FRAME_SIZE];
    uint8_t *ip = frame + NETIF_HEADER_SIZE;
    size_t length = world_ipv4(frame, 0x0a000000 + draw(256), WIRE_OWN, 17, payload,
                               sizeof payload);

    tcpip_put_be16(ip + 4, (uint16_t)draw(65536));
    tcpip_put_be16(ip + 6, (uint16_t)((number % 3 != 2 ? 0x2000u : 0u) + number % 3 * 125));
    tcpip_put_be16(ip + 10, 0);
    tcpip_put_be16(ip + 10, tcpip_checksum_finish(tcpip_checksum_add(0, ip, 20)));
    strike(frame, length);
}

static void pieces6(uint32_t number)
{
    uint8_t payload[1008] = {17}, packet[WIRE_FRAME_SIZE], frame[WIRE_FRAME_SIZE];
    const struct tcpip_address from = anybody_six();
    struct ipv6_header header = {.payload_size = sizeof payload,
                                 .next = 44,
                                 .hop_limit = 64,
                                 .source = from.bytes,
                                 .destination = peer.own.bytes};

    tcpip_put_be16(payload + 2, (uint16_t)(number % 3 * 1000 + (number % 3 != 2)));
    tcpip_put_be32(payload + 4, draw(UINT32_MAX));
    ipv6_build(packet, sizeof packet, &header);
    memcpy(packet + IPV6_HEADER_SIZE, payload, sizeof payload);
    strike(frame, world_ethernet(frame, ETHERNET_IPV6, packet, IPV6_HEADER_SIZE + sizeof payload));
}

TEST(ledger_7_fragment_flood_at_10000_a_second_halves_no_rate)
{
    peer_begin();
    stand("pieces of IPv4", pieces4, 0, 0);
}

TEST(ledger_7_fragment_flood_of_ipv6_at_10000_a_second_halves_no_rate)
{
    begin_six();
    stand("pieces of IPv6", pieces6, 0, 0);
}

/* --- routers ------------------------------------------------------------------------------------------------ */

/* As our router and as others: other values, our prefix at its end, others without end. */
static void spoofed_routers(uint32_t number)
{
    static const uint32_t lives[] = {0, 1, 7200, 86400, ND_FOREVER};
    struct advertisement said = router_says((uint16_t)(draw(2) * draw(65536)), (uint8_t)draw(256));
    struct tcpip_address router = ip6(ROUTER6), prefix = anybody_six(), all = ip6("ff02::1");
    uint8_t *option;

    tcpip_put_be32(said.bytes + 8, draw(UINT32_MAX));
    tcpip_put_be32(said.bytes + 12, draw(UINT32_MAX));
    says_mtu(&said, draw(3000));
    option = said.bytes + said.size;
    says_prefix(&said, PREFIX6, 64, (uint8_t)draw(256), lives[draw(5)], lives[draw(5)]);
    if (number % 2 == 0) {
        tcpip_put_be32(option + 16 + 4, draw(UINT32_MAX)); /* another prefix */
        tcpip_put_be32(router.bytes + 12, draw(UINT32_MAX));
    }
    says_dns(&said, "2001:db8::53", lives[draw(5)]);
    memcpy(said.bytes + said.size - 16, prefix.bytes, 16);
    says_station(&said, (uint8_t[]){2, 8, (uint8_t)draw(256), (uint8_t)draw(256), 0, 0});
    strike_icmp(&router, &all, said.bytes, said.size);
}

TEST(spoofed_routers_at_10000_a_second_halve_no_rate)
{
    begin_six();
    stand("spoofed routers", spoofed_routers, 1, 0); /* who asks for more, RFC 8415 */
}

/* A redirect of the peer to stations that nobody has. */
static void spoofed_redirects(uint32_t number)
{
    uint8_t message[40 + ND_LINK_OPTION_SIZE] = {ND_REDIRECT};
    struct tcpip_address router = ip6(ROUTER6), target = ip6("fe80::");

    tcpip_put_be32(target.bytes + 12, draw(UINT32_MAX));
    memcpy(message + ND_TARGET_AT, number % 2 == 0 ? target.bytes : peer.address.bytes, 16);
    memcpy(message + ND_REDIRECT_DESTINATION_AT, peer.address.bytes, 16);
    tcpip_nd_put_station(message + 40, ND_OPTION_TARGET,
                         (uint8_t[]){2, 8, (uint8_t)draw(256), (uint8_t)draw(256), 0, 0});
    strike_icmp(&router, &peer.own, message, sizeof message);
}

TEST(spoofed_redirects_at_10000_a_second_halve_no_rate)
{
    begin_six();
    stand("spoofed redirects", spoofed_redirects, 0, 0);
}

/* --- leases ------------------------------------------------------------------------------------------------- */

static void spoofed_dhcp(uint32_t number)
{
    static const uint8_t types[] = {DHCP_OFFER, DHCP_ACK, DHCP_NAK};
    struct dhcp_reply reply = {.type = types[number % 3],
                               .xid = number % 4 == 0 ? xid : draw(UINT32_MAX),
                               .your_address = 0x0a000200 + draw(256),
                               .numbers[DHCP_SERVER] = number % 2 == 0 ? SERVERS_ADDRESS
                                                                       : draw(UINT32_MAX),
                               .numbers[DHCP_MASK] = 0xffffff00,
                               .numbers[DHCP_ROUTER] = 0x0a000200 + draw(256),
                               .numbers[DHCP_LEASE_TIME] = draw(3)};
    uint8_t payload[400], frame[WIRE_FRAME_SIZE];

    memcpy(reply.mac, world.wire.netif.mac, NETIF_MAC_SIZE);
    size_t size = servers_dhcp_reply(payload, sizeof payload, &reply);
    strike(frame, servers_datagram(&world.wire, frame, SERVERS_ADDRESS, DHCP_SERVER_PORT,
                                   SERVERS_CLIENT, DHCP_CLIENT_PORT, payload, size));
}

TEST(ledger_18_spoofed_dhcp_at_10000_a_second_halves_no_rate)
{
    begin_leased();
    stand("spoofed DHCP", spoofed_dhcp, 0, 0);
}

/* Another end-point is looking for a server at the same time. */
static void spoofed_dhcp6(uint32_t number)
{
    static const uint8_t types[] = {DHCP6_ADVERTISE, DHCP6_REPLY};
    static const uint8_t client[] = {0, 1, 0, 10, 0, 3, 0, 1};
    uint8_t message[80] = {0}, frame[WIRE_FRAME_SIZE];
    char own[TCPIP_IPV6_TEXT_SIZE];
    uint8_t *at = message + 4;

    tcpip_put_be32(message, number % 4 == 0 ? xid : draw(0x1000000));
    message[0] = types[draw(2)];
    memcpy(at, client, sizeof client);
    memcpy(at + 8, world.wire.netif.mac, NETIF_MAC_SIZE);
    memcpy(at + 14, (uint8_t[]){0, 2, 0, 4, 0, 2, (uint8_t)draw(2), (uint8_t)draw(256)}, 8);
    memcpy(at + 22, (uint8_t[]){0, 3, 0, 40}, 4);
    tcpip_put_be32(at + 26, world.interface.number * 256u + draw(3));
    memcpy(at + 38, (uint8_t[]){0, 5, 0, 24}, 4);
    memcpy(at + 42, anybody_six().bytes, 16);
    tcpip_put_be32(at + 58, draw(4));
    tcpip_put_be32(at + 62, draw(4) * 1000);
    tcpip_ipv6_to_text(world.interface.ipv6.link_local.active.address.bytes, own);
    strike(frame, world6_udp(frame, "fe80::547", DHCP6_SERVER_PORT, own, DHCP6_CLIENT_PORT, message,
                             4 + 66));
}

TEST(ledger_18_spoofed_dhcpv6_at_10000_a_second_halves_no_rate)
{
    begin_six();
    overhear_all();
    world6.second = (struct tcpip_end_point){.wants_dhcp = true};
    world6.second.defaults.address.family = TCPIP_IPV6;
    tcpip_end_point_link(&world.interface, &world6.second);
    tcpip_end_point_start(&world6.second);
    host_run(2000);
    CHECK(xid != 0);
    stand("spoofed DHCPv6", spoofed_dhcp6, 1, 0);
}

/* --- datagrams ---------------------------------------------------------------------------------------------- */

static void no_taker(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    tcpip_drop(datagram->packet->frame, TCPIP_DROP_UDP_QUEUE);
}

static void datagrams4(uint32_t number)
{
    uint8_t payload[100] = {0}, frame[WIRE_FRAME_SIZE];

    strike(frame,
           world_udp(frame, 0xc6336400 + draw(65536), 99, WIRE_OWN,
                     number % 2 == 0 ? 4000 : (uint16_t)draw(65536), payload, sizeof payload));
}

static void datagrams6(uint32_t number)
{
    uint8_t payload[100] = {0}, frame[WIRE_FRAME_SIZE];
    char own[TCPIP_IPV6_TEXT_SIZE];

    tcpip_ipv6_to_text(peer.own.bytes, own);
    strike(frame,
           world6_udp(frame, PREFIX6 "77", 99, own, number % 2 == 0 ? 4000 : (uint16_t)draw(65536),
                      payload, sizeof payload));
}

static void bind_unread(void)
{
    unread = (struct tcpip_udp_port){.number = 4000, .input = no_taker};
    CHECK(tcpip_udp_bind(&unread));
}

TEST(datagram_flood_at_10000_a_second_halves_no_rate)
{
    peer_begin();
    bind_unread();
    stand("datagrams", datagrams4, 0, 0);
}

TEST(datagram_flood_of_ipv6_at_10000_a_second_halves_no_rate)
{
    begin_six();
    bind_unread();
    stand("datagrams of IPv6", datagrams6, 0, 0);
}

/* Questions and answers of Multicast DNS, LLMNR and NetBIOS, for names of ours and of others. */
static void questions(uint32_t number)
{
    static const uint16_t ports[] = {5353, 5355, 137};
    static const uint32_t groups[] = {0xe00000fb, 0xe00000fc, 0x0a0000ff};
    static const uint8_t stations[][NETIF_MAC_SIZE] = {
        {1, 0, 0x5e, 0, 0, 0xfb}, {1, 0, 0x5e, 0, 0, 0xfc}, {255, 255, 255, 255, 255, 255}};
    uint8_t message[64] = {0, 0, (uint8_t)(number % 4 == 3 ? 0x84 : 0), 0, 0, 1}, frame[200];
    uint16_t port = ports[number % 3];

    memcpy(message + 12, "\4lamp\5local\0\0\xff\0\1", 16);
    message[13] = (uint8_t)('a' + draw(26));
    size_t length = world_udp(frame, 0x0a000000 + draw(250), number % 2 == 0 ? port : 50000,
                              groups[number % 3], port, message, 28);
    memcpy(frame, stations[number % 3], NETIF_MAC_SIZE);
    strike(frame, length);
}

TEST(flood_of_questions_at_10000_a_second_halves_no_rate)
{
    peer_begin();
    stand("questions for names", questions, 0, 0);
}

static void group_queries(uint32_t number)
{
    uint8_t query[12] = {0x11, (uint8_t)draw(256)}, frame[WIRE_FRAME_SIZE];
    uint8_t *ip = frame + NETIF_HEADER_SIZE;
    bool general = number % 2 == 0;
    uint32_t group = general ? 0xe0000001 : 0xe00000fb;
    size_t size = number % 4 < 2 ? 8 : sizeof query;

    tcpip_put_be32(query + 4, general ? 0 : group);
    tcpip_put_be16(query + 2, tcpip_checksum_finish(tcpip_checksum_add(0, query, size)));
    size_t length = world_ipv4(frame, 0x0a000001 + draw(250), group, 2, query, size);
    memcpy(frame, (uint8_t[]){1, 0, 0x5e, 0, 0, (uint8_t)(group % 256)}, NETIF_MAC_SIZE);
    ip[8] = 1;
    tcpip_put_be16(ip + 10, 0);
    tcpip_put_be16(ip + 10, tcpip_checksum_finish(tcpip_checksum_add(0, ip, 20)));
    strike(frame, length);
}

TEST(flood_of_group_queries_at_10000_a_second_halves_no_rate)
{
    peer_begin();
    stand("queries for groups", group_queries, 0, 0);
}

/* Bytes of any kind behind a header that is ours. */
static void noise(uint32_t number)
{
    static const uint16_t types[] = {ETHERNET_ARP, ETHERNET_IPV4, ETHERNET_IPV6, 0x8100, 100};
    uint8_t frame[WIRE_FRAME_SIZE], bytes[256];

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)test_random_next(&peer.random);
    if (draw(2) == 0)
        bytes[0] = number % 2 == 0 ? 0x45 : 0x60;
    strike(frame, world_ethernet(frame, types[number % 5], bytes, draw(sizeof bytes)));
}

TEST(ledger_6_flood_of_noise_at_10000_a_second_halves_no_rate)
{
    peer_begin();
    stand("noise", noise, 0, 0);
}
