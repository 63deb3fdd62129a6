/* SPDX-License-Identifier: MIT */
#include "linnet_test.h"

#include "core/checksum.h"
#include "core/small_code.h"

/* The example of RFC 1071 section 3. */
TEST(checksum_matches_rfc_1071_example)
{
    static const uint8_t bytes[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};

    CHECK_EQUAL(0xffff - 0xddf2, tcpip_checksum_finish(tcpip_checksum_add(0, bytes, sizeof bytes)));
}

static uint16_t by_the_definition(const uint8_t *bytes, size_t size)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < size; i++) {
        sum += i % 2 == 0 ? bytes[i] * 256u : bytes[i];
        sum = sum % 65536 + sum / 65536;
    }
    return (uint16_t)~sum;
}

static void fill(uint8_t *bytes, size_t size)
{
    struct test_random random = {1};

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)test_random_next(&random);
}

TEST(checksum_of_every_size_and_alignment_is_the_definition)
{
    uint8_t bytes[160];

    fill(bytes, sizeof bytes);
    for (size_t start = 0; start < 8; start++)
        for (size_t size = 0; start + size <= sizeof bytes; size++)
            CHECK_EQUAL(by_the_definition(bytes + start, size),
                        tcpip_checksum_finish(tcpip_checksum_add(0, bytes + start, size)));
}

TEST(checksum_goes_on_from_a_sum)
{
    uint8_t bytes[200];

    fill(bytes, sizeof bytes);
    memset(bytes + 40, 0xff, 60);
    for (size_t first = 0; first < sizeof bytes; first += 2) {
        uint32_t sum = tcpip_checksum_add(0, bytes, first);

        sum = tcpip_checksum_add(sum, bytes + first, sizeof bytes - 1 - first);
        CHECK_EQUAL(by_the_definition(bytes, sizeof bytes - 1), tcpip_checksum_finish(sum));
    }
}

#if !TCPIP_SMALL_CODE
TEST(checksum_while_copying_is_the_same_and_copies_just_that)
{
    enum { ROOM = 160 };
    uint8_t from[ROOM], to[ROOM + 1], expected[ROOM + 1];

    fill(from, sizeof from);
    for (size_t start = 0; start < 8; start++) {
        for (size_t size = 0; start + size <= sizeof from; size++) {
            size_t place = size % 3 == 0 ? start : size % 8 % (ROOM - size + 1);

            memset(to, 0x5a, sizeof to);
            memset(expected, 0x5a, sizeof expected);
            memcpy(expected + place, from + start, size);
            CHECK_EQUAL(tcpip_checksum_add(0x1234, from + start, size),
                        tcpip_checksum_copy(0x1234, to + place, from + start, size));
            CHECK(memcmp(expected, to, sizeof to) == 0);
        }
    }
}
#endif

TEST(checksum_of_an_ipv4_header_is_the_definition)
{
    uint8_t bytes[64];

    fill(bytes, sizeof bytes);
    for (size_t start = 0; start < 4; start++)
        for (size_t size = 20; size <= 60; size += 4)
            CHECK_EQUAL(by_the_definition(bytes + start, size),
                        tcpip_checksum_finish(tcpip_checksum_ipv4(bytes + start, size)));
    memset(bytes, 0xff, sizeof bytes);
    CHECK_EQUAL(by_the_definition(bytes, 20),
                tcpip_checksum_finish(tcpip_checksum_ipv4(bytes, 20)));
    memset(bytes, 0, sizeof bytes);
    CHECK_EQUAL(by_the_definition(bytes, 20),
                tcpip_checksum_finish(tcpip_checksum_ipv4(bytes, 20)));
}

TEST(checksum_of_64_kib_of_ones_does_not_overflow)
{
    static uint8_t bytes[65535];

    memset(bytes, 0xff, sizeof bytes);
    CHECK_EQUAL(by_the_definition(bytes, sizeof bytes),
                tcpip_checksum_finish(tcpip_checksum_add(0, bytes, sizeof bytes)));
}

TEST(pseudo_header_is_summed_as_on_the_wire)
{
    struct tcpip_address source = tcpip_address_from_ipv4(0x0a00020f);
    struct tcpip_address destination = tcpip_address_from_ipv4(0x0a000202);
    static const uint8_t same[] = {10, 0, 2, 15, 10, 0, 2, 2, 0, 17, 0x12, 0x34};

    CHECK_EQUAL(by_the_definition(same, sizeof same),
                tcpip_checksum_finish(tcpip_checksum_pseudo(&source, &destination, 17, 0x1234)));
}

TEST(prefixes_compare_by_bits)
{
    struct tcpip_address a = tcpip_address_from_ipv4(0x0a0002ff);

    for (unsigned bit = 0; bit < 32; bit++) {
        struct tcpip_address b = tcpip_address_from_ipv4(0x0a0002ff ^ (0x80000000u >> bit));

        for (unsigned prefix = 0; prefix <= 32; prefix++)
            CHECK_EQUAL(prefix <= bit, tcpip_address_same_prefix(&a, &b, prefix));
        CHECK(!tcpip_address_same_prefix(&a, &b, 33));
    }
}
