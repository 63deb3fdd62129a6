/* SPDX-License-Identifier: MIT */
/* The driver of OpenCores' Ethernet MAC against a model of the device, and a scripted stack above. */
#include <linnet_test.h>

#include "open_eth.h"

#include "open_eth_model.h"
#include "open_eth_registers.h"
#include "scripted_stack.h"

#include <string.h>

static struct open_eth device;
static struct netif *netif;

static void enable_line(bool yes)
{
    model.line_enabled = yes;
}

static const struct open_eth_config config = {
    .name = "eth0", .mac = {2, 0, 0, 0, 0, 9}, .phy = MODEL_PHY, .enable_line = enable_line};

static void begin(void)
{
    model_begin();
    netif = scripted_start(open_eth_create(&device, &config));
}

static void end(void)
{
    scripted_stop(netif);
    CHECK(!model_interrupts());
    CHECK_EQUAL(0, model.mistakes);
    CHECK_EQUAL(0, model.mode);
}

static void interrupt(void)
{
    (void)open_eth_interrupt(&device);
}

static unsigned serve(void)
{
    return scripted_serve(netif, model_interrupts, interrupt);
}

/* --- receiving ----------------------------------------------------------------------------------- */

TEST(frames_of_every_length_arrive_whole_and_without_their_check_sequence)
{
    begin();
    for (unsigned size = 14; size <= 1518; size++) {
        CHECK(model_receive(scripted_frame(size, (uint8_t)size), size, 0));
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
    for (uint8_t i = 0; i < OPEN_ETH_RX_RING; i++)
        CHECK(model_receive(scripted_frame(100, i), 100, 0));
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(OPEN_ETH_RX_RING, scripted.received_count);
    for (uint8_t i = 0; i < OPEN_ETH_RX_RING; i++)
        CHECK_BYTES(scripted_frame(100, i), scripted.received[i]->data, 100);
    end();
}

TEST(an_overrun_ring_is_counted_and_goes_on)
{
    begin();
    unsigned arrived = 0;
    while (model_receive(scripted_frame(100, 1), 100, 0))
        arrived++;
    CHECK_EQUAL(OPEN_ETH_RX_RING, arrived);
    (void)serve();
    CHECK_EQUAL(1, netif->counters.rx_overruns);
    CHECK_EQUAL(OPEN_ETH_RX_RING, scripted.received_count);
    scripted_give_back();
    for (uint8_t i = 0; i < 3 * OPEN_ETH_RX_RING; i++) {
        CHECK(model_receive(scripted_frame(100, i), 100, 0));
        (void)serve();
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_BYTES(scripted_frame(100, i), scripted.received[0]->data, 100);
        scripted_give_back();
    }
    end();
}

TEST(a_flood_leaves_the_stack_time_between_rings)
{
    begin();
    scripted.allocate_refusals = 100;
    for (unsigned i = 0; i < OPEN_ETH_RX_RING; i++)
        CHECK(model_receive(scripted_frame(64, 1), 64, 0));
    interrupt();
    netif->driver->poll(netif);
    CHECK_EQUAL(OPEN_ETH_RX_RING, netif->counters.rx_no_buffer);
    CHECK_EQUAL(2, scripted.polls_wanted); /* the interrupt's, and one more: it still polls */
    CHECK(model_receive(scripted_frame(64, 2), 64, 0));
    CHECK(!model_interrupts());
    (void)serve();
    CHECK_EQUAL(OPEN_ETH_RX_RING + 1, netif->counters.rx_no_buffer);
    scripted.allocate_refusals = 0;
    end();
}

TEST(a_bad_frame_is_counted_by_its_fault_and_the_next_one_arrives)
{
    static const struct {
        uint32_t flags;
        unsigned size;
    } bad[] = {{RX_BAD_CRC, 64},
               {RX_RUNT, 10},
               {RX_GIANT | RX_BAD_CRC, 1530},
               {RX_OVERRUN, 200},
               {RX_DRIBBLE, 65},
               {RX_BAD_SYMBOL, 70},
               {0, 9},
               {0, 1519},
               {0, 4000},
               {RX_LATE_COLLISION, 64}};
    const unsigned count = sizeof bad / sizeof bad[0];

    begin();
    for (unsigned i = 0; i < count; i++) {
        CHECK(model_receive(scripted_frame(bad[i].size, 1), bad[i].size, bad[i].flags));
        CHECK(model_receive(scripted_frame(64, (uint8_t)i), 64, 0));
        (void)serve();
        CHECK_EQUAL(i + 1, netif->counters.rx_errors);
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_BYTES(scripted_frame(64, (uint8_t)i), scripted.received[0]->data, 64);
        scripted_give_back();
    }
    CHECK_EQUAL(2, device.counters.bad_crc);
    CHECK_EQUAL(1, device.counters.runts);
    CHECK_EQUAL(1, device.counters.giants);
    CHECK_EQUAL(2, device.counters.bad_symbols);
    CHECK_EQUAL(1, device.counters.collisions);
    CHECK_EQUAL(1, netif->counters.rx_overruns);
    end();
}

/* --- sending ------------------------------------------------------------------------------------- */

static bool transmit(unsigned size)
{
    struct netif_frame *out = scripted_allocate(netif, 1518);

    CHECK(out != NULL && size < 1600);
    memcpy(out->data, scripted_frame(size, 3), size);
    out->length = (uint16_t)size;
    if (netif->driver->transmit(netif, out))
        return true;
    scripted_release(out);
    return false;
}

TEST(frames_of_every_length_go_out_whole_all_round_the_ring)
{
    begin();
    for (unsigned size = 14; size <= 1518; size++) {
        CHECK(transmit(size));
        CHECK_EQUAL(size < 60 ? 60 : size, model.last_sent_size);
        CHECK_BYTES(scripted_frame(size, 3), model.last_sent, size);
        (void)serve();
    }
    CHECK_EQUAL(1518 - 14 + 1, model.sent);
    CHECK_EQUAL(model.sent, netif->counters.tx_frames);
    end();
}

TEST(frames_that_were_held_back_are_released_when_they_are_sent)
{
    begin();
    model.holds_frames = true;
    for (unsigned i = 0; i < OPEN_ETH_TX_RING; i++)
        CHECK(transmit(100 + i));
    CHECK(scripted_allocate(netif, 100) == NULL);
    model_send_held(0);
    (void)serve();
    CHECK_EQUAL(OPEN_ETH_TX_RING, model.sent);
    CHECK(transmit(100));
    model_send_held(0);
    end();
}

TEST(what_went_wrong_with_a_sent_frame_is_counted)
{
    begin();
    model.holds_frames = true;
    CHECK(transmit(100));
    model_send_held(TX_UNDERRUN);
    (void)serve();
    CHECK_EQUAL(1, netif->counters.tx_errors);
    CHECK_EQUAL(1, device.counters.underruns);
    CHECK(transmit(100));
    model_send_held(TX_RETRY_LIMIT);
    (void)serve();
    CHECK_EQUAL(2, netif->counters.tx_errors);
    CHECK_EQUAL(1, device.counters.collisions);
    end();
}

TEST(what_is_no_frame_is_refused_and_counted)
{
    begin();
    CHECK(transmit(13));
    CHECK(transmit(1519));
    CHECK_EQUAL(0, model.sent);
    CHECK_EQUAL(2, netif->counters.tx_errors);
    end();
}

TEST(a_stop_gives_back_what_was_not_sent_and_a_start_begins_anew)
{
    begin();
    model.holds_frames = true;
    CHECK(transmit(100));
    CHECK(transmit(101));
    netif->driver->stop(netif);
    CHECK(!transmit(100));
    model.holds_frames = false;
    CHECK(netif->driver->start(netif));
    CHECK(transmit(102));
    CHECK_EQUAL(102, model.last_sent_size);
    CHECK_EQUAL(1, model.sent);
    CHECK(model_receive(scripted_frame(64, 1), 64, 0));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    end();
}

/* --- link, filter, start ------------------------------------------------------------------------- */

TEST(the_link_is_followed_at_every_poll)
{
    begin();
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    model.link_up = false;
    netif->driver->poll(netif);
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    model.link_up = true;
    netif->driver->poll(netif);
    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    CHECK_EQUAL(2, scripted.link_changes);
    end();
}

TEST(the_filter_lets_the_groups_pass_that_were_asked_for)
{
    static const uint8_t groups[][NETIF_MAC_SIZE] = {
        {0x01, 0, 0x5e, 0, 0, 0xfb}, {0x33, 0x33, 0, 0, 0, 1}, {0x01, 0, 0x5e, 0x7f, 0xff, 0xfa}};
    static const uint8_t other[NETIF_MAC_SIZE] = {0x01, 0, 0x5e, 1, 2, 3};
    static const uint8_t foreign[NETIF_MAC_SIZE] = {2, 9, 9, 9, 9, 9};
    struct netif_filter filter = {.addresses = groups, .count = 3};

    begin();
    CHECK(!model_passes(groups[0]));
    CHECK(netif->driver->set_filter(netif, &filter));
    for (int i = 0; i < 3; i++)
        CHECK(model_passes(groups[i]));
    CHECK(model_passes(netif->mac));
    CHECK(!model_passes(other) && !model_passes(foreign));
    filter.all_multicast = true;
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(model_passes(other) && !model_passes(foreign));
    filter.promiscuous = true;
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(model_passes(foreign));
    filter = (struct netif_filter){0};
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(!model_passes(groups[0]) && !model_passes(foreign));
    CHECK(model.mode & MODE_RX);
    end();
}

TEST(the_address_is_the_devices_or_else_the_boards)
{
    static const uint8_t own[] = {0x52, 0x54, 0, 0x12, 0x34, 0x56}, boards[] = {2, 0, 0, 0, 0, 9};

    begin();
    CHECK_BYTES(boards, netif->mac, NETIF_MAC_SIZE);
    netif->driver->stop(netif);
    model.address[0] = 0x00123456;
    model.address[1] = 0x5254;
    CHECK(netif->driver->start(netif));
    CHECK_BYTES(own, netif->mac, NETIF_MAC_SIZE);
    CHECK(model_passes(own));
    end();
}

TEST(a_device_that_does_not_answer_fails_the_start_and_may_be_tried_again)
{
    model_begin();
    model.absent = true;
    netif = open_eth_create(&device, &config);
    netif->stack = &scripted_stack;
    CHECK(!netif->driver->start(netif));
    CHECK(!model.line_enabled);
    CHECK(!transmit(100));
    model.absent = false;
    CHECK(netif->driver->start(netif));
    end();
}
