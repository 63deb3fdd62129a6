/* SPDX-License-Identifier: MIT */
/*
 * Every input of up to three bytes into every parser, each in memory of exactly its size. What so few
 * bytes can say is little: a header is never whole, an option or a label may be.
 */
#include "linnet_test.h"

#include <stdlib.h>
#include <string.h>

#include "client/names.h"
#include "core/text6.h"
#include "wire/arp.h"
#include "wire/dhcp.h"
#include "wire/dhcp6.h"
#include "wire/dns.h"
#include "wire/dns_answer.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"
#include "wire/locate.h"
#include "wire/mdns.h"
#include "wire/membership.h"
#include "wire/nbns.h"
#include "wire/nd.h"
#include "wire/tcp.h"
#include "wire/udp.h"

enum { MOST = 3 };

/* How many inputs the parser takes. */
static unsigned taken_by(bool (*takes)(const uint8_t *bytes, size_t size))
{
    unsigned taken = 0;

    for (size_t size = 0; size <= MOST; size++) {
        uint8_t *memory = malloc(size + 1);
        uint8_t *bytes = memory + 1; /* what lies behind is not the parser's */

        CHECK(memory != NULL);
        for (uint32_t value = 0; value < UINT32_C(1) << 8 * size; value++) {
            for (size_t i = 0; i < size; i++)
                bytes[i] = (uint8_t)(value >> 8 * i);
            taken += takes(bytes, size);
        }
        free(memory);
    }
    return taken;
}

/* --- headers and messages, none of which is so short -------------------------------------------------------- */

static bool arp(const uint8_t *bytes, size_t size)
{
    struct arp_packet packet;

    return tcpip_arp_parse(bytes, size, &packet);
}

static bool ipv4(const uint8_t *bytes, size_t size)
{
    struct ipv4_header header;

    return tcpip_ipv4_parse(bytes, size, &header) == IPV4_OK ||
           tcpip_ipv4_parse_quoted(bytes, size, &header) == IPV4_OK;
}

static bool ipv6(const uint8_t *bytes, size_t size)
{
    struct ipv6_header header;

    return tcpip_ipv6_parse(bytes, size, &header) == IPV6_OK;
}

static bool located(const uint8_t *bytes, size_t size)
{
    struct located found;

    return tcpip_locate(bytes, size, &found) == LOCATE_OK;
}

static bool icmp(const uint8_t *bytes, size_t size)
{
    struct icmp_header header;

    return icmp_parse(bytes, size, &header);
}

static bool nd(const uint8_t *bytes, size_t size)
{
    struct tcpip_reader options = tcpip_reader_of(bytes, size);
    struct nd_option option;

    return tcpip_nd_next_option(&options, &option) || tcpip_nd_check(bytes, size, &options);
}

static bool membership(const uint8_t *bytes, size_t size)
{
    struct membership_message message;

    return tcpip_membership_parse(bytes, size, TCPIP_IPV4, &message) != MEMBERSHIP_NONE ||
           tcpip_membership_parse(bytes, size, TCPIP_IPV6, &message) != MEMBERSHIP_NONE;
}

static bool udp(const uint8_t *bytes, size_t size)
{
    struct udp_header header;

    return udp_parse(bytes, size, &header);
}

static bool tcp(const uint8_t *bytes, size_t size)
{
    struct tcpip_tcp_segment segment;

    return tcpip_tcp_parse(&segment, bytes, size);
}

static bool dhcp(const uint8_t *bytes, size_t size)
{
    struct dhcp_reply reply;

    return tcpip_dhcp_parse(bytes, size, &reply);
}

static bool dhcp6(const uint8_t *bytes, size_t size)
{
    static const uint8_t mac[NETIF_MAC_SIZE] = {2};
    struct dhcp6_reply reply;

    return tcpip_dhcp6_parse(bytes, size, mac, 1, &reply);
}

static bool dns(const uint8_t *bytes, size_t size)
{
    const struct dns_message message = {bytes, size};
    static struct dns_question question;
    struct dns_record record;
    struct dns_header header;
    struct dns_answer answer;
    size_t at = 0;

    return tcpip_dns_read_header(&message, &header) ||
           tcpip_dns_parse_answer(&message, &question, &answer) ||
           tcpip_dns_read_question(&message, &at, &record) ||
           (at = 0, tcpip_dns_read_record(&message, &at, &record));
}

static bool mdns(const uint8_t *bytes, size_t size)
{
    static const struct dns_name name = {7, {5, 'l', 'o', 'c', 'a', 'l'}};
    const struct dns_message message = {bytes, size};
    struct tcpip_address address;
    uint32_t ttl;

    return tcpip_mdns_addresses(&message, &name, TCPIP_IPV4, &address, 1, &ttl) > 0 ||
           tcpip_mdns_denies(&message, &name, DNS_TYPE_A, &ttl);
}

static bool nbns(const uint8_t *bytes, size_t size)
{
    struct nbns_query query = {0}, read;
    struct tcpip_address address;
    uint32_t ttl;
    size_t count;

    return tcpip_nbns_parse_query(bytes, size, &read) ||
           tcpip_nbns_parse_reply(bytes, size, &query, &address, 1, &count, &ttl);
}

TEST(no_input_of_up_to_three_bytes_is_a_frame_or_a_packet)
{
    CHECK_EQUAL(0, taken_by(arp));
    CHECK_EQUAL(0, taken_by(ipv4));
    CHECK_EQUAL(0, taken_by(ipv6));
    CHECK_EQUAL(0, taken_by(located));
}

TEST(no_input_of_up_to_three_bytes_is_a_message_of_icmp)
{
    CHECK_EQUAL(0, taken_by(icmp));
    CHECK_EQUAL(0, taken_by(nd));
    CHECK_EQUAL(0, taken_by(membership));
}

TEST(no_input_of_up_to_three_bytes_is_a_datagram_or_a_segment)
{
    CHECK_EQUAL(0, taken_by(udp));
    CHECK_EQUAL(0, taken_by(tcp));
}

TEST(no_input_of_up_to_three_bytes_is_a_lease)
{
    CHECK_EQUAL(0, taken_by(dhcp));
    CHECK_EQUAL(0, taken_by(dhcp6));
}

TEST(no_input_of_up_to_three_bytes_is_a_message_about_names)
{
    CHECK_EQUAL(0, taken_by(dns));
    CHECK_EQUAL(0, taken_by(mdns));
    CHECK_EQUAL(0, taken_by(nbns));
}

/* --- parts that are so short -------------------------------------------------------------------------------- */

/* NOP and END anywhere; behind them SACK permitted in two bytes or a window scale in three. */
static bool options_by_hand(const uint8_t *bytes, size_t size)
{
    size_t at = 0;

    while (at < size && bytes[at] == TCPIP_TCP_OPTION_NOP)
        at++;
    if (at == size || bytes[at] == TCPIP_TCP_OPTION_END)
        return true;
    if (at + 1 >= size || bytes[at + 1] < 2 || bytes[at + 1] > size - at)
        return false;
    if (bytes[at] == TCPIP_TCP_OPTION_SACK_PERMITTED)
        return bytes[at + 1] == 2 && options_by_hand(bytes + at + 2, size - at - 2);
    if (bytes[at] == TCPIP_TCP_OPTION_WINDOW_SCALE)
        return bytes[at + 1] == 3;
    if (bytes[at] == TCPIP_TCP_OPTION_MSS || bytes[at] == TCPIP_TCP_OPTION_SACK ||
        bytes[at] == TCPIP_TCP_OPTION_TIMESTAMPS)
        return false;
    return options_by_hand(bytes + at + bytes[at + 1], size - at - bytes[at + 1]);
}

static bool tcp_options(const uint8_t *bytes, size_t size)
{
    struct tcpip_tcp_options options;
    bool taken = tcpip_tcp_parse_options(&options, bytes, size);

    CHECK_EQUAL(options_by_hand(bytes, size), taken);
    CHECK(!taken || (!options.has_mss && !options.has_timestamps && options.sack_count == 0));
    return taken;
}

TEST(every_option_list_of_tcp_of_up_to_three_bytes)
{
    CHECK(taken_by(tcp_options) > 65536);
}

/* The root; one label of one byte. A pointer has nothing in front of it to lead to. */
static bool dns_name(const uint8_t *bytes, size_t size)
{
    const struct dns_message message = {bytes, size};
    bool root = size > 0 && bytes[0] == 0, label = size == 3 && bytes[0] == 1 && bytes[2] == 0;
    char text[8];
    struct dns_name name;
    size_t at = 0;
    bool taken = tcpip_dns_read_name(&message, 0, &name);

    CHECK_EQUAL(root || label, taken);
    CHECK(!taken || name.size == (root ? 1 : 3));
    CHECK(!taken || (tcpip_dns_skip_name(&message, &at) && at == name.size));
    (void)tcpip_dns_text_of(&message, 0, text, sizeof text);
    return taken;
}

TEST(every_name_of_dns_of_up_to_three_bytes)
{
    CHECK_EQUAL(1 + 256 + 65536 + 256, taken_by(dns_name));
}

static bool ipv4_text(const uint8_t *bytes, size_t size)
{
    struct tcpip_address address;
    char text[MOST + 1] = "";

    memcpy(text, bytes, size);
    return tcpip_ipv4_from_text(text, &address);
}

static bool ipv6_text(const uint8_t *bytes, size_t size)
{
    char text[MOST + 1] = "";
    uint8_t address[16];

    memcpy(text, bytes, size);
    return strlen(text) == size && tcpip_ipv6_from_text(text, address);
}

static bool name_text(const uint8_t *bytes, size_t size)
{
    char text[MOST + 1] = "";
    struct dns_name name;

    memcpy(text, bytes, size);
    bool taken = tcpip_dns_name_from_text(&name, text, NULL);
    CHECK(!taken || (name.size <= MOST + 2 && name.bytes[name.size - 1] == 0));
    return taken;
}

static bool nbns_text(const uint8_t *bytes, size_t size)
{
    char text[MOST + 1] = "";
    struct nbns_name name;

    memcpy(text, bytes, size);
    return tcpip_nbns_name_from_text(&name, text, NBNS_KIND_HOST);
}

TEST(every_text_of_up_to_three_bytes)
{
    CHECK_EQUAL(0, taken_by(ipv4_text));
    CHECK_EQUAL(1 + 22 + 22, taken_by(ipv6_text)); /* "::", "::f" and "f::" */
    CHECK(taken_by(name_text) > 1000000);
    CHECK(taken_by(nbns_text) > 1000);
}
