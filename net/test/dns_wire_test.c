/* SPDX-License-Identifier: MIT */
/* DNS messages: the rules of RFC 9267, aliases, and how long there is nothing. */
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "linnet_test.h"
#include "wire/dns_answer.h"

static struct dns_question question;
static struct dns_answer answer;
static uint8_t message[1500];

static bool parse(size_t size)
{
    return tcpip_dns_parse_answer(&(struct dns_message){message, size}, &question, &answer);
}

static size_t make_query(const char *name)
{
    question = (struct dns_question){.id = 0x1234, .type = DNS_TYPE_A, .flags = DNS_FLAG_RECURSION};
    CHECK(tcpip_dns_name_from_text(&question.name, name, NULL));
    return tcpip_dns_build_query(message, sizeof message, &question);
}

/* The start of a reply to a query for www.example.com, to which records are added. */
static size_t begin_reply(void)
{
    size_t size = make_query("www.example.com");

    message[2] = 0x81;
    return size;
}

static size_t add_record(size_t size, unsigned count_at, const void *owner, size_t owner_size,
                         uint16_t type, uint32_t ttl, const void *data, size_t data_size)
{
    struct tcpip_writer writer = tcpip_writer_of(message + size, sizeof message - size);

    CHECK(tcpip_write_bytes(&writer, owner, owner_size) && tcpip_write_be16(&writer, type) &&
          tcpip_write_be16(&writer, DNS_CLASS_IN) && tcpip_write_be32(&writer, ttl) &&
          tcpip_write_be16(&writer, (uint16_t)data_size) &&
          tcpip_write_bytes(&writer, data, data_size));
    tcpip_put_be16(message + count_at, (uint16_t)(tcpip_get_be16(message + count_at) + 1));
    return sizeof message - writer.left;
}

enum { ANSWERS = 6, AUTHORITIES = 8 };
static const uint8_t asked[2] = {0xc0, DNS_HEADER_SIZE};

/* Addresses 192.0.2.1 and so on, for 60 seconds. */
static size_t make_answer(unsigned count)
{
    size_t size = begin_reply();

    for (unsigned i = 0; i < count; i++) {
        uint8_t address[4] = {192, 0, 2, (uint8_t)(i + 1)};

        size = add_record(size, ANSWERS, asked, 2, DNS_TYPE_A, 60, address, 4);
    }
    return size;
}

TEST(answer_is_read)
{
    CHECK(parse(make_answer(3)));
    CHECK_EQUAL(3, answer.count);
    CHECK_EQUAL(60, answer.ttl);
    CHECK_EQUAL(0xc0000203, tcpip_address_ipv4(&answer.addresses[2]));
    CHECK(answer.final);
}

TEST(every_truncation_is_refused)
{
    size_t size = make_answer(3);
    struct dns_name name;

    for (size_t cut = 0; cut < size; cut++) {
        uint8_t *exact = malloc(cut > 0 ? cut
                                        : 1); /* so that a sanitizer sees reads past the end */
        const struct dns_message whole = {exact, cut};

        CHECK(exact != NULL);
        memcpy(exact, message, cut);
        CHECK(!tcpip_dns_parse_answer(&whole, &question, &answer));
        if (cut > DNS_HEADER_SIZE && cut < DNS_HEADER_SIZE + 17)
            CHECK(!tcpip_dns_read_name(&whole, DNS_HEADER_SIZE, &name));
        free(exact);
    }
}

TEST(more_addresses_than_fit_are_left_out)
{
    CHECK(parse(make_answer(60)));
    CHECK_EQUAL(DNS_ADDRESSES_MAX, answer.count);
}

TEST(ipv6_addresses_are_read)
{
    uint8_t address[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 1};
    size_t size = begin_reply();

    question.type = DNS_TYPE_AAAA;
    tcpip_put_be16(message + size - 4, DNS_TYPE_AAAA);
    size = add_record(size, ANSWERS, asked, 2, DNS_TYPE_A, 7, address, 4); /* not asked for */
    size = add_record(size, ANSWERS, asked, 2, DNS_TYPE_AAAA, 9, address, 16);
    CHECK(parse(size));
    CHECK_EQUAL(1, answer.count);
    CHECK_EQUAL(9, answer.ttl);
    CHECK_EQUAL(TCPIP_IPV6, answer.addresses[0].family);
    CHECK_BYTES(address, answer.addresses[0].bytes, 16);
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
        const struct dns_message whole = {bytes, written};
        size_t offset = 0;

        CHECK_EQUAL(written <= 255, tcpip_dns_skip_name(&whole, &offset));
        CHECK_EQUAL(written <= 255, tcpip_dns_read_name(&whole, 0, &name));
        if (written <= 255) {
            CHECK_EQUAL(written, offset);
            CHECK_EQUAL(written, name.size);
            CHECK_BYTES(bytes, name.bytes, written);
        }
    }
}

/* RFC 1035 4.1.4: the values between a label's length and a pointer are reserved. */
TEST(ledger_4_every_length_of_a_label)
{
    for (unsigned length = 1; length < 256; length++) {
        uint8_t bytes[300] = {0, (uint8_t)length, 1}; /* as a pointer it leads too far */
        const struct dns_message whole = {bytes, sizeof bytes};
        size_t offset = 1;

        CHECK_EQUAL(length < 64, tcpip_dns_skip_name(&whole, &offset));
    }
}

TEST(ledger_4_every_count_with_a_short_body)
{
    size_t size = make_answer(2);

    for (unsigned field = 4; field < 12; field += 2) {
        for (unsigned count = 0; count < 65536; count++) {
            uint16_t before = tcpip_get_be16(message + field);

            tcpip_put_be16(message + field, (uint16_t)count);
            CHECK_EQUAL(field == 4   ? count == 1
                        : field == 6 ? count <= 2
                                     : true,
                        parse(size) && (field != 6 || answer.count == count));
            tcpip_put_be16(message + field, before);
        }
    }
}

TEST(ledger_4_every_count_of_a_negative_answer)
{
    static const uint8_t soa[22] = {0, 0, [21] = 30};
    size_t size = add_record(begin_reply(), AUTHORITIES, asked, 2, DNS_TYPE_SOA, 60, soa,
                             sizeof soa);

    for (unsigned count = 0; count < 65536; count++) {
        tcpip_put_be16(message + AUTHORITIES, (uint16_t)count);
        CHECK(parse(size)); /* the SOA record comes first, what is behind it is not looked at */
        CHECK_EQUAL(count > 0, answer.final);
        CHECK(count == 0 || answer.ttl == 30);
    }
    tcpip_put_be16(message + size - sizeof soa - 10, DNS_TYPE_CNAME);
    for (unsigned count = 0; count < 65536; count++) {
        tcpip_put_be16(message + AUTHORITIES, (uint16_t)count);
        CHECK_EQUAL(count < 2, parse(size));
    }
}

TEST(ledger_4_every_record_size)
{
    size_t size = make_answer(1);

    for (unsigned said = 0; said < 65536; said++) {
        tcpip_put_be16(message + size - 6, (uint16_t)said);
        CHECK_EQUAL(said == 4, parse(size));
    }
}

TEST(ledger_4_every_size_of_an_alias_and_of_an_soa)
{
    static const uint8_t alias[] = {1, 'b', 0};
    static const uint8_t soa[] = {1, 'n', 0, 1, 'm', 0, 0, 0, 0, 1, 0, 0, 0,
                                  2, 0,   0, 0, 3,   0, 0, 0, 4, 0, 0, 0, 5};
    size_t size = add_record(begin_reply(), ANSWERS, asked, 2, DNS_TYPE_CNAME, 60, alias,
                             sizeof alias);

    for (unsigned said = 0; said < 65536; said++) {
        tcpip_put_be16(message + size - sizeof alias - 2, (uint16_t)said);
        CHECK_EQUAL(said == sizeof alias, parse(size));
    }
    size = add_record(begin_reply(), AUTHORITIES, asked, 2, DNS_TYPE_SOA, 60, soa, sizeof soa);
    for (unsigned said = 0; said < 65536; said++) {
        tcpip_put_be16(message + size - sizeof soa - 2, (uint16_t)said);
        CHECK_EQUAL(said == sizeof soa, parse(size));
    }
}

TEST(ledger_3_pointer_to_every_offset)
{
    enum { SIZE = 512 };
    const struct dns_message whole = {message, SIZE};
    struct test_random random = {9};

    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < SIZE; i++)
            message[i] = (uint8_t)(round % 2 == 0 ? test_random_below(&random, 64) : 0xc0);
        for (size_t at = 0; at + 1 < SIZE; at += 7) {
            uint8_t high = message[at];
            uint8_t low = message[at + 1];

            for (size_t target = 0; target < 16384; target++) {
                size_t offset = at;

                message[at] = (uint8_t)(0xc0 + target / 256);
                message[at + 1] = (uint8_t)(target % 256);
                bool sound = tcpip_dns_skip_name(&whole, &offset);
                CHECK(!sound || (target < at && offset == at + 2));
            }
            message[at] = high;
            message[at + 1] = low;
        }
    }
}

/* Every offset of the message has a pointer to the one before it. */
TEST(ledger_3_a_name_takes_at_most_128_steps)
{
    uint8_t chain[512] = {0};
    const struct dns_message whole = {chain, sizeof chain};
    struct dns_name name;

    for (size_t at = 2; at + 1 < sizeof chain; at += 2)
        tcpip_put_be16(chain + at, (uint16_t)(0xc000 + at - 2));
    for (size_t at = 0; at + 1 < sizeof chain; at += 2) {
        size_t offset = at;
        bool sound = at / 2 + 1 <= 128; /* pointers, and the label at the start */

        CHECK_EQUAL(sound, tcpip_dns_skip_name(&whole, &offset));
        CHECK_EQUAL(sound, tcpip_dns_read_name(&whole, at, &name));
        CHECK_EQUAL(sound, tcpip_dns_same_name(&whole, at, &whole, 0));
        CHECK(!sound || name.size == 1);
    }
}

TEST(alias_that_points_to_itself_ends)
{
    size_t size = add_record(begin_reply(), ANSWERS, asked, 2, DNS_TYPE_CNAME, 9, asked, 2);

    CHECK(parse(size));
    CHECK_EQUAL(0, answer.count);
    CHECK(!answer.final);
}

/* www.example.com is an alias of b, that of c, and so on, in an order that helps nobody. */
TEST(chain_of_aliases_is_followed_so_far)
{
    static const uint8_t address[4] = {192, 0, 2, 1};

    for (unsigned links = 1; links < 12; links++) {
        size_t size = begin_reply();
        uint8_t owner[3] = {1, 0, 0}, target[3] = {1, 0, 0};

        owner[1] = (uint8_t)('a' + links);
        size = add_record(size, ANSWERS, owner, 3, DNS_TYPE_A, 50, address, 4);
        for (unsigned link = links; link > 0; link--) {
            owner[1] = (uint8_t)('a' + link - 1);
            target[1] = (uint8_t)('a' + link);
            size = add_record(size, ANSWERS, link == 1 ? asked : owner, link == 1 ? 2 : 3,
                              DNS_TYPE_CNAME, 100 - link, target, 3);
        }
        CHECK(parse(size));
        CHECK_EQUAL(links <= DNS_CHAIN_MAX, answer.count);
        CHECK_EQUAL(links <= DNS_CHAIN_MAX, answer.final);
        if (links <= DNS_CHAIN_MAX)
            CHECK_EQUAL(50, answer.ttl);
    }
}

TEST(alias_without_its_addresses_is_told)
{
    static const uint8_t target[] = {5, 'o', 't', 'h', 'e', 'r', 0};
    static const uint8_t address[4] = {192, 0, 2, 1};
    static const uint8_t somebody[] = {1, 'x', 0};
    size_t size = add_record(begin_reply(), ANSWERS, asked, 2, DNS_TYPE_CNAME, 77, target,
                             sizeof target);
    struct dns_name name;

    size = add_record(size, ANSWERS, somebody, 3, DNS_TYPE_A, 5, address, 4);
    CHECK(parse(size));
    CHECK_EQUAL(0, answer.count);
    CHECK(!answer.final);
    CHECK(tcpip_dns_read_name(&(struct dns_message){message, size}, answer.alias, &name));
    CHECK_BYTES(target, name.bytes, sizeof target);
}

TEST(address_of_another_name_does_not_count)
{
    static const uint8_t address[4] = {192, 0, 2, 1};
    static const uint8_t somebody[] = {3, 'w', 'w', 'x', 0xc0, 16};
    size_t size = add_record(begin_reply(), ANSWERS, somebody, sizeof somebody, DNS_TYPE_A, 5,
                             address, 4);

    CHECK(parse(size));
    CHECK_EQUAL(0, answer.count);
    message[size - 20 + 3] = 'W'; /* the same letters in another case do */
    message[size - 20 + 3] = 'w';
    CHECK(parse(size));
}

/* RFC 2308 5: the smaller of the record's time to live and its MINIMUM field. */
TEST(negative_answer_lives_as_long_as_its_soa_says)
{
    uint8_t soa[22] = {0};

    for (unsigned round = 0; round < 2; round++) {
        tcpip_put_be32(soa + 18, round == 0 ? 30 : 90);
        size_t size = add_record(begin_reply(), AUTHORITIES, asked, 2, DNS_TYPE_SOA, 60, soa, 22);

        message[3] = DNS_RCODE_NO_NAME;
        CHECK(parse(size));
        CHECK_EQUAL(DNS_RCODE_NO_NAME, tcpip_dns_rcode(&answer));
        CHECK_EQUAL(round == 0 ? 30 : 60, answer.ttl);
        CHECK(answer.final);
    }
    CHECK(parse(begin_reply()));
    CHECK(!answer.final); /* and without one nobody knows */
}

TEST(time_to_live_beyond_31_bits_counts_as_zero)
{
    static const uint8_t address[4] = {192, 0, 2, 1};
    size_t size = add_record(begin_reply(), ANSWERS, asked, 2, DNS_TYPE_A, 0x80000000, address, 4);

    CHECK(parse(size));
    CHECK_EQUAL(1, answer.count);
    CHECK_EQUAL(0, answer.ttl);
}

TEST(truncated_answer_is_known_as_such)
{
    size_t size = make_answer(3);

    message[2] |= 0x02;
    for (size_t cut = 0; cut <= size; cut++) {
        bool has_question = cut >= DNS_HEADER_SIZE + 17 + 4;

        CHECK_EQUAL(has_question, parse(cut));
        CHECK(!has_question || tcpip_dns_truncated(&answer));
    }
}

TEST(name_of_the_question_must_be_the_one_asked_for)
{
    size_t size = make_answer(1);

    for (size_t i = 12; i < 12 + 17 + 4; i++) {
        message[i] ^= 1;
        CHECK(!parse(size));
        message[i] ^= 1;
    }
    message[13] = 'W'; /* but case does not count */
    CHECK(parse(size));
}

TEST(header_must_be_that_of_a_reply_to_a_query)
{
    size_t size = make_answer(1);

    for (unsigned flags = 0; flags < 256; flags++) {
        message[2] = (uint8_t)flags;
        CHECK_EQUAL(flags / 8 == 16, parse(size)); /* QR, and an OPCODE of 0 */
    }
}

TEST(extended_query_says_how_much_fits)
{
    static const uint8_t opt[] = {0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0};
    size_t plain = make_query("www.example.com");

    CHECK_EQUAL(0, message[11]);
    question.payload = 1232;
    size_t size = tcpip_dns_build_query(message, sizeof message, &question);
    CHECK_EQUAL(plain + sizeof opt, size);
    CHECK_EQUAL(1, message[11]);
    CHECK_BYTES(opt, message + plain, sizeof opt);
    for (size_t room = 0; room < size; room++)
        CHECK_EQUAL(0, tcpip_dns_build_query(message, room, &question));
}

TEST(text_that_is_no_name_is_refused)
{
    static const char *const bad[] = {"", ".", "..", "a..b", ".a", "a.."};
    char text[300];
    struct dns_name name;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK(!tcpip_dns_name_from_text(&name, bad[i], NULL));
        CHECK(!tcpip_dns_name_from_text(&name, "a", bad[i]) || bad[i][0] == '\0');
    }
    memset(text, 'a', sizeof text);
    for (size_t length = 1; length < 70; length++) {
        text[length] = '\0';
        CHECK_EQUAL(length <= 63, tcpip_dns_name_from_text(&name, text, NULL));
        text[length] = 'a';
    }
    CHECK(tcpip_dns_name_from_text(&name, "a.b.", NULL));
    CHECK_EQUAL(5, name.size);
    CHECK(tcpip_dns_name_from_text(&name, "a.b", "c.d."));
    CHECK_BYTES("\1a\1b\1c\1d", name.bytes, 9);
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 2 == 0 ? 'a' : '.';
    for (size_t length = 1; length < 290; length += 2) {
        text[length] = '\0';
        CHECK_EQUAL(length <= 253, tcpip_dns_name_from_text(&name, text, NULL));
        text[length] = '.';
    }
}

/* Small scope: every input of up to 3 bytes as a whole message, and behind a fitting question. */
TEST(every_short_input_is_refused_or_harmless)
{
    size_t head = begin_reply();
    struct dns_name name;
    size_t offset;

    message[7] = 1;
    for (uint32_t value = 0; value < 0x1000000; value++) {
        uint8_t bytes[3] = {(uint8_t)value, (uint8_t)(value >> 8), (uint8_t)(value >> 16)};
        size_t size = value < 256 ? 1 : value < 65536 ? 2 : 3;
        const struct dns_message whole = {bytes, size};

        offset = 0;
        bool sound = tcpip_dns_skip_name(&whole, &offset);
        CHECK(!sound || (offset <= size && tcpip_dns_read_name(&whole, 0, &name)));
        CHECK(!tcpip_dns_parse_answer(&whole, &question, &answer));
        memcpy(message + head, bytes, size);
        CHECK(!parse(head + size)); /* one record is announced, none fits */
    }
}
