/* SPDX-License-Identifier: MIT */
/*
 * IPv6 where routers' DNS servers and redirects are not followed, for one reason or another: there is no
 * code for redirects, or no place for single destinations at all. Each is a build of its own.
 */
#include "world6.h"

#include <string.h>

#include "core/drop.h"
#include "core/frame.h"
#include "core/route.h"
#include "core/text6.h"
#include "udp/udp.h"
#include "wire/udp.h"

_Static_assert(!ipconfigRA_DNS && !(ipconfigUSE_REDIRECTS && ipconfigIPv6_DESTINATIONS > 0),
               "built without them");

enum {
    BOTH = ND_PREFIX_ON_LINK | ND_PREFIX_AUTONOMOUS,
    HEADERS = IPV6_HEADER_SIZE + UDP_HEADER_SIZE,
    LEARNS = ipconfigIPv6_DESTINATIONS > 0, /* the MTU of a way */
    AT_FIRST = LEARNS ? 1500 : 1280,
};

#define FAR    "2001:db8:77::1"
#define PREFIX "2001:db8:1::"
#define NEAR   "2001:db8:1::77"

static struct tcpip_udp_port port;

static void ignore(struct tcpip_udp_port *to, const struct tcpip_datagram *datagram)
{
    tcpip_frame_release(datagram->packet->frame);
}

static struct tcpip_route route_to(const char *destination)
{
    struct tcpip_address to = ip6(destination);
    struct tcpip_route route = {0};

    CHECK(tcpip_route_find(NULL, &to, &route));
    return route;
}

static bool goes_by(const char *destination, const char *hop)
{
    struct tcpip_address expected = ip6(hop);
    struct tcpip_route route = route_to(destination);

    return tcpip_address_equal(&route.next_hop, &expected);
}

static const char *own(void)
{
    static char text[TCPIP_IPV6_TEXT_SIZE];

    tcpip_ipv6_to_text(world6.end_point.active.address.bytes, text);
    return text;
}

/* With an address by a router's prefix; the router names a DNS server too. */
static void begin(void)
{
    struct advertisement said = router_says(1800, 0);

    world6_settle(true);
    says_prefix(&said, PREFIX, 64, BOTH, 86400, 43200);
    says_dns(&said, "2001:db8::53", 600);
    says_station(&said, world.wire.peer_mac);
    world6_hear(ROUTER6, &said);
    host_run(3000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    tcpip_drops_reset();
}

TEST(redirect_is_counted_and_not_followed)
{
    uint8_t message[48] = {ND_REDIRECT};
    struct tcpip_address hop = ip6("fe80::5"), to = ip6(FAR);

    begin();
    memcpy(message + ND_TARGET_AT, hop.bytes, 16);
    memcpy(message + ND_REDIRECT_DESTINATION_AT, to.bytes, 16);
    tcpip_nd_put_station(message + 40, ND_OPTION_TARGET, (uint8_t[]){2, 5, 5, 5, 5, 5});
    world6_icmp(ROUTER6, own(), message, sizeof message);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_ND_ROUTER));
    CHECK_EQUAL(1, tcpip_drops_total());
    CHECK(goes_by(FAR, ROUTER6));
    CHECK(!world6_knows("fe80::5", NULL));
    world6_end();
}

TEST(prefix_of_a_router_is_used_and_its_dns_server_is_not)
{
    struct tcpip_address prefix = ip6(PREFIX);

    begin();
    CHECK(tcpip_address_same_prefix(&world6.end_point.active.address, &prefix, 64));
    CHECK(goes_by(NEAR, NEAR));
    CHECK(goes_by(FAR, ROUTER6));
    CHECK_EQUAL(0, world6.end_point.active.dns_count);
    world6_end();
}

/* A router says that a datagram of ours to `destination` was too big. */
static void too_big(const char *destination, uint32_t mtu)
{
    uint8_t message[8 + 48] = {ICMP6_TOO_BIG};
    struct tcpip_address to = ip6(destination);
    struct ipv6_header header = {8, 17, 60, world6.end_point.active.address.bytes, to.bytes};

    tcpip_put_be32(message + 4, mtu);
    ipv6_build(message + 8, IPV6_HEADER_SIZE, &header);
    tcpip_put_be16(message + 48, port.number);
    world6_icmp_far("2001:db8:f::1", own(), 60, message, sizeof message);
}

static bool send(const char *destination, size_t packet_size)
{
    size_t size = packet_size - HEADERS;
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_UDP_HEADROOM, size);
    struct tcpip_udp_target target = {ip6(destination), 7, false};

    CHECK(frame != NULL);
    memset(frame->data, 0, size);
    return tcpip_udp_send(&port, frame, &target);
}

TEST(beyond_the_link_goes_what_the_way_is_known_to_carry)
{
    begin();
    port = (struct tcpip_udp_port){.number = 4000, .input = ignore};
    CHECK(tcpip_udp_bind(&port));
    world6_solicit(ROUTER6, own(), own(), world.wire.peer_mac);
    CHECK_EQUAL(1500, route_to(NEAR).path_mtu);
    CHECK_EQUAL(AT_FIRST, route_to(FAR).path_mtu);
    CHECK(send(FAR, AT_FIRST));
    CHECK(!send(FAR, AT_FIRST + 1));
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_OUT_TOO_BIG));
    too_big(FAR, 1400);
    CHECK_EQUAL(LEARNS ? 1400 : 1280, route_to(FAR).path_mtu);
    too_big(FAR, 1280);
    CHECK_EQUAL(1280, route_to(FAR).path_mtu);
    too_big(NEAR, 1280); /* it goes there directly: a lie, or the neighbour's own link */
    CHECK_EQUAL(LEARNS ? 1280 : 1500, route_to(NEAR).path_mtu);
    tcpip_udp_unbind(&port);
    world6_end();
}
