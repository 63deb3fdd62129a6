/* SPDX-License-Identifier: MIT */
/* A device that inserts checksums gets frames whose fields are zero; one that does not, whole ones. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_IP_Private.h"
#include "FreeRTOS_ND.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "tcpip.h"
#include "wire.h"
#include "wire/bytes.h"

enum { TYPE_AT = 12, PROTOCOL_AT = 23, IP_CHECKSUM_AT = 24, TRANSPORT_AT = 34 };
enum { NEXT_HEADER_AT6 = 20, TRANSPORT_AT6 = 54, ICMP6 = 58 };

static struct wire wire;
static struct netif_driver driver;
static NetworkEndPoint_t end_point, end_point6;
static struct test_random entropy = {5};
static bool inserts;
static unsigned seen_udp, seen_tcp, seen_icmp, seen_udp6, seen_tcp6, seen_icmp6, seen_report;

static bool fill(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&entropy);
    return true;
}

static void check(const uint8_t *bytes, size_t length, size_t checksum_at)
{
    static uint8_t copy[WIRE_FRAME_SIZE];

    CHECK((tcpip_get_be16(bytes + checksum_at) == 0) == inserts);
    memcpy(copy, bytes, length);
    if (inserts)
        CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(copy, length, pdTRUE));
    CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(copy, length, pdFALSE));
}

/* Where the transport's checksum is; counts the packet. 0: another protocol. */
static size_t checksum_of(uint8_t protocol, bool of_ipv6)
{
    switch (protocol) {
    case ipPROTOCOL_UDP:
        of_ipv6 ? seen_udp6++ : seen_udp++;
        return 6;
    case ipPROTOCOL_TCP:
        of_ipv6 ? seen_tcp6++ : seen_tcp++;
        return 16;
    case ipPROTOCOL_ICMP:
        seen_icmp++;
        return 2;
    case ICMP6:
        seen_icmp6++;
        return 2;
    default:
        return 0;
    }
}

/* A report of a group, behind a header of extensions, has its checksum in any case. */
static bool look6(struct wire *which, const uint8_t *bytes, size_t length)
{
    size_t at = checksum_of(bytes[NEXT_HEADER_AT6], true);

    if (at != 0) {
        check(bytes, length, TRANSPORT_AT6 + at);
    } else {
        seen_report++;
        CHECK(tcpip_get_be16(bytes + TRANSPORT_AT6 + 8 + 2) != 0);
    }
    return wire_answer_nd(which, bytes, length) || at == 0;
}

static bool look(struct wire *which, const uint8_t *bytes, size_t length)
{
    if (tcpip_get_be16(bytes + TYPE_AT) == 0x86dd)
        return look6(which, bytes, length);
    if (tcpip_get_be16(bytes + TYPE_AT) != 0x0800)
        return wire_answer_arp(which, bytes, length);
    size_t at = checksum_of(bytes[PROTOCOL_AT], false);
    if (at != 0) {
        CHECK((tcpip_get_be16(bytes + IP_CHECKSUM_AT) == 0) == inserts);
        check(bytes, length, TRANSPORT_AT + at);
    }
    return true;
}

/* A datagram, an attempt to connect, and an echo request. */
static void send_to(const struct freertos_sockaddr *to)
{
    TickType_t soon = 50;
    Socket_t udp = FreeRTOS_socket(to->sin_family, FREERTOS_SOCK_DGRAM, 0);
    Socket_t tcp = FreeRTOS_socket(to->sin_family, FREERTOS_SOCK_STREAM, 0);

    CHECK_EQUAL(4, FreeRTOS_sendto(udp, "data", 4, 0, to, sizeof *to));
    FreeRTOS_closesocket(udp);
    FreeRTOS_setsockopt(tcp, 0, FREERTOS_SO_RCVTIMEO, &soon, 0);
    CHECK(FreeRTOS_connect(tcp, to, sizeof *to) != 0);
    FreeRTOS_closesocket(tcp);
    if (to->sin_family == FREERTOS_AF_INET6)
        CHECK(FreeRTOS_SendPingRequestIPv6(&to->sin_address.xIP_IPv6, 32, 0) != pdFAIL);
    else
        CHECK(FreeRTOS_SendPingRequest(to->sin_addr, 32, 0) != pdFAIL);
    vTaskDelay(10);
}

static void start(uint32_t features)
{
    static const uint8_t own[4] = {10, 0, 0, 1}, mask[4] = {255, 255, 255, 0}, none[4] = {0};
    static const IPv6_Address_t own6 = {{0x20, 0x01, 0x0d, 0xb8, [15] = 1}};

    wire_init(&wire, 1);
    driver = *wire.netif.driver;
    driver.features = features;
    wire.netif.driver = &driver;
    wire.peer = look;
    inserts = features != 0;
    seen_udp = seen_tcp = seen_icmp = seen_udp6 = seen_tcp6 = seen_icmp6 = seen_report = 0;
    tcpip_set_entropy(fill);
    NetworkInterface_t *interface = tcpip_add_interface(&wire.netif, NULL);
    FreeRTOS_FillEndPoint(interface, &end_point, own, mask, none, none, NULL);
    FreeRTOS_FillEndPoint_IPv6(interface, &end_point6, &own6, NULL, 64, NULL, NULL, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    vTaskDelay(pdMS_TO_TICKS(5000)); /* addresses are asked for before they are used */
}

static void send_all(uint32_t features)
{
    struct freertos_sockaddr to = {.sin_family = FREERTOS_AF_INET, .sin_port = FreeRTOS_htons(9)};
    struct freertos_sockaddr to6 = to;

    start(features);
    to.sin_addr = FreeRTOS_inet_addr("10.0.0.2");
    to6.sin_family = FREERTOS_AF_INET6;
    CHECK_EQUAL(pdPASS, FreeRTOS_inet_pton6("2001:db8::2", &to6.sin_address));
    send_to(&to);
    send_to(&to6);
    CHECK(seen_udp == 1 && seen_tcp > 0 && seen_icmp == 1);
    CHECK(seen_udp6 == 1 && seen_tcp6 > 0 && seen_icmp6 > 2 && seen_report > 0);
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
