/* SPDX-License-Identifier: MIT */
/* The driver of the MIPS simulator's network device against a model of it, and a scripted stack above. */
#include <linnet_test.h>

#include "mipsnet.h"

#include "mipsnet_model.h"
#include "scripted_stack.h"

#include <string.h>

static struct mipsnet device;
static struct netif *netif;

static void enable_line(bool yes)
{
    model.line_enabled = yes;
}

static const struct mipsnet_config config = {
    .name = "eth0", .mac = {2, 0, 0, 0, 0, 9}, .enable_line = enable_line};

static void begin(void)
{
    model_begin();
    netif = scripted_start(mipsnet_create(&device, &config));
    CHECK(model.line_enabled);
}

static void end(void)
{
    scripted_stop(netif);
    CHECK(!model_interrupts());
    CHECK(!model.line_enabled);
    CHECK_EQUAL(0, model.mistakes);
}

static void interrupt(void)
{
    (void)mipsnet_interrupt(&device);
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

TEST(frames_that_wait_on_the_wire_arrive_in_their_order_with_one_interrupt)
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

TEST(a_runt_or_a_giant_is_counted_and_the_next_one_arrives)
{
    static const unsigned sizes[] = {1, 13, 1519, 1536, 3000, 4000};

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
    CHECK_EQUAL(2, device.counters.runts);
    CHECK_EQUAL(4, device.counters.giants);
    end();
}

TEST(without_a_buffer_frames_are_dropped_counted_and_taken_from_the_device)
{
    begin();
    for (uint8_t i = 0; i < SCRIPTED_BUFFERS + 3; i++)
        CHECK(model_receive(scripted_frame(100, i), 100));
    (void)serve();
    CHECK_EQUAL(SCRIPTED_BUFFERS, scripted.received_count);
    CHECK_EQUAL(3, netif->counters.rx_no_buffer);
    scripted_give_back();
    CHECK(model_receive(scripted_frame(100, 77), 100));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    CHECK_BYTES(scripted_frame(100, 77), scripted.received[0]->data, 100);
    end();
}

TEST(a_flood_leaves_the_stack_time_between_bursts)
{
    begin();
    scripted.allocate_refusals = 100;
    for (uint8_t i = 0; i < 40; i++)
        CHECK(model_receive(scripted_frame(64, i), 64));
    interrupt();
    netif->driver->poll(netif);
    CHECK(model_waiting() > 0 && model_waiting() < 39);
    CHECK(!model_interrupts()); /* still polling */
    (void)serve();
    CHECK_EQUAL(40, netif->counters.rx_no_buffer);
    scripted.allocate_refusals = 0;
    end();
}

/* --- sending ------------------------------------------------------------------------------------- */

static bool transmit(unsigned size, unsigned more)
{
    struct netif_frame *out = scripted_allocate(netif, 1518);
    static uint8_t behind[2048];

    CHECK(out != NULL && size < 1600 && more < sizeof behind);
    memcpy(out->data, scripted_frame(size, 3), size);
    memcpy(behind, scripted_frame(size + more, 3) + size, more);
    out->length = (uint16_t)size;
    out->more = more > 0 ? behind : NULL;
    out->more_length = (uint16_t)more;
    if (netif->driver->transmit(netif, out))
        return true;
    scripted_release(out);
    return false;
}

TEST(frames_of_every_length_go_out_whole_from_one_part_or_two)
{
    static const uint8_t zeros[60];

    begin();
    for (unsigned size = 14; size <= 1518; size++) {
        const unsigned more = size % 3 == 0 ? size / 3 : 0, wire = size < 60 ? 60 : size;
        CHECK(transmit(size - more, more));
        CHECK_EQUAL(wire, model.last_sent_size);
        CHECK_BYTES(scripted_frame(size, 3), model.last_sent, size);
        CHECK_BYTES(zeros, model.last_sent + size, wire - size);
        CHECK(!model_interrupts());
    }
    CHECK_EQUAL(1518 - 14 + 1, netif->counters.tx_frames);
    CHECK_EQUAL(netif->counters.tx_frames, model.sent);
    end();
}

/* At every moment of receiving. */
TEST(sending_while_a_frame_waits_in_the_device_harms_neither)
{
    begin();
    for (uint8_t i = 0; i < 50; i++) {
        CHECK(model_receive(scripted_frame(100, i), 100));
        CHECK(model_receive(scripted_frame(200, i), 200));
        CHECK(transmit(300, 0));
        CHECK_EQUAL(i + 1, model.sent);
        CHECK(model_interrupts());
        CHECK_EQUAL(1, serve());
        CHECK_EQUAL(2, scripted.received_count);
        CHECK_BYTES(scripted_frame(100, i), scripted.received[0]->data, 100);
        CHECK_BYTES(scripted_frame(200, i), scripted.received[1]->data, 200);
        scripted_give_back();
    }
    end();
}

TEST(while_a_slow_device_sends_the_next_frame_stays_the_callers)
{
    begin();
    model.slow = true;
    CHECK(transmit(100, 0));
    CHECK(!transmit(100, 0));
    CHECK_EQUAL(1, netif->counters.tx_no_room);
    model_finish_sending();
    CHECK_EQUAL(1, serve());
    CHECK(transmit(101, 0));
    model_finish_sending();
    CHECK_EQUAL(101, model.last_sent_size);
    (void)serve();
    end();
}

TEST(what_is_no_frame_is_refused_and_counted)
{
    begin();
    CHECK(transmit(13, 0));
    CHECK(transmit(1500, 19));
    CHECK_EQUAL(0, model.sent);
    CHECK_EQUAL(2, netif->counters.tx_errors);
    end();
}

/* --- start and stop ------------------------------------------------------------------------------ */

TEST(a_device_that_is_out_of_step_is_started_again)
{
    begin();
    CHECK(model_receive(scripted_frame(64, 0), 64));
    model.false_count = 100000;
    interrupt();
    netif->driver->poll(netif);
    CHECK(device.counters.restarts > 0);
    model.false_count = 0;
    (void)serve();
    CHECK_EQUAL(0, scripted.received_count);
    CHECK(model_receive(scripted_frame(64, 1), 64));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    end();
}

TEST(a_device_that_does_not_answer_fails_the_start_and_may_be_tried_again)
{
    model_begin();
    model.absent = true;
    netif = mipsnet_create(&device, &config);
    netif->stack = &scripted_stack;
    CHECK(!netif->driver->start(netif));
    CHECK(!model.line_enabled);
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK(!transmit(100, 0));
    model.absent = false;
    CHECK(netif->driver->start(netif));
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    end();
}

TEST(after_a_stop_nothing_is_received_or_sent)
{
    begin();
    netif->driver->stop(netif);
    CHECK(model_receive(scripted_frame(64, 0), 64));
    netif->driver->poll(netif);
    CHECK(!transmit(100, 0));
    CHECK_EQUAL(0, scripted.received_count);
    CHECK(netif->driver->start(netif));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    end();
}
