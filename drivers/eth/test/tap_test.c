/* SPDX-License-Identifier: MIT */
/*
 * The driver against a scripted stack on one end and a packet socket of Linux on the other, each case
 * in a network namespace of its own, which ends with its process. Without root or /dev/net/tun the
 * cases are skipped.
 */
#define _GNU_SOURCE /* unshare */
#include <linnet_test.h>

#include "tap.h"

#include "scripted_stack.h"

#include <FreeRTOS.h>
#include <task.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAP "linnet0"

/* A type that no stack answers. */
#define TEST_TYPE 0x88b5

static int packets = -1; /* the socket on Linux's end */

static void set_flags(const char *name, short flags)
{
    struct ifreq request = {.ifr_flags = flags};
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0);

    memcpy(request.ifr_name, name, strlen(name));
    CHECK(ioctl(descriptor, SIOCSIFFLAGS, &request) == 0);
    close(descriptor);
}

/* Linux is not to send anything by itself. */
static void silence_ipv6(void)
{
    int descriptor = open("/proc/sys/net/ipv6/conf/default/disable_ipv6", O_WRONLY);

    CHECK(descriptor < 0 || write(descriptor, "1", 1) == 1);
    close(descriptor);
}

static void make_tap(void)
{
    struct ifreq request = {.ifr_name = TAP, .ifr_flags = IFF_TAP | IFF_NO_PI};
    int descriptor = open("/dev/net/tun", O_RDWR);

    if (unshare(CLONE_NEWNET) != 0)
        test_skip("no network namespace: not root");
    if (descriptor < 0)
        test_skip("/dev/net/tun cannot be opened");
    close(descriptor);
    silence_ipv6();
    descriptor = open("/dev/net/tun", O_RDWR); /* in the new namespace */
    CHECK(ioctl(descriptor, TUNSETIFF, &request) == 0);
    CHECK(ioctl(descriptor, TUNSETPERSIST, 1) == 0);
    close(descriptor);
}

static void open_packets(void)
{
    struct sockaddr_ll address = {.sll_family = AF_PACKET,
                                  .sll_protocol = htons(TEST_TYPE),
                                  .sll_ifindex = (int)if_nametoindex(TAP)};

    packets = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(TEST_TYPE));
    CHECK(packets >= 0);
    CHECK(bind(packets, (struct sockaddr *)&address, sizeof address) == 0);
}

static bool wait_for_link(enum netif_link link)
{
    for (int i = 0; i < 300 && scripted.told_link != link; i++)
        vTaskDelay(pdMS_TO_TICKS(10));
    return scripted.told_link == link;
}

/* Up after the driver is attached: Linux then sends at once. It takes a moment to say so. */
static struct netif *start_with(struct eth_tap_config *config)
{
    make_tap();
    config->name = "eth0";
    config->tap = TAP;
    struct netif *netif = eth_tap_create(config);
    set_flags(TAP, IFF_UP);
    open_packets();
    scripted_start(netif);
    CHECK(wait_for_link(NETIF_LINK_UP));
    scripted.link_changes = 0;
    return netif;
}

static struct netif *start_plain(void)
{
    return start_with(&(struct eth_tap_config){0});
}

static size_t make_frame(uint8_t *bytes, size_t size)
{
    memset(bytes, 0x5a, size);
    memset(bytes, 0xff, 6);
    bytes[12] = TEST_TYPE / 256;
    bytes[13] = TEST_TYPE % 256;
    return size;
}

static void linux_sends(size_t size)
{
    uint8_t bytes[2000];

    CHECK(send(packets, bytes, make_frame(bytes, size), 0) == (ssize_t)size);
}

static bool device_sends(struct netif *netif, size_t size)
{
    struct netif_frame *frame = scripted_allocate(netif, size);

    CHECK(frame != NULL);
    frame->length = (uint16_t)make_frame(frame->data, size);
    if (netif->driver->transmit(netif, frame))
        return true;
    scripted_release(frame);
    return false;
}

/* The next frame that Linux sees, or 0. */
static size_t linux_receives(uint8_t *bytes, size_t room)
{
    for (int i = 0; i < 100; i++) {
        ssize_t got = recv(packets, bytes, room, 0);
        if (got > 0)
            return (size_t)got;
        vTaskDelay(1);
    }
    return 0;
}

TEST(frames_pass_both_ways_unchanged)
{
    static const size_t sizes[] = {60, 1000, 1518};
    uint8_t expected[1518], bytes[2000];
    struct netif *netif = start_plain();
    struct ifreq request = {.ifr_name = TAP, .ifr_mtu = 1504};

    CHECK(ioctl(packets, SIOCSIFMTU, &request) == 0);
    for (unsigned i = 0; i < 3; i++) {
        make_frame(expected, sizes[i]);
        CHECK(device_sends(netif, sizes[i]));
        CHECK_EQUAL(sizes[i], linux_receives(bytes, sizeof bytes));
        CHECK_BYTES(expected, bytes, sizes[i]);
        linux_sends(sizes[i]);
        CHECK(scripted_wait(1));
        struct netif_frame *frame = scripted.received[scripted.received_count - 1];
        CHECK_EQUAL(sizes[i], frame->length);
        CHECK_BYTES(expected, frame->data, sizes[i]);
        while (scripted.received_count > 0)
            scripted_release(scripted.received[--scripted.received_count]);
    }
    CHECK_EQUAL(3, netif->counters.tx_frames);
    CHECK_EQUAL(60 + 1000 + 1518, netif->counters.tx_bytes);
    CHECK(netif->counters.rx_frames >= 3);
    scripted_stop(netif);
}

TEST(gathered_frame_is_joined)
{
    uint8_t expected[80], bytes[2000];
    struct netif *netif = start_plain();
    struct netif_frame *frame = scripted_allocate(netif, 80);

    make_frame(expected, sizeof expected);
    memcpy(frame->data, expected, 30);
    frame->length = 30;
    frame->more = expected + 30;
    frame->more_length = 50;
    CHECK(netif->driver->transmit(netif, frame));
    CHECK_EQUAL(80, linux_receives(bytes, sizeof bytes));
    CHECK_BYTES(expected, bytes, 80);
    scripted_stop(netif);
}

TEST(frames_wait_for_a_free_buffer)
{
    struct netif *netif = start_plain();

    scripted.allocate_refusals = 5;
    linux_sends(60);
    CHECK(scripted_wait(1));
    CHECK_EQUAL(0, scripted.allocate_refusals);
    scripted_stop(netif);
}

TEST(runt_and_giant_frames_are_counted_as_errors)
{
    struct netif *netif = start_plain();
    struct ifreq request = {.ifr_name = TAP, .ifr_mtu = 1600};

    CHECK(device_sends(netif, 13));
    CHECK(device_sends(netif, 1519));
    CHECK_EQUAL(2, netif->counters.tx_errors);
    CHECK_EQUAL(0, netif->counters.tx_frames);
    CHECK(ioctl(packets, SIOCSIFMTU, &request) == 0);
    linux_sends(1519);
    for (int i = 0; i < 100 && netif->counters.rx_errors == 0; i++)
        vTaskDelay(pdMS_TO_TICKS(10));
    CHECK_EQUAL(1, netif->counters.rx_errors);
    CHECK_EQUAL(0, scripted.received_count);
    scripted_stop(netif);
}

TEST(the_link_is_up_while_linux_has_the_interface_up)
{
    struct netif *netif = start_plain();

    set_flags(TAP, 0);
    CHECK(wait_for_link(NETIF_LINK_DOWN));
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK(device_sends(netif, 60));
    CHECK_EQUAL(1, netif->counters.tx_errors);
    set_flags(TAP, IFF_UP);
    CHECK(wait_for_link(NETIF_LINK_UP));
    scripted_stop(netif);
}

TEST(pulled_cable_loses_frames_and_is_told)
{
    uint8_t bytes[2000];
    struct netif *netif = start_plain();

    eth_tap_set_link(false);
    CHECK_EQUAL(NETIF_LINK_DOWN, scripted.told_link);
    CHECK(device_sends(netif, 60));
    linux_sends(60);
    CHECK_EQUAL(0, linux_receives(bytes, sizeof bytes));
    CHECK_EQUAL(0, scripted.received_count);
    eth_tap_set_link(true);
    eth_tap_set_link(true);
    CHECK_EQUAL(NETIF_LINK_UP, scripted.told_link);
    CHECK_EQUAL(2, scripted.link_changes);
    CHECK(device_sends(netif, 60));
    CHECK_EQUAL(60, linux_receives(bytes, sizeof bytes));
    scripted_stop(netif);
}

TEST(a_deleted_tap_is_a_link_that_is_down)
{
    struct netif *netif = start_plain();

    CHECK(system("ip link delete " TAP) == 0);
    CHECK(wait_for_link(NETIF_LINK_DOWN));
    vTaskDelay(pdMS_TO_TICKS(300));
    CHECK_EQUAL(NETIF_LINK_DOWN, netif->driver->link(netif));
    CHECK_EQUAL(1, scripted.link_changes);
    scripted_stop(netif);
}

TEST(start_and_stop_leave_nothing)
{
    struct netif *netif = start_plain();

    for (int i = 0; i < 20; i++) {
        linux_sends(60);
        CHECK(scripted_wait(1));
        scripted_stop(netif);
        CHECK(!device_sends(netif, 60));
        linux_sends(60); /* while nobody listens */
        scripted_start(netif);
    }
    vTaskDelay(pdMS_TO_TICKS(50));
    CHECK_EQUAL(0, scripted.received_count);
    scripted_stop(netif);
}

TEST(a_bad_cable_doubles_and_delays_both_ways)
{
    static const struct eth_faults_settings faults = {.duplicate = 1000, .delay_us = 30000};
    uint8_t bytes[2000];
    struct netif *netif = start_with(&(struct eth_tap_config){.faults = &faults});

    CHECK(device_sends(netif, 60));
    CHECK(recv(packets, bytes, sizeof bytes, 0) < 0 && errno == EAGAIN);
    CHECK_EQUAL(60, linux_receives(bytes, sizeof bytes));
    CHECK_EQUAL(60, linux_receives(bytes, sizeof bytes));
    linux_sends(60);
    CHECK(scripted_wait(2));
    CHECK_EQUAL(1, eth_tap_faults(ETH_FAULTS_OUT)->duplicated);
    CHECK(eth_tap_faults(ETH_FAULTS_IN)->duplicated >= 1);
    CHECK(device_sends(netif, 60)); /* under way when the driver stops */
    scripted_stop(netif);
}

TEST(a_bad_cable_waits_for_a_free_buffer)
{
    static const struct eth_faults_settings faults = {.delay_us = 1000};
    struct netif *netif = start_with(&(struct eth_tap_config){.faults = &faults});

    scripted.allocate_refusals = 5;
    linux_sends(60);
    CHECK(scripted_wait(1));
    scripted_stop(netif);
}

TEST(the_capture_shows_frames_as_they_were_sent)
{
    static const struct eth_faults_settings faults = {.lose = 1000};
    char path[] = "/tmp/linnet-tap-XXXXXX";
    int descriptor = mkstemp(path);
    struct stat status;

    CHECK(descriptor >= 0);
    struct netif *netif = start_with(
        &(struct eth_tap_config){.pcap_path = path, .faults = &faults});
    CHECK(fstat(descriptor, &status) == 0 && status.st_size == 24);
    CHECK(device_sends(netif, 60));
    CHECK(fstat(descriptor, &status) == 0 && status.st_size == 24 + 16 + 60);
    CHECK(!eth_tap_capture_failed());
    unlink(path);
    close(descriptor);
    scripted_stop(netif);
}

TEST(a_multicast_address_of_its_own_is_refused)
{
    CHECK(eth_tap_create(&(struct eth_tap_config){.tap = TAP, .mac = {1}}) == NULL);
}

TEST(what_is_no_free_tap_is_refused_and_nothing_is_made)
{
    static const char *const wrong[] = {"", "lo", "absent", "a-name-that-is-too-long"};
    struct ifreq request = {.ifr_name = TAP, .ifr_flags = IFF_TAP | IFF_NO_PI};

    make_tap();
    for (unsigned i = 0; i < 4; i++)
        CHECK(eth_tap_create(&(struct eth_tap_config){.tap = wrong[i]}) == NULL);
    CHECK(if_nametoindex("absent") == 0);
    int descriptor = open("/dev/net/tun", O_RDWR);
    CHECK(ioctl(descriptor, TUNSETIFF, &request) == 0);
    CHECK(eth_tap_create(&(struct eth_tap_config){.tap = TAP}) == NULL);
    close(descriptor);
    CHECK(eth_tap_create(&(struct eth_tap_config){.tap = TAP, .pcap_path = "/nonexistent/x"}) ==
          NULL);
    CHECK(eth_tap_capture_failed());
    CHECK(eth_tap_create(&(struct eth_tap_config){.tap = TAP}) != NULL);
}
