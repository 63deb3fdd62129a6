/* SPDX-License-Identifier: MIT */
/* The driver of Stellaris Ethernet against a model of the device, and a scripted stack above. */
#include <linnet_test.h>

#include "stellaris.h"

#include "scripted_stack.h"
#include "stellaris_model.h"
#include "stellaris_registers.h"

#include <string.h>

static struct stellaris device;

static void enable_line(bool yes)
{
    model.line_enabled = yes;
}

static const struct stellaris_config config = {
    .name = "eth0", .mac = {2, 0, 0, 0, 0, 9}, .enable_line = enable_line};

static struct netif *netif;

static void begin(void)
{
    model_begin();
    netif = scripted_start(stellaris_create(&device, &config));
}

static void end(void)
{
    scripted_stop(netif);
    CHECK(!model_interrupts());
    CHECK_EQUAL(0, model.mistakes);
}

static void interrupt(void)
{
    (void)stellaris_interrupt(&device);
}

static unsigned serve(void)
{
    return scripted_serve(netif, model_interrupts, interrupt);
}

static void expect_good_frame(uint8_t number)
{
    CHECK(model_receive(scripted_frame(64, number), 64, 0));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    CHECK_EQUAL(60, scripted.received[0]->length);
    CHECK_BYTES(scripted_frame(64, number), scripted.received[0]->data, 60);
    scripted_give_back();
}

TEST(frames_of_every_length_arrive_whole_and_without_their_check_sequence)
{
    begin();
    for (unsigned size = 18; size <= 1522; size++) {
        CHECK(model_receive(scripted_frame(size, (uint8_t)size), size, 0));
        CHECK_EQUAL(1, serve());
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_EQUAL(size - 4, scripted.received[0]->length);
        CHECK_BYTES(scripted_frame(size, (uint8_t)size), scripted.received[0]->data, size - 4);
        scripted_give_back();
    }
    CHECK_EQUAL(1522 - 18 + 1, netif->counters.rx_frames);
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

TEST(more_frames_than_a_burst_take_another_poll_and_no_interrupt)
{
    begin();
    for (uint8_t i = 0; i < 30; i++)
        CHECK(model_receive(scripted_frame(64, i), 64, 0));
    interrupt();
    netif->driver->poll(netif);
    CHECK_EQUAL(14, model.packets);
    CHECK_EQUAL(2, scripted.polls_wanted); /* the interrupt's and the driver's own */
    CHECK_EQUAL(0, model_register(IM));
    netif->driver->poll(netif);
    CHECK_EQUAL(0, model.packets);
    CHECK(model_register(IM) != 0);
    end();
}

TEST(runts_and_giants_are_counted_and_the_next_frame_arrives)
{
    static const unsigned sizes[] = {4, 5, 12, 17, 1523, 1600, 2040};
    const unsigned count = sizeof sizes / sizeof sizes[0];

    begin();
    for (unsigned i = 0; i < count; i++) {
        CHECK(model_receive(scripted_frame(sizes[i], 1), sizes[i], 0));
        expect_good_frame((uint8_t)i);
    }
    CHECK_EQUAL(count, netif->counters.rx_errors);
    CHECK_EQUAL(0, device.restarts);
    end();
}

TEST(a_length_that_cannot_be_starts_the_receiver_anew)
{
    static const unsigned lengths[] = {1, 5, 2049, 0xffff};
    const unsigned count = sizeof lengths / sizeof lengths[0];

    begin();
    for (unsigned i = 0; i < count; i++) {
        CHECK(model_receive(scripted_frame(64, 1), 64, lengths[i]));
        (void)serve();
        CHECK_EQUAL(0, scripted.received_count);
        CHECK_EQUAL(i + 1, device.restarts);
        expect_good_frame((uint8_t)i);
    }
    CHECK_EQUAL(count, netif->counters.rx_errors);
    end();
}

TEST(after_an_overrun_whole_frames_are_taken_and_the_receiver_starts_anew)
{
    begin();
    scripted.allocate_refusals = MODEL_PACKETS - 2;
    for (unsigned i = 0; i < MODEL_PACKETS; i++)
        CHECK(model_receive(scripted_frame(64, (uint8_t)i), 64, 0));
    CHECK(!model_receive(scripted_frame(64, 99), 64, 0));
    (void)serve();
    CHECK_EQUAL(1, netif->counters.rx_overruns);
    CHECK_EQUAL(1, device.restarts);
    CHECK_EQUAL(16, netif->counters.rx_no_buffer);
    scripted.allocate_refusals = 0;
    scripted_give_back();
    expect_good_frame(7);
    end();
}

TEST(without_a_buffer_a_frame_is_counted_and_the_next_one_arrives)
{
    begin();
    scripted.allocate_refusals = 1;
    CHECK(model_receive(scripted_frame(777, 1), 777, 0));
    (void)serve();
    CHECK_EQUAL(1, netif->counters.rx_no_buffer);
    expect_good_frame(2);
    end();
}

TEST(errors_that_the_device_reports_are_counted)
{
    begin();
    model_raise(INT_RX_ERROR);
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(1, netif->counters.rx_errors);
    model_raise(INT_TX_ERROR);
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(1, netif->counters.tx_errors);
    end();
}

/* --- sending ------------------------------------------------------------------------------------- */

static bool transmit(unsigned size, unsigned more, unsigned misaligned, uint8_t number)
{
    struct netif_frame *out = scripted_allocate(netif, 1518);
    static uint8_t tail[16];

    CHECK(size < 1600 && more < 16);
    out->data += misaligned;
    memcpy(out->data, scripted_frame(size, number), size);
    for (unsigned i = 0; i < sizeof tail && i < more; i++)
        tail[i] = scripted_frame(size + more, number)[size + i];
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
            CHECK(transmit(first, size - first, size % 4, 3));
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

TEST(while_the_device_sends_frames_wait_in_order_and_a_full_queue_refuses)
{
    begin();
    model.busy = true;
    for (uint8_t i = 0; i < 5; i++)
        CHECK(transmit(100, 0, 0, i)); /* one in the device, four behind it */
    CHECK(!transmit(100, 0, 0, 9));
    CHECK_EQUAL(1, netif->counters.tx_no_room);
    CHECK_EQUAL(1, model.sent_count);
    for (uint8_t i = 0; i < 4; i++) {
        model_sent(i == 1 ? INT_TX_ERROR : INT_TX_EMPTY);
        CHECK_EQUAL(1, serve());
        CHECK_EQUAL(i + 2, model.sent_count);
    }
    for (uint8_t i = 0; i < 5; i++)
        CHECK_BYTES(scripted_frame(100, i), model.sent[i], 100);
    CHECK_EQUAL(1, netif->counters.tx_errors);
    end();
}

TEST(a_stop_gives_back_what_waits)
{
    begin();
    model.busy = true;
    for (uint8_t i = 0; i < 4; i++)
        CHECK(transmit(100, 0, 0, i));
    end(); /* which looks for buffers that did not come back */
}

TEST(what_is_no_frame_is_refused_and_counted)
{
    begin();
    CHECK(transmit(13, 0, 0, 3));
    CHECK(transmit(1519, 0, 0, 3));
    CHECK_EQUAL(0, model.sent_count);
    CHECK_EQUAL(2, netif->counters.tx_errors);
    end();
}

/* --- link, filter, start ------------------------------------------------------------------------- */

TEST(the_link_is_told_when_it_changes_and_nothing_is_sent_without_it)
{
    begin();
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    model_link(false, false);
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK(transmit(100, 0, 0, 3));
    CHECK_EQUAL(0, model.sent_count);
    model_link(true, true);
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    CHECK_EQUAL(2, scripted.link_changes);
    CHECK(transmit(100, 0, 0, 3));
    CHECK_EQUAL(1, model.sent_count);
    end();
}

TEST(duplex_is_what_the_phy_negotiated)
{
    begin();
    for (int i = 0; i < 4; i++) {
        model_link(true, i % 2 == 1);
        (void)serve();
        CHECK_EQUAL(i % 2 == 1, (model_register(TCTL) & TCTL_FULL_DUPLEX) != 0);
    }
    end();
}

TEST(without_a_phy_the_link_is_up)
{
    model_begin();
    model.without_phy = true;
    netif = scripted_start(stellaris_create(&device, &config));
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    CHECK(transmit(100, 0, 0, 3));
    CHECK_EQUAL(1, model.sent_count);
    end();
}

TEST(the_filter_lets_groups_pass_when_some_were_asked_for)
{
    static const uint8_t groups[][NETIF_MAC_SIZE] = {{0x01, 0, 0x5e, 0, 0, 0xfb}};
    static const uint8_t foreign[NETIF_MAC_SIZE] = {2, 9, 9, 9, 9, 9};
    struct netif_filter filter = {.addresses = groups, .count = 1};

    begin();
    CHECK(!model_passes(groups[0]));
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(model_passes(groups[0]) && model_passes(netif->mac) && !model_passes(foreign));
    filter = (struct netif_filter){.all_multicast = true};
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(model_passes(groups[0]) && !model_passes(foreign));
    filter.promiscuous = true;
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(model_passes(foreign));
    filter = (struct netif_filter){0};
    CHECK(netif->driver->set_filter(netif, &filter));
    CHECK(!model_passes(groups[0]) && !model_passes(foreign));
    CHECK(model_register(RCTL) & RCTL_ENABLE);
    end();
}

TEST(the_filter_outlives_a_receiver_that_starts_anew)
{
    struct netif_filter filter = {.all_multicast = true};

    begin();
    CHECK(netif->driver->set_filter(netif, &filter));
    model_raise(INT_OVERRUN);
    (void)serve();
    CHECK_EQUAL(1, device.restarts);
    CHECK(model_register(RCTL) & RCTL_GROUPS);
    end();
}

TEST(the_address_is_the_devices_or_else_the_boards)
{
    static const uint8_t own[] = {0x52, 0x54, 0, 0x12, 0x34, 0x56}, boards[] = {2, 0, 0, 0, 0, 9};

    begin();
    CHECK_BYTES(own, netif->mac, NETIF_MAC_SIZE);
    netif->driver->stop(netif);
    model_set_register(IA0, 0);
    model_set_register(IA1, 0);
    CHECK(netif->driver->start(netif));
    CHECK_BYTES(boards, netif->mac, NETIF_MAC_SIZE);
    CHECK_EQUAL(0x2, model_register(IA0));
    CHECK_EQUAL(0x900, model_register(IA1));
    end();
}
