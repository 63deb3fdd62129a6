/* SPDX-License-Identifier: MIT */
/* The virtio network device's driver against a model of the device, legacy and modern, and a scripted
 * stack above. */
#include <linnet_test.h>

#include "virtio_net.h"

#include "scripted_stack.h"
#include "virtio_model.h"

#include <string.h>

static struct virtio_net device;
static struct netif *netif;

static void enable_line(bool yes)
{
    model.line_enabled = yes;
}

static const struct virtio_net_config config = {
    .name = "eth0", .rx_slots = 4, .mac = {2, 0, 0, 0, 0, 9}, .enable_line = enable_line};

static void begin(bool modern)
{
    model_begin(modern, &device.rx, &device.tx, &device.control);
    netif = scripted_start(virtio_net_create(&device, &config));
}

static void end(void)
{
    scripted_stop(netif);
    CHECK(!model_interrupts());
    CHECK_EQUAL(0, model.mistakes);
    CHECK_EQUAL(0, model.status);
}

static void interrupt(void)
{
    (void)virtio_net_interrupt(&device);
}

static unsigned serve(void)
{
    return scripted_serve(netif, model_interrupts, interrupt);
}

static void receive_every_length(bool modern)
{
    begin(modern);
    for (unsigned size = 14; size <= 1518; size++) {
        CHECK(model_receive(scripted_frame(size, (uint8_t)size), size, -1));
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

TEST(frames_of_every_length_arrive_from_a_legacy_device)
{
    receive_every_length(false);
}

TEST(frames_of_every_length_arrive_from_a_modern_device)
{
    receive_every_length(true);
}

TEST(many_frames_take_one_interrupt)
{
    begin(true);
    for (uint8_t i = 0; i < 4; i++)
        CHECK(model_receive(scripted_frame(100, i), 100, -1));
    CHECK_EQUAL(1, serve());
    CHECK_EQUAL(4, scripted.received_count);
    for (uint8_t i = 0; i < 4; i++)
        CHECK_BYTES(scripted_frame(100, i), scripted.received[i]->data, 100);
    end();
}

TEST(a_length_that_no_frame_has_is_counted_and_the_next_one_arrives)
{
    static const int lengths[] = {0, 11, 12, 25, 12 + 1519, 65535};

    begin(true);
    for (unsigned i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        CHECK(model_receive(scripted_frame(64, 1), 64, lengths[i]));
        CHECK(model_receive(scripted_frame(64, (uint8_t)i), 64, -1));
        (void)serve();
        CHECK_EQUAL(1, scripted.received_count);
        CHECK_BYTES(scripted_frame(64, (uint8_t)i), scripted.received[0]->data, 64);
        scripted_give_back();
    }
    CHECK_EQUAL(4, device.counters.runts);
    CHECK_EQUAL(2, device.counters.giants);
    CHECK_EQUAL(6, netif->counters.rx_errors);
    end();
}

TEST(without_a_free_buffer_the_frame_is_lost_and_its_place_is_not)
{
    begin(true);
    for (unsigned i = 0; i < 20; i++) {
        scripted.allocate_refusals = 1;
        CHECK(model_receive(scripted_frame(64, 1), 64, -1));
        (void)serve();
        CHECK_EQUAL(0, scripted.received_count);
    }
    scripted.allocate_refusals = 0;
    CHECK_EQUAL(20, netif->counters.rx_no_buffer);
    CHECK(model_receive(scripted_frame(64, 2), 64, -1));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
    end();
}

TEST(places_that_were_empty_at_the_start_are_filled_later)
{
    model_begin(true, &device.rx, &device.tx, &device.control);
    scripted.allocate_refusals = 1;
    netif = scripted_start(virtio_net_create(&device, &config));
    CHECK(!model_receive(scripted_frame(64, 1), 64, -1));
    scripted.allocate_refusals = 0;
    netif->driver->poll(netif);
    CHECK(model_receive(scripted_frame(64, 1), 64, -1));
    (void)serve();
    CHECK_EQUAL(1, scripted.received_count);
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

TEST(frames_in_one_and_two_parts_go_out_whole)
{
    for (int modern = 0; modern < 2; modern++) {
        begin(modern);
        for (unsigned size = 14; size <= 1518; size += 31) {
            const unsigned more = size % 2 ? (1518 - size) : 0;
            CHECK(send(size, more));
            CHECK_EQUAL(size + more, model.last_sent_size);
            CHECK_BYTES(scripted_frame(size + more, 3), model.last_sent, size + more);
            (void)serve();
        }
        CHECK_EQUAL(netif->counters.tx_frames, model.sent);
        end();
    }
}

TEST(a_full_ring_refuses_and_takes_frames_again_when_some_were_sent)
{
    begin(true);
    model.holds_frames = true;
    unsigned taken = 0;
    while (taken < 4 && send(60, 0)) /* the stack has no more */
        taken++;
    CHECK_EQUAL(4, taken);
    CHECK_EQUAL(0, model.sent);
    model_send_held();
    (void)serve();
    CHECK_EQUAL(4, model.sent);
    CHECK(send(60, 0));
    model_send_held();
    (void)serve();
    end();
}

TEST(a_frame_that_no_wire_takes_is_counted_and_released)
{
    begin(true);
    CHECK(send(13, 0));
    CHECK(send(1500, 19));
    CHECK_EQUAL(2, netif->counters.tx_errors);
    CHECK_EQUAL(0, model.sent);
    end();
}

TEST(groups_reach_the_device_and_too_many_open_it_for_all)
{
    uint8_t groups[VIRTIO_NET_GROUPS + 1][NETIF_MAC_SIZE] = {{1, 0, 0x5e, 0, 0, 1}, {0x33, 0x33}};
    const uint8_t(*addresses)[NETIF_MAC_SIZE] = (const uint8_t(*)[NETIF_MAC_SIZE])groups;

    begin(true);
    CHECK(netif->driver->set_filter(
        netif, &(struct netif_filter){.addresses = addresses, .count = 2, .promiscuous = true}));
    CHECK_EQUAL(2, model.groups);
    CHECK_BYTES(groups[0], model.group[0], 12);
    CHECK(model.promiscuous && !model.all_multicast);
    CHECK(netif->driver->set_filter(
        netif, &(struct netif_filter){.addresses = addresses, .count = VIRTIO_NET_GROUPS + 1}));
    CHECK(!model.promiscuous && model.all_multicast);
    end();
}

TEST(the_link_is_followed)
{
    begin(true);
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    model_set_link(false);
    (void)serve();
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK(send(60, 0));
    CHECK_EQUAL(0, model.sent);
    model_set_link(true);
    (void)serve();
    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    end();
}

TEST(a_device_that_answers_what_nobody_asked_is_started_again)
{
    static const uint32_t ids[] = {1, 63, 64, 0xffffffffu};

    for (unsigned i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        begin(true);
        const unsigned before = model.resets;
        model_answer(i % 2, ids[i]);
        (void)serve();
        CHECK_EQUAL(1, device.counters.restarts);
        CHECK(model.resets > before);
        CHECK(model_receive(scripted_frame(64, 2), 64, -1));
        (void)serve();
        CHECK_EQUAL(1, scripted.received_count);
        end();
    }
}

TEST(a_device_that_asks_for_it_is_started_again)
{
    begin(true);
    model.needs_reset = true;
    model_set_link(true);
    (void)serve();
    CHECK_EQUAL(1, device.counters.restarts);
    CHECK_EQUAL(NETIF_LINK_UP, netif->driver->link(netif));
    end();
}

TEST(a_device_that_refuses_is_not_started)
{
    model_begin(true, &device.rx, &device.tx, &device.control);
    model.refuses_features = true;
    netif = virtio_net_create(&device, &config);
    netif->stack = &scripted_stack;
    CHECK(!netif->driver->start(netif));
    CHECK((model.status & 128) != 0);
}
