/* SPDX-License-Identifier: MIT */
/* Names of one label on the link, by LLMNR (RFC 4795) and by NetBIOS (RFC 1002). */
#include "mdns_peer.h"

#include <string.h>
#include <strings.h>

#include "client/dns.h"
#include "client/names.h"
#include "core/drop.h"
#include "wire/llmnr.h"
#include "wire/nbns.h"

#define LLMNR_GROUP 0xe00000fcu
#define BROADCAST   0x0a0000ffu /* 10.0.0.255 */

static bool hook(struct tcpip_end_point *end_point, const char *name)
{
    CHECK(end_point == &world.end_point);
    return strcasecmp(name, "lamp") == 0;
}

static void begin(void)
{
    peer_begin();
    tcpip_names_hook = hook;
}

static void end(void)
{
    tcpip_names_hook = NULL;
    world_end();
}

static void ask(const char *name, uint16_t type, uint16_t flags)
{
    peer_say(0x4711, flags);
    peer_question(name, type, DNS_CLASS_IN);
    peer_send_to(PEER_ADDRESS, 50000, LLMNR_GROUP, LLMNR_PORT);
}

/* --- LLMNR: answers ------------------------------------------------------------------------------ */

TEST(llmnr_tells_who_asks_our_address)
{
    struct dns_record record;

    begin();
    ask("LAMP", DNS_TYPE_A, 0);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(PEER_ADDRESS, tcpip_address_ipv4(&peer_heard[0].destination));
    CHECK_EQUAL(50000, peer_heard[0].destination_port);
    CHECK_EQUAL(LLMNR_PORT, peer_heard[0].source_port);
    CHECK_EQUAL(255, peer_heard[0].time_to_live);
    CHECK_EQUAL(0x4711, peer_heard[0].header.id);
    CHECK_EQUAL(DNS_FLAG_REPLY, peer_heard[0].header.flags);
    CHECK_EQUAL(1, peer_heard[0].header.questions);
    CHECK(peer_has(0, DNS_QUESTIONS, "lamp", DNS_TYPE_A));
    CHECK(peer_find(0, DNS_ANSWERS, "lamp", DNS_TYPE_A, &record));
    CHECK_EQUAL(LLMNR_TTL, record.ttl);
    CHECK_EQUAL(WIRE_OWN, tcpip_get_be32(peer_heard[0].bytes + record.data));
    end();
}

/* RFC 4795 2.3: the name is ours, and it has no such record. */
TEST(llmnr_answers_without_records_for_other_types)
{
    begin();
    ask("lamp", DNS_TYPE_AAAA, 0);
    ask("lamp", DNS_TYPE_TXT, 0);
    CHECK_EQUAL(2, peer_count);
    for (size_t i = 0; i < 2; i++) {
        CHECK_EQUAL(1, peer_heard[i].header.questions);
        CHECK_EQUAL(0, peer_heard[i].header.answers);
        CHECK_EQUAL(DNS_FLAG_REPLY, peer_heard[i].header.flags);
    }
    ask("lamp", DNS_TYPE_ANY, 0);
    CHECK_EQUAL(1, peer_heard[2].header.answers);
    end();
}

TEST(llmnr_is_silent_where_it_has_to_be)
{
    begin();
    ask("desk", DNS_TYPE_A, 0);
    ask("lamp", DNS_TYPE_A, LLMNR_FLAG_CONFLICT);
    ask("lamp", DNS_TYPE_A, DNS_FLAG_REPLY);
    ask("lamp", DNS_TYPE_A, 0x0800);
    peer_say(1, 0);
    peer_question("lamp", DNS_TYPE_A, DNS_CLASS_IN);
    peer_send_to(PEER_ADDRESS, 50000, WIRE_OWN, LLMNR_PORT);  /* 2.4: not to us alone */
    peer_send_to(0x0a000107, 50000, LLMNR_GROUP, LLMNR_PORT); /* nor from another network */
    peer_question("lamp", DNS_TYPE_AAAA, DNS_CLASS_IN);
    peer_send_to(PEER_ADDRESS, 50000, LLMNR_GROUP, LLMNR_PORT); /* nor two questions */
    peer_say(1, 0);
    peer_question("lamp", DNS_TYPE_A, DNS_CLASS_IN);
    peer_address(DNS_ANSWERS, "lamp", DNS_CLASS_IN, 30, PEER_ADDRESS);
    peer_send_to(PEER_ADDRESS, 50000, LLMNR_GROUP, LLMNR_PORT);
    peer_say(1, 0);
    peer_question("lamp", DNS_TYPE_A, 3);
    peer_send_to(PEER_ADDRESS, 50000, LLMNR_GROUP, LLMNR_PORT);
    host_run(1000);
    CHECK_EQUAL(0, peer_count);
    end();
}

/* --- looking up ---------------------------------------------------------------------------------- */

static struct {
    struct tcpip_dns_lookup lookup;
    unsigned done;
    size_t count;
    struct tcpip_address first;
} result;

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    result.done++;
    result.count = count;
    if (count > 0)
        result.first = addresses[0];
}

static void look_up(const char *name, uint8_t family)
{
    memset(&result, 0, sizeof result);
    result.lookup = (struct tcpip_dns_lookup){.name = name, .family = family, .done = done};
    tcpip_dns_resolve(&result.lookup);
    host_run(0);
}

/* What was heard last on a port; its index. */
static size_t last_on(uint16_t port)
{
    size_t i = peer_count;

    while (i > 0 && peer_heard[i - 1].destination_port != port)
        i--;
    CHECK(i > 0);
    return i - 1;
}

static void reply(size_t question, uint16_t id, uint16_t flags, const char *name)
{
    peer_say(id, flags);
    peer_question(name, DNS_TYPE_A, DNS_CLASS_IN);
    peer_address(DNS_ANSWERS, name, DNS_CLASS_IN, 30, PEER_ADDRESS);
    peer_send_to(PEER_ADDRESS, LLMNR_PORT, WIRE_OWN, peer_heard[question].source_port);
}

TEST(name_of_one_label_is_asked_for_on_the_link)
{
    begin();
    look_up("desk", TCPIP_IPV4);
    CHECK_EQUAL(2, peer_count); /* by both services */
    size_t i = last_on(LLMNR_PORT);
    CHECK_EQUAL(LLMNR_GROUP, tcpip_address_ipv4(&peer_heard[i].destination));
    CHECK_EQUAL(0, peer_heard[i].header.flags);
    CHECK(peer_heard[i].source_port >= TCPIP_FIRST_EPHEMERAL_PORT);
    CHECK(peer_has(i, DNS_QUESTIONS, "desk", DNS_TYPE_A));
    reply(i, peer_heard[i].header.id, DNS_FLAG_REPLY, "desk");
    CHECK_EQUAL(1, result.done);
    CHECK_EQUAL(PEER_ADDRESS, tcpip_address_ipv4(&result.first));
    look_up("desk", TCPIP_IPV4); /* remembered */
    CHECK_EQUAL(1, result.count);
    CHECK_EQUAL(2, peer_count);
    end();
}

TEST(answer_that_does_not_fit_is_ignored)
{
    begin();
    look_up("desk", TCPIP_IPV4);
    size_t i = last_on(LLMNR_PORT);
    uint16_t id = peer_heard[i].header.id;
    uint16_t port = peer_heard[i].source_port;
    reply(i, (uint16_t)(id + 1), DNS_FLAG_REPLY, "desk");
    reply(i, id, DNS_FLAG_REPLY, "disk");
    reply(i, id, 0, "desk");
    reply(i, id, DNS_FLAG_REPLY | LLMNR_FLAG_TENTATIVE, "desk");
    reply(i, id, DNS_FLAG_REPLY | 3, "desk");
    peer_say(id, DNS_FLAG_REPLY);
    peer_question("desk", DNS_TYPE_A, DNS_CLASS_IN);
    peer_send_to(PEER_ADDRESS, LLMNR_PORT, WIRE_OWN, port); /* has no record */
    peer_address(DNS_ANSWERS, "desk", DNS_CLASS_IN, 30, PEER_ADDRESS);
    peer_send_to(PEER_ADDRESS, LLMNR_PORT + 1, WIRE_OWN, port);
    peer_send_to(0x0a000107, LLMNR_PORT, WIRE_OWN, port); /* not of the link */
    peer_send_to(PEER_ADDRESS, LLMNR_PORT, WIRE_OWN, (uint16_t)(port ^ 1));
    peer_send_to(PEER_ADDRESS, LLMNR_PORT, LLMNR_GROUP, port);
    CHECK_EQUAL(0, result.done);
    reply(i, id, DNS_FLAG_REPLY, "desk");
    CHECK_EQUAL(1, result.count);
    end();
}

TEST(servers_are_asked_when_the_link_is_silent)
{
    begin();
    uint32_t begun = host_now;
    look_up("desk", TCPIP_IPV4);
    host_run(5000);
    size_t questions = 0;
    for (size_t i = 0; i < peer_count && peer_heard[i].destination_port != DNS_PORT; i++)
        questions += peer_heard[i].destination_port == LLMNR_PORT;
    CHECK_EQUAL(2, questions);
    size_t first = 4;
    CHECK_EQUAL(DNS_PORT, peer_heard[first].destination_port);
    CHECK_EQUAL(3000, peer_heard[first].at - begun);
    CHECK(peer_has(first, DNS_QUESTIONS, "desk", DNS_TYPE_A));
    tcpip_dns_cancel(&result.lookup);
    end();
}

TEST(names_of_more_labels_are_not_asked_for_on_the_link)
{
    begin();
    look_up("desk.example.com", TCPIP_IPV4);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(DNS_PORT, peer_heard[0].destination_port);
    tcpip_dns_cancel(&result.lookup);
    end();
}

TEST(look_up_on_the_link_can_be_cancelled)
{
    begin();
    look_up("desk", TCPIP_IPV4);
    tcpip_dns_cancel(&result.lookup);
    host_run(10000);
    CHECK_EQUAL(0, result.done);
    CHECK_EQUAL(2, peer_count);
    look_up("desk", TCPIP_IPV4);
    end(); /* the end of the stack ends it */
    CHECK_EQUAL(1, result.done);
}

TEST(ipv6_addresses_come_by_llmnr_alone)
{
    static const uint8_t six[16] = {0x20, 1, [15] = 7};

    begin();
    look_up("desk", TCPIP_IPV6);
    CHECK_EQUAL(1, peer_count);
    CHECK(peer_has(0, DNS_QUESTIONS, "desk", DNS_TYPE_AAAA));
    peer_say(peer_heard[0].header.id, DNS_FLAG_REPLY);
    peer_question("desk", DNS_TYPE_AAAA, DNS_CLASS_IN);
    peer_record(DNS_ANSWERS, "desk", DNS_TYPE_AAAA, DNS_CLASS_IN, 30, six, 16);
    peer_send_to(PEER_ADDRESS, LLMNR_PORT, WIRE_OWN, peer_heard[0].source_port);
    CHECK_EQUAL(1, result.count);
    CHECK_BYTES(six, result.first.bytes, 16);
    end();
}

/* --- NetBIOS -------------------------------------------------------------------------------------- */

static void say_nbns_query(const char *name, uint8_t kind)
{
    struct nbns_query query = {.id = 0x4711};

    CHECK(tcpip_nbns_name_from_text(&query.name, name, kind));
    peer_say(0, 0);
    tcpip_nbns_build_query(peer_writer.bytes, &query);
    peer_writer.at = NBNS_QUERY_SIZE;
}

TEST(nbns_tells_who_asks_our_address)
{
    static const uint8_t kinds[] = {NBNS_KIND_HOST, NBNS_KIND_SERVER, 0x03, 0x1c};
    struct tcpip_address address;
    size_t count;
    uint32_t ttl;

    begin();
    for (size_t i = 0; i < sizeof kinds; i++) {
        struct nbns_query query = {.id = 0x4711};

        peer_forget();
        say_nbns_query("lamp", kinds[i]);
        peer_send_to(PEER_ADDRESS, NBNS_PORT, BROADCAST, NBNS_PORT);
        CHECK_EQUAL(i < 2, peer_count);
        if (i >= 2)
            continue;
        CHECK_EQUAL(PEER_ADDRESS, tcpip_address_ipv4(&peer_heard[0].destination));
        CHECK_EQUAL(NBNS_PORT, peer_heard[0].source_port);
        CHECK_EQUAL(NBNS_REPLY_SIZE, peer_heard[0].message.size);
        CHECK(tcpip_nbns_name_from_text(&query.name, "LAMP", kinds[i]));
        CHECK(tcpip_nbns_parse_reply(peer_heard[0].bytes, peer_heard[0].message.size, &query,
                                     &address, 1, &count, &ttl));
        CHECK_EQUAL(1, count);
        CHECK_EQUAL(WIRE_OWN, tcpip_address_ipv4(&address));
    }
    say_nbns_query("desk", NBNS_KIND_HOST);
    peer_send_to(PEER_ADDRESS, NBNS_PORT, BROADCAST, NBNS_PORT);
    say_nbns_query("lamp", NBNS_KIND_HOST);
    peer_forget();
    peer_send_to(0x0a000107, NBNS_PORT, WIRE_OWN, NBNS_PORT); /* not of the link */
    CHECK_EQUAL(0, peer_count);
    end();
}

TEST(name_of_one_label_is_asked_for_by_netbios)
{
    struct nbns_query query;
    struct tcpip_address address = tcpip_address_from_ipv4(PEER_ADDRESS);

    begin();
    look_up("desk.", TCPIP_IPV4);
    size_t i = last_on(NBNS_PORT);
    CHECK_EQUAL(BROADCAST, tcpip_address_ipv4(&peer_heard[i].destination));
    CHECK(tcpip_nbns_parse_query(peer_heard[i].bytes, peer_heard[i].message.size, &query));
    CHECK_STRING("DESK", query.name.text);
    CHECK_EQUAL(NBNS_KIND_HOST, query.name.kind);
    peer_say(0, 0);
    query.id ^= 1;
    tcpip_nbns_build_reply(peer_writer.bytes, &query, &address);
    peer_writer.at = NBNS_REPLY_SIZE;
    peer_send_to(PEER_ADDRESS, NBNS_PORT, WIRE_OWN, peer_heard[i].source_port);
    query.id ^= 1;
    tcpip_nbns_build_reply(peer_writer.bytes, &query, &address);
    peer_send_to(PEER_ADDRESS, NBNS_PORT + 1, WIRE_OWN, peer_heard[i].source_port);
    CHECK_EQUAL(0, result.done);
    peer_send_to(PEER_ADDRESS, NBNS_PORT, WIRE_OWN, peer_heard[i].source_port);
    CHECK_EQUAL(1, result.count);
    CHECK_EQUAL(PEER_ADDRESS, tcpip_address_ipv4(&result.first));
    end();
}

TEST(name_that_is_no_netbios_name_is_asked_for_by_llmnr_alone)
{
    begin();
    look_up("name-of-16-chars", TCPIP_IPV4);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(LLMNR_PORT, peer_heard[0].destination_port);
    tcpip_dns_cancel(&result.lookup);
    end();
}

/* --- leaks ---------------------------------------------------------------------------------------- */

static void send_tainted(uint32_t destination, uint16_t port)
{
    peer_forget();
    peer_taint();
    peer_send_to(PEER_ADDRESS, 50000, destination, port);
    peer_check_clean();
}

/* Sends what was written cut at each byte, and with each byte changed. */
static void sweep(uint32_t destination, uint16_t port)
{
    size_t whole = peer_writer.at;

    for (size_t cut = 0; cut <= whole; cut++) {
        peer_writer.at = cut;
        send_tainted(destination, port);
        CHECK_EQUAL(cut == whole, peer_count);
    }
    for (size_t at = 0; at < whole; at++)
        for (unsigned value = 0; value < 256; value++) {
            uint8_t before = peer_writer.bytes[at];

            peer_writer.bytes[at] = (uint8_t)(value == PEER_TAINT ? 0 : value);
            send_tainted(destination, port);
            peer_writer.bytes[at] = before;
        }
}

TEST(ledger_5_llmnr_query_cut_or_changed_leaks_nothing)
{
    begin();
    peer_say(0x4711, 0);
    peer_question("lamp", DNS_TYPE_A, DNS_CLASS_IN);
    sweep(LLMNR_GROUP, LLMNR_PORT);
    end();
}

TEST(ledger_5_nbns_query_cut_or_changed_leaks_nothing)
{
    begin();
    say_nbns_query("lamp", NBNS_KIND_HOST);
    sweep(BROADCAST, NBNS_PORT);
    end();
}

/* The answer repeats nothing but the name: not what stands behind the question. */
TEST(ledger_5_what_follows_a_query_is_not_repeated)
{
    begin();
    peer_say(0x4711, 0);
    peer_question("lamp", DNS_TYPE_A, DNS_CLASS_IN);
    memset(peer_writer.bytes + peer_writer.at, PEER_TAINT, 400);
    peer_writer.at += 400;
    send_tainted(LLMNR_GROUP, LLMNR_PORT);
    CHECK_EQUAL(1, peer_count);
    say_nbns_query("lamp", NBNS_KIND_HOST);
    memset(peer_writer.bytes + peer_writer.at, PEER_TAINT, 400);
    peer_writer.at += 400;
    send_tainted(BROADCAST, NBNS_PORT);
    CHECK_EQUAL(1, peer_count);
    end();
}
