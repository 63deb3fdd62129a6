/* SPDX-License-Identifier: MIT */
/* The LAN9118's driver against a model of the device, and a scripted stack above. */
#include <linnet_test.h>

#include "lan9118.h"

#include "lan9118_model.h"
#include "lan9118_registers.h"
#include "scripted_stack.h"

#include <string.h>

static struct lan9118 device;

static void enable_line(bool yes)
{
    model.line_enabled = yes;
}

static const struct lan9118_config config = {
    .name = "eth0", .mac = {2, 0, 0, 0, 0, 9}, .enable_line = enable_line};

static struct netif *netif;

static void begin(void)
{
    model_begin();
    netif = scripted_start(lan9118_create(&device, &config));
}

static void end(void)
{
    scripted_stop(netif);
    CHECK(!model_interrupts());
    CHECK_EQUAL(0, model.mistakes);
}

static void interrupt(void)
{
    (void)lan9118_interrupt(&device);
}

static unsigned serve(void)
{
    return scripted_serve(netif, model_interrupts, interrupt);
}

TEST(frames_of_every_length_arrive_whole_and_without_their_check_sequence)
{
    begin();
    for (unsigned size = 64; size <= 1522; size++) {
        CHECK(model_receive(scripted_frame(size, (uint8_t)size), size, 0));
        CHECK_EQUAL(1, serve());
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_EQUAL(size - 4, scripted.received[0]->length);
        CHECK_BYTES(scripted_frame(size, (uint8_t)size), scripted.received[0]->data, size - 4);
        scripted_give_back();
    }
    CHECK_EQUAL(1522 - 64 + 1, netif->counters.rx_frames);
    CHECK_EQUAL(0, netif->counters.rx_errors);
    end();
}

TEST(many_frames_take_one_interrupt)
{
    begin();
    for (uint8_t i = 0; i < 8; i++)
        CHECK(model_receive(scripted_frame(100, i), 100, 0));
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(8, scripted.received_count);
    for (uint8_t i = 0; i < 8; i++)
        CHECK_BYTES(scripted_frame(100, i), scripted.received[i]->data, 96);
    end();
}

TEST(a_bad_frame_is_counted_by_its_fault_and_the_next_one_arrives)
{
    static const struct {
        uint32_t status;
        unsigned size;
    } bad[] = {{RX_BAD | RX_BAD_CRC, 64},
               {RX_BAD | RX_RUNT, 12},
               {RX_BAD | RX_GIANT, 2000},
               {RX_BAD | RX_BAD_LENGTH, 80},
               {RX_BAD | RX_RUNT, 3},
               {0, 17},
               {0, 1600},
               {RX_BAD | RX_BAD_CRC, 1518},
               {RX_FILTERED | RX_BAD, 70}};
    const unsigned count = sizeof bad / sizeof bad[0];

    begin();
    for (unsigned i = 0; i < count; i++) {
        CHECK(model_receive(scripted_frame(bad[i].size, 1), bad[i].size, bad[i].status));
        CHECK(model_receive(scripted_frame(64, (uint8_t)i), 64, 0));
        (void)serve();
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_BYTES(scripted_frame(64, (uint8_t)i), scripted.received[0]->data, 60);
        scripted_give_back();
    }
    CHECK_EQUAL(count, netif->counters.rx_errors);
    CHECK_EQUAL(count, netif->counters.rx_frames);
    CHECK_EQUAL(2, device.counters.bad_crc);
    CHECK_EQUAL(2, device.counters.runts);
    CHECK_EQUAL(1, device.counters.giants);
    CHECK_EQUAL(1, device.counters.bad_lengths);
    CHECK_EQUAL(1, device.counters.filtered);
    end();
}

TEST(an_overrun_is_counted_and_reception_goes_on)
{
    unsigned taken = 0;

    begin();
    while (model_receive(scripted_frame(1518, 0), 1518, 0))
        taken++;
    CHECK(!model_receive(scripted_frame(1518, 0), 1518, 0));
    scripted.allocate_refusals = taken;
    (void)serve();
    CHECK_EQUAL(2, netif->counters.rx_overruns);
    CHECK_EQUAL(taken, netif->counters.rx_no_buffer);
    CHECK(model_receive(scripted_frame(64, 5), 64, 0));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    CHECK_BYTES(scripted_frame(64, 5), scripted.received[0]->data, 60);
    end();
}

TEST(a_flood_leaves_the_stack_time_between_bursts)
{
    begin();
    scripted.allocate_refusals = 100;
    for (uint8_t i = 0; i < 40; i++)
        CHECK(model_receive(scripted_frame(64, i), 64, 0));
    CHECK(model_interrupts());
    (void)lan9118_interrupt(&device);
    netif->driver->poll(netif);
    CHECK(model.rx_statuses > 0 && model.rx_statuses < 40);
    CHECK(!model_interrupts()); /* still polling */
    (void)serve();
    CHECK_EQUAL(40, netif->counters.rx_no_buffer);
    CHECK(model_receive(scripted_frame(64, 0), 64, 0));
    CHECK(model_interrupts());
    (void)serve();
    scripted.allocate_refusals = 0;
    end();
}

TEST(a_receiver_out_of_step_is_started_again)
{
    begin();
    CHECK(model_receive(scripted_frame(64, 0), 64, 0));
    model.rx_words = 3; /* as if data had been lost */
    model_raise(INT_RX_ERROR);
    (void)serve();
    CHECK_EQUAL(1, device.counters.receiver_restarts);
    CHECK_EQUAL(0, scripted.received_count);
    CHECK(model_receive(scripted_frame(64, 1), 64, 0));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    end();
}

/* --- sending ------------------------------------------------------------------------------------- */

static bool transmit(unsigned size, unsigned more, unsigned misaligned)
{
    struct netif_frame *out = scripted_allocate(netif, 1518);
    static uint8_t tail[16];

    CHECK(size < 1600 && more < 16);
    out->data += misaligned;
    memcpy(out->data, scripted_frame(size, 3), size);
    for (unsigned i = 0; i < sizeof tail && i < more; i++)
        tail[i] = scripted_frame(size + more, 3)[size + i];
    out->length = (uint16_t)size;
    out->more = more > 0 ? tail : NULL;
    out->more_length = (uint16_t)more;
    if (netif->driver->transmit(netif, out))
        return true;
    scripted_release(out);
    return false;
}

TEST(frames_of_every_length_and_alignment_are_sent_whole_from_one_part_or_two)
{
    begin();
    for (unsigned size = 14; size <= 1514; size++) {
        for (unsigned more = 0; more < 8; more++) {
            const unsigned first = more > 0 && size - 14 > more ? size - more : size;
            CHECK(transmit(first, size - first, size % 4));
            CHECK_EQUAL(1, model.sent_count);
            CHECK_EQUAL(size, model.sent_size[0]);
            CHECK_BYTES(scripted_frame(size, 3), model.sent[0], size);
            model.sent_count = 0;
        }
    }
    CHECK_EQUAL(1501 * 8, netif->counters.tx_frames);
    CHECK_EQUAL(0, netif->counters.tx_errors);
    end();
}

TEST(without_room_the_frame_stays_the_callers)
{
    unsigned sent = 0;

    begin();
    model.stuck_transmits = true;
    while (transmit(1514, 0, 0))
        sent++;
    CHECK_EQUAL(3, sent);
    CHECK_EQUAL(1, netif->counters.tx_no_room);
    model.tx_used = 0;
    CHECK(transmit(1514, 0, 0));
    end();
}

TEST(a_bad_transmit_status_is_counted)
{
    begin();
    CHECK(transmit(100, 0, 0));
    model.tx_status[0] = TX_STATUS_BAD;
    netif->driver->poll(netif);
    CHECK_EQUAL(1, netif->counters.tx_errors);
    end();
}

TEST(a_transmitter_out_of_step_is_started_again)
{
    begin();
    model.tx_used = 1000;
    model_raise(INT_TX_ERROR);
    (void)serve();
    CHECK_EQUAL(1, device.counters.transmitter_restarts);
    CHECK_EQUAL(0, model.tx_used);
    CHECK(transmit(100, 0, 0));
    CHECK_EQUAL(1, model.sent_count);
    end();
}

TEST(what_is_no_frame_is_refused_and_counted)
{
    begin();
    CHECK(transmit(13, 0, 0));
    CHECK(transmit(1519, 0, 0));
    CHECK_EQUAL(0, model.sent_count);
    CHECK_EQUAL(2, netif->counters.tx_errors);
    end();
}

/* --- link, filter, start ------------------------------------------------------------------------- */

TEST(the_link_is_told_when_it_changes_and_nothing_is_sent_without_it)
{
    begin();
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    model_link(false);
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK(transmit(100, 0, 0));
    CHECK_EQUAL(0, model.sent_count);
    model_link(true);
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    CHECK_EQUAL(2, scripted.link_changes);
    CHECK(transmit(100, 0, 0));
    CHECK_EQUAL(1, model.sent_count);
    end();
}

TEST(duplex_is_the_best_that_both_ends_can)
{
    static const struct {
        uint16_t partner;
        bool full;
    } partners[] = {{0x1e1, true}, {0x0a1, false}, {0x061, true}, {0x021, false}, {0x0e1, false}};

    begin();
    for (unsigned i = 0; i < sizeof partners / sizeof partners[0]; i++) {
        model.phy[PHY_PARTNER] = partners[i].partner;
        model_link(true);
        (void)serve();
        CHECK_EQUAL(partners[i].full, (model.mac[MAC_CR] & MAC_CR_FULL_DUPLEX) != 0);
    }
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
    CHECK(model.mac[MAC_CR] & MAC_CR_RX);
    end();
}

TEST(the_address_is_the_devices_or_else_the_boards)
{
    static const uint8_t own[] = {0x52, 0x54, 0, 0x12, 0x34, 0x56}, boards[] = {2, 0, 0, 0, 0, 9};

    begin();
    CHECK_BYTES(own, netif->mac, NETIF_MAC_SIZE);
    netif->driver->stop(netif);
    model.mac[MAC_ADDRL] = model.mac[MAC_ADDRH] = UINT32_MAX;
    CHECK(netif->driver->start(netif));
    CHECK_BYTES(boards, netif->mac, NETIF_MAC_SIZE);
    CHECK_EQUAL(0x2, model.mac[MAC_ADDRL]);
    CHECK_EQUAL(0x900, model.mac[MAC_ADDRH]);
    end();
}

TEST(a_device_that_does_not_answer_fails_the_start_and_may_be_tried_again)
{
    model_begin();
    model.absent = true;
    netif = lan9118_create(&device, &config);
    netif->stack = &scripted_stack;
    CHECK(!netif->driver->start(netif));
    CHECK(!model.line_enabled);
    CHECK(!transmit(100, 0, 0));
    model.absent = false;
    CHECK(netif->driver->start(netif));
    CHECK(!model_interrupts());
    end();
}
