/* SPDX-License-Identifier: MIT */
/* DNS: the codec by RFC 9267, and a client that believes only what it asked for. */
#include "servers.h"
#include "world.h"

#include <string.h>

#include "client/dns.h"
#include "client/names.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "wire/dns.h"

static struct servers servers;
static struct dns_question question;
static struct dns_answer answer;

static size_t make_query(uint8_t *query, const char *name)
{
    question = (struct dns_question){.id = 0x1234, .type = DNS_TYPE_A};
    CHECK(tcpip_dns_name_from_text(&question.name, name));
    return tcpip_dns_build_query(query, DNS_QUERY_MAX, &question);
}

static size_t make_answer(uint8_t *message, size_t size, unsigned count)
{
    uint8_t query[DNS_QUERY_MAX];
    size_t query_size = make_query(query, "www.example.com");

    servers.dns_ttl = 60;
    return servers_dns_answer(message, size, query, query_size, count, &servers);
}

TEST(answer_is_read)
{
    uint8_t message[512];
    size_t size = make_answer(message, sizeof message, 3);

    CHECK(tcpip_dns_parse_answer(message, size, &question, &answer));
    CHECK_EQUAL(3, answer.count);
    CHECK_EQUAL(60, answer.ttl);
    CHECK_EQUAL(0xc0000203, tcpip_address_ipv4(&answer.addresses[2]));
}

TEST(every_truncation_is_refused)
{
    uint8_t message[512];
    size_t size = make_answer(message, sizeof message, 3);

    for (size_t cut = 0; cut < size; cut++)
        CHECK(!tcpip_dns_parse_answer(message, cut, &question, &answer));
}

TEST(more_addresses_than_fit_are_left_out)
{
    uint8_t message[1400];
    size_t size = make_answer(message, sizeof message, 60);

    CHECK(tcpip_dns_parse_answer(message, size, &question, &answer));
    CHECK_EQUAL(DNS_ADDRESSES_MAX, answer.count);
}

/* A name of `size` bytes on the wire. */
static size_t long_name(uint8_t *at, size_t size)
{
    size_t written = 0;

    while (written + 1 < size) {
        size_t label = size - written - 2 < 63 ? size - written - 2 : 63;

        if (label == 0)
            break;
        at[written] = (uint8_t)label;
        memset(at + written + 1, 'a', label);
        written += 1 + label;
    }
    at[written++] = 0;
    return written;
}

TEST(ledger_4_names_of_254_255_and_256_bytes)
{
    uint8_t bytes[600];
    struct dns_name name;

    for (size_t size = 3; size < 300; size++) {
        size_t written = long_name(bytes, size);
        size_t offset = 0;
        bool sound = tcpip_dns_read_name(bytes, written, &offset, &name);

        CHECK_EQUAL(written <= 255, sound);
        if (sound)
            CHECK_EQUAL(written, offset);
    }
}

TEST(ledger_4_every_count_with_a_short_body)
{
    uint8_t message[512];
    size_t size = make_answer(message, sizeof message, 2);

    for (unsigned field = 4; field < 12; field += 2) {
        for (unsigned count = 0; count < 65536; count++) {
            uint16_t before = tcpip_get_be16(message + field);

            tcpip_put_be16(message + field, (uint16_t)count);
            bool sound = tcpip_dns_parse_answer(message, size, &question, &answer);
            CHECK_EQUAL(field == 4 ? count == 1 : field == 6 ? count <= 2 : true, sound);
            tcpip_put_be16(message + field, before);
        }
    }
}

TEST(ledger_4_every_record_size)
{
    uint8_t message[512];
    size_t size = make_answer(message, sizeof message, 1);

    for (unsigned said = 0; said < 65536; said++) {
        tcpip_put_be16(message + size - 6, (uint16_t)said);
        CHECK_EQUAL(said == 4, tcpip_dns_parse_answer(message, size, &question, &answer));
    }
}

TEST(ledger_3_pointer_to_every_offset)
{
    uint8_t message[512];
    struct dns_name name;
    struct test_random random = {9};

    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < sizeof message; i++)
            message[i] = (uint8_t)(round % 2 == 0 ? test_random_below(&random, 64) : 0xc0);
        for (size_t at = 0; at + 1 < sizeof message; at += 7) {
            uint8_t high = message[at];
            uint8_t low = message[at + 1];

            for (size_t target = 0; target < 16384; target++) {
                size_t offset = at;

                message[at] = (uint8_t)(0xc0 + target / 256);
                message[at + 1] = (uint8_t)(target % 256);
                bool sound = tcpip_dns_read_name(message, sizeof message, &offset, &name);
                CHECK(!sound || (target < at && name.size <= 255 && offset == at + 2));
            }
            message[at] = high;
            message[at + 1] = low;
        }
    }
}

TEST(ledger_3_chain_of_pointers_ends)
{
    uint8_t message[512] = {0};
    struct dns_name name;

    for (size_t at = 2; at + 1 < sizeof message; at += 2) {
        message[at] = (uint8_t)(0xc0 + (at - 2) / 256);
        message[at + 1] = (uint8_t)((at - 2) % 256);
    }
    size_t offset = 510;
    CHECK(tcpip_dns_read_name(message, sizeof message, &offset, &name));
    CHECK_EQUAL(1, name.size);
}

TEST(alias_that_points_to_itself_ends)
{
    uint8_t query[DNS_QUERY_MAX];
    uint8_t message[512];
    size_t size = make_query(query, "www.example.com");
    static const uint8_t record[] = {0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 12};

    memcpy(message, query, size);
    message[2] = 0x81;
    message[7] = 1;
    memcpy(message + size, record, sizeof record);
    CHECK(tcpip_dns_parse_answer(message, size + sizeof record, &question, &answer));
    CHECK_EQUAL(0, answer.count);
}

TEST(name_of_the_question_must_be_the_one_asked_for)
{
    uint8_t message[512];
    size_t size = make_answer(message, sizeof message, 1);

    for (size_t i = 12; i < 12 + 17 + 4; i++) {
        message[i] ^= 1;
        CHECK(!tcpip_dns_parse_answer(message, size, &question, &answer));
        message[i] ^= 1;
    }
    message[13] = 'W'; /* but case does not count */
    CHECK(tcpip_dns_parse_answer(message, size, &question, &answer));
}

TEST(text_that_is_no_name_is_refused)
{
    static const char *const bad[] = {"", ".", "..", "a..b", ".a"};
    char label[66];
    struct dns_name name;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!tcpip_dns_name_from_text(&name, bad[i]));
    memset(label, 'a', sizeof label);
    label[64] = '\0';
    CHECK(!tcpip_dns_name_from_text(&name, label));
    label[63] = '\0';
    CHECK(tcpip_dns_name_from_text(&name, label));
    CHECK(tcpip_dns_name_from_text(&name, "a.b."));
}

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

TEST(ledger_2_ids_and_ports_are_spread)
{
    static unsigned high[64], low[64], port_high[64], port_low[64], difference[64];
    uint16_t last = 0;
    enum { QUERIES = 1000000 };

    begin();
    servers.dns_silent = true;
    for (unsigned i = 0; i < QUERIES; i++) {
        ask(&lookups[0]);
        high[servers.last_id / 1024]++;
        low[servers.last_id % 64]++;
        port_high[(servers.last_port - TCPIP_FIRST_EPHEMERAL_PORT) / 256]++;
        port_low[servers.last_port % 64]++;
        difference[(uint16_t)(servers.last_id - last) / 1024]++;
        last = servers.last_id;
        tcpip_dns_cancel(&lookups[0]);
    }
    check_uniform(high, QUERIES);
    check_uniform(low, QUERIES);
    check_uniform(port_high, QUERIES);
    check_uniform(port_low, QUERIES);
    check_uniform(difference, QUERIES);
    world_end();
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

TEST(cache_forgets_in_time)
{
    struct tcpip_address address = tcpip_address_from_ipv4(0x01020304);
    struct tcpip_address found;

    tcpip_dns_cache_clear();
    tcpip_dns_cache_add("a.test", 10, UINT32_MAX - 3000, &address, 1);
    CHECK_EQUAL(1, tcpip_dns_cache_find("A.TEST", TCPIP_IPV4, 6000, &found, 1));
    CHECK_EQUAL(0, tcpip_dns_cache_find("a.test", TCPIP_IPV4, 7000, &found, 1));
    tcpip_dns_cache_add("zero.test", 0, 0, &address, 1);
    CHECK_EQUAL(0, tcpip_dns_cache_find("zero.test", TCPIP_IPV4, 0, &found, 1));
    tcpip_dns_cache_add("long.test", UINT32_MAX, 0, &address, 1);
    CHECK_EQUAL(0, tcpip_dns_cache_find("long.test", TCPIP_IPV4, 86400000, &found, 1));
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
