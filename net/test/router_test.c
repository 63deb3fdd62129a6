/* SPDX-License-Identifier: MIT */
/* Routers: what they advertise, whom we believe, and for how long. */
#include "world6.h"

#include <stdio.h>
#include <string.h>

#include "core/drop.h"
#include "core/route.h"
#include "core/text6.h"
#include "core/timer.h"
#include "ip/router.h"
#include "link/neighbour.h"
#include "tcpip.h"

enum { BOTH = ND_PREFIX_ON_LINK | ND_PREFIX_AUTONOMOUS };

#define FAR    "2001:db8:77::1"
#define PREFIX "2001:db8:1::"

static const struct tcpip_configuration *in_use(void)
{
    return world6.end_point.state == TCPIP_END_POINT_UP ? &world6.end_point.active : NULL;
}

/* The address of the end-point as text, in use or not. */
static const char *own(void)
{
    static char text[TCPIP_IPV6_TEXT_SIZE];

    tcpip_ipv6_to_text(world6.end_point.active.address.bytes, text);
    return text;
}

static bool has_prefix(const struct tcpip_end_point *end_point, const char *prefix)
{
    struct tcpip_address network = ip6(prefix);

    return end_point->state == TCPIP_END_POINT_UP &&
           tcpip_address_same_prefix(&end_point->active.address, &network, 64);
}

/* Whether packets to `destination` go to `hop` first. */
static bool goes_by(const char *destination, const char *hop)
{
    struct tcpip_address to = ip6(destination), expected = ip6(hop);
    struct tcpip_route route;

    return tcpip_route_find(NULL, &to, &route) && tcpip_address_equal(&route.next_hop, &expected);
}

static bool goes(const char *destination)
{
    struct tcpip_address to = ip6(destination);
    struct tcpip_route route;

    return tcpip_route_find(NULL, &to, &route);
}

static void hear_prefix(uint32_t valid, uint32_t preferred)
{
    struct advertisement said = router_says(1800, 0);

    says_prefix(&said, PREFIX, 64, BOTH, valid, preferred);
    says_station(&said, world.wire.peer_mac);
    world6_hear(ROUTER6, &said);
}

/* With an address by a router's prefix. */
static void begin(void)
{
    world6_settle(true);
    hear_prefix(86400, 43200);
    host_run(3000);
    CHECK(has_prefix(&world6.end_point, PREFIX));
    world6_forget();
}

TEST(router_is_searched_for_ever_more_rarely)
{
    world6_begin(true);
    host_run(11900);
    CHECK_EQUAL(3, world6_count(ND_ROUTER_SOLICITATION));
    CHECK(in_use() == NULL);
    host_run(3600 * 1000);
    unsigned hour = world6_count(ND_ROUTER_SOLICITATION);
    CHECK(hour > 8 && hour < 15);
    world6_forget();
    host_run(24 * 3600 * 1000);
    CHECK(world6_count(ND_ROUTER_SOLICITATION) >= 23);
    CHECK(world6_count(ND_ROUTER_SOLICITATION) <= 25);
    world6_forget();
    hear_prefix(86400, 43200);
    host_run(7200 * 1000);
    CHECK_EQUAL(0, world6_count(ND_ROUTER_SOLICITATION));
    world6_end();
}

TEST(first_solicitation_is_from_nobody_or_names_its_station)
{
    world6_begin(true);
    host_run(20000);
    for (unsigned i = 0; i < world6_count(ND_ROUTER_SOLICITATION); i++) {
        const uint8_t *frame = world6_sent(ND_ROUTER_SOLICITATION, i);
        bool nobody = frame[IP6_AT + IPV6_SOURCE_AT] == 0;

        CHECK_EQUAL(nobody ? 8 : 16, tcpip_get_be16(frame + IP6_AT + 4));
        CHECK_EQUAL(2, frame[IP6_AT + IPV6_DESTINATION_AT + 15]);
    }
    world6_end();
}

TEST(routers_are_solicited_from_the_address_of_the_link)
{
    static const struct tcpip_address *local = &world.interface.ipv6.link_local.active.address;

    world6_begin(false); /* it has a global address as well, and first */
    wire_set_cut(&world.wire, true);
    host_run(0);
    world6.end_point.wants_ra = true;
    wire_set_cut(&world.wire, false);
    world6_forget();
    host_run(20000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK(tcpip_end_point_on(&world.interface, TCPIP_IPV6) == &world6.end_point);
    host_run(10000);
    unsigned count = world6_count(ND_ROUTER_SOLICITATION);
    CHECK(count >= 3);
    CHECK_BYTES(local->bytes,
                world6_sent(ND_ROUTER_SOLICITATION, count - 1) + IP6_AT + IPV6_SOURCE_AT, 16);
    world6_end();
}

TEST(address_is_formed_asked_for_and_used)
{
    begin();
    CHECK_EQUAL(64, in_use()->prefix);
    CHECK(goes_by(FAR, ROUTER6));
    CHECK(goes_by("2001:db8:1::5", "2001:db8:1::5"));
    CHECK(world6_knows(ROUTER6, world.wire.peer_mac));
    /* RFC 7217: neither the station nor the same on another link */
    CHECK(memcmp(in_use()->address.bytes + 8,
                 world.interface.ipv6.link_local.active.address.bytes + 8, 8) != 0);
    world6_end();
}

TEST(identifier_depends_on_the_key)
{
    struct tcpip_address first;

    begin();
    first = in_use()->address;
    world6_end();
    tcpip_set_secret((const uint8_t[16]){1, 2, 3});
    begin();
    CHECK(!tcpip_address_equal(&first, &in_use()->address));
    world6_end();
    tcpip_set_secret((const uint8_t[16]){0});
    begin();
    CHECK(tcpip_address_equal(&first, &in_use()->address));
    world6_end();
}

TEST(address_that_is_taken_gives_way_to_another_of_the_same_prefix)
{
    struct tcpip_address first;

    world6_settle(true);
    hear_prefix(86400, 43200);
    host_run(1001);
    first = world6.end_point.active.address;
    world6_advertise(own(), "ff02::1", own(), ND_OVERRIDE, world.wire.peer_mac);
    host_run(3000);
    CHECK(has_prefix(&world6.end_point, PREFIX));
    CHECK(!tcpip_address_equal(&first, &in_use()->address));
    world6_end();
}

TEST(prefixes_that_make_no_address_are_ignored)
{
    static const struct {
        const char *prefix;
        uint8_t length, flags;
        uint32_t valid, preferred;
    } cases[] = {
        {"fe80::", 64, BOTH, 1000, 1000}, {"ff02::", 64, BOTH, 1000, 1000},
        {PREFIX, 63, BOTH, 1000, 1000},   {PREFIX, 65, BOTH, 1000, 1000},
        {PREFIX, 0, BOTH, 1000, 1000},    {PREFIX, 64, BOTH, 1000, 1001},
        {PREFIX, 64, BOTH, 0, 0},         {PREFIX, 64, ND_PREFIX_ON_LINK, 1000, 1000},
    };

    world6_settle(true);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct advertisement said = router_says(1800, 0);

        says_prefix(&said, cases[i].prefix, cases[i].length, cases[i].flags, cases[i].valid,
                    cases[i].preferred);
        world6_hear(ROUTER6, &said);
        host_run(5000);
        CHECK(in_use() == NULL);
    }
    world6_end();
}

TEST(prefix_that_is_not_on_the_link_is_reached_through_the_router)
{
    struct advertisement said = router_says(1800, 0);

    world6_settle(true);
    says_prefix(&said, PREFIX, 64, ND_PREFIX_AUTONOMOUS, 1000, 1000);
    world6_hear(ROUTER6, &said);
    host_run(5000);
    CHECK(goes_by("2001:db8:1::5", ROUTER6));
    world6_end();
}

/* RFC 4861 6.3.4, and no more: see ip/autoconf.c. */
TEST(nobody_takes_back_that_a_prefix_is_on_the_link)
{
    struct advertisement said = router_says(1800, 0);

    begin();
    CHECK_EQUAL(64, in_use()->prefix);
    says_prefix(&said, PREFIX, 64, ND_PREFIX_AUTONOMOUS, 86400, 43200);
    world6_hear("fe80::66", &said);
    CHECK_EQUAL(64, in_use()->prefix);
    said = router_says(1800, 0);
    says_prefix(&said, PREFIX, 64, BOTH, 0, 0);
    world6_hear(ROUTER6, &said);
    CHECK_EQUAL(64, in_use()->prefix);
    host_run(7201u * 1000); /* but its address, and with that the prefix, it can end in two hours */
    CHECK(in_use() == NULL);
    world6_end();
}

TEST(ledger_45_lifetimes_end_addresses_also_after_the_clock_has_wrapped)
{
    struct advertisement said = router_says(9000, 0);

    begin();
    hear_prefix(100 * 86400, 60 * 86400);
    for (int day = 0; day < 59; day++)
        host_run(86400 * 1000);
    CHECK(in_use() != NULL);
    CHECK(!tcpip_end_point_deprecated(&world6.end_point));
    host_run(2 * 86400 * 1000);
    CHECK(in_use() != NULL);
    CHECK(tcpip_end_point_deprecated(&world6.end_point));
    for (int day = 61; day < 100; day++)
        host_run(86400 * 1000);
    host_run(2000);
    CHECK(in_use() == NULL);
    says_prefix(&said, PREFIX, 64, BOTH, ND_FOREVER, ND_FOREVER); /* and again, for ever */
    world6_hear(ROUTER6, &said);
    for (int day = 0; day < 200; day++)
        host_run(86400 * 1000);
    CHECK(in_use() != NULL);
    world6_end();
}

TEST(lifetime_cannot_be_cut_below_two_hours)
{
    begin();
    hear_prefix(0, 0); /* a lie, perhaps */
    CHECK(in_use() != NULL);
    CHECK(tcpip_end_point_deprecated(&world6.end_point));
    host_run(7199 * 1000);
    CHECK(in_use() != NULL);
    hear_prefix(1, 1); /* of less than two hours nothing is taken away */
    hear_prefix(0, 0);
    host_run(500);
    CHECK(in_use() != NULL);
    host_run(1500);
    CHECK(in_use() == NULL);
    world6_end();
}

TEST(several_prefixes_make_as_many_addresses_as_there_are_end_points)
{
    struct advertisement said = router_says(1800, 0);

    world6_begin(true);
    world6.second = (struct tcpip_end_point){.wants_ra = true};
    world6.second.defaults.address.family = TCPIP_IPV6;
    tcpip_end_point_link(&world.interface, &world6.second);
    tcpip_end_point_start(&world6.second);
    host_run(10000);
    says_prefix(&said, PREFIX, 64, BOTH, 8000, 8000);
    says_prefix(&said, "2001:db8:2::", 64, BOTH, 8000, 0); /* not preferred */
    says_prefix(&said, "2001:db8:3::", 64, BOTH, 8000, 8000);
    world6_hear(ROUTER6, &said);
    host_run(3000);
    CHECK(has_prefix(&world6.end_point, PREFIX));
    CHECK(has_prefix(&world6.second, "2001:db8:2::"));
    struct tcpip_address to = ip6(FAR);
    struct tcpip_route route;
    CHECK(tcpip_route_find(NULL, &to, &route));
    CHECK(route.end_point ==
          &world6.end_point); /* deprecated ones are for what goes on with them */
    to = ip6("2001:db8:2::77");
    CHECK(tcpip_route_find(NULL, &to, &route));
    CHECK(tcpip_address_equal(&to, &route.next_hop));
    world6_end();
}

TEST(private_destination_is_spoken_to_from_a_private_address)
{
    struct advertisement said = router_says(1800, 0);
    struct tcpip_address to = ip6("fd00:9::1");
    struct tcpip_route route;

    world6_begin(true);
    world6.second = (struct tcpip_end_point){.wants_ra = true};
    world6.second.defaults.address.family = TCPIP_IPV6;
    tcpip_end_point_link(&world.interface, &world6.second);
    tcpip_end_point_start(&world6.second);
    host_run(10000);
    says_prefix(&said, PREFIX, 64, BOTH, 8000, 8000);
    says_prefix(&said, "fd00:1::", 64, BOTH, 8000, 8000);
    world6_hear(ROUTER6, &said);
    host_run(3000);
    CHECK(tcpip_route_find(NULL, &to, &route));
    CHECK(route.end_point == &world6.second);
    to = ip6(FAR);
    CHECK(tcpip_route_find(NULL, &to, &route));
    CHECK(route.end_point == &world6.end_point);
    world6_end();
}

TEST(defaults_are_used_when_no_router_answers_and_given_up_when_one_does)
{
    world6_begin(true);
    world6.end_point.defaults = (struct tcpip_configuration){.address = ip6(OWN6), .prefix = 64};
    host_run(12000);
    CHECK(in_use() == NULL);
    host_run(5000);
    CHECK(has_prefix(&world6.end_point, "2001:db8::"));
    hear_prefix(8000, 8000);
    host_run(3000);
    CHECK(has_prefix(&world6.end_point, PREFIX));
    world6_end();
}

/* --- DNS ------------------------------------------------------------------------------------------- */

TEST(dns_servers_come_and_go_with_their_lifetimes)
{
    struct advertisement said = router_says(1800, 0);
    struct tcpip_address first = ip6("2001:db8::53"), second = ip6("fe80::53");

    world6_settle(true);
    says_dns(&said, "2001:db8::53", 100); /* before the prefix, too */
    says_dns(&said, "fe80::53", 200);
    says_dns(&said, "::", 200);
    says_dns(&said, "ff02::1", 200);
    says_prefix(&said, PREFIX, 64, BOTH, 8000, 8000);
    world6_hear(ROUTER6, &said);
    host_run(3000);
    CHECK_EQUAL(2, in_use()->dns_count);
    CHECK(tcpip_address_equal(&first, &in_use()->dns[0]));
    CHECK_EQUAL(1, in_use()->dns[1].zone);
    host_run(98000);
    CHECK_EQUAL(1, in_use()->dns_count);
    CHECK(tcpip_address_equal(&second, &in_use()->dns[0]));
    said = router_says(1800, 0);
    says_dns(&said, "fe80::53", 0);
    for (unsigned i = 0; i < 8; i++) {
        char text[] = "2001:db8::0";

        text[10] = (char)('1' + i);
        says_dns(&said, text, ND_FOREVER);
    }
    world6_hear(ROUTER6, &said);
    CHECK_EQUAL(ipconfigENDPOINT_DNS_ADDRESS_COUNT, in_use()->dns_count);
    host_run(7000 * 1000);
    CHECK_EQUAL(ipconfigENDPOINT_DNS_ADDRESS_COUNT, in_use()->dns_count);
    world6_end();
}

/* --- routers ---------------------------------------------------------------------------------------- */

TEST(router_lives_as_long_as_it_says)
{
    struct advertisement said;

    begin();
    CHECK(goes_by(FAR, ROUTER6));
    host_run(1798 * 1000);
    CHECK(!goes(FAR));
    hear_prefix(86400, 43200);
    CHECK(goes_by(FAR, ROUTER6));
    said = router_says(0, 0);
    world6_hear(ROUTER6, &said);
    CHECK(!goes(FAR));
    CHECK(in_use() != NULL);
    world6_end();
}

TEST(preferred_router_goes_first_and_a_silent_one_last)
{
    struct advertisement low = router_says(1800, 0x18), high = router_says(1800, 0x08);

    begin();
    world6_hear("fe80::2", &low);
    CHECK(goes_by(FAR, ROUTER6));
    world6_hear("fe80::2", &high);
    CHECK(goes_by(FAR, "fe80::2"));
    struct tcpip_address router = ip6("fe80::2");
    tcpip_neighbour_resolve(&world6.end_point, &router);
    host_run(4000); /* it does not answer */
    CHECK(goes_by(FAR, ROUTER6));
    router = ip6(ROUTER6);
    tcpip_neighbours_forget(&world.interface);
    tcpip_neighbour_resolve(&world6.end_point, &router);
    host_run(4000);
    CHECK(goes_by(FAR, "fe80::2")); /* each has its turn */
    world6_end();
}

TEST(router_that_says_it_is_none_any_more_is_not_used)
{
    begin();
    world6_advertise(ROUTER6, "ff02::1", ROUTER6, 0, world.wire.peer_mac); /* anybody can say so */
    CHECK(goes(FAR));
    world6_advertise(ROUTER6, own(), ROUTER6, ND_SOLICITED | ND_ADVERTISED_BY_ROUTER,
                     world.wire.peer_mac);
    CHECK(goes(FAR));
    world6_advertise(ROUTER6, own(), ROUTER6, ND_SOLICITED, world.wire.peer_mac);
    CHECK(!goes(FAR));
    world6_end();
}

TEST(flood_of_routers_and_prefixes_changes_nothing_that_is_in_use)
{
    struct test_random random = {5};

    begin();
    for (unsigned i = 0; i < 20000; i++) {
        struct advertisement said = router_says((uint16_t)(1 + i % 9000), (uint8_t)i);
        char router[40], prefix[40];

        snprintf(router, sizeof router, "fe80::%x", test_random_next(&random) % 0xf000 + 0x100);
        snprintf(prefix, sizeof prefix, "2001:db8:%x::", test_random_next(&random) % 0xffff);
        says_prefix(&said, prefix, 64, BOTH, 100, 100);
        says_station(&said, (uint8_t[]){2, 7, 7, 7, (uint8_t)(i / 256), (uint8_t)i});
        world6_hear(router, &said);
        host_now++;
    }
    CHECK(has_prefix(&world6.end_point, PREFIX));
    CHECK(tcpip_router_is(&world.interface, &(struct tcpip_address){0}) == false);
    struct tcpip_address ours = ip6(ROUTER6);
    CHECK(tcpip_router_is(&world.interface, &ours));
    CHECK(world6_knows(ROUTER6, world.wire.peer_mac));
    world6_end();
}

TEST(advertisement_from_afar_or_of_no_router_is_refused)
{
    struct advertisement said = router_says(1800, 0);

    world6_settle(true);
    says_prefix(&said, PREFIX, 64, BOTH, 8000, 8000);
    world6_icmp_far(ROUTER6, "ff02::1", 254, said.bytes, said.size);
    world6_hear("2001:db8::99", &said);
    CHECK_EQUAL(2, tcpip_drops(TCPIP_DROP_ND_SPOOFED));
    host_run(3000);
    CHECK(in_use() == NULL);
    world6_end();
}

TEST(routers_are_not_listened_to_where_nobody_wants_them)
{
    struct advertisement said = router_says(1800, 0);

    world6_settle(false);
    says_mtu(&said, 1280);
    says_prefix(&said, PREFIX, 64, BOTH, 8000, 8000);
    world6_hear("fe80::66", &said);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_ND_ROUTER));
    CHECK(goes_by(FAR, ROUTER6));
    CHECK_EQUAL(1500, tcpip_route_mtu(&world.interface, TCPIP_IPV6));
    CHECK_EQUAL(0, world6_count(ND_ROUTER_SOLICITATION));
    world6_end();
}

TEST(values_that_would_cripple_us_are_not_believed)
{
    static const uint32_t mtus[] = {0, 1, 1279, 65536, UINT32_MAX};
    static const uint32_t times[] = {1, 99, 3600001, UINT32_MAX};
    const struct tcpip_ipv6_link *link = &world.interface.ipv6;

    begin();
    for (size_t i = 0; i < sizeof mtus / sizeof mtus[0]; i++) {
        struct advertisement said = router_says(1800, 0);

        says_mtu(&said, mtus[i]);
        world6_hear(ROUTER6, &said);
        CHECK_EQUAL(1500, tcpip_route_mtu(&world.interface, TCPIP_IPV6));
    }
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct advertisement said = router_says(1800, 0);

        tcpip_put_be32(said.bytes + 8, times[i]);
        tcpip_put_be32(said.bytes + 12, times[i]);
        world6_hear(ROUTER6, &said);
        CHECK_EQUAL(30000, link->reachable_ms);
        CHECK_EQUAL(1000, link->retransmit_ms);
    }
    struct advertisement said = router_says(1800, 0);
    says_mtu(&said, 1400);
    tcpip_put_be32(said.bytes + 8, 10000);
    tcpip_put_be32(said.bytes + 12, 500);
    world6_hear(ROUTER6, &said);
    CHECK_EQUAL(1400, tcpip_route_mtu(&world.interface, TCPIP_IPV6));
    CHECK_EQUAL(1500, tcpip_route_mtu(&world.interface, TCPIP_IPV4));
    CHECK(link->reachable_ms >= 5000 && link->reachable_ms < 15000);
    CHECK_EQUAL(500, link->retransmit_ms);
    world6_end();
}

/* --- redirects --------------------------------------------------------------------------------------- */

static void redirect(const char *router, const char *target, const char *destination)
{
    uint8_t message[48] = {ND_REDIRECT};
    struct tcpip_address hop = ip6(target), to = ip6(destination);

    memcpy(message + ND_TARGET_AT, hop.bytes, 16);
    memcpy(message + ND_REDIRECT_DESTINATION_AT, to.bytes, 16);
    tcpip_nd_put_station(message + 40, ND_OPTION_TARGET, (uint8_t[]){2, 5, 5, 5, 5, 5});
    world6_icmp(router, own(), message, sizeof message);
}

TEST(redirect_of_the_router_in_use_is_followed)
{
    begin();
    redirect(ROUTER6, "fe80::5", FAR);
    CHECK(goes_by(FAR, "fe80::5"));
    CHECK(goes_by("2001:db8:77::2", ROUTER6)); /* that destination alone */
    CHECK(world6_knows("fe80::5", (uint8_t[]){2, 5, 5, 5, 5, 5}));
    redirect("fe80::5", FAR, FAR); /* and on: it is a neighbour itself */
    CHECK(goes_by(FAR, FAR));
    world6_end();
}

TEST(redirect_of_anybody_else_or_to_nonsense_is_refused)
{
    begin();
    redirect("fe80::6", "fe80::5", FAR);
    CHECK_EQUAL(1, tcpip_drops(TCPIP_DROP_ND_ROUTER));
    redirect(ROUTER6, "2001:db8:9::9", FAR); /* neither a router nor the destination */
    redirect(ROUTER6, "fe80::5", "ff05::1");
    redirect("2001:db8::1", "fe80::5", FAR);
    CHECK_EQUAL(3, tcpip_drops(TCPIP_DROP_ND_SPOOFED));
    CHECK(goes_by(FAR, ROUTER6));
    world6_end();
}

TEST(redirect_is_forgotten_when_its_hop_is_silent)
{
    struct tcpip_address hop = ip6("fe80::5");

    begin();
    redirect(ROUTER6, "fe80::5", FAR);
    tcpip_neighbours_forget(&world.interface);
    tcpip_neighbour_resolve(&world6.end_point, &hop);
    host_run(4000);
    CHECK(goes_by(FAR, ROUTER6));
    world6_end();
}

/* --- the link ----------------------------------------------------------------------------------------- */

TEST(lost_link_takes_routers_and_addresses_and_finds_them_again)
{
    struct tcpip_address before;

    begin();
    before = in_use()->address;
    wire_set_cut(&world.wire, true);
    host_run(100);
    CHECK(in_use() == NULL);
    CHECK(!goes(FAR));
    wire_set_cut(&world.wire, false);
    host_run(10000);
    CHECK(in_use() == NULL);
    CHECK(world6_count(ND_ROUTER_SOLICITATION) > 0);
    hear_prefix(8000, 8000);
    host_run(3000);
    CHECK(tcpip_address_equal(&before, &in_use()->address));
    world6_end();
}
