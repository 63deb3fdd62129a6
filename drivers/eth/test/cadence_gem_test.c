/* SPDX-License-Identifier: MIT */
/* The Cadence GEM's driver against a model of the device, and a scripted stack above. */
#include <linnet_test.h>

#include "cadence_gem.h"

#include "cadence_gem_model.h"
#include "cadence_gem_registers.h"
#include "scripted_stack.h"

#include <string.h>

static struct cadence_gem device;
static struct netif *netif;

static void enable_line(bool yes)
{
    model.line_enabled = yes;
}

static void set_speed(unsigned megabits)
{
    model.speed = megabits;
}

static const struct cadence_gem_config config = {
    .name = "eth0", .mac = {2, 0, 0, 0, 0, 9}, .enable_line = enable_line, .set_speed = set_speed};

static void begin(void)
{
    model_begin();
    netif = scripted_start(cadence_gem_create(&device, &config));
}

static void end(void)
{
    scripted_stop(netif);
    CHECK(!model_interrupts());
    CHECK_EQUAL(0, model.mistakes);
    CHECK_EQUAL(0, model.control);
}

static void interrupt(void)
{
    (void)cadence_gem_interrupt(&device);
}

static unsigned serve(void)
{
    return scripted_serve(netif, model_interrupts, interrupt);
}

TEST(frames_of_every_length_arrive_whole)
{
    begin();
    for (unsigned size = 14; size <= 1518; size++) {
        CHECK(model_receive(scripted_frame(size, (uint8_t)size), size));
        CHECK_EQUAL(1, serve());
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_EQUAL(size, scripted.received[0]->length);
        CHECK_BYTES(scripted_frame(size, (uint8_t)size), scripted.received[0]->data, size);
        scripted_give_back();
    }
    CHECK_EQUAL(1518 - 14 + 1, netif->counters.rx_frames);
    CHECK_EQUAL(0, netif->counters.rx_errors);
    end();
}

TEST(many_frames_take_one_interrupt)
{
    begin();
    for (uint8_t i = 0; i < SCRIPTED_BUFFERS; i++)
        CHECK(model_receive(scripted_frame(100, i), 100));
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(SCRIPTED_BUFFERS, scripted.received_count);
    for (uint8_t i = 0; i < SCRIPTED_BUFFERS; i++)
        CHECK_BYTES(scripted_frame(100, i), scripted.received[i]->data, 100);
    end();
}

TEST(an_overrun_ring_is_counted_and_goes_on)
{
    begin();
    unsigned arrived = 0;
    while (model_receive(scripted_frame(100, 1), 100))
        arrived++;
    CHECK_EQUAL(GEM_RX_SLOTS, arrived);
    (void)serve();
    CHECK_EQUAL(SCRIPTED_BUFFERS, scripted.received_count);
    CHECK_EQUAL(GEM_RX_SLOTS - SCRIPTED_BUFFERS, netif->counters.rx_no_buffer);
    CHECK_EQUAL(1, netif->counters.rx_overruns);
    scripted_give_back();
    CHECK(model_receive(scripted_frame(100, 2), 100));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    end();
}

TEST(a_frame_longer_than_a_buffer_is_counted_and_the_next_one_arrives)
{
    static const unsigned sizes[] = {1519, 1536, 1537, 3000, 4000, 13, 1};

    begin();
    for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        CHECK(model_receive(scripted_frame(sizes[i], 1), sizes[i]));
        CHECK(model_receive(scripted_frame(64, (uint8_t)i), 64));
        (void)serve();
        CHECK_EQUAL(i + 1, netif->counters.rx_errors);
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_BYTES(scripted_frame(64, (uint8_t)i), scripted.received[0]->data, 64);
        scripted_give_back();
    }
    end();
}

TEST(what_the_device_throws_away_is_counted_by_its_fault)
{
    begin();
    model_receive_bad(RX_UNDERSIZE);
    model_receive_bad(RX_OVERSIZE);
    model_receive_bad(RX_JABBER);
    model_receive_bad(RX_BAD_FCS);
    model_receive_bad(RX_BAD_LENGTH);
    model_receive_bad(RX_BAD_SYMBOL);
    model_receive_bad(RX_BAD_ALIGNMENT);
    netif->driver->poll(netif);
    CHECK_EQUAL(7, netif->counters.rx_errors);
    CHECK_EQUAL(1, device.counters.runts);
    CHECK_EQUAL(2, device.counters.giants);
    CHECK_EQUAL(1, device.counters.bad_fcs);
    CHECK_EQUAL(1, device.counters.bad_lengths);
    end();
}

static bool send(unsigned size, unsigned more)
{
    struct netif_frame *out = scripted_allocate(netif, 1518);
    static uint8_t behind[2048];

    CHECK(out != NULL);
    memcpy(out->data, scripted_frame(size, 3), size);
    memcpy(behind, scripted_frame(size + more, 3) + size, more);
    out->length = (uint16_t)size;
    out->more = behind;
    out->more_length = (uint16_t)more;
    if (netif->driver->transmit(netif, out))
        return true;
    scripted_release(out);
    return false;
}

TEST(frames_in_one_and_two_parts_go_out_whole_all_round_the_ring)
{
    begin();
    for (unsigned size = 14; size <= 1518; size += 7) {
        const unsigned more = size % 2 ? (1518 - size) : 0;
        CHECK(send(size, more));
        CHECK_EQUAL(size + more, model.last_sent_size);
        CHECK_BYTES(scripted_frame(size + more, 3), model.last_sent, size + more);
        (void)serve();
    }
    CHECK_EQUAL(netif->counters.tx_frames, model.sent);
    end();
}

TEST(frames_that_were_held_back_are_released_when_they_are_sent)
{
    begin();
    model.holds_frames = true;
    for (unsigned i = 0; i < SCRIPTED_BUFFERS; i++)
        CHECK(send(60, 100));
    CHECK(scripted_allocate(netif, 60) == NULL);
    model_send_held();
    (void)serve();
    CHECK_EQUAL(SCRIPTED_BUFFERS, model.sent);
    CHECK(send(60, 0));
    end();
}

TEST(a_frame_that_no_wire_takes_is_counted_and_released)
{
    begin();
    CHECK(send(13, 0));
    CHECK(send(1500, 19));
    CHECK_EQUAL(2, netif->counters.tx_errors);
    CHECK_EQUAL(0, model.sent);
    end();
}

TEST(a_transmitter_that_has_given_up_is_started_again)
{
    begin();
    model.holds_frames = true;
    CHECK(send(60, 0));
    model_fail_tx(1u << 6);
    (void)serve();
    model.holds_frames = false;
    CHECK_EQUAL(1, device.counters.transmitter_restarts);
    CHECK_EQUAL(1, netif->counters.tx_errors);
    CHECK(send(61, 0));
    CHECK_EQUAL(61, model.last_sent_size);
    end();
}

TEST(a_receiver_that_has_given_up_is_started_again)
{
    begin();
    CHECK(model_receive(scripted_frame(64, 1), 64));
    model_fail_rx(RX_STATUS_OVERRUN);
    (void)serve();
    CHECK_EQUAL(1, device.counters.receiver_restarts);
    scripted_give_back();
    for (unsigned i = 0; i < 2 * GEM_RX_SLOTS; i++) {
        CHECK(model_receive(scripted_frame(64, 2), 64));
        (void)serve();
        scripted_give_back();
    }
    end();
}

TEST(the_link_is_followed_and_its_speed_set)
{
    begin();
    CHECK_EQUAL(100, model.speed);
    CHECK((model.config & (CONFIG_100 | CONFIG_FULL_DUPLEX)) == (CONFIG_100 | CONFIG_FULL_DUPLEX));
    model.link_up = false;
    netif->driver->poll(netif);
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK(send(60, 0));
    CHECK_EQUAL(0, model.sent);
    model.link_up = true;
    model.partner_1000 = PHY_PARTNER_1000_FULL;
    netif->driver->poll(netif);
    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    CHECK_EQUAL(1000, model.speed);
    CHECK((model.config & (CONFIG_1000 | CONFIG_100)) == CONFIG_1000);
    model.link_up = false;
    netif->driver->poll(netif);
    model.link_up = true;
    model.partner_1000 = 0;
    model.partner = 0;
    netif->driver->poll(netif);
    CHECK_EQUAL(10, model.speed);
    CHECK((model.config & (CONFIG_1000 | CONFIG_100 | CONFIG_FULL_DUPLEX)) == 0);
    end();
}

/* By the data sheet's formula, written out for two addresses. */
TEST(groups_are_filtered_by_hash)
{
    static const uint8_t groups[2][NETIF_MAC_SIZE] = {{0x01, 0, 0x5e, 0, 0, 0xfb},
                                                      {0x33, 0x33, 0, 0, 0, 0x01}};

    begin();
    CHECK(netif->driver->set_filter(netif, &(struct netif_filter){0}));
    CHECK((model.config & (CONFIG_HASH | CONFIG_PROMISCUOUS)) == 0);
    CHECK(
        netif->driver->set_filter(netif, &(struct netif_filter){.addresses = groups, .count = 2}));
    CHECK((model.config & CONFIG_HASH) != 0);
    unsigned bits = 0;
    for (unsigned i = 0; i < 64; i++)
        bits += model.hash[i / 32] >> i % 32 & 1u;
    CHECK_EQUAL(2, bits);
    for (unsigned g = 0; g < 2; g++) {
        unsigned index = 0;
        for (unsigned n = 0; n < 6; n++) {
            unsigned parity = 0;
            for (unsigned k = n; k < 48; k += 6)
                parity ^= (unsigned)groups[g][k / 8] >> k % 8 & 1u;
            index |= parity << n;
        }
        CHECK((model.hash[index / 32] >> index % 32 & 1u) != 0);
    }
    CHECK(netif->driver->set_filter(
        netif, &(struct netif_filter){.all_multicast = true, .promiscuous = true}));
    CHECK(model.hash[0] == UINT32_MAX && model.hash[1] == UINT32_MAX);
    CHECK((model.config & CONFIG_PROMISCUOUS) != 0);
    end();
}

TEST(without_a_phy_it_does_not_start)
{
    model_begin();
    model.has_phy = false;
    netif = cadence_gem_create(&device, &config);
    netif->stack = &scripted_stack;
    CHECK(!netif->driver->start(netif));
}
