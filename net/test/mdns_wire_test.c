/* SPDX-License-Identifier: MIT */
/* Messages of many records: written, compared, searched. */
#include <string.h>

#include "core/address.h"
#include "linnet_test.h"
#include "wire/dns_writer.h"
#include "wire/mdns.h"

static uint8_t bytes[20000], other_bytes[2000];
static struct dns_writer writer;

static struct dns_name name_of(const char *text)
{
    struct dns_name name;

    CHECK(tcpip_dns_name_from_text(&name, text, NULL));
    return name;
}

static bool put(struct dns_writer *to, enum dns_section section, const char *owner, uint16_t type,
                const void *data, size_t size, const char *leads_to)
{
    struct dns_name name = name_of(owner);

    tcpip_dns_open_record(to, &name, type, DNS_CLASS_IN, 120);
    tcpip_dns_put_bytes(to, data, size);
    if (leads_to != NULL) {
        struct dns_name target = name_of(leads_to);

        tcpip_dns_put_name(to, &target);
    }
    return tcpip_dns_close_record(to, section);
}

static struct dns_message message_of(const struct dns_writer *from)
{
    return (struct dns_message){from->bytes, from->at};
}

TEST(names_are_written_once)
{
    static const uint8_t expected[] = {
        0, 7,   0x84, 0,   0,   1,   0,   1,   0, 0, 0, 0,                   /* header */
        1, 'a', 5,    'l', 'o', 'c', 'a', 'l', 0, 0, 1, 0,   1,              /* a.local */
        1, 'b', 0xc0, 14,  0,   12,  0,   1,   0, 0, 0, 120, 0, 2, 0xc0, 12, /* b.local → a.local */
    };
    struct dns_name name = name_of("a.local");

    tcpip_dns_write_header(&writer, bytes, sizeof bytes, 7, MDNS_FLAGS_RESPONSE);
    CHECK(tcpip_dns_write_question(&writer, &name, DNS_TYPE_A, DNS_CLASS_IN));
    CHECK(put(&writer, DNS_ANSWERS, "b.local", DNS_TYPE_PTR, NULL, 0, "a.local"));
    CHECK_EQUAL(sizeof expected, writer.at);
    CHECK_BYTES(expected, bytes, sizeof expected);
}

/* What has no room leaves no trace, neither in the message nor as the aim of a pointer. */
TEST(what_does_not_fit_is_left_out_whole)
{
    for (size_t room = DNS_HEADER_SIZE; room < 120; room++) {
        struct dns_record record;
        struct dns_header header;
        unsigned written = 0;

        memset(bytes, 0xa5, sizeof bytes);
        tcpip_dns_write_header(&writer, bytes, room, 0, 0);
        written += put(&writer, DNS_ANSWERS, "long.name.local", DNS_TYPE_A, "abcd", 4, NULL);
        written += put(&writer, DNS_ANSWERS, "x.local", DNS_TYPE_A, "abcd", 4, NULL);
        written += put(&writer, DNS_ANSWERS, "name.local", DNS_TYPE_PTR, NULL, 0,
                       "long.name.local");
        CHECK(writer.at <= room);
        CHECK_EQUAL(0xa5, bytes[room]);
        struct dns_message message = message_of(&writer);
        CHECK(tcpip_dns_read_header(&message, &header));
        CHECK_EQUAL(written, header.answers);
        struct dns_cursor cursor = tcpip_dns_cursor(&header);
        for (unsigned i = 0; i < written; i++)
            CHECK(tcpip_dns_next(&message, &cursor, &record) && record.ttl == 120);
        CHECK_EQUAL(writer.at, cursor.offset);
        CHECK(!tcpip_dns_next(&message, &cursor, &record));
    }
}

TEST(pointers_reach_as_far_as_they_can)
{
    uint8_t filling[1000] = {0};
    char owner[] = "aa.local";

    tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, 0);
    for (unsigned i = 0; i < 19; i++) {
        owner[0] = (char)('a' + i);
        CHECK(put(&writer, DNS_ANSWERS, owner, DNS_TYPE_TXT, filling, sizeof filling, NULL));
    }
    struct dns_message message = message_of(&writer);
    struct dns_header header;
    struct dns_record record;
    CHECK(tcpip_dns_read_header(&message, &header));
    struct dns_cursor cursor = tcpip_dns_cursor(&header);
    for (unsigned i = 0; i < 19; i++) {
        struct dns_name name;

        owner[0] = (char)('a' + i);
        name = name_of(owner);
        CHECK(tcpip_dns_next(&message, &cursor, &record));
        CHECK(tcpip_dns_is_name(&message, record.owner, &name));
    }
    put(&writer, DNS_ANSWERS, owner, DNS_TYPE_TXT, "", 0,
        NULL); /* that stands beyond a pointer's reach */
    message = message_of(&writer);
    CHECK(tcpip_dns_read_header(&message, &header));
    cursor = tcpip_dns_cursor(&header);
    struct dns_name name = name_of(owner);
    for (unsigned i = 0; i < 20; i++)
        CHECK(tcpip_dns_next(&message, &cursor, &record));
    CHECK(tcpip_dns_is_name(&message, record.owner, &name));
}

/* --- ties --------------------------------------------------------------------------------------- */

static void begin_probe(struct dns_writer *probe, uint8_t *at)
{
    tcpip_dns_write_header(probe, at, 1000, 0, 0);
}

static int compare(const struct dns_writer *ours, const struct dns_writer *theirs)
{
    struct dns_message a = message_of(ours), b = message_of(theirs);
    struct dns_name name = name_of("lamp.local");
    int order = tcpip_mdns_compare_probes(&a, &b, &name);
    int reverse = tcpip_mdns_compare_probes(&b, &a, &name);

    CHECK((order < 0) == (reverse > 0) && (order == 0) == (reverse == 0));
    return order;
}

/* The example of RFC 6762 8.2: 169.254.99.200 comes before 169.254.200.50. */
TEST(example_of_the_standard_is_compared_right)
{
    struct dns_writer ours, theirs;

    begin_probe(&ours, bytes);
    begin_probe(&theirs, other_bytes);
    CHECK(put(&ours, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_A, "\xa9\xfe\x63\xc8", 4, NULL));
    CHECK(put(&theirs, DNS_AUTHORITIES, "LAMP.local", DNS_TYPE_A, "\xa9\xfe\xc8\x32", 4, NULL));
    CHECK(compare(&ours, &theirs) < 0);
}

TEST(records_are_compared_in_their_order_whatever_order_they_come_in)
{
    struct dns_writer ours, theirs;

    begin_probe(&ours, bytes);
    begin_probe(&theirs, other_bytes);
    CHECK(
        put(&ours, DNS_AUTHORITIES, "other.local", DNS_TYPE_A, "\xff", 1, NULL)); /* not the name */
    CHECK(put(&ours, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_SRV, "\0\0\0\0\0\1", 6, "lamp.local"));
    CHECK(put(&ours, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_TXT, "\1a", 2, NULL));
    CHECK(put(&theirs, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_TXT, "\1a", 2, NULL));
    CHECK(
        put(&theirs, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_SRV, "\0\0\0\0\0\1", 6, "lamp.local"));
    CHECK_EQUAL(0, compare(&ours, &theirs));
    /* One more, and theirs comes later. */
    CHECK(
        put(&theirs, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_SRV, "\0\0\0\0\0\2", 6, "lamp.local"));
    CHECK(compare(&ours, &theirs) < 0);
}

TEST(names_in_data_are_compared_expanded)
{
    static const char *const rising[] = {"a.local", "a.locals", "b.local", "ab.local", "aab"};
    struct dns_writer ours, theirs;

    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++) {
            begin_probe(&ours, bytes);
            begin_probe(&theirs, other_bytes);
            theirs.plain = true; /* not compressed, and yet the same */
            CHECK(put(&ours, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_SRV, "\0\0\0\0\0\1", 6,
                      rising[i]));
            CHECK(put(&theirs, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_SRV, "\0\0\0\0\0\1", 6,
                      rising[j]));
            int order = compare(&ours, &theirs);
            CHECK(i < j ? order < 0 : i > j ? order > 0 : order == 0);
        }
}

TEST(shorter_data_come_first)
{
    struct dns_writer ours, theirs;

    begin_probe(&ours, bytes);
    begin_probe(&theirs, other_bytes);
    CHECK(put(&ours, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_TXT, "\1a", 2, NULL));
    CHECK(put(&theirs, DNS_AUTHORITIES, "lamp.local", DNS_TYPE_TXT, "\1a\1b", 4, NULL));
    CHECK(compare(&ours, &theirs) < 0);
}

/* --- addresses and names ------------------------------------------------------------------------- */

TEST(addresses_of_the_right_size_are_taken)
{
    struct tcpip_address addresses[2];
    struct dns_name name = name_of("desk.local");
    uint32_t ttl;

    tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, MDNS_FLAGS_RESPONSE);
    CHECK(put(&writer, DNS_ANSWERS, "desk.local", DNS_TYPE_A, "abc", 3, NULL));
    CHECK(put(&writer, DNS_ANSWERS, "desk.local", DNS_TYPE_A, "abcde", 5, NULL));
    CHECK(put(&writer, DNS_ANSWERS, "disk.local", DNS_TYPE_A, "abcd", 4, NULL));
    CHECK(put(&writer, DNS_ANSWERS, "desk.local", DNS_TYPE_A, "abcd", 4, NULL));
    CHECK(put(&writer, DNS_AUTHORITIES, "desk.local", DNS_TYPE_A, "efgh", 4, NULL));
    CHECK(put(&writer, DNS_ADDITIONALS, "DESK.local", DNS_TYPE_A, "ijkl", 4, NULL));
    CHECK(put(&writer, DNS_ADDITIONALS, "desk.local", DNS_TYPE_A, "mnop", 4, NULL));
    struct dns_message message = message_of(&writer);
    CHECK_EQUAL(2, tcpip_mdns_addresses(&message, &name, TCPIP_IPV4, addresses, 2, &ttl));
    CHECK_BYTES("abcd", addresses[0].bytes, 4);
    CHECK_BYTES("ijkl", addresses[1].bytes, 4);
    CHECK_EQUAL(120, ttl);
    CHECK_EQUAL(0, tcpip_mdns_addresses(&message, &name, TCPIP_IPV6, addresses, 2, &ttl));
}

TEST(types_that_are_denied_are_those_without_a_bit)
{
    /* The root, block 0, and bits for A (1), TXT (16), AAAA (28), SRV (33). */
    static const uint8_t data[] = {0, 0, 5, 0x40, 0, 0x80, 0x08, 0x40};
    struct dns_name name = name_of("desk.local");
    uint32_t ttl;

    for (size_t size = 0; size <= sizeof data; size++) {
        tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, MDNS_FLAGS_RESPONSE);
        CHECK(put(&writer, DNS_ANSWERS, "desk.local", DNS_TYPE_NSEC, data, size, NULL));
        struct dns_message message = message_of(&writer);
        for (uint16_t type = 0; type < 300; type++) {
            bool has = type == 1 || type == 16 || type == 28 || type == 33;

            CHECK_EQUAL(size == sizeof data && !has && type < 256,
                        tcpip_mdns_denies(&message, &name, type, &ttl));
        }
    }
    CHECK(tcpip_mdns_denies(&(struct dns_message){bytes, writer.at}, &name, 2, &ttl));
    CHECK_EQUAL(120, ttl);
    /* Bits of another block say nothing of the first. */
    tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, MDNS_FLAGS_RESPONSE);
    CHECK(put(&writer, DNS_ANSWERS, "desk.local", DNS_TYPE_NSEC, "\0\1\1\x40", 4, NULL));
    CHECK(!tcpip_mdns_denies(&(struct dns_message){bytes, writer.at}, &name, 2, &ttl));
}

TEST(local_names_are_known_by_their_end)
{
    static const struct {
        const char *text;
        bool local;
    } cases[] = {{"a.local", true},   {"A.LOCAL", true},     {"local", false},
                 {"a.locale", false}, {"alocal", false},     {"local.a", false},
                 {"b.a.local", true}, {"a\5local.x", false}, {"a.\5local", false}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct dns_name name = name_of(cases[i].text);

        CHECK_EQUAL(cases[i].local, tcpip_mdns_is_local(&name));
    }
}

TEST(text_of_a_name_can_be_read_back)
{
    static const char *const good[] = {"a", "a.b", "desk.local", "\xc3\xa4.local", "a-b_c.d"};
    char text[256];

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct dns_name name = name_of(good[i]);
        struct dns_message message = {name.bytes, name.size};
        size_t size = strlen(good[i]) + 1;

        for (size_t room = 0; room < size; room++)
            CHECK(!tcpip_dns_text_of(&message, 0, text, room));
        CHECK(tcpip_dns_text_of(&message, 0, text, size));
        CHECK_STRING(good[i], text);
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        uint8_t label[] = {1, (uint8_t)byte, 0};
        struct dns_message message = {label, sizeof label};

        CHECK_EQUAL(byte > ' ' && byte != '.' && byte != 127,
                    tcpip_dns_text_of(&message, 0, text, sizeof text));
    }
    CHECK(!tcpip_dns_text_of(&(struct dns_message){(const uint8_t *)"", 1}, 0, text, sizeof text));
}

TEST(data_with_names_must_end_with_them)
{
    static const uint16_t types[] = {DNS_TYPE_PTR, DNS_TYPE_CNAME, DNS_TYPE_SRV};
    struct dns_header header;
    struct dns_record record;

    for (size_t i = 0; i < 3; i++)
        for (size_t size = 0; size < 14; size++) {
            /* Six bytes of a name or of SRV's fixed part, then "\1b\0", then more. */
            static const uint8_t data[14] = {4, 'a', 'a', 'a', 'a', 0, 1, 'b', 0, 9};

            tcpip_dns_write_header(&writer, bytes, sizeof bytes, 0, 0);
            CHECK(put(&writer, DNS_ANSWERS, "x.local", types[i], data, size, NULL));
            struct dns_message message = message_of(&writer);
            CHECK(tcpip_dns_read_header(&message, &header));
            struct dns_cursor cursor = tcpip_dns_cursor(&header);
            CHECK(tcpip_dns_next(&message, &cursor, &record));
            CHECK_EQUAL(size == (types[i] == DNS_TYPE_SRV ? 9 : 6),
                        tcpip_mdns_sound(&message, &record));
        }
}

/* Small scope: every message of a header and up to 3 bytes, announcing one of everything. */
TEST(every_short_message_is_read_to_its_end)
{
    uint8_t whole[DNS_HEADER_SIZE + 3] = {0, 0, 0x84, 0, 0, 1, 0, 1, 0, 1, 0, 1};
    struct dns_header header;
    struct dns_record record;

    for (uint32_t value = 0; value < 0x1000000; value++) {
        struct dns_message message = {whole, sizeof whole};
        unsigned found = 0;

        whole[12] = (uint8_t)value;
        whole[13] = (uint8_t)(value >> 8);
        whole[14] = (uint8_t)(value >> 16);
        CHECK(tcpip_dns_read_header(&message, &header));
        struct dns_cursor cursor = tcpip_dns_cursor(&header);
        while (tcpip_dns_next(&message, &cursor, &record))
            found++;
        CHECK_EQUAL(0, found);
    }
}
