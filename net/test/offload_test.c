/* SPDX-License-Identifier: MIT */
/* A device that inserts checksums gets frames whose fields are zero; one that does not, whole ones. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_IP_Private.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "tcpip.h"
#include "wire.h"
#include "wire/bytes.h"

enum { TYPE_AT = 12, PROTOCOL_AT = 23, IP_CHECKSUM_AT = 24, TRANSPORT_AT = 34 };

static struct wire wire;
static struct netif_driver driver;
static NetworkEndPoint_t end_point;
static struct test_random entropy = {5};
static bool inserts;
static unsigned seen_udp, seen_tcp, seen_icmp;

static bool fill(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&entropy);
    return true;
}

static void check(const uint8_t *bytes, size_t length, size_t checksum_at)
{
    static uint8_t copy[WIRE_FRAME_SIZE];

    CHECK((tcpip_get_be16(bytes + IP_CHECKSUM_AT) == 0) == inserts);
    CHECK((tcpip_get_be16(bytes + TRANSPORT_AT + checksum_at) == 0) == inserts);
    memcpy(copy, bytes, length);
    if (inserts)
        CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(copy, length, pdTRUE));
    CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(copy, length, pdFALSE));
}

static bool look(struct wire *which, const uint8_t *bytes, size_t length)
{
    if (tcpip_get_be16(bytes + TYPE_AT) != 0x0800)
        return wire_answer_arp(which, bytes, length);
    if (bytes[PROTOCOL_AT] == ipPROTOCOL_UDP) {
        seen_udp++;
        check(bytes, length, 6);
    } else if (bytes[PROTOCOL_AT] == ipPROTOCOL_TCP) {
        seen_tcp++;
        check(bytes, length, 16);
    } else if (bytes[PROTOCOL_AT] == ipPROTOCOL_ICMP) {
        seen_icmp++;
        check(bytes, length, 2);
    }
    return true;
}

static void send_all(uint32_t features)
{
    static const uint8_t own[4] = {10, 0, 0, 1}, mask[4] = {255, 255, 255, 0}, none[4] = {0};
    struct freertos_sockaddr to = {.sin_family = FREERTOS_AF_INET, .sin_port = FreeRTOS_htons(9)};
    TickType_t soon = 50;

    wire_init(&wire, 1);
    driver = *wire.netif.driver;
    driver.features = features;
    wire.netif.driver = &driver;
    wire.peer = look;
    inserts = features != 0;
    seen_udp = seen_tcp = seen_icmp = 0;
    tcpip_set_entropy(fill);
    NetworkInterface_t *interface = tcpip_add_interface(&wire.netif, NULL);
    FreeRTOS_FillEndPoint(interface, &end_point, own, mask, none, none, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    vTaskDelay(10);
    to.sin_addr = FreeRTOS_inet_addr("10.0.0.2");
    Socket_t udp = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, 0);
    CHECK_EQUAL(4, FreeRTOS_sendto(udp, "data", 4, 0, &to, sizeof to));
    FreeRTOS_closesocket(udp);
    Socket_t tcp = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, 0);
    FreeRTOS_setsockopt(tcp, 0, FREERTOS_SO_RCVTIMEO, &soon, 0);
    CHECK(FreeRTOS_connect(tcp, &to, sizeof to) != 0);
    FreeRTOS_closesocket(tcp);
    CHECK(FreeRTOS_SendPingRequest(to.sin_addr, 32, 0) != pdFAIL);
    vTaskDelay(10);
    CHECK(seen_udp == 1 && seen_tcp > 0 && seen_icmp == 1);
    vTaskDelay(pdMS_TO_TICKS(200000));
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

TEST(what_the_device_inserts_is_left_at_zero)
{
    send_all(NETIF_TX_CHECKSUM_IP | NETIF_TX_CHECKSUM_L4);
}

TEST(what_it_does_not_insert_is_there)
{
    send_all(0);
}
