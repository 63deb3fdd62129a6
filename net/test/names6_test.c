/* SPDX-License-Identifier: MIT */
/* Names over IPv6: servers by hand, questions and answers, and those of the link, on the wire. */
#include "world6.h"

#include <string.h>

#include "client/dns.h"
#include "client/names.h"
#include "core/drop.h"
#include "core/text6.h"
#include "wire/dns.h"
#include "wire/llmnr.h"
#include "wire/mdns.h"
#include "wire/udp.h"

#define SERVER6 "2001:db8::53"

enum { UDP_AT = IP6_AT + IPV6_HEADER_SIZE, DNS_AT = UDP_AT + UDP_HEADER_SIZE };

static struct tcpip_dns_lookup lookup;
static unsigned done_count;
static size_t found_count;
static struct tcpip_address found;

static void done(struct tcpip_dns_lookup *ended, const struct tcpip_address *addresses,
                 size_t count)
{
    done_count++;
    found_count = count;
    if (count > 0)
        found = addresses[0];
}

/* 2001:db8::1 with the server 2001:db8::53, whose station and that of the peer are known. */
static void begin(void)
{
    struct tcpip_address server = ip6(SERVER6);

    world6_begin(false);
    host_run(5000);
    world.end_point.active.dns_count = 0; /* IPv4 knows no server */
    world6.end_point.active.dns[0] = server;
    world6.end_point.active.dns_count = 1;
    world6_solicit(SERVER6, OWN6, OWN6, world.wire.peer_mac);
    world6_solicit(PEER6, OWN6, OWN6, world.wire.peer_mac);
    CHECK(world6_knows(SERVER6, world.wire.peer_mac));
    world6_forget();
    done_count = 0;
}

static void ask(const char *name, uint8_t family)
{
    lookup = (struct tcpip_dns_lookup){.name = name, .family = family, .done = done};
    tcpip_dns_resolve(&lookup);
    host_run(0);
}

/* The last datagram of IPv6 to this port that was sent; NULL: none. */
static const struct sent6 *sent_to(uint16_t port)
{
    for (unsigned i = world6.sent_count; i-- > 0;) {
        const struct sent6 *sent = &world6.sent[i];

        if (sent->length > DNS_AT && tcpip_get_be16(sent->bytes + 12) == 0x86dd &&
            sent->bytes[IP6_AT + IPV6_NEXT_AT] == 17 &&
            tcpip_get_be16(sent->bytes + UDP_AT + 2) == port)
            return sent;
    }
    return NULL;
}

static bool went_to(const struct sent6 *sent, const char *address)
{
    struct tcpip_address wanted = ip6(address);

    return memcmp(sent->bytes + IP6_AT + IPV6_DESTINATION_AT, wanted.bytes, 16) == 0;
}

/* The answer 2001:db8::99 to a question that was sent, and what may be wrong with it. */
static size_t answer_to(uint8_t *message, const struct sent6 *sent, uint16_t id_change, bool other)
{
    static const uint8_t record[] = {0xc0, 12, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16};
    const uint8_t *question = sent->bytes + DNS_AT;
    size_t name = strlen((const char *)question + 12) + 1, size = 12 + name + 4;
    struct tcpip_address address = ip6("2001:db8::99");

    memcpy(message, question, size);
    tcpip_put_be16(message, (uint16_t)(tcpip_get_be16(question) + id_change));
    message[2] = 0x84;
    message[3] = 0;
    message[7] = 1;
    message[11] = 0; /* no EDNS0 */
    message[13] = (uint8_t)(message[13] ^ (other ? 1 : 0));
    memcpy(message + size, record, sizeof record);
    memcpy(message + size + sizeof record, address.bytes, 16);
    return size + sizeof record + 16;
}

static void answer(const struct sent6 *sent, const char *source, uint16_t source_port,
                   uint16_t port_change, uint16_t id_change, bool other)
{
    uint8_t message[512], frame[WIRE_FRAME_SIZE];
    uint16_t port = (uint16_t)(tcpip_get_be16(sent->bytes + UDP_AT) + port_change);
    size_t size = answer_to(message, sent, id_change, other);

    world_receive(frame, world6_udp(frame, source, source_port, OWN6, port, message, size));
}

static bool is_found(void)
{
    struct tcpip_address wanted = ip6("2001:db8::99");

    return done_count == 1 && found_count == 1 && tcpip_address_equal(&found, &wanted);
}

TEST(question_goes_to_a_server_of_ipv6_and_its_answer_counts)
{
    begin();
    ask("www.example.com", TCPIP_IPV6);
    const struct sent6 *question = sent_to(DNS_PORT);
    CHECK(question != NULL && went_to(question, SERVER6));
    answer(question, SERVER6, DNS_PORT, 0, 0, false);
    CHECK(is_found());
    world6_forget();
    done_count = 0;
    ask("www.example.com", TCPIP_IPV6); /* remembered */
    CHECK(is_found());
    CHECK(sent_to(DNS_PORT) == NULL);
    world6_end();
}

TEST(ledger_1_answer_of_ipv6_that_was_not_asked_for_is_ignored)
{
    struct sent6 question;

    begin();
    ask("www.example.com", TCPIP_IPV6);
    CHECK(sent_to(DNS_PORT) != NULL);
    question = *sent_to(DNS_PORT);
    for (unsigned change = 0; change < 65536; change++) {
        if (change != 0)
            answer(&question, SERVER6, DNS_PORT, 0, (uint16_t)change, false);
        answer(&question, "2001:db8::54", DNS_PORT, 0, (uint16_t)change, false);
        answer(&question, SERVER6, DNS_PORT + 1, 0, (uint16_t)change, false);
        answer(&question, SERVER6, DNS_PORT, 1, (uint16_t)change, false);
        answer(&question, SERVER6, DNS_PORT, 0, (uint16_t)change, true);
    }
    CHECK_EQUAL(0, done_count);
    answer(&question, SERVER6, DNS_PORT, 0, 0, false);
    CHECK(is_found());
    world6_end();
}

TEST(address_as_text_needs_no_server_whatever_is_asked_for)
{
    static const struct {
        const char *text;
        uint8_t asked, family;
    } cases[] = {{"2001:db8::99", TCPIP_IPV6, TCPIP_IPV6},
                 {"2001:db8::99", TCPIP_IPV4, 0},
                 {"192.0.2.1", TCPIP_IPV4, TCPIP_IPV4},
                 {"192.0.2.1", TCPIP_IPV6, 0},
                 {"::ffff:192.0.2.1", TCPIP_IPV6, TCPIP_IPV6}};
    struct tcpip_address known[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];

    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        done_count = 0;
        ask(cases[i].text, cases[i].asked);
        CHECK_EQUAL(1, done_count);
        CHECK_EQUAL(cases[i].family != 0, found_count);
        CHECK(!lookup.unanswered);
        CHECK_EQUAL(found_count, tcpip_dns_known(cases[i].text, cases[i].asked, known));
        CHECK(found_count == 0 ||
              (found.family == cases[i].family && tcpip_address_equal(&found, &known[0])));
    }
    CHECK(sent_to(DNS_PORT) == NULL);
    world6_end();
}

/* --- the link ------------------------------------------------------------------------------------------ */

TEST(name_in_local_is_asked_for_in_the_group_of_ipv6)
{
    begin();
    ask("desk.local", TCPIP_IPV6);
    const struct sent6 *question = sent_to(MDNS_PORT);
    CHECK(question != NULL && went_to(question, "ff02::fb"));
    CHECK_EQUAL(255, question->bytes[IP6_AT + 7]);
    CHECK_BYTES(((uint8_t[]){0x33, 0x33, 0, 0, 0, 0xfb}), question->bytes, 6);
    uint8_t frame[WIRE_FRAME_SIZE];
    uint8_t whole[64] = {0, 0, 0x84, 0, 0, 0, 0, 1};
    memcpy(whole + 12, "\4desk\5local", 12);
    memcpy(whole + 24, (uint8_t[]){0, 28, 0x80, 1, 0, 0, 0, 120, 0, 16}, 10);
    struct tcpip_address address = ip6("2001:db8::99");
    memcpy(whole + 34, address.bytes, 16);
    world_receive(frame, world6_udp(frame, PEER6, MDNS_PORT, "ff02::fb", MDNS_PORT, whole, 50));
    CHECK(is_found());
    world6_end();
}

TEST(name_of_one_label_is_asked_for_by_llmnr_of_ipv6)
{
    begin();
    ask("desk", TCPIP_IPV6);
    const struct sent6 *question = sent_to(LLMNR_PORT);
    CHECK(question != NULL && went_to(question, "ff02::1:3"));
    struct sent6 kept = *question;
    answer(&kept, PEER6, LLMNR_PORT + 1, 0, 0, false);
    answer(&kept, PEER6, LLMNR_PORT, 0, 1, false);
    CHECK_EQUAL(0, done_count);
    answer(&kept, PEER6, LLMNR_PORT, 0, 0, false);
    CHECK(is_found());
    world6_end();
}

static bool is_ours(struct tcpip_end_point *end_point, const char *name)
{
    return strcmp(name, "lamp") == 0 || strcmp(name, "lamp.local") == 0;
}

/* A question to the group, of `name` for the address of IPv6. */
static void question_of(const char *name, size_t size, uint16_t from, const char *group,
                        uint16_t port)
{
    uint8_t message[64] = {0x12, 0x34, 0, 0, 0, 1}, frame[WIRE_FRAME_SIZE];

    memcpy(message + 12, name, size);
    memcpy(message + 12 + size, (uint8_t[]){0, 28, 0, 1}, 4);
    world6_forget();
    world_receive(frame, world6_udp(frame, PEER6, from, group, port, message, 16 + size));
    host_run(2000);
}

static bool tells_our_address(const struct sent6 *sent)
{
    struct tcpip_address own = ip6(OWN6);

    for (size_t at = DNS_AT; at + 16 <= sent->length; at++)
        if (memcmp(sent->bytes + at, own.bytes, 16) == 0)
            return true;
    return false;
}

TEST(llmnr_tells_our_address_to_who_asks_in_the_group_of_ipv6)
{
    begin();
    tcpip_names_hook = is_ours;
    question_of("\4lamp", 6, 50000, "ff02::1:3", LLMNR_PORT);
    const struct sent6 *reply = sent_to(50000);
    CHECK(reply != NULL && went_to(reply, PEER6));
    CHECK_EQUAL(0x1234, tcpip_get_be16(reply->bytes + DNS_AT));
    CHECK(tells_our_address(reply));
    question_of("\4desk", 6, 50000, "ff02::1:3", LLMNR_PORT);
    CHECK(sent_to(50000) == NULL);
    question_of("\4lamp", 6, 50000, OWN6, LLMNR_PORT); /* RFC 4795 2.4 */
    CHECK(sent_to(50000) == NULL);
    tcpip_names_hook = NULL;
    world6_end();
}

TEST(mdns_tells_our_address_in_the_group_of_ipv6)
{
    begin();
    tcpip_names_hook = is_ours;
    question_of("\4lamp\5local", 12, MDNS_PORT, "ff02::fb", MDNS_PORT);
    const struct sent6 *reply = sent_to(MDNS_PORT);
    CHECK(reply != NULL && went_to(reply, "ff02::fb"));
    CHECK(tells_our_address(reply));
    question_of("\4lamp\5local", 12, 50000, "ff02::fb", MDNS_PORT); /* a usual resolver */
    reply = sent_to(50000);
    CHECK(reply != NULL && went_to(reply, PEER6));
    CHECK_EQUAL(0x1234, tcpip_get_be16(reply->bytes + DNS_AT));
    CHECK(tells_our_address(reply));
    tcpip_names_hook = NULL;
    world6_end();
}
