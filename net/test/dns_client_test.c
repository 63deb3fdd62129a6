/* SPDX-License-Identifier: MIT */
/* The DNS client against a server that answers, fails, lies and falls silent. */
#include "name_server.h"

#include <string.h>
#include <strings.h>

#include "client/dns.h"
#include "client/names.h"
#include "core/frame.h"
#include "core/stack.h"
#include "tcpip.h"

#define FIRST  0x0a000035u /* 10.0.0.53 */
#define SECOND 0x0a000036u

static const struct name_entry zone[] = {
    {"www.example.com", DNS_TYPE_A, 60, "192.0.2.1"},
    {"www.example.com", DNS_TYPE_A, 60, "192.0.2.2"},
    {"www.example.com", DNS_TYPE_AAAA, 60, "17"},
    {"old.example.com", DNS_TYPE_CNAME, 60, "new.example.com"},
    {"new.example.com", DNS_TYPE_A, 60, "192.0.2.3"},
    {"far.example.com", DNS_TYPE_CNAME, 20, "away.example.net"}, /* needs a question of its own */
    {"away.example.net", DNS_TYPE_A, 90, "192.0.2.4"},
    {"round.example.com", DNS_TYPE_CNAME, 20, "about.example.com"},
    {"about.example.com", DNS_TYPE_CNAME, 30, "round.example.com"},
    {"only4.example.com", DNS_TYPE_A, 60, "192.0.2.5"},
    {"only4.example.com", DNS_TYPE_SOA, 40, "30"},
    {"nobody.example.com", DNS_TYPE_SOA, 40, "30"},
    {"brief.example.com", DNS_TYPE_A, 0, "192.0.2.6"},
    {"lamp.lan", DNS_TYPE_A, 60, "192.0.2.7"},
    {"desk.lamp.home", DNS_TYPE_A, 60, "192.0.2.8"},
    {NULL, 0, 0, NULL},
};

struct result {
    struct tcpip_dns_lookup lookup;
    unsigned done;
    bool unanswered;
    size_t count;
    struct tcpip_address addresses[8];
    uint32_t at;
};

static struct result results[3];

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    struct result *result = (struct result *)(void *)lookup;

    result->done++;
    result->unanswered = lookup->unanswered;
    result->count = count;
    result->at = host_now;
    if (count > 0)
        memcpy(result->addresses, addresses, count * sizeof *addresses);
}

static struct result *start(unsigned index, const char *name, uint8_t family)
{
    struct result *result = &results[index];

    *result = (struct result){.lookup = {.name = name, .family = family, .done = done}};
    tcpip_dns_resolve(&result->lookup);
    return result;
}

/* Looks up and waits for the end, however long that takes. */
static const struct result *resolve(const char *name, uint8_t family)
{
    struct result *result = start(0, name, family);

    host_run(0);
    for (int i = 0; i < 1000 && result->done == 0; i++)
        host_run(100);
    CHECK_EQUAL(1, result->done);
    host_run(0);
    return result;
}

static uint32_t address_of(const char *name)
{
    const struct result *result = resolve(name, TCPIP_IPV4);

    return result->count > 0 ? tcpip_address_ipv4(&result->addresses[0]) : 0;
}

TEST(all_addresses_of_a_family_are_found)
{
    static const uint8_t six[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 17};

    name_server_begin(zone);
    const struct result *result = resolve("www.example.com", TCPIP_IPV4);
    CHECK_EQUAL(2, result->count);
    CHECK_EQUAL(0xc0000201, tcpip_address_ipv4(&result->addresses[0]));
    CHECK_EQUAL(0xc0000202, tcpip_address_ipv4(&result->addresses[1]));
    result = resolve("www.example.com", TCPIP_IPV6);
    CHECK_EQUAL(1, result->count);
    CHECK_EQUAL(TCPIP_IPV6, result->addresses[0].family);
    CHECK_BYTES(six, result->addresses[0].bytes, 16);
    CHECK_EQUAL(2, name_server.datagrams);
    CHECK_EQUAL(2, resolve("WWW.example.COM.", TCPIP_IPV4)->count); /* remembered */
    CHECK_EQUAL(2, name_server.datagrams);
    name_server_end();
}

TEST(alias_in_the_answer_is_followed)
{
    name_server_begin(zone);
    CHECK_EQUAL(0xc0000203, address_of("old.example.com"));
    CHECK_EQUAL(1, name_server.datagrams);
    name_server_end();
}

TEST(alias_that_the_server_does_not_follow_is_asked_for)
{
    name_server_begin(zone);
    CHECK_EQUAL(0xc0000204, address_of("far.example.com"));
    CHECK_EQUAL(2, name_server.datagrams);
    host_run(19000);
    CHECK_EQUAL(0xc0000204, address_of("far.example.com")); /* lives as long as the alias */
    CHECK_EQUAL(2, name_server.datagrams);
    host_run(2000);
    CHECK_EQUAL(0xc0000204, address_of("far.example.com"));
    CHECK_EQUAL(4, name_server.datagrams);
    name_server_end();
}

TEST(aliases_without_end_are_given_up)
{
    name_server_begin(zone);
    const struct result *result = resolve("round.example.com", TCPIP_IPV4);
    CHECK_EQUAL(0, result->count);
    CHECK(result->unanswered);
    CHECK_EQUAL(5, name_server.datagrams);
    name_server_end();
}

TEST(that_there_is_nothing_is_remembered_as_long_as_the_zone_says)
{
    name_server_begin(zone);
    for (unsigned round = 0; round < 2; round++) {
        const struct result *result = resolve("nobody.example.com", TCPIP_IPV4);
        CHECK_EQUAL(0, result->count);
        CHECK(!result->unanswered);
        resolve("nobody.example.com", TCPIP_IPV6); /* the name is not there at all */
        host_run(29000);
        resolve("nobody.example.com", TCPIP_IPV4);
        CHECK_EQUAL(1 + round, name_server.datagrams);
        host_run(2000);
    }
    name_server_end();
}

TEST(absence_of_one_family_says_nothing_about_the_other)
{
    name_server_begin(zone);
    CHECK_EQUAL(0, resolve("only4.example.com", TCPIP_IPV6)->count);
    CHECK_EQUAL(0, resolve("only4.example.com", TCPIP_IPV6)->count);
    CHECK_EQUAL(1, name_server.datagrams);
    CHECK_EQUAL(0xc0000205, address_of("only4.example.com"));
    CHECK_EQUAL(2, name_server.datagrams);
    name_server_end();
}

TEST(negative_answer_without_soa_is_not_remembered)
{
    name_server_begin(zone);
    CHECK_EQUAL(0, address_of("unknown.example.com"));
    CHECK_EQUAL(0, address_of("unknown.example.com"));
    CHECK_EQUAL(2, name_server.datagrams);
    name_server_end();
}

TEST(time_to_live_of_zero_is_good_once)
{
    name_server_begin(zone);
    CHECK_EQUAL(0xc0000206, address_of("brief.example.com"));
    CHECK_EQUAL(0xc0000206, address_of("brief.example.com"));
    CHECK_EQUAL(2, name_server.datagrams);
    name_server_end();
}

/* Each round waits twice as long; the servers take turns. */
TEST(silent_servers_are_asked_in_rounds_that_wait_longer)
{
    static const uint32_t waits[] = {1000, 1000, 2000, 2000, 4000, 4000, 5000, 5000, 5000, 5000};

    name_server_begin(zone);
    name_server.ignore = 1000;
    uint32_t begin = host_now;
    const struct result *result = resolve("www.example.com", TCPIP_IPV4);
    CHECK_EQUAL(0, result->count);
    CHECK(result->unanswered);
    CHECK_EQUAL(2 * ipconfigDNS_REQUEST_ATTEMPTS, name_server.datagrams);
    for (unsigned i = 0; i < name_server.datagrams; i++) {
        CHECK_EQUAL(begin, name_server.at[i]);
        CHECK_EQUAL(i % 2 == 0 ? FIRST : SECOND, name_server.asked[i]);
        begin += waits[i];
    }
    CHECK_EQUAL(begin, result->at);
    name_server_end();
}

TEST(failing_server_makes_way_at_once)
{
    name_server_begin(zone);
    name_server.failing_server = FIRST;
    uint32_t begin = host_now;
    CHECK_EQUAL(0xc0000201, address_of("www.example.com"));
    CHECK_EQUAL(begin, host_now);
    CHECK_EQUAL(2, name_server.datagrams);
    CHECK_EQUAL(SECOND, name_server.asked[1]);
    name_server_end();
}

TEST(servers_that_all_fail_are_not_asked_in_a_tight_loop)
{
    name_server_begin(zone);
    name_server.failing_server = FIRST;
    name_server.silent_server = SECOND;
    CHECK_EQUAL(0, address_of("www.example.com"));
    CHECK_EQUAL(2 * ipconfigDNS_REQUEST_ATTEMPTS, name_server.datagrams);
    for (unsigned i = 0; i + 2 < name_server.datagrams; i++)
        CHECK(name_server.at[i + 2] - name_server.at[i] >= 1000);

    world.end_point.active.dns_count = 1;
    name_server.datagrams = 0;
    CHECK_EQUAL(0, address_of("www.example.com"));
    CHECK_EQUAL(ipconfigDNS_REQUEST_ATTEMPTS, name_server.datagrams);
    for (unsigned i = 0; i + 1 < name_server.datagrams; i++)
        CHECK_EQUAL(1000, name_server.at[i + 1] - name_server.at[i]);
    name_server_end();
}

TEST(server_that_answered_last_is_asked_first)
{
    name_server_begin(zone);
    name_server.silent_server = FIRST;
    CHECK_EQUAL(0xc0000201, address_of("www.example.com"));
    CHECK_EQUAL(2, name_server.datagrams);
    CHECK_EQUAL(0xc0000203, address_of("old.example.com"));
    CHECK_EQUAL(3, name_server.datagrams);
    CHECK_EQUAL(SECOND, name_server.asked[2]);
    name_server_end();
}

TEST(no_server_no_question)
{
    name_server_begin(zone);
    world.end_point.active.dns_count = 0;
    CHECK(resolve("www.example.com", TCPIP_IPV4)->unanswered);
    CHECK_EQUAL(0, name_server.datagrams);
    name_server_end();
}

TEST(servers_of_the_preferred_family_come_first)
{
    name_server_begin(zone);
    world.end_point.active.dns[0] = (struct tcpip_address){.family = TCPIP_IPV6, .bytes = {0x20}};
    CHECK_EQUAL(0xc0000201, address_of("www.example.com"));
    uint32_t begin = host_now;
    tcpip_dns_cache_clear();
    tcpip_dns_preferred = TCPIP_IPV6;
    CHECK_EQUAL(0xc0000201, address_of("www.example.com")); /* no way there: the other later */
    CHECK_EQUAL(begin + 500, host_now);
    tcpip_dns_preferred = TCPIP_IPV4;
    name_server_end();
}

TEST(unreachable_server_makes_way_at_once)
{
    uint8_t frame[WIRE_FRAME_SIZE], message[64] = {3, 3};

    name_server_begin(zone);
    name_server.silent_server = FIRST;
    start(0, "www.example.com", TCPIP_IPV4);
    host_run(0);
    CHECK_EQUAL(1, name_server.datagrams);
    /* The question, as the stack sent it, back in an ICMP message: IP and UDP header. */
    memcpy(message + 8, world.wire.last + NETIF_HEADER_SIZE, 28);
    tcpip_put_be16(message + 2, 0);
    uint32_t sum = 0;
    for (size_t i = 0; i < 36; i += 2)
        sum += tcpip_get_be16(message + i);
    tcpip_put_be16(message + 2, (uint16_t) ~(sum % 65536 + sum / 65536));
    world_receive(frame, world_ipv4(frame, FIRST, WIRE_OWN, 1, message, 36));
    host_run(0);
    CHECK_EQUAL(1, results[0].done);
    CHECK_EQUAL(2, name_server.datagrams);
    name_server_end();
}

TEST(question_that_cannot_be_sent_is_asked_later)
{
    struct netif_frame *taken[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS];

    name_server_begin(zone);
    for (size_t i = 0; i < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; i++)
        taken[i] = tcpip_frame_allocate(0, 1);
    start(0, "www.example.com", TCPIP_IPV4);
    host_run(499);
    for (size_t i = 0; i < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; i++)
        tcpip_frame_release(taken[i]);
    CHECK_EQUAL(0, name_server.datagrams);
    host_run(1);
    CHECK_EQUAL(1, name_server.datagrams);
    CHECK_EQUAL(2, results[0].count);
    name_server_end();
}

/* --- what does not fit into a datagram ---------------------------------------------------------- */

TEST(truncated_answer_is_asked_for_over_tcp)
{
    name_server_begin(zone);
    name_server.truncates = true;
    for (unsigned records = 0; records < 2; records++) { /* what came with TC does not count */
        name_server.keeps_records = records == 1;
        tcpip_dns_cache_clear();
        CHECK_EQUAL(2, resolve("www.example.com", TCPIP_IPV4)->count);
        CHECK_EQUAL(1 + records, name_server.datagrams);
        CHECK_EQUAL(1 + records, name_server.streams);
        CHECK_EQUAL(0, name_server.stream_resets);
    }
    name_server_end();
}

TEST(tcp_answer_may_come_in_pieces)
{
    for (uint16_t mss = 1; mss < 90; mss++) {
        name_server_begin(zone);
        name_server.truncates = true;
        struct result *result = start(0, "www.example.com", TCPIP_IPV4);
        for (int i = 0; i < 20 && name_server.stream == NULL; i++)
            tcpip_stack_step();
        CHECK(name_server.stream != NULL);
        name_server.stream->mss = mss;
        host_run(5000);
        CHECK_EQUAL(1, result->done);
        CHECK_EQUAL(2, result->count);
        name_server_end();
    }
}

static void check_next_server_is_asked(uint32_t wait)
{
    uint32_t begin = host_now;

    CHECK_EQUAL(0, resolve("www.example.com", TCPIP_IPV4)->count);
    CHECK_EQUAL(2 * ipconfigDNS_REQUEST_ATTEMPTS, name_server.datagrams);
    CHECK_EQUAL(SECOND, name_server.asked[1]);
    CHECK_EQUAL(wait, name_server.at[1] - name_server.at[0]);
    CHECK(host_now - begin < 120000);
    name_server_end();
}

TEST(server_without_tcp_counts_as_failed)
{
    name_server_begin(zone);
    name_server.truncates = true;
    name_server.refuses_streams = true;
    check_next_server_is_asked(5000);
}

TEST(server_that_is_mute_over_tcp_counts_as_failed)
{
    name_server_begin(zone);
    name_server.truncates = true;
    name_server.mute_stream = true;
    check_next_server_is_asked(5000);
}

TEST(server_that_answers_something_else_over_tcp_counts_as_failed)
{
    name_server_begin(zone);
    name_server.truncates = true;
    name_server.wrong_stream = true;
    check_next_server_is_asked(0);
}

TEST(tcp_answer_that_is_too_long_counts_as_failed)
{
    name_server_begin(zone);
    name_server.truncates = true;
    name_server.stream_size = ipconfigDNS_TCP_SIZE + 1;
    check_next_server_is_asked(0);
}

TEST(tcp_answer_that_is_cut_anywhere_counts_as_failed)
{
    for (uint16_t cut = 1; cut < 2 + 12 + 17 + 4 + 2 * 31; cut++) {
        name_server_begin(zone);
        world.end_point.active.dns_count = 1;
        name_server.truncates = true;
        name_server.stream_cut = cut;
        CHECK_EQUAL(0, resolve("www.example.com", TCPIP_IPV4)->count);
        CHECK_EQUAL(ipconfigDNS_REQUEST_ATTEMPTS, name_server.datagrams);
        name_server_end();
    }
}

TEST(without_memory_for_tcp_the_server_counts_as_failed)
{
    name_server_begin(zone);
    name_server.truncates = true;
    host_allocation_fails = true;
    check_next_server_is_asked(0);
    host_allocation_fails = false;
    name_server_begin(zone);
    name_server.truncates = true;
    name_server.keeps_records = true;
    host_allocation_fails = true;
    CHECK_EQUAL(2, resolve("www.example.com", TCPIP_IPV4)->count); /* better than none */
    host_allocation_fails = false;
    name_server_end();
}

TEST(without_memory_an_alias_is_not_followed)
{
    name_server_begin(zone);
    host_allocation_fails = true;
    CHECK(resolve("far.example.com", TCPIP_IPV4)->unanswered);
    host_allocation_fails = false;
    name_server_end();
}

TEST(server_that_does_not_know_edns0_is_asked_without)
{
    name_server_begin(zone);
    name_server.plain = true;
    CHECK_EQUAL(0xc0000201, address_of("www.example.com"));
    CHECK_EQUAL(2, name_server.datagrams);
    CHECK_EQUAL(1, name_server.extended);
    CHECK_EQUAL(FIRST, name_server.asked[1]);
    name_server_end();
}

TEST(letters_must_come_back_in_the_case_they_had)
{
    if (!ipconfigDNS_MIX_CASE)
        test_skip("ipconfigDNS_MIX_CASE is off");
    name_server_begin(zone);
    name_server.lowers = true;
    CHECK_EQUAL(0, address_of("www.example.com"));
    CHECK_EQUAL(2 * ipconfigDNS_REQUEST_ATTEMPTS, name_server.datagrams);
    name_server.lowers = false;
    char last[256] = "";
    unsigned differ = 0;
    for (unsigned i = 0; i < 20; i++) {
        tcpip_dns_cache_clear();
        CHECK_EQUAL(0xc0000201, address_of("www.example.com"));
        differ += strcmp(last, name_server.name) != 0;
        strcpy(last, name_server.name);
    }
    CHECK(differ >= 19);
    name_server_end();
}

/* --- search domains ----------------------------------------------------------------------------- */

static void check_search(const char *name, uint32_t address, unsigned datagrams)
{
    unsigned before = name_server.datagrams;

    tcpip_dns_cache_clear();
    CHECK_EQUAL(address, address_of(name));
    CHECK_EQUAL(datagrams, name_server.datagrams - before);
}

TEST(names_are_searched_in_the_domains)
{
    name_server_begin(zone);
    CHECK(tcpip_dns_search_add("home"));
    CHECK(tcpip_dns_search_add("lan."));
    for (unsigned i = 2; i < ipconfigDNS_SEARCH_DOMAINS; i++)
        CHECK(tcpip_dns_search_add("x"));
    CHECK(!tcpip_dns_search_add("y"));
    check_search("lamp", 0xc0000207, 2);
    check_search("lamp.lan", 0xc0000207, 1);
    check_search("lamp.", 0, 1);
    check_search("desk.lamp", 0xc0000208, 2);
    check_search("www.example.com", 0xc0000201, 1);
    check_search("table", 0, 1 + ipconfigDNS_SEARCH_DOMAINS);
    CHECK_EQUAL(0, strcasecmp("table", name_server.name));
    tcpip_dns_search_clear();
    check_search("lamp", 0, 1);
    name_server_end();
}

TEST(negative_answer_of_one_domain_does_not_end_the_search)
{
    static const struct name_entry two[] = {
        {"lamp.home", DNS_TYPE_SOA, 50, "50"},
        {"lamp.lan", DNS_TYPE_A, 60, "192.0.2.7"},
        {NULL, 0, 0, NULL},
    };

    name_server_begin(two);
    CHECK(tcpip_dns_search_add("home"));
    CHECK(tcpip_dns_search_add("lan"));
    CHECK_EQUAL(0xc0000207, address_of("lamp"));
    CHECK_EQUAL(0xc0000207, address_of("lamp"));
    CHECK_EQUAL(2, name_server.datagrams);
    tcpip_dns_search_clear();
    name_server_end();
}

/* --- ends --------------------------------------------------------------------------------------- */

/* Cancels, or shuts the stack down, after each so many steps of a look-up that uses everything. */
static void end_after(unsigned steps, bool shutdown)
{
    name_server_begin(zone);
    name_server.truncates = true;
    struct result *result = start(0, "far.example.com", TCPIP_IPV4);
    start(1, "far.example.com", TCPIP_IPV6);
    for (unsigned i = 0; i < steps; i++)
        if (tcpip_stack_step() != 0)
            host_run(1);
    unsigned before = result->done;
    if (shutdown) {
        tcpip_dns_shutdown();
        CHECK_EQUAL(1, result->done);
        CHECK_EQUAL(1, results[1].done);
    } else {
        tcpip_dns_cancel(&result->lookup);
        tcpip_dns_cancel(&result->lookup);
        tcpip_dns_cancel(&results[1].lookup);
        host_run(60000);
        CHECK_EQUAL(before, result->done);
    }
    name_server_end();
}

TEST(look_up_can_end_at_every_step)
{
    for (unsigned steps = 0; steps < 60; steps++) {
        end_after(steps, false);
        end_after(steps, true);
    }
}

TEST(look_ups_do_not_disturb_each_other)
{
    name_server_begin(zone);
    name_server.silent_server = FIRST;
    start(0, "www.example.com", TCPIP_IPV4);
    start(1, "www.example.com", TCPIP_IPV6);
    start(2, "old.example.com", TCPIP_IPV4);
    host_run(3000);
    for (unsigned i = 0; i < 3; i++)
        CHECK(results[i].done == 1 && results[i].count > 0);
    name_server_end();
}

TEST(look_up_survives_loss_and_damage)
{
    for (unsigned seed = 1; seed < 40; seed++) {
        name_server_begin(zone);
        world.wire.random.state = seed;
        world.wire.faults = (struct wire_faults){
            .lose = 200, .duplicate = 100, .corrupt = 50, .reorder = 200, .reorder_ms = 50};
        name_server.truncates = seed % 2 == 0;
        const struct result *result = resolve("www.example.com", TCPIP_IPV4);
        CHECK(result->count == 2 || result->unanswered);
        name_server_end();
    }
}
