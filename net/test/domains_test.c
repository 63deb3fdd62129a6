/* SPDX-License-Identifier: MIT */
/* Search domains that the network names: read from any bytes, used while they are good. */
#include "servers.h"
#include "world6.h"

#include <string.h>

#include "client/dhcp.h"
#include "client/domains.h"
#include "client/names.h"
#include "core/end_point.h"
#include "tcpip.h"
#include "wire/dhcp6.h"
#include "wire/domains.h"

enum { OPTIONS_AT = 240, SNAME_AT = 44, FILE_AT = 108, ROOM = 255 };

/* --- the wire -------------------------------------------------------------------------------------------- */

/* A DHCP message with these bytes as its options. */
static size_t message_with(uint8_t *message, const void *options, size_t size)
{
    memset(message, 0, OPTIONS_AT);
    memcpy(message + OPTIONS_AT, options, size);
    return OPTIONS_AT + size;
}

static const char *nth(const uint8_t *list, size_t size, unsigned index)
{
    static char text[64];
    const struct dns_message names = {list, size};
    size_t offset = 0;

    while (tcpip_domains_next(&names, &offset, text, sizeof text))
        if (index-- == 0)
            return text;
    return NULL;
}

TEST(domain_name_of_dhcp_is_a_list_of_one)
{
    uint8_t message[400], list[ROOM];

    size_t size = message_with(message, "\x0f\x0blinnet.test\xff", 14);
    CHECK_EQUAL(13, tcpip_domains_of_dhcp(message, size, list, ROOM));
    CHECK_STRING("linnet.test", nth(list, 13, 0));
    CHECK(nth(list, 13, 1) == NULL);
    size = message_with(message, "\x0f\x05home\0\xff", 8); /* some servers end it with a zero */
    CHECK_EQUAL(6, tcpip_domains_of_dhcp(message, size, list, ROOM));
    CHECK_STRING("home", nth(list, 6, 0));
    size = message_with(message, "\x0f\x04.com\xff", 7);
    CHECK_EQUAL(0, tcpip_domains_of_dhcp(message, size, list, ROOM));
}

/* RFC 3397 section 4: the pieces of the list are one list, in which names may point back. */
TEST(search_list_of_dhcp_is_put_together_from_its_pieces)
{
    static const uint8_t options[] = "\x0f\x04home"
                                     "\x77\x0a\3eng\5apple"
                                     "\x77\x14\3com\0\11marketing\xc0\4\1x\0\xff";
    uint8_t message[400], list[ROOM];
    size_t size = tcpip_domains_of_dhcp(message, message_with(message, options, sizeof options - 1),
                                        list, ROOM);

    CHECK_EQUAL(10 + 20, size);
    CHECK_STRING("eng.apple.com", nth(list, size, 0));
    CHECK_STRING("marketing.apple.com", nth(list, size, 1));
    CHECK_STRING("x", nth(list, size, 2));
    CHECK(nth(list, size, 3) == NULL);
}

TEST(search_list_of_dhcp_may_stand_in_the_overloaded_fields)
{
    uint8_t message[400], list[ROOM];

    for (unsigned overload = 0; overload < 256; overload++) {
        uint8_t options[] = {52, 1, (uint8_t)overload, 255};
        size_t size = message_with(message, options, sizeof options);

        memcpy(message + FILE_AT, "\x77\x03\1f\0\x34\x01\x02\xff", 9);
        memcpy(message + SNAME_AT, "\x77\x03\1s\0\xff", 6);
        size_t got = tcpip_domains_of_dhcp(message, size, list, ROOM);
        CHECK_EQUAL(3 * (overload % 2 + overload / 2 % 2), got);
    }
}

TEST(ledger_17_every_search_list_of_every_length_at_every_remaining_size)
{
    static const uint8_t codes[] = {15, 52, 119};
    uint8_t message[OPTIONS_AT + 260], list[ROOM], options[260];

    for (size_t c = 0; c < sizeof codes; c++)
        for (size_t said = 0; said < 256; said++)
            for (size_t there = 0; there < 258; there++) {
                memset(options, 'a', sizeof options);
                options[0] = codes[c];
                options[1] = (uint8_t)said;
                size_t size = message_with(message, options, there);
                size_t got = tcpip_domains_of_dhcp(message, size, list, ROOM);
                CHECK(got <= ROOM && (got == 0 || said + 2 <= there));
            }
}

TEST(list_is_read_as_far_as_it_is_sound)
{
    static const uint8_t list[] = "\3lan\0\0\0\77cut";
    const struct dns_message names = {list, sizeof list - 1};
    char text[4] = "";
    size_t offset = 0;

    CHECK(tcpip_domains_next(&names, &offset, text, sizeof text));
    CHECK_STRING("lan", text);
    for (int padding = 0; padding < 2; padding++) {
        CHECK(tcpip_domains_next(&names, &offset, text, sizeof text));
        CHECK_STRING("", text);
    }
    CHECK(!tcpip_domains_next(&names, &offset, text, sizeof text));
    offset = 0;
    CHECK(tcpip_domains_next(&names, &offset, text, 3)); /* no room for the text */
    CHECK_STRING("", text);
}

TEST(list_of_dhcpv6_lies_in_its_option)
{
    static const uint8_t message[] = "\7\1\2\3\0\x17\0\1x\0\x18\0\5\3lan\0";
    struct tcpip_reader list = tcpip_domains_of_dhcp6(message, sizeof message - 1);

    CHECK_EQUAL(5, list.left);
    CHECK_STRING("lan", nth(list.at, list.left, 0));
    for (size_t cut = 0; cut < sizeof message - 1; cut++)
        CHECK_EQUAL(0, tcpip_domains_of_dhcp6(message, cut).left);
}

/* --- the table ------------------------------------------------------------------------------------------- */

static const uint8_t lan[] = "\3lan", home[] = "\4home";

static void check_domains(const char *first, const char *second)
{
    CHECK_EQUAL((first != NULL) + (second != NULL), tcpip_domains_count());
    CHECK(first == NULL || strcmp(first, tcpip_domains_at(0)) == 0);
    CHECK(second == NULL || strcmp(second, tcpip_domains_at(1)) == 0);
    CHECK(tcpip_domains_at(tcpip_domains_count()) == NULL);
}

TEST(domains_live_as_long_as_their_source_says)
{
    uint8_t many[64];

    world_begin(false);
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_ROUTER, lan, 5, 100);
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_ROUTER, home, 6, 200);
    check_domains("lan", "home");
    host_run(101000);
    check_domains("home", NULL);
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_DHCP, home, 6, TCPIP_DOMAINS_FOREVER);
    check_domains("home", NULL); /* two say so */
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_ROUTER, home, 6, 0);
    check_domains("home", NULL); /* one of them no longer */
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_DHCP, lan, 5, TCPIP_DOMAINS_FOREVER);
    check_domains("lan", NULL); /* a lease names all there are */
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_DHCP, lan, 0, TCPIP_DOMAINS_FOREVER);
    check_domains(NULL, NULL);
    for (size_t i = 0; i < 20; i++)
        memcpy(many + 3 * i, (uint8_t[]){1, (uint8_t)('a' + i), 0}, 3);
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_ROUTER, many, 60, 100);
    CHECK_EQUAL(ipconfigDNS_LEARNT_DOMAINS, tcpip_domains_count());
    CHECK_STRING("a", tcpip_domains_at(0));
    tcpip_domains_forget(&world.interface, TCPIP_DOMAINS_ROUTER);
    check_domains(NULL, NULL);
    world_end();
}

static bool form_is(const char *text, unsigned form, const char *expected)
{
    struct dns_name name, wanted;

    return tcpip_dns_name_in_form(text, form, &name) &&
           tcpip_dns_name_from_text(&wanted, expected, NULL) && name.size == wanted.size &&
           memcmp(name.bytes, wanted.bytes, name.size) == 0;
}

TEST(name_is_asked_for_in_the_domains_of_the_application_and_then_of_the_network)
{
    struct dns_name name;

    world_begin(false);
    CHECK(tcpip_dns_search_add("mine"));
    tcpip_domains_learn(&world.interface, TCPIP_DOMAINS_ROUTER, lan, 5, 100);
    CHECK_EQUAL(3, tcpip_dns_forms("lamp"));
    CHECK(form_is("lamp", 0, "lamp.mine") && form_is("lamp", 1, "lamp.lan") &&
          form_is("lamp", 2, "lamp"));
    CHECK(form_is("a.b", 0, "a.b") && form_is("a.b", 1, "a.b.mine") &&
          form_is("a.b", 2, "a.b.lan"));
    CHECK_EQUAL(1, tcpip_dns_forms("a.b."));
    CHECK(form_is("a.b.", 0, "a.b"));
    host_run(101000); /* in the middle of a look-up */
    CHECK(!tcpip_dns_name_in_form("a.b", 2, &name));
    CHECK_EQUAL(2, tcpip_dns_forms("lamp"));
    tcpip_dns_search_clear();
    CHECK_EQUAL(1, tcpip_dns_forms("lamp"));
    world_end();
}

/* --- from the network ---------------------------------------------------------------------------------------- */

static struct servers servers;

TEST(lease_brings_its_domain_and_takes_it_away)
{
    world_begin(true);
    servers_begin(&servers, &world.wire);
    servers.domain = "linnet.test";
    servers.mac_change = 1; /* not for us */
    host_run(10000);
    check_domains(NULL, NULL);
    servers.mac_change = 0;
    host_run(30000);
    CHECK_EQUAL(TCPIP_END_POINT_UP, world.end_point.state);
    check_domains("linnet.test", NULL);
    wire_set_cut(&world.wire, true);
    host_run(1000);
    check_domains(NULL, NULL);
    wire_set_cut(&world.wire, false);
    host_run(10000);
    check_domains("linnet.test", NULL);
    tcpip_dhcp_release(&world.end_point);
    host_run(1000);
    check_domains(NULL, NULL);
    world_end();
}

static void says_domain(struct advertisement *to, const char *name, size_t size, uint32_t lifetime)
{
    uint8_t *option = to->bytes + to->size;

    memset(option, 0, 24);
    option[0] = ND_OPTION_DOMAINS;
    option[1] = 3;
    tcpip_put_be32(option + 4, lifetime);
    memcpy(option + 8, name, size);
    to->size += 24;
}

TEST(router_names_domains_for_as_long_as_it_says)
{
    struct advertisement said = router_says(1800, 0);

    world6_settle(true);
    says_domain(&said, "\3lan\0\4home", 11, 100);
    world6_hear(ROUTER6, &said);
    check_domains("lan", "home");
    world6_icmp_far(ROUTER6, "ff02::1", 254, said.bytes, said.size); /* from afar: nothing */
    said = router_says(1800, 0);
    says_domain(&said, "\3lan", 5, 0);
    world6_hear(ROUTER6, &said);
    check_domains("home", NULL);
    host_run(101000);
    check_domains(NULL, NULL);
    said = router_says(1800, 0);
    says_domain(&said, "\3lan", 5, 5000);
    world6_hear(ROUTER6, &said);
    check_domains("lan", NULL);
    wire_set_cut(&world.wire, true);
    host_run(1000);
    check_domains(NULL, NULL);
    world6_end();
}
