/* SPDX-License-Identifier: MIT */
/* The DNS client believes only what it asked for. */
#include "servers.h"
#include "world.h"

#include <string.h>

#include "client/dns.h"
#include "client/domains.h"
#include "client/names.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"
#include "tcpip.h"
#include "wire/dns.h"

static struct servers servers;
static unsigned done_count;
static size_t done_addresses;

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    done_count++;
    done_addresses = count;
}

static struct tcpip_dns_lookup lookups[2];

static void ask(struct tcpip_dns_lookup *lookup)
{
    *lookup = (struct tcpip_dns_lookup){
        .name = "www.example.com", .family = TCPIP_IPV4, .done = done};
    tcpip_dns_resolve(lookup);
    host_run(0);
}

static void begin(void)
{
    world_begin(false);
    servers_begin(&servers, &world.wire);
    done_count = 0;
}

static void send_answer(uint16_t id, uint32_t source, uint16_t source_port, uint16_t port,
                        const uint8_t *query)
{
    uint8_t message[512];
    uint8_t frame[WIRE_FRAME_SIZE];
    size_t size = servers_dns_answer(message, sizeof message, query, servers.last_query_size, 1,
                                     &servers);

    tcpip_put_be16(message, id);
    world_receive(frame, servers_datagram(&world.wire, frame, source, source_port, WIRE_OWN, port,
                                          message, size));
}

TEST(ledger_1_answer_that_was_not_asked_for_is_ignored)
{
    uint8_t other[512];

    begin();
    servers.dns_silent = true;
    ask(&lookups[0]);
    CHECK_EQUAL(1, servers.queries);
    uint16_t id = servers.last_id;
    uint16_t port = servers.last_port;
    uint32_t server = servers.last_server;
    memcpy(other, servers.last_query, servers.last_query_size);
    other[13] = 'x';
    for (unsigned guess = 0; guess < 65536; guess++) {
        if (guess != id)
            send_answer((uint16_t)guess, server, DNS_PORT, port, servers.last_query);
        send_answer((uint16_t)guess, server + 1, DNS_PORT, port, servers.last_query);
        send_answer((uint16_t)guess, server, DNS_PORT + 1, port, servers.last_query);
        send_answer((uint16_t)guess, server, DNS_PORT, (uint16_t)(port ^ 1), servers.last_query);
        send_answer((uint16_t)guess, server, DNS_PORT, port, other);
    }
    CHECK_EQUAL(0, done_count);
    send_answer(id, server, DNS_PORT, port, servers.last_query);
    CHECK_EQUAL(1, done_count);
    CHECK_EQUAL(1, done_addresses);
    world_end();
}

TEST(ledger_1_equal_questions_differ_in_id_and_port)
{
    begin();
    servers.dns_silent = true;
    ask(&lookups[0]);
    uint16_t id = servers.last_id;
    uint16_t port = servers.last_port;
    ask(&lookups[1]);
    CHECK(id != servers.last_id);
    CHECK(port != servers.last_port);
    tcpip_dns_cancel(&lookups[0]);
    tcpip_dns_cancel(&lookups[1]);
    CHECK_EQUAL(0, done_count);
    world_end();
}

/* Chi-square over 64 classes: with 63 degrees of freedom 120 is exceeded once in 50,000 runs. */
static void check_uniform(const unsigned counts[64], unsigned total)
{
    double expected = total / 64.0;
    double sum = 0;

    for (int i = 0; i < 64; i++)
        sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    CHECK(sum < 120);
}

/* What the low and high bits of numbers are, and of their distance from the one before. */
struct spread {
    unsigned high[64], low[64], step_high[64], step_low[64];
    uint32_t last;
};

static void note_number(struct spread *spread, uint32_t number, uint32_t range)
{
    uint32_t step = (number + range - spread->last) % range;

    spread->high[number / (range / 64)]++;
    spread->low[number % 64]++;
    spread->step_high[step / (range / 64)]++;
    spread->step_low[step % 64]++;
    spread->last = number;
}

static void check_spread(const struct spread *spread, unsigned total)
{
    check_uniform(spread->high, total);
    check_uniform(spread->low, total);
    check_uniform(spread->step_high, total);
    check_uniform(spread->step_low, total);
}

TEST(ledger_2_a_million_ids_and_ports_are_spread)
{
    static struct spread ids, ports;
    enum { QUERIES = 1000000 };

    begin();
    servers.dns_silent = true;
    for (unsigned i = 0; i < QUERIES; i++) {
        ask(&lookups[0]);
        note_number(&ids, servers.last_id, 65536);
        note_number(&ports, servers.last_port - TCPIP_FIRST_EPHEMERAL_PORT,
                    65536 - TCPIP_FIRST_EPHEMERAL_PORT);
        tcpip_dns_cancel(&lookups[0]);
    }
    CHECK_EQUAL(QUERIES, servers.queries);
    check_spread(&ids, QUERIES);
    check_spread(&ports, QUERIES);
    world_end();
}

/* The clock says the same after each start; only the entropy goes on. */
TEST(ledger_2_nothing_repeats_after_a_reboot)
{
    enum { BOOTS = 100, QUERIES = 20 };
    static uint32_t seen[BOOTS][QUERIES];
    unsigned same = 0;

    for (unsigned boot = 0; boot < BOOTS; boot++) {
        host_now = 1000;
        begin();
        servers.dns_silent = true;
        for (unsigned i = 0; i < QUERIES; i++) {
            ask(&lookups[0]);
            seen[boot][i] = servers.last_id * 65536u + servers.last_port;
            tcpip_dns_cancel(&lookups[0]);
            for (unsigned before = 0; before < boot; before++)
                for (unsigned j = 0; j < QUERIES; j++)
                    same += seen[before][j] == seen[boot][i];
        }
        world_end();
    }
    CHECK(same <= 5); /* of 2 million pairs one in 2^30 is the same by chance */
}

TEST(no_random_number_no_question)
{
    begin();
    host_random_fails = true;
    ask(&lookups[0]);
    CHECK_EQUAL(1, done_count);
    CHECK_EQUAL(0, done_addresses);
    CHECK_EQUAL(0, servers.queries);
    host_random_fails = false;
    world_end();
}

TEST(second_server_is_asked_when_the_first_fails)
{
    begin();
    servers.dns_rcode = 2;
    ask(&lookups[0]);
    CHECK_EQUAL(0x0a000036, servers.last_server);
    servers.dns_rcode = 0;
    host_run(60000);
    CHECK_EQUAL(1, done_count);
    world_end();
}

/* Nothing is sent for a name that there is no more. */
TEST(domain_that_goes_in_the_middle_of_a_look_up_ends_it)
{
    begin();
    servers.dns_silent = true;
    servers.dns_no_four = true;
    CHECK(tcpip_dns_search_add("mine"));
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_ROUTER, (const uint8_t *)"\3lan", 5, 100);
    ask(&lookups[0]);
    for (unsigned form = 0; form < 2; form++) { /* alone, and in the first domain */
        send_answer(servers.last_id, servers.last_server, DNS_PORT, servers.last_port,
                    servers.last_query);
        host_run(0);
    }
    CHECK_EQUAL(3, servers.queries);
    CHECK_EQUAL(0, done_count);
    tcpip_domains_forget(&world.interface, TCPIP_DOMAINS_ROUTER);
    host_run(60000);
    CHECK_EQUAL(3, servers.queries);
    CHECK_EQUAL(1, done_count);
    CHECK(lookups[0].unanswered);
    tcpip_dns_search_clear();
    world_end();
}

static struct dns_name name_of(const char *text)
{
    struct dns_name name;

    CHECK(tcpip_dns_name_from_text(&name, text, NULL));
    return name;
}

static int found;
static struct tcpip_address found_addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];

static bool is_known(const char *text)
{
    struct dns_name name = name_of(text);

    found = tcpip_dns_cache_find(&name, TCPIP_IPV4, found_addresses);
    return found >= 0;
}

static void remember(const char *text, uint32_t ttl, size_t count)
{
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY + 1];
    struct dns_name name = name_of(text);

    for (size_t i = 0; i < count; i++)
        addresses[i] = tcpip_address_from_ipv4(0x01020304 + (uint32_t)i);
    tcpip_dns_cache_add(&name, TCPIP_IPV4, ttl, addresses, count);
}

/* It lasts as long as it is said to, but for the part of a second in which it began; and no longer. */
static bool lasts(const char *text, uint32_t seconds)
{
    host_now += (seconds - 1) * 1000 - 1;
    bool was_known = is_known(text);
    host_now += 1001;
    return was_known && !is_known(text);
}

TEST(cache_forgets_in_time)
{
    tcpip_dns_cache_clear();
    host_now = UINT32_MAX - 3000; /* the clock wraps on the way */
    (void)tcpip_seconds();
    for (unsigned i = 0; i < 4; i++) {
        host_now += 333;
        remember("a.test", 10, 1);
        CHECK(is_known("A.TEST"));
        CHECK_EQUAL(1, found);
        CHECK(lasts("a.test", 10));
    }
    remember("zero.test", 0, 1);
    CHECK(!is_known("zero.test"));
    remember("long.test", UINT32_MAX, 1);
    CHECK(lasts("long.test", 86400));
    remember("none.test", UINT32_MAX, 0);
    CHECK(is_known("none.test"));
    CHECK_EQUAL(0, found);
    CHECK(lasts("none.test", 3600));
}

TEST(cache_gives_up_what_ends_first)
{
    char name[] = "a.test";

    tcpip_dns_cache_clear();
    for (unsigned i = 0; i < ipconfigDNS_CACHE_ENTRIES + 3; i++) {
        name[0] = (char)('a' + i);
        remember(name, i == 1 ? 9 : 10 + i, 1);
    }
    for (unsigned i = 0; i < ipconfigDNS_CACHE_ENTRIES + 3; i++) {
        name[0] = (char)('a' + i);
        CHECK_EQUAL(i >= 3, is_known(name));
    }
}

TEST(cache_begins_each_time_with_another_address)
{
    tcpip_dns_cache_clear();
    remember("a.test", 10, ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY + 1); /* one too many */
    for (unsigned turn = 0; turn < 9; turn++) {
        CHECK(is_known("a.test"));
        CHECK_EQUAL(ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY, found);
        for (unsigned i = 0; i < (unsigned)found; i++)
            CHECK_EQUAL(0x01020304 + (i + turn + 1) % (unsigned)found,
                        tcpip_address_ipv4(&found_addresses[i]));
    }
}

TEST(dotted_numbers_are_read_strictly)
{
    static const char *const bad[] = {"",          "1.2.3",    "1.2.3.4.",  "1.2.3.4.5",
                                      "256.1.1.1", "1.2.3.x",  "01.2.3.4",  "1..3.4",
                                      " 1.2.3.4",  "1.2.3.4 ", "1234.1.1.1"};
    struct tcpip_address address;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!tcpip_ipv4_from_text(bad[i], &address));
    CHECK(tcpip_ipv4_from_text("0.10.200.255", &address));
    CHECK_EQUAL(0x000ac8ff, tcpip_address_ipv4(&address));
}
