/* SPDX-License-Identifier: MIT */
/*
 * The stack knows no date: it has one clock of milliseconds, which wraps. Here that clock wraps, jumps
 * ahead and jumps back, while leases, routers, names and a connection live by it.
 */
#include "servers.h"
#include "tcp_peer.h"
#include "world6.h"

#include <string.h>

#include "client/dhcp.h"
#include "client/dns.h"
#include "client/names.h"
#include "core/end_point.h"
#include "core/timer.h"
#include "ip/router.h"

enum { HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS };

static struct servers servers;

/* At any time of the clock: a lease of ten minutes and a router's prefix. */
static void begin(uint32_t now)
{
    host_now = now;
    world_begin(true);
    servers_begin(&servers, &world.wire);
    servers.lease = 600;
    host_run(30000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
}

static bool is_up(void)
{
    return world.end_point.state == TCPIP_END_POINT_UP &&
           tcpip_address_ipv4(&world.end_point.active.address) == SERVERS_CLIENT;
}

TEST(ledger_45_lease_is_renewed_wherever_the_clock_wraps)
{
    for (uint32_t before = 0; before < 700000; before += 50000) {
        begin(0u - before);
        for (unsigned i = 0; i < 1400; i++) {
            host_run(1000);
            CHECK(is_up());
        }
        CHECK(servers.renewals >= 4);
        CHECK_EQUAL(1, servers.discovers);
        world_end();
    }
}

/* As after a sleep in which nobody counted: what has ended in the meantime has ended. */
TEST(ledger_45_clock_that_jumps_ahead_ends_what_is_over_and_no_more)
{
    static const uint32_t jumps[] = {1000, 200000, HOUR_MS, DAY_MS, 24u * DAY_MS};

    for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
        begin(UINT32_MAX - 40000);
        host_now += jumps[i];
        host_run(0);
        CHECK_EQUAL(jumps[i] < 500000, is_up());
        host_run(60000);
        CHECK(is_up());
        CHECK_EQUAL(jumps[i] < 500000 ? 1 : 2, servers.discovers);
        world_end();
    }
}

/* Timers that were set before come later by as much; nothing ends early, and all goes on afterwards. */
TEST(ledger_45_clock_that_jumps_back_by_an_hour_ends_no_lease)
{
    host_now = 2u * HOUR_MS;
    world_begin(true);
    servers_begin(&servers, &world.wire);
    servers.lease = 4 * 3600;
    host_run(30000);
    host_now -= HOUR_MS;
    for (unsigned i = 0; i < 20000; i++) {
        host_run(1000);
        CHECK(is_up());
    }
    CHECK_EQUAL(1, servers.discovers);
    CHECK(servers.renewals >= 2);
    world_end();
}

TEST(ledger_45_router_and_its_prefix_live_through_a_jump_back)
{
    struct advertisement said = router_says(9000, 0);
    struct tcpip_address router = ip6(ROUTER6);

    host_now = 2u * HOUR_MS;
    world6_settle(true);
    says_prefix(&said, "2001:db8::", 64, ND_PREFIX_ON_LINK | ND_PREFIX_AUTONOMOUS, 9000, 8000);
    says_dns(&said, "2001:db8::53", 9000);
    world6_hear(ROUTER6, &said);
    host_run(3000);
    host_now -= HOUR_MS;
    host_run(1000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK(!tcpip_end_point_deprecated(&world6.end_point));
    CHECK_EQUAL(1, world6.end_point.active.dns_count);
    CHECK(tcpip_router_is(&world.interface, &router));
    CHECK(tcpip_router_pick(&world.interface) != NULL);
    host_run(8990u * 1000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world6.end_point.state);
    CHECK(tcpip_end_point_deprecated(&world6.end_point));
    CHECK(tcpip_router_pick(&world.interface) != NULL);
    host_run(20000);
    CHECK(tcpip_router_pick(&world.interface) == NULL); /* in its time */
    host_run(HOUR_MS);                                  /* its timer was set before the jump */
    CHECK_EQUAL(TCPIP_END_POINT_CONFIGURING, world6.end_point.state);
    world6_end();
}

static unsigned found;

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    found += count > 0;
}

TEST(ledger_45_name_is_found_whatever_the_clock_does)
{
    static const uint32_t jumps[] = {0u - HOUR_MS, HOUR_MS, 0u - DAY_MS, DAY_MS, 24u * DAY_MS};
    struct tcpip_dns_lookup lookup = {
        .name = "www.example.com", .family = TCPIP_IPV4, .done = done};

    begin(3u * HOUR_MS);
    for (unsigned i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
        found = 0;
        tcpip_dns_resolve(&lookup);
        host_run(100);
        CHECK_EQUAL(1, found);
        host_now += jumps[i];
        if (jumps[i] < INT32_MAX) /* then there is a new lease */
            host_run(60000);
    }
    servers.dns_silent = true; /* while a question is open */
    found = 0;
    tcpip_dns_resolve(&lookup);
    host_run(100);
    CHECK_EQUAL(0, found);
    servers.dns_silent = false;
    host_now -= HOUR_MS;
    host_run(HOUR_MS + 10000);
    CHECK_EQUAL(1, found);
    world_end();
}

static uint32_t bytes_in(uint32_t ms)
{
    uint32_t before = peer.ours.received + peer.theirs.received;

    while (ms-- > 0) {
        peer_pass_ms();
        peer_pump(&peer.ours);
        peer_pump(&peer.theirs);
    }
    return peer.ours.received + peer.theirs.received - before;
}

/* The frames on their way are lost with each jump; both ends keep the connection and use it. */
TEST(ledger_45_connection_goes_on_whatever_the_clock_does)
{
    static const uint32_t jumps[] = {HOUR_MS, 0u - HOUR_MS, DAY_MS, 0u - 1000u, 0u - 500u};

    host_now = 0u - 3000u; /* it wraps, too */
    peer_begin();
    CHECK(bytes_in(5000) > 1000000);
    for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
        peer.count = 0;
        host_now += jumps[i];
        (void)bytes_in(jumps[i] == 0u - HOUR_MS ? HOUR_MS + 70000u : 70000u);
        CHECK(bytes_in(1000) > 1000000);
        CHECK_EQUAL(TCPIP_TCP_ESTABLISHED, peer.ours.connection->state);
    }
    peer_end();
}
