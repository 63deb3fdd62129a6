/* SPDX-License-Identifier: MIT */
/*
 * The driver against a scripted stack of a few buffers: hand-made frames go out, libslirp's answers
 * come back, and every buffer returns.
 */
#include <linnet_test.h>

#include "slirp.h"

#include "scripted_stack.h"

#include <FreeRTOS.h>
#include <sim.h>
#include <task.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct netif *start_with(const struct eth_slirp_config *config)
{
    return scripted_start(eth_slirp_create(config));
}

static struct netif *start_plain(void)
{
    return start_with(&(struct eth_slirp_config){.name = "eth0"});
}

/* --- hand-made frames
 * ----------------------------------------------------------------------------- */

static uint8_t *put(uint8_t *at, const void *bytes, size_t size)
{
    memcpy(at, bytes, size);
    return at + size;
}

static size_t make_arp_request(uint8_t *at, const uint8_t mac[6])
{
    static const uint8_t broadcast[6] = {255, 255, 255, 255, 255, 255};
    uint8_t *end = put(at, broadcast, 6);

    end = put(end, mac, 6);
    end = put(end, "\x08\x06\x00\x01\x08\x00\x06\x04\x00\x01", 10);
    end = put(end, mac, 6);
    end = put(end, "\x0a\x00\x02\x0f\0\0\0\0\0\0\x0a\x00\x02\x02", 14);
    return (size_t)(end - at);
}

static uint16_t ip_checksum(const uint8_t *header)
{
    uint32_t sum = 0;

    for (int i = 0; i < 20; i += 2)
        sum += (uint32_t)header[i] * 256u + header[i + 1];
    sum = sum % 65536 + sum / 65536;
    return (uint16_t)(65535u - (sum % 65536 + sum / 65536));
}

static size_t make_discover(uint8_t *at, const uint8_t mac[6])
{
    static const uint8_t headers[] = {
        255,  255, 255,       255,       255,       255,       0,    0,   0,   0,
        0,    0,   8,         0, /* Ethernet */
        0x45, 0,   272 / 256, 272 % 256, 0,         1,         0,    0,   64,  17,
        0,    0,   0,         0,         0,         0,         255,  255, 255, 255,
        0,    68,  0,         67,        252 / 256, 252 % 256, 0,    0,     /* UDP, no checksum */
        1,    1,   6,         0,         0x12,      0x34,      0x56, 0x78}; /* BOOTP request */
    size_t size = 14 + 272;

    memset(at, 0, size);
    memcpy(at, headers, sizeof headers);
    memcpy(at + 6, mac, 6);
    memcpy(at + 42 + 28, mac, 6);
    memcpy(at + 42 + 236, "\x63\x82\x53\x63\x35\x01\x01\xff", 8); /* cookie, DISCOVER, end */
    uint16_t sum = ip_checksum(at + 14);
    at[24] = (uint8_t)(sum / 256);
    at[25] = (uint8_t)(sum % 256);
    return size;
}

static bool send_arp(struct netif *netif)
{
    struct netif_frame *frame = scripted_allocate(netif, 100);

    CHECK(frame != NULL);
    frame->length = (uint16_t)make_arp_request(frame->data, netif->mac);
    if (netif->driver->transmit(netif, frame))
        return true;
    scripted_release(frame);
    return false;
}

static void check_arp_reply(const struct netif_frame *frame, const uint8_t mac[6])
{
    static const uint8_t host_mac[6] = {0x52, 0x55, 0x0a, 0x00, 0x02, 0x02};

    CHECK(frame->length >= 42);
    CHECK_BYTES(mac, frame->data, 6);
    CHECK_BYTES("\x08\x06", frame->data + 12, 2);
    CHECK_BYTES("\x00\x02", frame->data + 20, 2);
    CHECK_BYTES(host_mac, frame->data + 22, 6);
}

/* --- the claims
 * ------------------------------------------------------------------------------------ */

TEST(host_answers_arp)
{
    struct netif *netif = start_plain();

    CHECK(send_arp(netif));
    CHECK(scripted_wait(1));
    check_arp_reply(scripted.received[0], netif->mac);
    CHECK_EQUAL(1, netif->counters.tx_frames);
    CHECK_EQUAL(42, netif->counters.tx_bytes);
    CHECK_EQUAL(1, netif->counters.rx_frames);
    scripted_stop(netif);
}

TEST(dhcp_offers_the_first_address)
{
    struct netif *netif = start_plain();
    struct netif_frame *frame = scripted_allocate(netif, 400);

    frame->length = (uint16_t)make_discover(frame->data, netif->mac);
    CHECK(netif->driver->transmit(netif, frame));
    CHECK(scripted_wait(1));
    CHECK(scripted.received[0]->length > 42 + 240 + 3);
    CHECK_BYTES("\x0a\x00\x02\x0f", scripted.received[0]->data + 42 + 16, 4);
    CHECK_BYTES("\x63\x82\x53\x63\x35\x01\x02", scripted.received[0]->data + 42 + 236, 7);
    scripted_stop(netif);
}

TEST(gathered_frame_is_joined)
{
    struct netif *netif = start_plain();
    struct netif_frame *frame = scripted_allocate(netif, 100);
    static uint8_t tail[22];
    uint8_t whole[64];

    CHECK(netif->driver->features & NETIF_GATHER);
    CHECK_EQUAL(42, make_arp_request(whole, netif->mac));
    memcpy(frame->data, whole, 20);
    memcpy(tail, whole + 20, 22);
    frame->length = 20;
    frame->more = tail;
    frame->more_length = 22;
    CHECK(netif->driver->transmit(netif, frame));
    CHECK(scripted_wait(1));
    check_arp_reply(scripted.received[0], netif->mac);
    scripted_stop(netif);
}

TEST(frames_wait_for_a_free_buffer)
{
    struct netif *netif = start_plain();

    CHECK(send_arp(netif));
    scripted_release(scripted.received[--scripted.received_count]);
    taskENTER_CRITICAL();
    CHECK(send_arp(netif));
    scripted.allocate_refusals = 5;
    taskEXIT_CRITICAL();
    CHECK_EQUAL(0, scripted.received_count);
    CHECK(scripted_wait(1));
    CHECK_EQUAL(0, scripted.allocate_refusals);
    check_arp_reply(scripted.received[0], netif->mac);
    scripted_stop(netif);
}

TEST(full_queue_refuses_and_counts)
{
    struct netif *netif = start_plain();
    static struct netif_frame many[65];
    static uint8_t bytes[64];
    size_t size = make_arp_request(bytes, netif->mac);

    taskENTER_CRITICAL();
    for (int i = 0; i < 65; i++) {
        many[i] = (struct netif_frame){.data = bytes, .length = (uint16_t)size};
        CHECK_EQUAL(i < 64, netif->driver->transmit(netif, &many[i]));
    }
    CHECK_EQUAL(1, netif->counters.tx_no_room);
    CHECK(many[63].next == NULL && many[0].next == &many[1]);
    _exit(0); /* those frames are none of the scripted stack's */
}

TEST(runt_and_giant_frames_are_counted_as_errors)
{
    struct netif *netif = start_plain();
    struct netif_frame *frame = scripted_allocate(netif, 100);

    frame->length = 13;
    CHECK(netif->driver->transmit(netif, frame));
    frame = scripted_allocate(netif, 1600);
    memset(frame->data, 0, 1515);
    frame->length = 1515;
    CHECK(netif->driver->transmit(netif, frame));
    CHECK_EQUAL(2, netif->counters.tx_errors);
    CHECK_EQUAL(0, netif->counters.tx_frames);
    scripted_stop(netif);
}

TEST(pulled_cable_loses_frames_and_is_told)
{
    struct netif *netif = start_plain();

    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    eth_slirp_set_link(false);
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK(send_arp(netif));
    vTaskDelay(pdMS_TO_TICKS(50));
    CHECK_EQUAL(0, scripted.received_count);
    eth_slirp_set_link(true);
    eth_slirp_set_link(true);
    CHECK_EQUAL(3, scripted.link_changes);
    CHECK(send_arp(netif));
    CHECK(scripted_wait(1));
    scripted_stop(netif);
}

static unsigned open_descriptors(void)
{
    unsigned count = 0;
    struct stat status;

    for (int i = 0; i < 256; i++)
        count += fstat(i, &status) == 0;
    return count;
}

TEST(start_and_stop_leave_nothing)
{
    struct netif *netif = start_plain();
    unsigned descriptors = open_descriptors();

    for (int i = 0; i < 20; i++) {
        CHECK(send_arp(netif));
        CHECK(scripted_wait(1));
        scripted_stop(netif);
        CHECK(!send_arp(netif));
        CHECK(netif->driver->start(netif));
    }
    CHECK_EQUAL(descriptors, open_descriptors());
    scripted_stop(netif);
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
}

TEST(given_address_is_used)
{
    struct netif *netif = start_with(
        &(struct eth_slirp_config){.name = "eth0", .mac = {0x02, 1, 2, 3, 4, 5}});

    CHECK_BYTES("\x02\x01\x02\x03\x04\x05", netif->mac, 6);
    CHECK(send_arp(netif));
    CHECK(scripted_wait(1));
    check_arp_reply(scripted.received[0], netif->mac);
    scripted_stop(netif);
}

TEST(multicast_address_is_refused)
{
    CHECK(eth_slirp_create(&(struct eth_slirp_config){.mac = {1}}) == NULL);
}

TEST(capture_holds_both_directions)
{
    char path[] = "/tmp/linnet-slirp-XXXXXX";
    int descriptor = mkstemp(path);
    struct stat status;

    CHECK(descriptor >= 0);
    struct netif *netif = start_with(&(struct eth_slirp_config){.name = "eth0", .pcap_path = path});
    CHECK(send_arp(netif));
    CHECK(scripted_wait(1));
    CHECK(fstat(descriptor, &status) == 0);
    CHECK_EQUAL(24 + 16 + 42 + 16 + scripted.received[0]->length, status.st_size);
    CHECK(!eth_slirp_capture_failed());
    unlink(path);
    close(descriptor);
    scripted_stop(netif);
}

TEST(capture_that_cannot_be_made_is_refused)
{
    CHECK(eth_slirp_create(&(struct eth_slirp_config){.pcap_path = "/nonexistent/x"}) == NULL);
    CHECK(eth_slirp_capture_failed());
}
