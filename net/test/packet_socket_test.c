/* SPDX-License-Identifier: MIT */
/* Packet sockets: what they see, what they leave alone, what they send, and their bounds. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "tcpip.h"
#include "tcpip_packet.h"
#include "wire.h"
#include "wire/vlan.h"

enum { OWN_TYPE = 0x88b5 /* for experiments, RFC 9542 */, WHOLE = 1514, LEAST = 60 };

static struct wire wire;
static struct netif_driver driver;
static bool all_multicast;
static NetworkInterface_t *plain, *tagged;
static NetworkEndPoint_t end_point;
static struct test_random random_state;
static uint8_t out[WIRE_FRAME_SIZE], in[2000];

static bool entropy(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&random_state);
    return true;
}

static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    all_multicast = filter->all_multicast;
    return true;
}

static bool answer_arp(struct wire *link, const uint8_t *bytes, size_t length)
{
    (void)wire_answer_arp(link, bytes, length);
    return true;
}

static void begin(void)
{
    static const uint8_t own[4] = {10, 0, 0, 1}, mask[4] = {255, 255, 255, 0}, none[4] = {0};

    random_state.state = 4711;
    all_multicast = false;
    wire_init(&wire, 1);
    wire.peer = answer_arp;
    driver = *wire.netif.driver;
    driver.set_filter = set_filter;
    wire.netif.driver = &driver;
    tcpip_set_entropy(entropy);
    plain = tcpip_add_interface(&wire.netif, NULL);
    tagged = tcpip_add_vlan(plain, 5, 0);
    CHECK(plain != NULL && tagged != NULL);
    FreeRTOS_FillEndPoint(plain, &end_point, own, mask, none, none, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    for (unsigned i = 0; FreeRTOS_IsNetworkUp() == pdFALSE; i++) {
        CHECK(i < 10000);
        vTaskDelay(1);
    }
    vTaskDelay(pdMS_TO_TICKS(100));
}

static void end(Socket_t socket)
{
    if (socket != NULL)
        CHECK_EQUAL(1, FreeRTOS_closesocket(socket));
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

static Socket_t open_for(NetworkInterface_t *interface, uint16_t type)
{
    TickType_t patience = pdMS_TO_TICKS(50);
    Socket_t socket = tcpip_packet_socket(interface, type);

    CHECK(socket != FREERTOS_INVALID_SOCKET);
    CHECK_EQUAL(0,
                FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience));
    return socket;
}

/* A frame for everybody with this type, or length, in `out`. */
static void make(uint16_t type, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (uint8_t)(i * 5 + size);
    memset(out, 0xff, NETIF_MAC_SIZE);
    memcpy(out + 6, wire.peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be16(out + 12, type);
}

static void arrive(size_t size)
{
    CHECK(wire_deliver(&wire, out, size));
    vTaskDelay(pdMS_TO_TICKS(2));
}

static int32_t receive(Socket_t socket)
{
    return tcpip_packet_receive(socket, in, sizeof in, FREERTOS_MSG_DONTWAIT);
}

static uint32_t drops(const char *wanted)
{
    const char *name = "";
    uint32_t count = 0;

    for (size_t i = 0; strcmp(name, wanted) != 0; i++)
        CHECK(tcpip_drop_count(i, &name, &count));
    return count;
}

TEST(frames_of_the_type_are_received_whole_and_no_others)
{
    begin();
    Socket_t socket = open_for(plain, OWN_TYPE);
    for (size_t size = 14; size <= WHOLE; size += 150) {
        make(OWN_TYPE, size);
        arrive(size);
        CHECK_EQUAL(size, receive(socket));
        CHECK_BYTES(out, in, size);
    }
    uint32_t before = drops("unknown Ethernet type");
    make(OWN_TYPE + 1, LEAST);
    arrive(LEAST);
    CHECK_EQUAL(before + 1, drops("unknown Ethernet type"));
    make(OWN_TYPE, LEAST);
    arrive(LEAST); /* somebody has taken it: it is not lost */
    CHECK_EQUAL(before + 1, drops("unknown Ethernet type"));
    CHECK_EQUAL(40, tcpip_packet_receive(socket, in, 40, 0)); /* cut */
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, receive(socket));
    end(socket);
}

/* A question of ARP for 10.0.0.1. */
static size_t make_question(void)
{
    static const uint8_t rest[] = {0,  1, 8, 0, 6, 4, 0, 1, 2, 0, 0,  0, 0, 2,
                                   10, 0, 0, 2, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1};

    make(0x0806, LEAST);
    memcpy(out + NETIF_HEADER_SIZE, rest, sizeof rest);
    return LEAST;
}

TEST(socket_for_all_sees_what_the_stack_goes_on_with)
{
    begin();
    Socket_t all = open_for(plain, TCPIP_PACKET_ALL), arp = open_for(plain, 0x0806);
    unsigned sent = wire.sent;
    arrive(make_question());
    CHECK_EQUAL(sent + 1, wire.sent); /* the answer */
    CHECK_EQUAL(0x0806, tcpip_get_be16(wire.last + 12));
    CHECK_EQUAL(LEAST, receive(all));
    CHECK_EQUAL(LEAST, receive(arp));
    CHECK_BYTES(out, in, LEAST);
    make(50, LEAST); /* a length, as in 802.3 */
    arrive(LEAST);
    CHECK_EQUAL(LEAST, receive(all));
    CHECK_BYTES(out, in, LEAST);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, receive(arp));
    FreeRTOS_closesocket(arp);
    end(all);
}

TEST(frames_of_other_stations_and_forged_ones_are_not_seen)
{
    begin();
    Socket_t socket = open_for(plain, TCPIP_PACKET_ALL);
    make(OWN_TYPE, LEAST);
    memcpy(out, "\x02\x77\x77\x77\x77\x77", NETIF_MAC_SIZE);
    arrive(LEAST);
    make(OWN_TYPE, LEAST);
    memcpy(out + 6, wire.netif.mac, NETIF_MAC_SIZE);
    arrive(LEAST);
    make(OWN_TYPE, LEAST);
    arrive(13);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, receive(socket));
    memcpy(out, wire.netif.mac, NETIF_MAC_SIZE);
    arrive(LEAST);
    CHECK_EQUAL(LEAST, receive(socket));
    end(socket);
}

TEST(tagged_network_has_frames_of_its_own)
{
    begin();
    Socket_t socket = open_for(tagged, OWN_TYPE), other = open_for(plain, TCPIP_PACKET_ALL);
    make(OWN_TYPE, LEAST);
    arrive(LEAST);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, receive(socket));
    CHECK_EQUAL(LEAST, receive(other));
    memmove(out + VLAN_TAG_SIZE, out, LEAST);
    vlan_insert(out, 5);
    arrive(LEAST + VLAN_TAG_SIZE);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, receive(other));
    CHECK_EQUAL(LEAST, receive(socket));
    CHECK_EQUAL(OWN_TYPE, tcpip_get_be16(in + 12));
    make(OWN_TYPE, WHOLE);
    CHECK_EQUAL(WHOLE, tcpip_packet_send(socket, out, WHOLE, 0));
    CHECK_EQUAL(WHOLE + VLAN_TAG_SIZE, wire.last_length);
    CHECK_EQUAL(0x81000005, tcpip_get_be32(wire.last + 12));
    FreeRTOS_closesocket(other);
    end(socket);
}

TEST(queue_is_bounded_and_what_does_not_fit_is_counted)
{
    UBaseType_t limit = 2, none = 0;

    begin();
    Socket_t socket = open_for(plain, OWN_TYPE);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL,
                FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_UDP_MAX_RX_PACKETS, &none, sizeof none));
    CHECK_EQUAL(
        0, FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_UDP_MAX_RX_PACKETS, &limit, sizeof limit));
    uint32_t before = drops("packet socket queue full");
    for (uint8_t i = 0; i < 5; i++) {
        make(OWN_TYPE, LEAST);
        out[20] = i;
        arrive(LEAST);
    }
    CHECK_EQUAL(3, tcpip_packet_lost(socket));
    CHECK_EQUAL(before + 3, drops("packet socket queue full"));
    for (uint8_t i = 0; i < 2; i++) { /* the first came first */
        CHECK_EQUAL(LEAST, receive(socket));
        CHECK_EQUAL(i, in[20]);
    }
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, receive(socket));
    end(socket);
}

TEST(flood_leaves_frames_for_everybody_else)
{
    UBaseType_t limit = 10000;

    begin();
    Socket_t socket = open_for(plain, OWN_TYPE);
    CHECK_EQUAL(
        0, FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_UDP_MAX_RX_PACKETS, &limit, sizeof limit));
    for (unsigned i = 0; i < 1000; i++) {
        make(OWN_TYPE, WHOLE);
        arrive(WHOLE);
    }
    CHECK(tcpip_packet_lost(socket) > 1000 - ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS);
    unsigned sent = wire.sent;
    arrive(make_question());
    CHECK_EQUAL(sent + 1, wire.sent);
    end(socket); /* with all that waits in it */
}

TEST(what_is_sent_is_whole_and_from_our_station)
{
    begin();
    Socket_t socket = open_for(plain, OWN_TYPE);
    for (size_t size = 14; size <= WHOLE; size += 150) {
        make(OWN_TYPE, size);
        CHECK_EQUAL(size, tcpip_packet_send(socket, out, size, 0));
        CHECK_EQUAL(size, wire.last_length);
        CHECK_BYTES(wire.netif.mac, wire.last + 6, NETIF_MAC_SIZE);
        memcpy(out + 6, wire.netif.mac, NETIF_MAC_SIZE);
        CHECK_BYTES(out, wire.last, size);
    }
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, tcpip_packet_send(socket, out, 13, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, tcpip_packet_send(socket, out, WHOLE + 1, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, tcpip_packet_send(socket, NULL, LEAST, 0));
    wire.jammed = true;
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOBUFS, tcpip_packet_send(socket, out, LEAST, 0));
    wire.jammed = false;
    wire_set_cut(&wire, true);
    vTaskDelay(pdMS_TO_TICKS(10));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOBUFS, tcpip_packet_send(socket, out, LEAST, 0));
    end(socket);
}

static void deliver_later(void *parameter)
{
    vTaskDelay(pdMS_TO_TICKS(20));
    make(OWN_TYPE, LEAST);
    CHECK(wire_deliver(&wire, out, LEAST));
    vTaskDelete(NULL);
}

static void begin_delivery(void)
{
    CHECK_EQUAL(pdPASS, xTaskCreate(deliver_later, "later", configMINIMAL_STACK_SIZE, NULL,
                                    TEST_TASK_PRIORITY, NULL));
}

TEST(task_waits_for_a_frame_or_its_time)
{
    begin();
    Socket_t socket = open_for(plain, OWN_TYPE);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, tcpip_packet_receive(socket, in, sizeof in, 0));
    CHECK_EQUAL(pdMS_TO_TICKS(50), xTaskGetTickCount() - start);
    begin_delivery();
    CHECK_EQUAL(LEAST, tcpip_packet_receive(socket, in, sizeof in, 0));
    SocketSet_t set = FreeRTOS_CreateSocketSet();
    FreeRTOS_FD_SET(socket, set, eSELECT_READ);
    CHECK_EQUAL(0, FreeRTOS_select(set, pdMS_TO_TICKS(10)));
    begin_delivery();
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_select(set, pdMS_TO_TICKS(1000)));
    CHECK_EQUAL(LEAST, receive(socket));
    FreeRTOS_FD_CLR(socket, set, eSELECT_ALL);
    FreeRTOS_DeleteSocketSet(set);
    vTaskDelay(pdMS_TO_TICKS(100)); /* the other tasks are gone */
    end(socket);
}

static void signal_later(void *socket)
{
    vTaskDelay(pdMS_TO_TICKS(20));
    FreeRTOS_SignalSocket(socket);
    vTaskDelete(NULL);
}

TEST(signal_ends_the_waiting)
{
    begin();
    Socket_t socket = open_for(plain, OWN_TYPE);
    CHECK_EQUAL(pdPASS, xTaskCreate(signal_later, "later", configMINIMAL_STACK_SIZE, socket,
                                    TEST_TASK_PRIORITY, NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINTR, tcpip_packet_receive(socket, in, sizeof in, 0));
    vTaskDelay(pdMS_TO_TICKS(100));
    end(socket);
}

TEST(device_lets_every_group_through_while_one_is_open)
{
    begin();
    CHECK(!all_multicast);
    Socket_t socket = open_for(plain, OWN_TYPE), other = open_for(tagged, OWN_TYPE);
    CHECK(all_multicast);
    FreeRTOS_closesocket(socket);
    CHECK(all_multicast); /* the same device carries the other one's frames */
    FreeRTOS_closesocket(other);
    CHECK(!all_multicast);
    end(NULL);
}

TEST(what_makes_no_sense_is_refused)
{
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET};
    BaseType_t on = pdTRUE;

    begin();
    CHECK(tcpip_packet_socket(NULL, OWN_TYPE) == FREERTOS_INVALID_SOCKET);
    CHECK(tcpip_packet_socket(plain, 1) == FREERTOS_INVALID_SOCKET);
    CHECK(tcpip_packet_socket(plain, 0x5ff) == FREERTOS_INVALID_SOCKET);
    Socket_t socket = open_for(plain, 0x600),
             udp = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, 0);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_bind(socket, &address, sizeof address));
    CHECK_EQUAL(0, FreeRTOS_sendto(socket, out, LEAST, 0, &address, sizeof address));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_recvfrom(socket, in, LEAST, 0, NULL, NULL));
    CHECK(FreeRTOS_send(socket, out, LEAST, 0) < 0);
    CHECK(FreeRTOS_recv(socket, in, LEAST, 0) < 0);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOPROTOOPT,
                FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_STOP_RX, &on, sizeof on));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, receive(udp));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, receive(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, receive(FREERTOS_INVALID_SOCKET));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, tcpip_packet_receive(socket, NULL, 10, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, tcpip_packet_send(udp, out, LEAST, 0));
    CHECK_EQUAL(0, tcpip_packet_lost(udp));
    FreeRTOS_closesocket(udp);
    end(socket);
    CHECK(tcpip_packet_socket(plain, OWN_TYPE) == FREERTOS_INVALID_SOCKET); /* nothing runs */
}
