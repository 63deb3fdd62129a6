/* SPDX-License-Identifier: MIT */
/* Messages of the name service of NetBIOS. */
#include <string.h>

#include "core/address.h"
#include "linnet_test.h"
#include "wire/nbns.h"

static struct nbns_query query;
static uint8_t bytes[600];

static void make(const char *name)
{
    query.id = 0x1234;
    CHECK(tcpip_nbns_name_from_text(&query.name, name, NBNS_KIND_SERVER));
    tcpip_nbns_build_query(bytes, &query);
}

/* RFC 1001 14.1: "The NetBIOS name" in its example; here FRED, from RFC 1002's tables. */
TEST(query_is_written_as_the_standard_shows)
{
    static const uint8_t expected[NBNS_QUERY_SIZE] = "\x12\x34\x01\x10\0\1\0\0\0\0\0\0"
                                                     "\x20"
                                                     "EGFCEFEECACACACACACACACACACACACA\0\0\x20\0\1";

    make("fred");
    CHECK_BYTES(expected, bytes, sizeof expected);
}

TEST(query_is_read_back)
{
    struct nbns_query back;

    make("printer-15chars");
    CHECK(tcpip_nbns_parse_query(bytes, NBNS_QUERY_SIZE, &back));
    CHECK_EQUAL(0x1234, back.id);
    CHECK_STRING("PRINTER-15CHARS", back.name.text);
    CHECK_EQUAL(NBNS_KIND_SERVER, back.name.kind);
    for (size_t cut = 0; cut < NBNS_QUERY_SIZE; cut++)
        CHECK(!tcpip_nbns_parse_query(bytes, cut, &back));
}

TEST(names_that_cannot_be_are_refused)
{
    static const char *const bad[] = {"", "sixteen-letters-", "a b", "\xc3\xa4", "tab\there"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!tcpip_nbns_name_from_text(&query.name, bad[i], 0));
}

/* Every byte of a query with every value: read, it is a question for an address, and the name is one
 * that can be printed. */
TEST(query_with_each_byte_changed_is_refused_or_sound)
{
    make("lamp");
    for (size_t at = 0; at < NBNS_QUERY_SIZE; at++)
        for (unsigned value = 0; value < 256; value++) {
            uint8_t before = bytes[at];
            struct nbns_query back;

            bytes[at] = (uint8_t)value;
            if (tcpip_nbns_parse_query(bytes, NBNS_QUERY_SIZE, &back)) {
                size_t length = strlen(back.name.text);

                CHECK(length > 0 && length <= NBNS_NAME_MAX);
                for (size_t i = 0; i < length; i++)
                    CHECK(back.name.text[i] >= ' ' && back.name.text[i] <= '~');
                CHECK(value == before || at < 4 || (at >= 8 && at < 12) || (at > 12 && at < 45));
            }
            bytes[at] = before;
        }
}

TEST(reply_is_read_back)
{
    struct tcpip_address address = tcpip_address_from_ipv4(0x0a000007), found[3];
    size_t count;
    uint32_t ttl;

    make("lamp");
    tcpip_nbns_build_reply(bytes, &query, &address);
    CHECK(tcpip_nbns_parse_reply(bytes, NBNS_REPLY_SIZE, &query, found, 3, &count, &ttl));
    CHECK_EQUAL(1, count);
    CHECK_EQUAL(NBNS_TTL, ttl);
    CHECK(tcpip_address_equal(&address, &found[0]));
    for (size_t cut = 0; cut < NBNS_REPLY_SIZE; cut++)
        CHECK(!tcpip_nbns_parse_reply(bytes, cut, &query, found, 3, &count, &ttl));
    query.name.kind = NBNS_KIND_HOST;
    CHECK(!tcpip_nbns_parse_reply(bytes, NBNS_REPLY_SIZE, &query, found, 3, &count, &ttl));
}

/* Every size that a reply can say its data have. */
TEST(reply_takes_whole_addresses_that_are_there)
{
    enum { SIZE_AT = NBNS_REPLY_SIZE - 8 };
    struct tcpip_address address = tcpip_address_from_ipv4(0x0a000007), found[3];
    size_t count;
    uint32_t ttl;

    make("lamp");
    tcpip_nbns_build_reply(bytes, &query, &address);
    memset(bytes + NBNS_REPLY_SIZE, 7, 24); /* four more */
    for (unsigned said = 0; said < 65536; said++) {
        tcpip_put_be16(bytes + SIZE_AT, (uint16_t)said);
        bool sound = tcpip_nbns_parse_reply(bytes, NBNS_REPLY_SIZE + 24, &query, found, 3, &count,
                                            &ttl);

        CHECK_EQUAL(said <= 30 && said % 6 == 0, sound);
        CHECK(!sound || count == (said / 6 < 3 ? said / 6 : 3));
    }
}

/* Small scope: every input of up to 3 bytes. */
TEST(every_short_input_is_refused)
{
    struct tcpip_address found;
    struct nbns_query back;
    size_t count;
    uint32_t ttl;

    for (uint32_t value = 0; value < 0x1000000; value++) {
        uint8_t input[3] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16)};

        CHECK(!tcpip_nbns_parse_query(input, value < 256 ? 1 : value < 65536 ? 2 : 3, &back));
        CHECK(!tcpip_nbns_parse_reply(input,
                                      value < 256     ? 1
                                      : value < 65536 ? 2
                                                      : 3,
                                      &query, &found, 1, &count, &ttl));
    }
}
