/* SPDX-License-Identifier: MIT */
/* The bad cable: each fault happens as often as asked, to the frames that the seed chooses. */
#include <linnet_test.h>

#include "faults.h"

#include <string.h>

#define FRAMES 10000

static struct eth_faults faults;

static void begin(const char *text)
{
    struct eth_faults_settings settings;

    CHECK(eth_faults_parse(text, &settings));
    eth_faults_init(&faults, &settings);
}

/* An IPv4 frame that bears its number. */
static size_t make(uint8_t *bytes, uint32_t number)
{
    memset(bytes, 0, 60);
    bytes[12] = 8;
    memcpy(bytes + 20, &number, sizeof number);
    return 60;
}

static uint32_t number_of(const struct eth_faults_frame *frame)
{
    uint32_t number;

    memcpy(&number, frame->bytes + 20, sizeof number);
    return number;
}

static void put(enum eth_faults_way way, uint32_t number, uint64_t now)
{
    uint8_t bytes[60];
    size_t size = make(bytes, number);

    eth_faults_put(&faults, way, bytes, size, now);
}

static unsigned take_all(enum eth_faults_way way, uint64_t now)
{
    unsigned count = 0;

    while (eth_faults_due(&faults, way, now) != NULL) {
        eth_faults_drop(&faults, way);
        count++;
    }
    return count;
}

TEST(a_good_cable_gives_every_frame_at_once_and_in_order)
{
    begin("lose=0");
    for (uint32_t i = 0; i < 100; i++)
        put(ETH_FAULTS_IN, i, 5);
    for (uint32_t i = 0; i < 100; i++) {
        CHECK(eth_faults_due(&faults, ETH_FAULTS_IN, 4) == NULL);
        const struct eth_faults_frame *frame = eth_faults_due(&faults, ETH_FAULTS_IN, 5);
        CHECK(frame != NULL);
        CHECK_EQUAL(i, number_of(frame));
        CHECK_EQUAL(60, frame->size);
        eth_faults_drop(&faults, ETH_FAULTS_IN);
    }
    CHECK(eth_faults_next(&faults, ETH_FAULTS_IN) == UINT64_MAX);
}

TEST(faults_are_as_frequent_as_asked)
{
    begin("lose=200,duplicate=50,corrupt=10,reorder=100,reorder-ms=1,seed=3");
    const struct eth_faults_counters *counters = &faults.counters[ETH_FAULTS_OUT];
    uint64_t delivered = 0;

    for (uint32_t i = 0; i < FRAMES; i++) {
        put(ETH_FAULTS_OUT, i, i * 1000);
        delivered += take_all(ETH_FAULTS_OUT, i * 1000);
    }
    delivered += take_all(ETH_FAULTS_OUT, UINT64_MAX - 1);
    CHECK_EQUAL(FRAMES, counters->frames);
    CHECK(counters->lost > FRAMES * 18 / 100 && counters->lost < FRAMES * 22 / 100);
    CHECK(counters->duplicated > FRAMES * 3 / 100 && counters->duplicated < FRAMES * 5 / 100);
    CHECK(counters->reordered > FRAMES * 6 / 100 && counters->reordered < FRAMES * 10 / 100);
    CHECK(counters->corrupted > FRAMES / 200 && counters->corrupted < FRAMES * 12 / 1000);
    CHECK_EQUAL(counters->frames - counters->lost + counters->duplicated, delivered);
}

/* Which of the first frames of a direction are lost. */
static void losses(enum eth_faults_way way, bool busy, bool *lost, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        uint64_t before = faults.counters[way].lost;
        put(way, i, i * (busy ? 7 : 1000));
        lost[i] = faults.counters[way].lost != before;
        take_all(way, UINT64_MAX - 1);
        if (busy)
            put(ETH_FAULTS_OUT + ETH_FAULTS_IN - way, i, i);
    }
}

TEST(a_seed_decides_the_fate_of_each_frame_of_a_direction)
{
    bool first[500], again[500], other[500];

    begin("lose=300,seed=9");
    losses(ETH_FAULTS_IN, false, first, 500);
    begin("lose=300,duplicate=100,corrupt=100,seed=9");
    losses(ETH_FAULTS_IN, true, again, 500);
    CHECK_BYTES(first, again, sizeof first);
    begin("lose=300,seed=10");
    losses(ETH_FAULTS_IN, false, other, 500);
    CHECK(memcmp(first, other, sizeof first) != 0);
    begin("lose=300,seed=9");
    losses(ETH_FAULTS_OUT, false, other, 500);
    CHECK(memcmp(first, other, sizeof first) != 0);
}

TEST(a_delay_holds_every_frame_and_reordering_lets_some_pass_others)
{
    begin("delay-ms=10");
    put(ETH_FAULTS_OUT, 1, 0);
    CHECK_EQUAL(10000, eth_faults_next(&faults, ETH_FAULTS_OUT));
    CHECK_EQUAL(0, take_all(ETH_FAULTS_OUT, 9999));
    CHECK_EQUAL(1, take_all(ETH_FAULTS_OUT, 10000));

    unsigned overtaken = 0;
    uint32_t last = 0;
    begin("delay-ms=10,reorder=200,reorder-ms=50,seed=4");
    for (uint32_t i = 0; i < 500; i++)
        put(ETH_FAULTS_OUT, i, i * 1000);
    for (unsigned i = 0; i < 500; i++) {
        const struct eth_faults_frame *frame = eth_faults_due(&faults, ETH_FAULTS_OUT, 1000000);
        CHECK(frame != NULL && frame->due >= number_of(frame) * 1000 + 10000);
        CHECK(frame->due <= number_of(frame) * 1000 + 60000);
        overtaken += number_of(frame) < last;
        last = number_of(frame);
        eth_faults_drop(&faults, ETH_FAULTS_OUT);
    }
    CHECK(overtaken > 50);
}

TEST(a_damaged_frame_has_one_bit_turned_behind_its_header_and_arp_none)
{
    uint8_t original[60], arp[60];
    size_t size = make(original, 7);

    begin("corrupt=1000,seed=5");
    memcpy(arp, original, sizeof arp);
    arp[13] = 6;
    for (unsigned i = 0; i < 1000; i++) {
        unsigned turned = 0;
        eth_faults_put(&faults, ETH_FAULTS_IN, original, size, 0);
        const struct eth_faults_frame *frame = eth_faults_due(&faults, ETH_FAULTS_IN, 0);
        CHECK(frame != NULL);
        CHECK_BYTES(original, frame->bytes, 14);
        for (size_t k = 14; k < size; k++)
            turned += (unsigned)__builtin_popcount((unsigned)(original[k] ^ frame->bytes[k]));
        CHECK_EQUAL(1, turned);
        eth_faults_drop(&faults, ETH_FAULTS_IN);

        eth_faults_put(&faults, ETH_FAULTS_IN, arp, size, 0);
        CHECK_BYTES(arp, eth_faults_due(&faults, ETH_FAULTS_IN, 0)->bytes, size);
        eth_faults_drop(&faults, ETH_FAULTS_IN);
    }
}

TEST(a_cut_passes_nothing_for_its_time)
{
    begin("cut-every-ms=100,cut-ms=30");
    for (uint32_t ms = 0; ms < 1000; ms++)
        put(ETH_FAULTS_IN, ms, ms * 1000);
    CHECK_EQUAL(300, faults.counters[ETH_FAULTS_IN].cut);
    CHECK_EQUAL(700, take_all(ETH_FAULTS_IN, 1000000));
}

TEST(a_full_cable_and_a_long_frame_lose_frames_and_say_so)
{
    static const uint8_t giant[ETH_FAULTS_FRAME_MAX + 1];

    begin("delay-ms=1");
    for (uint32_t i = 0; i < ETH_FAULTS_FRAMES + 3; i++)
        put(ETH_FAULTS_IN, i, 0);
    CHECK_EQUAL(3, faults.counters[ETH_FAULTS_IN].crowded);
    CHECK_EQUAL(ETH_FAULTS_FRAMES, take_all(ETH_FAULTS_IN, 1000));
    eth_faults_put(&faults, ETH_FAULTS_IN, giant, sizeof giant, 0);
    CHECK_EQUAL(1, faults.counters[ETH_FAULTS_IN].lost);
    put(ETH_FAULTS_IN, 0, 0);
    CHECK_EQUAL(1, take_all(ETH_FAULTS_IN, 1000));
}

TEST(settings_are_read_whole_or_refused)
{
    static const char *const wrong[] = {"",
                                        "lose",
                                        "lose=",
                                        "lose=1001",
                                        "lose=-1",
                                        "lose=1,",
                                        ",lose=1",
                                        "lose=1x",
                                        "loss=1",
                                        "lose =1",
                                        "cut-ms=1",
                                        "=1",
                                        "delay-ms=99999999999999999999",
                                        "seed=4294967296"};
    struct eth_faults_settings settings;

    CHECK(eth_faults_parse("lose=1,duplicate=2,corrupt=3,reorder=4,reorder-ms=5,delay-ms=6,"
                           "cut-every-ms=8,cut-ms=7,seed=4294967295",
                           &settings));
    CHECK_EQUAL(1, settings.lose);
    CHECK_EQUAL(2, settings.duplicate);
    CHECK_EQUAL(3, settings.corrupt);
    CHECK_EQUAL(4, settings.reorder);
    CHECK_EQUAL(5000, settings.reorder_us);
    CHECK_EQUAL(6000, settings.delay_us);
    CHECK_EQUAL(8000, settings.cut_every_us);
    CHECK_EQUAL(7000, settings.cut_us);
    CHECK_EQUAL(UINT32_MAX, settings.seed);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(!eth_faults_parse(wrong[i], &settings));
}
