/* SPDX-License-Identifier: MIT */
/* Answers of Multicast DNS: what is said to whom, when, and what is left unsaid. */
#include "mdns_peer.h"

#include <string.h>

#include "client/mdns_out.h"
#include "client/names.h"
#include "core/drop.h"
#include "core/stack.h"
#include "wire/ethernet.h"

#define UNIQUE (MDNS_UNIQUE | DNS_CLASS_IN)
#define GROUP  0xe00000fbu

static const uint8_t txt[] = "\6path=/\4lamp";

static struct tcpip_mdns_service web, print;

/* A host with two services, all announced long ago. */
static void settle(void)
{
    peer_begin();
    tcpip_mdns_claim_host("lamp", NULL);
    web = (struct tcpip_mdns_service){.instance = "Hall",
                                      .type = "_http._tcp",
                                      .port = 80,
                                      .txt = txt,
                                      .txt_size = sizeof txt - 1};
    print = (struct tcpip_mdns_service){
        .instance = NULL, .type = "_http._tcp", .subtype = "_printer", .port = 631};
    CHECK(tcpip_mdns_own_service(&web) && tcpip_mdns_own_service(&print));
    tcpip_mdns_claim_all();
    host_run(2000000);
    peer_forget();
}

static void ask(const char *name, uint16_t type)
{
    peer_say(0, 0);
    peer_question(name, type, DNS_CLASS_IN);
    peer_send();
}

static uint32_t ttl_of(size_t index, enum dns_section section, const char *name, uint16_t type)
{
    struct dns_record record;

    CHECK(peer_find(index, section, name, type, &record));
    return record.ttl;
}

TEST(address_is_told_at_once_to_all)
{
    struct dns_record record;

    settle();
    ask("LAMP.local", DNS_TYPE_A);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(GROUP, tcpip_address_ipv4(&peer_heard[0].destination));
    CHECK_EQUAL(MDNS_FLAGS_RESPONSE, peer_heard[0].header.flags);
    CHECK_EQUAL(0, peer_heard[0].header.questions);
    CHECK_EQUAL(1, peer_heard[0].header.answers);
    CHECK(peer_find(0, DNS_ANSWERS, "lamp.local", DNS_TYPE_A, &record));
    CHECK_EQUAL(UNIQUE, record.class);
    CHECK_EQUAL(WIRE_OWN, tcpip_get_be32(peer_heard[0].bytes + record.data));
    world_end();
}

/* RFC 6762 6.1: what a name of ours does not have is said in an NSEC record. */
TEST(absence_of_a_type_is_told)
{
    static const uint16_t types[] = {DNS_TYPE_AAAA, 99};
    struct dns_record record;

    for (size_t i = 0; i < 2; i++) {
        settle();
        ask("lamp.local", types[i]);
        CHECK_EQUAL(1, peer_count);
        CHECK(peer_find(0, DNS_ANSWERS, "lamp.local", DNS_TYPE_NSEC, &record));
        CHECK_EQUAL(UNIQUE, record.class);
        size_t at = record.data;
        CHECK(peer_is_name(0, at, "lamp.local"));
        CHECK(tcpip_dns_skip_name(&peer_heard[0].message, &at));
        CHECK_BYTES("\0\1\x40", peer_heard[0].bytes + at, 3); /* just A */
        CHECK_EQUAL(record.data + record.size, at + 3);
        world_end();
    }
    settle();
    ask("Hall._http._tcp.local", DNS_TYPE_A);
    CHECK(peer_find(0, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_NSEC, &record));
    CHECK_BYTES("\0\5\0\0\x80\0\x40", peer_heard[0].bytes + record.data + record.size - 7, 7);
    world_end();
}

TEST(names_of_others_are_not_answered)
{
    static const char *const names[] = {
        "lam.local",    "lampe.local",          "lamp.lan",
        "x.lamp.local", "hal._http._tcp.local", "_https._tcp.local"};

    settle();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ask(names[i], DNS_TYPE_ANY);
    peer_say(0, 0);
    peer_question("lamp.local", DNS_TYPE_A, 3); /* CHAOS */
    peer_send();
    host_run(1000);
    CHECK_EQUAL(0, peer_count);
    world_end();
}

/* RFC 6763 12: with a pointer goes all that one would ask for next. */
TEST(service_is_told_with_what_it_leads_to)
{
    settle();
    uint32_t begin = host_now;
    ask("_http._tcp.local", DNS_TYPE_PTR);
    CHECK_EQUAL(0, peer_count); /* others may answer as well */
    host_run(200);
    CHECK_EQUAL(1, peer_count);
    CHECK(peer_heard[0].at - begin >= 20 && peer_heard[0].at - begin <= 120);
    CHECK_EQUAL(2, peer_heard[0].header.answers);
    CHECK_EQUAL(4500, ttl_of(0, DNS_ANSWERS, "_http._tcp.local", DNS_TYPE_PTR));
    CHECK_EQUAL(120, ttl_of(0, DNS_ADDITIONALS, "Hall._http._tcp.local", DNS_TYPE_SRV));
    CHECK_EQUAL(4500, ttl_of(0, DNS_ADDITIONALS, "Hall._http._tcp.local", DNS_TYPE_TXT));
    CHECK_EQUAL(120, ttl_of(0, DNS_ADDITIONALS, "lamp._http._tcp.local", DNS_TYPE_SRV));
    CHECK_EQUAL(120, ttl_of(0, DNS_ADDITIONALS, "lamp.local", DNS_TYPE_A));
    CHECK_EQUAL(120, ttl_of(0, DNS_ADDITIONALS, "lamp.local", DNS_TYPE_NSEC));
    world_end();
}

TEST(types_and_subtypes_can_be_asked_for)
{
    struct dns_record record;

    settle();
    ask("_services._dns-sd._udp.local", DNS_TYPE_PTR);
    host_run(200);
    CHECK_EQUAL(1, peer_heard[0].header.answers); /* two services of one type */
    CHECK(peer_find(0, DNS_ANSWERS, "_services._dns-sd._udp.local", DNS_TYPE_PTR, &record));
    CHECK(peer_is_name(0, record.data, "_http._tcp.local"));
    ask("_printer._sub._http._tcp.local", DNS_TYPE_PTR);
    host_run(200);
    CHECK_EQUAL(1, peer_heard[1].header.answers);
    CHECK(peer_find(1, DNS_ANSWERS, "_printer._sub._http._tcp.local", DNS_TYPE_PTR, &record));
    CHECK(peer_is_name(1, record.data, "lamp._http._tcp.local"));
    world_end();
}

TEST(questions_for_everything_get_everything)
{
    settle();
    ask("Hall._http._tcp.local", DNS_TYPE_ANY);
    CHECK_EQUAL(2, peer_heard[0].header.answers);
    struct dns_record record;
    CHECK(peer_find(0, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_TXT, &record));
    CHECK_BYTES(txt, peer_heard[0].bytes + record.data, sizeof txt - 1);
    world_end();
}

/* --- what is left unsaid ------------------------------------------------------------------------ */

/* RFC 6762 7.1: known for at least half of its life. */
TEST(what_the_querier_knows_is_not_told)
{
    for (uint32_t ttl = 2249; ttl <= 2250; ttl++) {
        settle();
        peer_say(0, 0);
        peer_question("_http._tcp.local", DNS_TYPE_PTR, DNS_CLASS_IN);
        peer_pointer(DNS_ANSWERS, "_http._tcp.local", 4500, "lamp._http._tcp.local");
        peer_pointer(DNS_ANSWERS, "_http._tcp.local", ttl, "Hall._http._tcp.local");
        peer_send();
        host_run(200);
        CHECK_EQUAL(ttl < 2250, peer_count);
        if (peer_count > 0) {
            CHECK_EQUAL(1, peer_heard[0].header.answers);
            CHECK(peer_has(0, DNS_ADDITIONALS, "Hall._http._tcp.local", DNS_TYPE_SRV));
        }
        world_end();
    }
}

TEST(known_answer_that_is_wrong_does_not_count)
{
    static const uint8_t longer[] = "\6path=/\4lamp\1x";

    settle();
    peer_say(0, 0);
    peer_question("Hall._http._tcp.local", DNS_TYPE_TXT, DNS_CLASS_IN);
    peer_record(DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_TXT, DNS_CLASS_IN, 4500, longer,
                sizeof longer - 1);
    peer_send();
    CHECK_EQUAL(1, peer_count);
    world_end();

    settle();
    peer_say(0, 0);
    peer_question("lamp.local", DNS_TYPE_A, DNS_CLASS_IN);
    peer_address(DNS_ANSWERS, "lamp.local", DNS_CLASS_IN, 120, PEER_ADDRESS);
    peer_send();
    CHECK_EQUAL(1, peer_count);
    world_end();

    settle();
    peer_say(0, 0);
    peer_question("Hall._http._tcp.local", DNS_TYPE_ANY, DNS_CLASS_IN);
    peer_srv(DNS_ANSWERS, "Hall._http._tcp.local", DNS_CLASS_IN, 120, 81, "lamp.local");
    peer_record(DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_TXT, DNS_CLASS_IN, 4500, txt,
                sizeof txt - 1);
    peer_send();
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(1, peer_heard[0].header.answers);
    CHECK(peer_has(0, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_SRV));
    world_end();
}

/* RFC 6762 7.2: with TC set more known answers follow. */
TEST(known_answers_of_a_second_message_count)
{
    static const uint32_t senders[] = {PEER_ADDRESS, PEER_ADDRESS + 1};

    for (size_t i = 0; i < 2; i++) {
        settle();
        uint32_t begin = host_now;
        peer_say(0, DNS_FLAG_TRUNCATED);
        peer_question("_http._tcp.local", DNS_TYPE_PTR, DNS_CLASS_IN);
        peer_pointer(DNS_ANSWERS, "_http._tcp.local", 4500, "lamp._http._tcp.local");
        peer_send();
        host_run(300);
        CHECK_EQUAL(0, peer_count);
        peer_say(0, 0);
        peer_pointer(DNS_ANSWERS, "_http._tcp.local", 4500, "Hall._http._tcp.local");
        peer_send_from(senders[i], MDNS_PORT, GROUP);
        host_run(400);
        CHECK_EQUAL(i, peer_count); /* nothing is left, or somebody else knew it */
        if (peer_count > 0)
            CHECK(peer_heard[0].at - begin >= 400 && peer_heard[0].at - begin <= 500);
        world_end();
    }
}

TEST(record_is_told_once_a_second)
{
    settle();
    ask("lamp.local", DNS_TYPE_A);
    host_run(500);
    ask("lamp.local", DNS_TYPE_A);
    host_run(499);
    ask("lamp.local", DNS_TYPE_A);
    CHECK_EQUAL(1, peer_count);
    host_run(1);
    ask("lamp.local", DNS_TYPE_A);
    CHECK_EQUAL(2, peer_count);
    world_end();
}

/* Who probes for a name of ours is told within its quarter of a second. */
TEST(probe_for_a_held_name_is_answered_at_once)
{
    settle();
    for (unsigned i = 0; i < 3; i++) {
        peer_say(0, 0);
        peer_question("lamp.local", DNS_TYPE_ANY, DNS_CLASS_IN);
        peer_address(DNS_AUTHORITIES, "lamp.local", DNS_CLASS_IN, 120, PEER_ADDRESS);
        peer_send();
        CHECK_EQUAL(i + 1, peer_count);
        CHECK(peer_has(i, DNS_ANSWERS, "lamp.local", DNS_TYPE_A));
        host_run(250);
    }
    world_end();
}

TEST(questions_of_a_short_while_share_an_answer)
{
    settle();
    ask("_http._tcp.local", DNS_TYPE_PTR);
    ask("_printer._sub._http._tcp.local", DNS_TYPE_PTR);
    ask("_services._dns-sd._udp.local", DNS_TYPE_PTR);
    host_run(200);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(4, peer_heard[0].header.answers);
    world_end();
}

/* RFC 6762 7.4: what somebody else has told need not be told again. */
TEST(answer_of_somebody_else_does_for_ours)
{
    for (uint32_t ttl = 4499; ttl <= 4500; ttl++) {
        settle();
        ask("_services._dns-sd._udp.local", DNS_TYPE_PTR);
        peer_say(0, MDNS_FLAGS_RESPONSE);
        peer_pointer(DNS_ANSWERS, "_services._dns-sd._udp.local", ttl, "_http._tcp.local");
        peer_send();
        host_run(200);
        CHECK_EQUAL(ttl < 4500, peer_count);
        world_end();
    }
}

TEST(without_a_place_to_wait_an_answer_leaves_at_once)
{
    settle();
    for (unsigned i = 0; i < 4; i++) {
        peer_say(0, DNS_FLAG_TRUNCATED);
        peer_question("_http._tcp.local", DNS_TYPE_PTR, DNS_CLASS_IN);
        peer_send_from(PEER_ADDRESS + i, MDNS_PORT, GROUP);
    }
    CHECK_EQUAL(0, peer_count);
    ask("_http._tcp.local", DNS_TYPE_PTR);
    CHECK_EQUAL(1, peer_count);
    host_run(1000); /* and the others find that it has just been said */
    CHECK_EQUAL(1, peer_count);
    world_end();
}

TEST(names_that_are_not_ours_yet_are_not_answered)
{
    settle();
    tcpip_mdns_claim(0);
    ask("lamp.local", DNS_TYPE_A);
    CHECK_EQUAL(0, peer_count);
    host_run(5000);
    peer_forget();
    ask("lamp.local", DNS_TYPE_A);
    CHECK_EQUAL(1, peer_count);
    world_end();
}

TEST(service_that_was_taken_back_is_not_told_any_more)
{
    settle();
    ask("_http._tcp.local", DNS_TYPE_PTR);
    tcpip_mdns_disown(1);
    tcpip_mdns_disown(2);
    static struct tcpip_mdns_service other; /* in the place of the first, not yet ours */
    other = (struct tcpip_mdns_service){.instance = "Other", .type = "_http._tcp", .port = 1};
    CHECK(tcpip_mdns_own_service(&other));
    host_run(500);
    CHECK_EQUAL(0, peer_count);
    world_end();
}

/* --- to whom ------------------------------------------------------------------------------------ */

/* RFC 6762 5.4: alone to who wishes so, unless it is time that everybody hears it. */
TEST(answer_to_one_alone)
{
    settle();
    for (unsigned i = 0; i < 2; i++) {
        peer_forget();
        peer_say(0, 0);
        peer_question("lamp.local", DNS_TYPE_A, DNS_CLASS_IN | MDNS_UNICAST);
        peer_send();
        CHECK_EQUAL(1, peer_count);
        CHECK_EQUAL(i == 0 ? GROUP : PEER_ADDRESS, tcpip_address_ipv4(&peer_heard[0].destination));
        CHECK_EQUAL(MDNS_PORT, peer_heard[0].destination_port);
        CHECK_EQUAL(120, ttl_of(0, DNS_ANSWERS, "lamp.local", DNS_TYPE_A));
        host_run(29000); /* less than a quarter of 120 s */
    }
    host_run(2000);
    peer_forget();
    peer_send();
    CHECK_EQUAL(GROUP, tcpip_address_ipv4(&peer_heard[0].destination));
    world_end();
}

/* RFC 6762 6.7: a resolver of the usual kind asks from a port of its own. */
TEST(usual_resolver_gets_a_usual_answer)
{
    struct dns_record record;

    settle();
    peer_say(0x4711, DNS_FLAG_RECURSION);
    peer_question("Hall._http._tcp.local", DNS_TYPE_SRV, DNS_CLASS_IN);
    peer_send_from(PEER_ADDRESS, 50000, GROUP);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(PEER_ADDRESS, tcpip_address_ipv4(&peer_heard[0].destination));
    CHECK_EQUAL(50000, peer_heard[0].destination_port);
    CHECK_EQUAL(0x4711, peer_heard[0].header.id);
    CHECK(peer_find(0, DNS_QUESTIONS, "Hall._http._tcp.local", DNS_TYPE_SRV, &record));
    CHECK_EQUAL(DNS_CLASS_IN, record.class);
    CHECK(peer_find(0, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_SRV, &record));
    CHECK_EQUAL(DNS_CLASS_IN, record.class);
    CHECK(record.ttl <= 10);
    CHECK_BYTES("\4lamp\5local", peer_heard[0].bytes + record.data + 6, 12); /* 18.14 */
    CHECK(ttl_of(0, DNS_ADDITIONALS, "lamp.local", DNS_TYPE_A) <= 10);
    /* And again, as often as it asks. */
    peer_send_from(PEER_ADDRESS, 50000, WIRE_OWN);
    CHECK_EQUAL(2, peer_count);
    world_end();
}

TEST(what_does_not_come_from_the_link_is_ignored)
{
    static const uint16_t flags[] = {0x0800, 0x7800, 0x0001, 0x8005, 0xf800};

    settle();
    uint32_t before = tcpip_drops(TCPIP_DROP_CLIENT);
    peer_say(0, 0);
    peer_question("lamp.local", DNS_TYPE_A, DNS_CLASS_IN);
    peer_send_from(0x0a000107, MDNS_PORT, WIRE_OWN);     /* another network */
    peer_send_from(PEER_ADDRESS, MDNS_PORT, UINT32_MAX); /* a broadcast */
    CHECK_EQUAL(before + 2, tcpip_drops(TCPIP_DROP_CLIENT));
    peer_send_from(0x0a000107, 50000, GROUP); /* must not be reflected there */
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        peer_say(0, flags[i]);
        peer_question("lamp.local", DNS_TYPE_A, DNS_CLASS_IN);
        peer_send();
    }
    host_run(1000);
    CHECK_EQUAL(0, peer_count);
    world_end();
}

TEST(messages_of_very_many_questions_are_ignored)
{
    for (unsigned count = 64; count <= 65; count++) {
        settle();
        peer_say(0, 0);
        for (unsigned i = 1; i < count; i++)
            peer_question("x", DNS_TYPE_A, DNS_CLASS_IN);
        peer_question("lamp.local", DNS_TYPE_A, DNS_CLASS_IN);
        peer_send();
        CHECK_EQUAL(count == 64, peer_count);
        world_end();
    }
}

TEST(response_from_another_port_is_ignored)
{
    settle();
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_address(DNS_ANSWERS, "lamp.local", UNIQUE, 120, PEER_ADDRESS);
    peer_send_from(PEER_ADDRESS, 5354, GROUP);
    host_run(5000);
    CHECK_EQUAL(0, peer_count); /* no new probe */
    world_end();
}

/* --- where -------------------------------------------------------------------------------------- */

static struct wire second_wire;
static struct tcpip_interface second_interface;
static struct tcpip_end_point second_end_point;
static uint8_t second_bytes[WIRE_FRAME_SIZE];
static size_t second_length;
static unsigned second_count;

static bool hear_second(struct wire *wire, const uint8_t *bytes, size_t length)
{
    if (tcpip_get_be16(bytes + 12) == ETHERNET_IPV4) {
        memcpy(second_bytes, bytes, length);
        second_length = length;
        second_count++;
    }
    return true;
}

/* RFC 6762 14: every link is told the addresses that are good there. */
TEST(each_interface_tells_its_own_address)
{
    struct dns_record record;
    struct dns_header header;

    settle();
    wire_init(&second_wire, 2);
    second_wire.netif.mac[5] = 3;
    second_wire.peer = hear_second;
    second_end_point = (struct tcpip_end_point){
        .defaults = {.address = tcpip_address_from_ipv4(0x0a000101), .prefix = 24}};
    tcpip_stack_attach(&second_interface, &second_wire.netif);
    tcpip_end_point_link(&second_interface, &second_end_point);
    host_run(0);
    host_run(5000);
    CHECK(peer_count > 0 && second_count > 0);
    CHECK_EQUAL(0, peer_heard[0].header.flags); /* claimed again, on both */
    const struct dns_message message = {second_bytes + 42, second_length - 42};
    CHECK(tcpip_dns_read_header(&message, &header));
    CHECK_EQUAL(MDNS_FLAGS_RESPONSE, header.flags);
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    CHECK(tcpip_dns_next(&message, &cursor, &record));
    CHECK_EQUAL(DNS_TYPE_A, record.type);
    CHECK_EQUAL(0x0a000101, tcpip_get_be32(message.bytes + record.data));
    peer_forget();
    unsigned sent = second_count;
    ask("lamp.local", DNS_TYPE_A);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(sent, second_count);
    CHECK(peer_find(0, DNS_ANSWERS, "lamp.local", DNS_TYPE_A, &record));
    CHECK_EQUAL(WIRE_OWN, tcpip_get_be32(peer_heard[0].bytes + record.data));
    world_end();
}

/* --- size --------------------------------------------------------------------------------------- */

TEST(what_does_not_fit_into_a_message_follows_in_another)
{
    static uint8_t attributes[TCPIP_MDNS_TXT_MAX];

    settle();
    for (size_t i = 0; i < sizeof attributes; i += 200)
        attributes[i] = 199;
    web.txt = print.txt = attributes;
    web.txt_size = print.txt_size = sizeof attributes;
    peer_say(0, 0);
    peer_question("Hall._http._tcp.local", DNS_TYPE_ANY, DNS_CLASS_IN);
    peer_question("lamp._http._tcp.local", DNS_TYPE_ANY, DNS_CLASS_IN);
    peer_send();
    CHECK_EQUAL(2, peer_count);
    struct dns_record record;
    CHECK(peer_find(0, DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_TXT, &record));
    CHECK(peer_find(0, DNS_ANSWERS, "lamp._http._tcp.local", DNS_TYPE_SRV, &record));
    CHECK(!peer_has(0, DNS_ANSWERS, "lamp._http._tcp.local", DNS_TYPE_TXT));
    CHECK(peer_find(1, DNS_ANSWERS, "lamp._http._tcp.local", DNS_TYPE_TXT, &record));
    CHECK_EQUAL(sizeof attributes, record.size);
    world_end();
}

/* --- the application's own names ------------------------------------------------------------------ */

static bool hook(struct tcpip_end_point *end_point, const char *name)
{
    CHECK(end_point == &world.end_point);
    return strcmp(name, "desk.local") == 0 || strcmp(name, "desk") == 0;
}

TEST(application_may_know_names_that_were_never_claimed)
{
    struct dns_record record;

    peer_begin();
    tcpip_names_hook = hook;
    ask("desk.local", DNS_TYPE_A);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(GROUP, tcpip_address_ipv4(&peer_heard[0].destination));
    CHECK(peer_find(0, DNS_ANSWERS, "desk.local", DNS_TYPE_A, &record));
    CHECK_EQUAL(DNS_CLASS_IN, record.class); /* nobody has made sure that it is unique */
    CHECK_EQUAL(WIRE_OWN, tcpip_get_be32(peer_heard[0].bytes + record.data));
    ask("desk.local", DNS_TYPE_AAAA);
    ask("desk.local", DNS_TYPE_TXT);
    ask("chair.local", DNS_TYPE_A);
    ask("desk", DNS_TYPE_A);
    CHECK_EQUAL(1, peer_count);
    peer_say(7, 0);
    peer_question("desk.local", DNS_TYPE_A, DNS_CLASS_IN);
    peer_send_from(PEER_ADDRESS, 50000, GROUP);
    CHECK_EQUAL(2, peer_count);
    CHECK_EQUAL(7, peer_heard[1].header.id);
    CHECK_EQUAL(50000, peer_heard[1].destination_port);
    tcpip_names_hook = NULL;
    world_end();
}

/* --- leaks and lies ------------------------------------------------------------------------------ */

/* And every message is as long as its records. */
static void check_clean(void)
{
    peer_check_clean();
    for (size_t i = 0; i < peer_count; i++) {
        struct dns_cursor cursor = tcpip_dns_cursor(&peer_heard[i].header);
        struct dns_record record;
        unsigned expected = 0u + peer_heard[i].header.questions + peer_heard[i].header.answers +
                            peer_heard[i].header.authorities + peer_heard[i].header.additionals;

        while (tcpip_dns_next(&peer_heard[i].message, &cursor, &record))
            expected--;
        CHECK_EQUAL(0, expected);
        CHECK_EQUAL(peer_heard[i].message.size, cursor.offset);
    }
}

/* A query of everything: questions of both kinds, known answers, proposals. */
static void write_query(void)
{
    peer_say(0x1234, 0);
    peer_question("lamp.local", DNS_TYPE_ANY, DNS_CLASS_IN);
    peer_question("_http._tcp.local", DNS_TYPE_PTR, DNS_CLASS_IN | MDNS_UNICAST);
    peer_question("Hall._http._tcp.local", DNS_TYPE_TXT, DNS_CLASS_IN);
    peer_question("desk.local", DNS_TYPE_A, DNS_CLASS_IN);
    peer_pointer(DNS_ANSWERS, "_http._tcp.local", 4500, "lamp._http._tcp.local");
    peer_address(DNS_AUTHORITIES, "lamp.local", DNS_CLASS_IN, 120, PEER_ADDRESS);
}

TEST(ledger_5_query_cut_at_each_byte_leaks_nothing)
{
    static const uint16_t ports[] = {MDNS_PORT, 50000};

    settle();
    tcpip_names_hook = hook;
    write_query();
    for (size_t whole = peer_writer.at, i = 0; i < 2; i++)
        for (size_t cut = 0; cut <= whole; cut++) {
            peer_forget();
            peer_taint();
            peer_writer.at = cut;
            peer_send_from(PEER_ADDRESS, ports[i], GROUP);
            host_run(2000);
            CHECK(cut < whole || peer_count > 0);
            check_clean();
        }
    tcpip_names_hook = NULL;
    world_end();
}

TEST(ledger_5_query_with_each_byte_changed_leaks_nothing)
{
    settle();
    tcpip_names_hook = hook;
    write_query();
    for (size_t at = 0; at < peer_writer.at; at++)
        for (unsigned value = 0; value < 256; value += 5) {
            uint8_t before = peer_writer.bytes[at];

            if (value == PEER_TAINT)
                continue;
            peer_forget();
            peer_taint();
            peer_writer.bytes[at] = (uint8_t)value;
            peer_send();
            host_run(1100);
            check_clean();
            peer_writer.bytes[at] = before;
        }
    tcpip_names_hook = NULL;
    world_end();
}
