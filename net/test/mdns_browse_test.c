/* SPDX-License-Identifier: MIT */
/* Names and services of others: asked for on the link, remembered, and forgotten. */
#include "mdns_peer.h"

#include <string.h>

#include "client/dns.h"
#include "client/mdns_browse.h"
#include "client/mdns_out.h"
#include "client/names.h"

#define UNIQUE (MDNS_UNIQUE | DNS_CLASS_IN)
#define TYPE   "_http._tcp.local"

static struct {
    struct tcpip_dns_lookup lookup;
    unsigned done;
    bool unanswered;
    size_t count;
    struct tcpip_address first;
} result;

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    result.done++;
    result.unanswered = lookup->unanswered;
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

static void say_address(const char *name, uint32_t ttl, uint32_t address)
{
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_address(DNS_ANSWERS, name, UNIQUE, ttl, address);
    peer_send();
}

TEST(local_name_is_asked_for_on_the_link)
{
    struct dns_record record;

    peer_begin();
    look_up("Desk.Local", TCPIP_IPV4);
    CHECK_EQUAL(1, peer_count);
    CHECK_EQUAL(0xe00000fb, tcpip_address_ipv4(&peer_heard[0].destination));
    CHECK_EQUAL(MDNS_PORT, peer_heard[0].source_port);
    CHECK_EQUAL(0, peer_heard[0].header.flags);
    CHECK(peer_find(0, DNS_QUESTIONS, "desk.local", DNS_TYPE_A, &record));
    CHECK_EQUAL(DNS_CLASS_IN, record.class);
    say_address("chair.local", 120, PEER_ADDRESS + 1);
    CHECK_EQUAL(0, result.done);
    say_address("DESK.local", 120, PEER_ADDRESS);
    CHECK_EQUAL(1, result.done);
    CHECK_EQUAL(1, result.count);
    CHECK_EQUAL(PEER_ADDRESS, tcpip_address_ipv4(&result.first));
    look_up("desk.local", TCPIP_IPV4); /* remembered */
    CHECK_EQUAL(1, result.count);
    CHECK_EQUAL(1, peer_count);
    host_run(121000);
    look_up("desk.local", TCPIP_IPV4);
    CHECK_EQUAL(2, peer_count);
    tcpip_dns_cancel(&result.lookup);
    world_end();
}

TEST(local_name_that_nobody_has_is_given_up)
{
    static const uint32_t at[] = {0, 1000, 3000};

    peer_begin();
    uint32_t begin = host_now;
    look_up("desk.local", TCPIP_IPV4);
    host_run(6999);
    CHECK_EQUAL(0, result.done);
    host_run(1);
    CHECK_EQUAL(1, result.done);
    CHECK(result.unanswered);
    CHECK_EQUAL(3, peer_count); /* all to the group, none to a server */
    for (size_t i = 0; i < peer_count; i++) {
        CHECK_EQUAL(begin + at[i], peer_heard[i].at);
        CHECK_EQUAL(MDNS_PORT, peer_heard[i].destination_port);
    }
    world_end();
}

TEST(families_are_told_apart)
{
    static const uint8_t six[16] = {0x20, 1, [15] = 7};

    peer_begin();
    look_up("desk.local", TCPIP_IPV6);
    CHECK(peer_has(0, DNS_QUESTIONS, "desk.local", DNS_TYPE_AAAA));
    say_address("desk.local", 120, PEER_ADDRESS);
    CHECK_EQUAL(0, result.done);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_record(DNS_ADDITIONALS, "desk.local", DNS_TYPE_AAAA, UNIQUE, 120, six, 16);
    peer_send();
    CHECK_EQUAL(1, result.count);
    CHECK_BYTES(six, result.first.bytes, 16);
    world_end();
}

/* RFC 6762 6.1: whoever has the name can say that it has no such record. */
TEST(absence_that_is_told_ends_the_look_up)
{
    peer_begin();
    look_up("desk.local", TCPIP_IPV6);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_record(DNS_ANSWERS, "disk.local", DNS_TYPE_NSEC, UNIQUE, 120, "\xc0\x0c\0\1\x40", 5);
    peer_send();
    CHECK_EQUAL(0, result.done);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_record(DNS_ANSWERS, "desk.local", DNS_TYPE_NSEC, UNIQUE, 120, "\xc0\x0c\0\1\x40", 5);
    peer_send();
    CHECK_EQUAL(1, result.done);
    CHECK_EQUAL(0, result.count);
    CHECK(!result.unanswered);
    look_up("desk.local", TCPIP_IPV6); /* remembered */
    CHECK_EQUAL(1, result.done);
    look_up("desk.local", TCPIP_IPV4); /* which it has */
    CHECK_EQUAL(0, result.done);
    CHECK_EQUAL(2, peer_count);
    peer_send();
    CHECK_EQUAL(0, result.done);
    tcpip_dns_cancel(&result.lookup);
    world_end();
}

TEST(what_is_remembered_follows_what_the_host_says)
{
    peer_begin();
    look_up("desk.local", TCPIP_IPV4);
    say_address("desk.local", 120, PEER_ADDRESS);
    say_address("desk.local", 120, PEER_ADDRESS + 5);
    look_up("desk.local", TCPIP_IPV4);
    CHECK_EQUAL(PEER_ADDRESS + 5, tcpip_address_ipv4(&result.first));
    say_address("desk.local", 0, PEER_ADDRESS + 5); /* goodbye */
    host_run(999);
    look_up("desk.local", TCPIP_IPV4);
    CHECK_EQUAL(1, result.done);
    host_run(1);
    look_up("desk.local", TCPIP_IPV4);
    CHECK_EQUAL(0, result.done);
    tcpip_dns_cancel(&result.lookup);
    world_end();
}

TEST(what_was_not_asked_for_is_not_remembered)
{
    peer_begin();
    say_address("desk.local", 120, PEER_ADDRESS);
    say_address("www.example.com", 120, PEER_ADDRESS);
    look_up("desk.local", TCPIP_IPV4);
    CHECK_EQUAL(0, result.done);
    say_address("desk.local", 0, PEER_ADDRESS); /* is no answer either */
    CHECK_EQUAL(0, result.done);
    tcpip_dns_cancel(&result.lookup);
    world_end();
}

TEST(own_name_needs_no_question)
{
    peer_begin();
    tcpip_mdns_claim_host("lamp", NULL);
    host_run(5000);
    peer_forget();
    look_up("LAMP.local.", TCPIP_IPV4);
    CHECK_EQUAL(1, result.count);
    CHECK_EQUAL(WIRE_OWN, tcpip_address_ipv4(&result.first));
    CHECK_EQUAL(0, peer_count);
    world_end();
}

/* --- browsing ----------------------------------------------------------------------------------- */

static struct {
    unsigned came, went;
    char last[TCPIP_MDNS_LABEL_SIZE];
    uint32_t at;
} seen;

static void changed(struct tcpip_mdns_browse *browse, const char *instance, bool there)
{
    seen.came += there;
    seen.went += !there;
    seen.at = host_now;
    strcpy(seen.last, instance);
}

static struct tcpip_mdns_browse browse;

static void begin_browse(const char *type)
{
    peer_begin();
    memset(&seen, 0, sizeof seen);
    browse = (struct tcpip_mdns_browse){.type = type, .changed = changed};
    CHECK(tcpip_mdns_browse_begin(&browse));
}

static void say_instance(const char *instance, uint32_t ttl)
{
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_pointer(DNS_ANSWERS, TYPE, ttl, instance);
    peer_send();
}

TEST(instances_of_a_type_are_found)
{
    begin_browse("_http._tcp");
    uint32_t begin = host_now;
    host_run(200);
    CHECK_EQUAL(1, peer_count);
    CHECK(peer_heard[0].at - begin >= 20 && peer_heard[0].at - begin <= 120);
    CHECK(peer_has(0, DNS_QUESTIONS, TYPE, DNS_TYPE_PTR));
    say_instance("Hall._http._tcp.local", 4500);
    CHECK_EQUAL(1, seen.came);
    CHECK_STRING("Hall", seen.last);
    say_instance("Hall._http._tcp.local", 4500);  /* known already */
    say_instance("Hall._https._tcp.local", 4500); /* of another type */
    say_instance("_http._tcp.local", 4500);
    CHECK_EQUAL(1, seen.came);
    tcpip_mdns_browse_end(&browse);
    say_instance("Kitchen._http._tcp.local", 4500);
    CHECK_EQUAL(1, seen.came);
    world_end();
}

TEST(instance_may_have_any_letters_but_zero)
{
    static const char *const labels[] = {"Dot. and space", "\xc3\xa4\xf0\x9f\x92\xa1", "a\\b"};

    begin_browse("_http._tcp");
    for (size_t i = 0; i < 4; i++) {
        struct dns_name type, name = {0};

        CHECK(tcpip_dns_name_from_text(&type, TYPE, NULL));
        CHECK(tcpip_dns_append_label(&name, i < 3 ? labels[i] : "a\0b",
                                     i < 3 ? strlen(labels[i]) : 3));
        CHECK(tcpip_dns_append_text(&name, TYPE) && tcpip_dns_end_name(&name));
        peer_say(0, MDNS_FLAGS_RESPONSE);
        tcpip_dns_open_record(&peer_writer, &type, DNS_TYPE_PTR, DNS_CLASS_IN, 4500);
        tcpip_dns_put_name(&peer_writer, &name);
        CHECK(tcpip_dns_close_record(&peer_writer, DNS_ANSWERS));
        peer_send();
        CHECK_EQUAL(i < 3 ? i + 1 : 3, seen.came);
        if (i < 3)
            CHECK_STRING(labels[i], seen.last);
    }
    world_end();
}

TEST(questions_are_repeated_ever_more_rarely)
{
    begin_browse("_http._tcp");
    host_run(24 * 3600 * 1000);
    for (size_t i = 1; i + 1 < peer_count; i++) {
        uint32_t pause = peer_heard[i].at - peer_heard[i - 1].at;
        uint32_t next = peer_heard[i + 1].at - peer_heard[i].at;

        CHECK(i > 1 || pause == 1000);
        CHECK_EQUAL(pause >= 1800000 ? 3600000 : 2 * pause, next);
    }
    CHECK(peer_count > 30 && peer_count < 40);
    world_end();
}

/* RFC 6762 7.3: a question that somebody else has just asked need not be asked. */
TEST(question_of_somebody_else_does_for_ours)
{
    begin_browse("_http._tcp");
    host_run(3300); /* asked after 0, 1 and 3 s; next after 7 s */
    CHECK_EQUAL(3, peer_count);
    peer_say(0, 0);
    peer_question(TYPE, DNS_TYPE_PTR, DNS_CLASS_IN);
    peer_send(); /* long before ours is due */
    host_run(3000);
    peer_send();
    host_run(5000);
    CHECK_EQUAL(3, peer_count); /* the next is due 8 s after it */
    host_run(4000);
    CHECK_EQUAL(4, peer_count);
    host_run(14000);
    peer_say(0, 0); /* one to one alone, or by who knows some, does not do */
    peer_question(TYPE, DNS_TYPE_PTR, DNS_CLASS_IN | MDNS_UNICAST);
    peer_send();
    peer_say(0, 0);
    peer_question(TYPE, DNS_TYPE_PTR, DNS_CLASS_IN);
    peer_pointer(DNS_ANSWERS, TYPE, 4500, "Hall._http._tcp.local");
    peer_send();
    host_run(3000);
    CHECK_EQUAL(5, peer_count);
    world_end();
}

TEST(what_is_known_is_said_with_the_question)
{
    struct dns_record record;

    begin_browse("_http._tcp");
    host_run(200);
    say_instance("Hall._http._tcp.local", 100);
    peer_forget();
    host_run(3000);
    CHECK(peer_find(0, DNS_ANSWERS, TYPE, DNS_TYPE_PTR, &record));
    CHECK(peer_is_name(0, record.data, "Hall._http._tcp.local"));
    CHECK(record.ttl <= 100 && record.ttl >= 97);
    host_run(60000); /* more than half of its life is over */
    CHECK(!peer_has(peer_count - 1, DNS_ANSWERS, TYPE, DNS_TYPE_PTR));
    world_end();
}

/* RFC 6762 5.2: asked for at 80, 85, 90 and 95 of a hundred parts of its life. */
TEST(instance_that_is_not_confirmed_goes)
{
    begin_browse("_http._tcp");
    host_run(4100000); /* the pauses between questions are long now */
    say_instance("Hall._http._tcp.local", 1000);
    uint32_t begin = host_now;
    peer_forget();
    host_run(1000000 - 1);
    CHECK_EQUAL(0, seen.went);
    CHECK_EQUAL(4, peer_count);
    for (size_t i = 0; i < 4; i++)
        CHECK_EQUAL(800000 + 50000 * i, peer_heard[i].at - begin);
    host_run(1);
    CHECK_EQUAL(1, seen.went);
    CHECK_STRING("Hall", seen.last);
    world_end();
}

TEST(instance_that_is_confirmed_stays)
{
    begin_browse("_http._tcp");
    host_run(4100000);
    for (unsigned i = 0; i < 10; i++) {
        say_instance("Hall._http._tcp.local", 1000);
        host_run(810000);
    }
    CHECK_EQUAL(1, seen.came);
    CHECK_EQUAL(0, seen.went);
    world_end();
}

TEST(goodbye_takes_an_instance_away_in_a_second)
{
    begin_browse("_http._tcp");
    say_instance("Hall._http._tcp.local", 0); /* was not there */
    CHECK_EQUAL(0, seen.came);
    say_instance("Hall._http._tcp.local", 4500);
    say_instance("Hall._http._tcp.local", 0);
    uint32_t begin = host_now;
    host_run(500);
    CHECK_EQUAL(0, seen.went);
    host_run(1000);
    CHECK_EQUAL(1, seen.went);
    CHECK_EQUAL(1000, seen.at - begin);
    say_instance("Hall._http._tcp.local", 4500);
    say_instance("Hall._http._tcp.local", 0);
    say_instance("Hall._http._tcp.local", 4500); /* another host objects */
    host_run(5000);
    CHECK_EQUAL(1, seen.went);
    world_end();
}

TEST(short_lives_do_not_make_us_ask_in_a_tight_loop)
{
    char name[] = "A._http._tcp.local";

    begin_browse("_http._tcp");
    host_run(4100000);
    peer_forget();
    for (unsigned i = 0; i < ipconfigMDNS_INSTANCES; i++) {
        name[0] = (char)('A' + i);
        say_instance(name, 10);
        host_run(70);
    }
    host_run(15000);
    CHECK_EQUAL(ipconfigMDNS_INSTANCES, seen.went);
    CHECK(peer_count >= 2);
    for (size_t i = 1; i < peer_count; i++)
        CHECK(peer_heard[i].at - peer_heard[i - 1].at >= 1000);
    world_end();
}

TEST(goodbye_is_not_questioned)
{
    begin_browse("_http._tcp");
    host_run(4100000);
    peer_forget();
    say_instance("Hall._http._tcp.local", 4500);
    say_instance("Hall._http._tcp.local", 0);
    host_run(5000);
    CHECK_EQUAL(0, peer_count);
    CHECK_EQUAL(1, seen.went);
    world_end();
}

TEST(table_of_instances_is_bounded)
{
    char name[] = "A._http._tcp.local";

    begin_browse("_http._tcp");
    for (unsigned i = 0; i < ipconfigMDNS_INSTANCES + 5; i++) {
        name[0] = (char)('A' + i);
        say_instance(name, 4500);
    }
    CHECK_EQUAL(ipconfigMDNS_INSTANCES, seen.came);
    name[0] = 'A';
    say_instance(name, 0);
    host_run(1500);
    name[0] = 'Z';
    say_instance(name, 4500);
    CHECK_EQUAL(ipconfigMDNS_INSTANCES + 1, seen.came);
    world_end();
}

TEST(subtype_leads_to_instances_of_the_type)
{
    begin_browse("_printer._sub._http._tcp");
    host_run(200);
    CHECK(peer_has(0, DNS_QUESTIONS, "_printer._sub._http._tcp.local", DNS_TYPE_PTR));
    say_instance("Hall._http._tcp.local", 4500); /* of the type, but not of the subtype */
    CHECK_EQUAL(0, seen.came);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_pointer(DNS_ANSWERS, "_printer._sub._http._tcp.local", 4500, "Hall._http._tcp.local");
    peer_send();
    CHECK_EQUAL(1, seen.came);
    host_run(3000);
    struct dns_record record;
    CHECK(peer_find(peer_count - 1, DNS_ANSWERS, NULL, DNS_TYPE_PTR, &record));
    CHECK(peer_is_name(peer_count - 1, record.data, "Hall._http._tcp.local"));
    world_end();
}

TEST(browsing_begins_anew_with_the_link)
{
    begin_browse("_http._tcp");
    host_run(100000);
    wire_set_cut(&world.wire, true);
    host_run(100000);
    peer_forget();
    wire_set_cut(&world.wire, false);
    host_run(1500);
    CHECK_EQUAL(2, peer_count);
    world_end();
}

/* --- what an instance leads to ------------------------------------------------------------------ */

static unsigned resolved;
static struct tcpip_mdns_target target;
static struct tcpip_mdns_resolution resolution;

static void note_resolved(struct tcpip_mdns_resolution *ended)
{
    resolved++;
}

static void begin_resolve(const char *instance, uint8_t *room, size_t size)
{
    peer_begin();
    resolved = 0;
    target = (struct tcpip_mdns_target){.txt = room, .txt_room = size};
    resolution = (struct tcpip_mdns_resolution){
        .instance = instance, .type = "_http._tcp", .target = &target, .done = note_resolved};
    CHECK(tcpip_mdns_resolve_begin(&resolution));
    host_run(0);
}

TEST(instance_leads_to_host_port_and_attributes)
{
    uint8_t room[8];

    begin_resolve("Hall", room, sizeof room);
    CHECK(peer_has(0, DNS_QUESTIONS, "Hall._http._tcp.local", DNS_TYPE_SRV));
    CHECK(peer_has(0, DNS_QUESTIONS, "Hall._http._tcp.local", DNS_TYPE_TXT));
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_srv(DNS_ANSWERS, "Hall._http._tcp.local", UNIQUE, 120, 8080, "desk.local");
    peer_address(DNS_ADDITIONALS, "desk.local", UNIQUE, 120, PEER_ADDRESS);
    peer_record(DNS_ADDITIONALS, "Hall._http._tcp.local", DNS_TYPE_TXT, UNIQUE, 120, "\4a=bc\3de",
                9);
    peer_send();
    CHECK_EQUAL(1, resolved);
    CHECK_STRING("desk.local", target.host);
    CHECK_EQUAL(8080, target.port);
    CHECK_EQUAL(9, target.txt_size); /* more than there is room for */
    CHECK_BYTES("\4a=bc\3d", room, 7);
    look_up("desk.local", TCPIP_IPV4); /* came along */
    CHECK_EQUAL(1, result.count);
    host_run(5000);
    CHECK_EQUAL(1, peer_count);
    world_end();
}

TEST(question_about_an_instance_is_repeated_until_it_is_cancelled)
{
    begin_resolve("Hall", NULL, 0);
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_record(DNS_ANSWERS, "Hall._http._tcp.local", DNS_TYPE_TXT, UNIQUE, 120, "", 1);
    peer_srv(DNS_ANSWERS, "Hall._http._tcp.local", UNIQUE, 0, 80, "desk.local"); /* goodbye */
    peer_srv(DNS_ANSWERS, "Hal._http._tcp.local", UNIQUE, 120, 80, "desk.local");
    peer_srv(DNS_ANSWERS, "Hall._http._tcp.local", UNIQUE, 120, 80, "de sk.local"); /* no host */
    peer_send();
    host_run(8000);
    CHECK_EQUAL(0, resolved);
    CHECK_EQUAL(4, peer_count);
    tcpip_mdns_resolve_cancel(&resolution);
    tcpip_mdns_resolve_cancel(&resolution);
    host_run(60000);
    CHECK_EQUAL(4, peer_count);
    world_end();
}

TEST(end_of_the_stack_ends_all_questions)
{
    begin_resolve("Hall", NULL, 0);
    browse = (struct tcpip_mdns_browse){.type = "_http._tcp", .changed = changed};
    CHECK(tcpip_mdns_browse_begin(&browse));
    look_up("desk.local", TCPIP_IPV4);
    world_end();
    CHECK_EQUAL(1, resolved);
    CHECK_EQUAL(1, result.done);
    CHECK(!resolution.has_srv);
}

TEST(types_and_instances_that_are_not_sound_are_refused)
{
    char label[80];

    peer_begin();
    memset(label, 'x', sizeof label);
    label[64] = '\0';
    browse = (struct tcpip_mdns_browse){.type = "_http..tcp", .changed = changed};
    CHECK(!tcpip_mdns_browse_begin(&browse));
    resolution.instance = label;
    CHECK(!tcpip_mdns_resolve_begin(&resolution));
    resolution.instance = "";
    CHECK(!tcpip_mdns_resolve_begin(&resolution));
    world_end();
}

TEST(response_cut_or_changed_anywhere_does_no_harm)
{
    begin_resolve("Hall", NULL, 0);
    browse = (struct tcpip_mdns_browse){.type = "_http._tcp", .changed = changed};
    CHECK(tcpip_mdns_browse_begin(&browse));
    peer_say(0, MDNS_FLAGS_RESPONSE);
    peer_pointer(DNS_ANSWERS, TYPE, 100, "Hall._http._tcp.local");
    peer_srv(DNS_ANSWERS, "Hall._http._tcp.local", UNIQUE, 120, 8080, "desk.local");
    peer_address(DNS_ADDITIONALS, "desk.local", UNIQUE, 120, PEER_ADDRESS);
    size_t whole = peer_writer.at;
    for (size_t cut = 0; cut < whole; cut++) {
        peer_forget();
        peer_writer.at = cut;
        peer_send();
    }
    peer_writer.at = whole;
    for (size_t at = 0; at < whole; at++)
        for (unsigned value = 0; value < 256; value += 3) {
            uint8_t before = peer_writer.bytes[at];

            peer_forget();
            peer_writer.bytes[at] = (uint8_t)value;
            peer_send();
            peer_writer.bytes[at] = before;
            CHECK(seen.came - seen.went <= ipconfigMDNS_INSTANCES);
        }
    tcpip_mdns_resolve_cancel(&resolution);
    world_end();
}
