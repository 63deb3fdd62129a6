/* SPDX-License-Identifier: MIT */
/*
 * The engine's parts alone: the wire format over every option list, reassembly against an array of
 * bytes, sequence numbers, the hash, the ring, the heap of deadlines.
 */
#include "linnet_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"
#include "core/deadline.h"
#include "tcp/reassembly.h"
#include "core/chaskey.h"
#include "tcp/tcp.h"
#include "wire/bytes.h"

/* --- the wire ---------------------------------------------------------------------------------- */

static size_t make(uint8_t *bytes, const uint8_t *options, size_t size)
{
    memset(bytes, 0, 20);
    bytes[12] = (uint8_t)((20 + size) / 4 * 16);
    memcpy(bytes + 20, options, size);
    return 20 + size;
}

TEST(ledger_10_every_option_kind_and_length_at_every_offset_is_survived)
{
    uint8_t options[40], bytes[60];
    struct tcpip_tcp_segment segment;
    unsigned taken = 0;

    for (unsigned at = 0; at < 40; at++) {
        for (unsigned kind = 0; kind < 256; kind++) {
            for (unsigned length = 0; length < 256; length++) {
                memset(options, TCPIP_TCP_OPTION_NOP, sizeof options);
                options[at] = (uint8_t)kind;
                if (at + 1 < sizeof options)
                    options[at + 1] = (uint8_t)length;
                size_t size = make(bytes, options, sizeof options);
                bool parsed = tcpip_tcp_parse(&segment, bytes, size);
                if (kind > 1 && (at == 39 || length < 2 || at + length > 40))
                    CHECK(!parsed);
                taken += parsed;
            }
        }
    }
    CHECK(taken > 0);
}

TEST(known_options_demand_their_length)
{
    static const struct {
        uint8_t kind, length;
    } known[] = {{2, 4}, {3, 3}, {4, 2}, {8, 10}};
    uint8_t options[40] = {0};
    struct tcpip_tcp_options parsed;

    for (size_t i = 0; i < 4; i++) {
        for (unsigned length = 0; length <= 40; length++) {
            options[0] = known[i].kind;
            options[1] = (uint8_t)length;
            CHECK_EQUAL(length == known[i].length,
                        tcpip_tcp_parse_options(&parsed, options, sizeof options));
        }
    }
    options[0] = TCPIP_TCP_OPTION_SACK;
    for (unsigned length = 0; length <= 40; length++) {
        options[1] = (uint8_t)length;
        CHECK_EQUAL(length > 2 && length % 8 == 2 && length <= 34,
                    tcpip_tcp_parse_options(&parsed, options, sizeof options));
    }
}

TEST(every_data_offset_with_every_size_is_checked)
{
    struct tcpip_tcp_segment segment;

    for (size_t size = 0; size <= 70; size++) {
        for (unsigned offset = 0; offset < 16; offset++) {
            uint8_t *bytes = calloc(1, size + 1);
            CHECK(bytes != NULL);
            if (size > 12)
                bytes[12] = (uint8_t)(offset * 16);
            bool fits = offset >= 5 && offset * 4 <= size && size >= 20;
            CHECK_EQUAL(fits, tcpip_tcp_parse(&segment, bytes, size));
            if (fits)
                CHECK_EQUAL(size - offset * 4, segment.payload_size);
            free(bytes);
        }
    }
}

TEST(what_is_written_is_read_back)
{
    struct tcpip_tcp_header header = {1, 65535, 0x89abcdef, 0x12345678, 4660, 0x3f};
    struct tcpip_tcp_options options = {.has_mss = true,
                                        .has_window_scale = true,
                                        .has_sack_permitted = true,
                                        .has_timestamps = true,
                                        .mss = 1460,
                                        .window_scale = 7,
                                        .timestamp_value = 0xfedcba98,
                                        .timestamp_echo = 0x76543210};
    struct tcpip_tcp_segment segment;
    uint8_t bytes[60];
    size_t size = tcpip_tcp_header_size(&options);

    CHECK_EQUAL(40, size);
    memset(bytes, 0xff, sizeof bytes);
    tcpip_tcp_put_header(bytes, size, &header, &options);
    CHECK_EQUAL(0, tcpip_get_be32(bytes + 16)); /* checksum and urgent pointer */
    CHECK_EQUAL(0xff, bytes[size]);
    CHECK(tcpip_tcp_parse(&segment, bytes, size));
    CHECK_EQUAL(header.source_port, segment.header.source_port);
    CHECK_EQUAL(header.destination_port, segment.header.destination_port);
    CHECK_EQUAL(header.sequence, segment.header.sequence);
    CHECK_EQUAL(header.acknowledgement, segment.header.acknowledgement);
    CHECK_EQUAL(header.flags, segment.header.flags);
    CHECK_EQUAL(header.window, segment.header.window);
    CHECK_EQUAL(options.mss, segment.options.mss);
    CHECK_EQUAL(options.window_scale, segment.options.window_scale);
    CHECK_EQUAL(options.timestamp_value, segment.options.timestamp_value);
    CHECK_EQUAL(options.timestamp_echo, segment.options.timestamp_echo);
    CHECK(segment.options.has_sack_permitted);
    options = (struct tcpip_tcp_options){.sack_count = 3,
                                         .sack = {{1, 2}, {0xfffffff0, 5}, {7, 0x80000000}}};
    size = tcpip_tcp_header_size(&options);
    CHECK_EQUAL(48, size);
    tcpip_tcp_put_header(bytes, size, &header, &options);
    CHECK(tcpip_tcp_parse(&segment, bytes, size));
    CHECK_EQUAL(3, segment.options.sack_count);
    CHECK_EQUAL(0xfffffff0, segment.options.sack[1].left);
    CHECK_EQUAL(0x80000000, segment.options.sack[2].right);
    options.has_timestamps = true;
    options.sack_count = 4; /* 34 bytes more than 40 hold */
    CHECK(tcpip_tcp_header_size(&options) > 60);
}

/* --- reassembly -------------------------------------------------------------------------------- */

#define STREAM 300u
#define RING   64u

/* The model: which byte of the stream is there. The first copy of a byte wins. */
struct model {
    uint8_t value[STREAM];
    bool have[STREAM];
};

static void one_segmentation(struct test_random *random, uint32_t base)
{
    uint8_t storage[RING], out[STREAM];
    struct tcpip_reassembly reassembly = {0};
    struct tcpip_ring ring;
    struct model model = {{0}, {0}};
    uint32_t next = 0, read = 0;

    ring = (struct tcpip_ring){.bytes = storage, .size = RING};
    for (unsigned i = 0; i < 4000 && next < STREAM; i++) {
        uint32_t room = tcpip_ring_free(&ring);
        uint32_t start = next + (i % 3 == 0 ? 0 : test_random_below(random, room + 1));
        uint32_t limit = next + room < STREAM ? next + room : STREAM;
        uint8_t bytes[RING], count = reassembly.early.count;

        if (start > limit)
            start = limit;
        uint32_t size = test_random_below(random, limit - start + 1);
        if (i % 5 != 0 && size > 8)
            size = 1 + size % 8;
        for (uint32_t k = 0; k < size; k++)
            bytes[k] = (uint8_t)test_random_next(random);
        uint32_t after = tcpip_reassembly_take(&reassembly, &ring, base + next, base + start, bytes,
                                               size) -
                         base;
        bool refused = after == next && count == TCPIP_RANGES &&
                       reassembly.early.count == TCPIP_RANGES;
        bool covered = true;
        for (uint32_t k = start; k < start + size; k++)
            covered = covered && model.have[k];
        if (refused && !covered) { /* either it was joined to a range, or not taken at all */
            bool joined = false;
            for (uint8_t r = 0; r < reassembly.early.count; r++)
                joined = joined ||
                         ((int32_t)(reassembly.early.range[r].start - (base + start)) <= 0 &&
                          (int32_t)(reassembly.early.range[r].end - (base + start + size)) >= 0);
            if (!joined)
                continue;
        }
        for (uint32_t k = 0; k < size; k++) {
            if (!model.have[start + k]) {
                model.have[start + k] = true;
                model.value[start + k] = bytes[k];
            }
        }
        uint32_t wanted = next;
        while (wanted < STREAM && model.have[wanted])
            wanted++;
        CHECK_EQUAL(wanted, after);
        next = after;
        for (uint8_t r = 0; r + 1 < reassembly.early.count; r++)
            CHECK((int32_t)(reassembly.early.range[r + 1].start - reassembly.early.range[r].end) >
                  0);
        uint32_t take = test_random_below(random, tcpip_ring_count(&ring) + 1);
        CHECK_EQUAL(take, tcpip_ring_copy(&ring, out + read, take));
        tcpip_ring_drop(&ring, take);
        read += take;
    }
    CHECK_EQUAL(STREAM, next);
    read += (uint32_t)tcpip_ring_copy(&ring, out + read, STREAM - read);
    CHECK_EQUAL(STREAM, read);
    CHECK_BYTES(model.value, out, STREAM);
}

static void segmentations(uint64_t seed, unsigned count)
{
    struct test_random random = {seed};

    for (unsigned round = 0; round < count; round++) /* some 30 segments each */
        one_segmentation(&random, round % 2 ? 0xffffff80u : round * 7919u);
    printf("%u segmentations\n", count);
}

TEST(ledger_16_reassembly_agrees_with_an_array_of_bytes)
{
    segmentations(42, 10000);
}

TEST(an_early_fin_with_data_behind_it_is_not_believed)
{
    uint8_t storage[RING] = {0};
    struct tcpip_reassembly reassembly = {0};
    struct tcpip_ring ring;

    ring = (struct tcpip_ring){.bytes = storage, .size = RING};
    tcpip_reassembly_take(&reassembly, &ring, 0, 20, storage, 10);
    tcpip_reassembly_fin(&reassembly, 29);
    CHECK(!reassembly.has_fin);
    tcpip_reassembly_fin(&reassembly, 30);
    CHECK(reassembly.has_fin);
    tcpip_reassembly_fin(&reassembly, 40);
    CHECK_EQUAL(30, reassembly.fin);
}

/* --- unpredictable numbers ---------------------------------------------------------------------- */

/* Chaskey word by word, as its paper writes it; the authors' vectors are of eight rounds. */
static uint32_t turn(uint32_t word, unsigned by)
{
    return word << by | word >> (32 - by);
}

static void mix(uint32_t v[4], const uint8_t block[16], const uint32_t mask[4], unsigned rounds)
{
    for (unsigned i = 0; i < 16; i++)
        v[i / 4] ^= (uint32_t)block[i] << i % 4 * 8;
    for (unsigned i = 0; i < 4; i++)
        v[i] ^= mask[i];
    while (rounds-- > 0) {
        v[0] += v[1], v[1] = turn(v[1], 5), v[1] ^= v[0], v[0] = turn(v[0], 16);
        v[2] += v[3], v[3] = turn(v[3], 8), v[3] ^= v[2];
        v[0] += v[3], v[3] = turn(v[3], 13), v[3] ^= v[0];
        v[2] += v[1], v[1] = turn(v[1], 7), v[1] ^= v[2], v[2] = turn(v[2], 16);
    }
    for (unsigned i = 0; i < 4; i++)
        v[i] ^= mask[i];
}

static void twice(uint32_t key[4])
{
    uint32_t carry = key[3] >> 31;

    for (unsigned i = 3; i > 0; i--)
        key[i] = key[i] << 1 | key[i - 1] >> 31;
    key[0] = key[0] << 1 ^ (carry != 0 ? 0x87 : 0);
}

static uint64_t chaskey_of(const uint32_t key[4], const uint8_t *bytes, size_t size,
                           unsigned rounds)
{
    static const uint32_t none[4];
    uint32_t v[4], mask[4];
    uint8_t last[16] = {0};

    memcpy(v, key, sizeof v);
    memcpy(mask, key, sizeof mask);
    for (; size > 16; size -= 16, bytes += 16)
        mix(v, bytes, none, rounds);
    memcpy(last, bytes, size);
    twice(mask);
    if (size < 16) {
        last[size] = 1;
        twice(mask);
    }
    mix(v, last, mask, rounds);
    return (uint64_t)v[1] << 32 | v[0];
}

TEST(chaskey_is_that_of_the_paper_with_twelve_rounds)
{
    uint32_t words[4] = {0x833d3433, 0x009f389f, 0x2398e64f, 0x417acf39};
    uint8_t key[16], input[64] = {0};

    CHECK(chaskey_of(words, input, 0, 8) == UINT64_C(0x75ce87aa792e8fe5));
    for (uint8_t i = 0; i < sizeof input; i++)
        input[i] = i;
    for (size_t size = 0; size <= sizeof input; size++) {
        words[size % 4] ^= 0x80000001u << size % 31;
        for (size_t i = 0; i < 16; i++)
            key[i] = (uint8_t)(words[i / 4] >> i % 4 * 8);
        CHECK(tcpip_chaskey(key, input, size) == chaskey_of(words, input, size, 12));
    }
}

TEST(ledger_11_initial_sequence_is_the_clock_and_a_keyed_hash_of_the_ends) /* RFC 6528 section 3 */
{
    struct tcpip_tcp_endpoints endpoints = {.local = tcpip_address_from_ipv4(0x0a000001),
                                            .remote = tcpip_address_from_ipv4(0x0a000002),
                                            .local_port = 80,
                                            .remote_port = 4000};
    uint8_t secret[16] = {9, 8, 7}, input[36] = {0};

    memcpy(input, endpoints.local.bytes, 16);
    memcpy(input + 16, endpoints.remote.bytes, 16);
    tcpip_put_be16(input + 32, 80);
    tcpip_put_be16(input + 34, 4000);
    uint64_t hash = tcpip_chaskey(secret, input, sizeof input);
    for (uint32_t now = 0; now < 100000; now += 777) {
        CHECK_EQUAL((uint32_t)(hash + now * 250u), /* M counts each 4 microseconds */
                    tcpip_tcp_initial_sequence(secret, &endpoints, now));
        CHECK_EQUAL((uint32_t)(hash >> 32), tcpip_tcp_timestamp_offset(secret, &endpoints));
    }
}

TEST(ledger_11_initial_sequence_numbers_look_random_and_follow_the_clock) /* RFC 6528 */
{
    struct tcpip_tcp_endpoints endpoints = {.local = tcpip_address_from_ipv4(0x0a000001),
                                            .remote = tcpip_address_from_ipv4(0x0a000002),
                                            .local_port = 80};
    uint8_t secret[16] = {1, 2, 3}, other[16] = {1, 2, 4};
    unsigned buckets[256] = {0}, same_step = 0;
    uint32_t last = 0, last_step = 0;
    double chi = 0;

    for (uint32_t i = 0; i < 1000000; i++) {
        endpoints.remote_port = (uint16_t)i;
        endpoints.local_port = (uint16_t)(i / 65536);
        uint32_t isn = tcpip_tcp_initial_sequence(secret, &endpoints, i / 100);
        buckets[isn / 16777216]++;
        same_step += isn - last == last_step;
        last_step = isn - last;
        last = isn;
        if (i % 1000 == 0) {
            CHECK(isn != tcpip_tcp_initial_sequence(other, &endpoints, i / 100));
            CHECK_EQUAL((uint32_t)(isn + 250),
                        tcpip_tcp_initial_sequence(secret, &endpoints, i / 100 + 1));
        }
    }
    CHECK(same_step < 5);
    for (unsigned i = 0; i < 256; i++)
        chi += ((double)buckets[i] - 3906.25) * ((double)buckets[i] - 3906.25) / 3906.25;
    printf("chi-square of 256 classes: %.1f\n", chi);
    CHECK(chi > 150 && chi < 380);
}

/* --- the ring and the heap ------------------------------------------------------------------------ */

TEST(ring_of_any_size_keeps_every_byte_in_order)
{
    for (uint32_t size = 1; size < 40; size++) {
        uint8_t storage[40], in = 0, out = 0;
        struct tcpip_ring ring;
        struct test_random random = {size};
        ring = (struct tcpip_ring){.bytes = storage, .size = size};
        for (unsigned i = 0; i < 2000; i++) {
            uint8_t bytes[40];
            uint32_t count = tcpip_ring_count(&ring), want = test_random_below(&random, 40);
            for (uint32_t k = 0; k < want; k++)
                bytes[k] = (uint8_t)(in + k);
            uint32_t put = (uint32_t)tcpip_ring_write(&ring, bytes, want);
            CHECK_EQUAL(want < size - count ? want : size - count, put);
            in = (uint8_t)(in + put);
            uint32_t got = (uint32_t)tcpip_ring_copy(&ring, bytes, test_random_below(&random, 40));
            for (uint32_t k = 0; k < got; k++)
                CHECK_EQUAL((uint8_t)(out + k), bytes[k]);
            tcpip_ring_drop(&ring, got);
            out = (uint8_t)(out + got);
        }
    }
}

TEST(deadlines_come_in_order_whatever_is_set_and_cleared)
{
    struct tcpip_deadline deadlines[50] = {{0}}, *heap = NULL;
    struct test_random random = {9};

    for (unsigned i = 0; i < 20000; i++) {
        struct tcpip_deadline *one = &deadlines[test_random_below(&random, 50)];
        if (test_random_below(&random, 3) == 0)
            tcpip_deadline_clear(one);
        else
            tcpip_deadline_set(&heap, one, 0xfffffff0u + test_random_below(&random, 1000));
        for (unsigned k = 0; i % 10 == 0 && k < 50; k++)
            if (deadlines[k].owner != NULL)
                CHECK(heap != NULL && (int32_t)(deadlines[k].when - heap->when) >= 0);
    }
    uint32_t last = 0xfffffff0u;
    unsigned members = 0, popped = 0;
    for (unsigned k = 0; k < 50; k++)
        members += deadlines[k].owner != NULL;
    while (heap != NULL) {
        popped++;
        CHECK((int32_t)(heap->when - last) >= 0);
        last = heap->when;
        tcpip_deadline_clear(heap);
    }
    CHECK_EQUAL(members, popped);
}
