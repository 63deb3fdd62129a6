/* SPDX-License-Identifier: MIT */
/* Sockets and end-points of IPv6 by the public API, as tasks in virtual time, through a mirror. */
#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_ND.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "linnet_test.h"
#include "tcp_mirror.h"
#include "tcpip.h"

enum { PORT = 4000 };

static uint16_t ping_answer;

void vApplicationPingReplyHook(ePingReplyStatus_t status, uint16_t identifier)
{
    CHECK_EQUAL(eSuccess, status);
    ping_answer = identifier;
}

static struct freertos_sockaddr address_of(const char *text, uint16_t port)
{
    bool is_ipv6 = strchr(text, ':') != NULL;
    struct freertos_sockaddr address = {
        .sin_family = is_ipv6 ? FREERTOS_AF_INET6 : FREERTOS_AF_INET,
        .sin_port = FreeRTOS_htons(port),
    };

    CHECK_EQUAL(pdPASS, FreeRTOS_inet_pton(address.sin_family, text, &address.sin_address));
    return address;
}

static Socket_t socket_of(BaseType_t domain, BaseType_t type)
{
    TickType_t patience = pdMS_TO_TICKS(1000);
    Socket_t socket = FreeRTOS_socket(domain, type, FREERTOS_SOCK_DEPENDENT_PROTO);

    CHECK(xSocketValid(socket));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, 0));
    return socket;
}

static Socket_t bound(BaseType_t domain, BaseType_t type, const char *address)
{
    struct freertos_sockaddr local = address_of(address, PORT);
    Socket_t socket = socket_of(domain, type);

    CHECK_EQUAL(0, FreeRTOS_bind(socket, &local, sizeof local));
    return socket;
}

/* The size of what the receiver gets of a datagram from the sender; negative: an error. */
static int32_t pass(Socket_t sender, Socket_t receiver, const char *to, size_t size,
                    struct freertos_sockaddr *from)
{
    static uint8_t out[1500], in[1500];
    struct freertos_sockaddr destination = address_of(to, PORT);

    for (size_t i = 0; i < sizeof out; i++)
        out[i] = (uint8_t)(i * 7 + size);
    if (FreeRTOS_sendto(sender, out, size, 0, &destination, sizeof destination) != (int32_t)size)
        return -1000;
    int32_t got = FreeRTOS_recvfrom(receiver, in, sizeof in, 0, from, NULL);
    CHECK(got < 0 || memcmp(out, in, (size_t)got) == 0);
    return got;
}

TEST(datagrams_of_ipv6_go_out_and_come_in)
{
    struct freertos_sockaddr from;
    struct freertos_sockaddr mirror = address_of("2001:db8::2", PORT);

    mirror_start();
    Socket_t socket = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_DGRAM, "::");
    CHECK_EQUAL(ipTYPE_IPv6, FreeRTOS_GetIPType(socket));
    for (size_t size = 1; size <= 1452; size += 13) {
        CHECK_EQUAL(size, pass(socket, socket, "2001:db8::2", size, &from));
        CHECK_EQUAL(FREERTOS_AF_INET6, from.sin_family);
        CHECK_EQUAL(mirror.sin_port, from.sin_port);
        CHECK_BYTES(&mirror.sin_address, &from.sin_address, 16);
    }
    CHECK_EQUAL(-1000, pass(socket, socket, "2001:db8::2", 1453, &from));
    CHECK_EQUAL(10, pass(socket, socket, "10.0.0.2", 10, &from)); /* one socket, both families */
    CHECK_EQUAL(FREERTOS_AF_INET, from.sin_family);
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(socket_of_one_family_takes_no_part_in_the_other)
{
    struct freertos_sockaddr ipv6 = address_of("::", PORT);

    mirror_start();
    Socket_t four = bound(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, "0.0.0.0");
    CHECK_EQUAL(-1000, pass(four, four, "2001:db8::2", 10, NULL));
    Socket_t other = socket_of(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM);
    CHECK_EQUAL(-FREERTOS_EINVAL, FreeRTOS_bind(other, &ipv6, sizeof ipv6));
    FreeRTOS_closesocket(other);
    FreeRTOS_closesocket(four);
    Socket_t six = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_DGRAM, "2001:db8::1");
    CHECK_EQUAL(10, pass(six, six, "2001:db8::2", 10, NULL));
    CHECK_EQUAL(-1000, pass(six, six, "10.0.0.2", 10, NULL));
    FreeRTOS_closesocket(six);
    ipv6 = address_of("2001:db8::5", PORT);
    six = socket_of(FREERTOS_AF_INET6, FREERTOS_SOCK_DGRAM);
    CHECK_EQUAL(-FREERTOS_EADDRNOTAVAIL, FreeRTOS_bind(six, &ipv6, sizeof ipv6));
    FreeRTOS_closesocket(six);
    mirror_stop();
}

static volatile bool echoed;

static void echo_server(void *parameter)
{
    uint8_t buffer[700];
    BaseType_t got;
    struct freertos_sockaddr from;
    socklen_t size = sizeof from;
    Socket_t socket = FreeRTOS_accept(parameter, &from, &size);

    CHECK(xSocketValid(socket));
    CHECK_EQUAL(FREERTOS_AF_INET6, from.sin_family);
    while ((got = FreeRTOS_recv(socket, buffer, sizeof buffer, 0)) > 0)
        for (BaseType_t sent = 0, now; sent < got; sent += now) {
            now = FreeRTOS_send(socket, buffer + sent, (size_t)(got - sent), 0);
            CHECK(now > 0);
        }
    FreeRTOS_closesocket(socket);
    echoed = true;
    vTaskDelete(NULL);
}

static void echo(struct mirror_faults faults, size_t total)
{
    struct freertos_sockaddr remote = address_of("2001:db8::2", PORT);
    static uint8_t out[1000], in[1000];
    TickType_t patience = portMAX_DELAY;

    mirror_start();
    mirror_set_faults(faults);
    echoed = false;
    Socket_t listening = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM, "::");
    FreeRTOS_setsockopt(listening, 0, FREERTOS_SO_RCVTIMEO, &patience, 0);
    CHECK_EQUAL(0, FreeRTOS_listen(listening, 2));
    xTaskCreate(echo_server, "echo", configMINIMAL_STACK_SIZE, listening, 2, NULL);
    Socket_t socket = socket_of(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, 0);
    CHECK_EQUAL(0, FreeRTOS_connect(socket, &remote, sizeof remote));
    CHECK_EQUAL(ipconfigUSE_TCP_TIMESTAMPS ? 1428 : 1440, FreeRTOS_mss(socket));
    for (size_t done = 0; done < total; done += sizeof out) {
        for (size_t i = 0; i < sizeof out; i++)
            out[i] = (uint8_t)(done / 1000 + i * 3);
        CHECK_EQUAL(sizeof out, FreeRTOS_send(socket, out, sizeof out, 0));
        for (size_t got = 0; got < sizeof in;) {
            BaseType_t now = FreeRTOS_recv(socket, in + got, sizeof in - got, 0);

            CHECK(now > 0);
            got += (size_t)now;
        }
        CHECK_BYTES(out, in, sizeof in);
    }
    FreeRTOS_shutdown(socket, FREERTOS_SHUT_RDWR);
    while (!echoed)
        vTaskDelay(pdMS_TO_TICKS(10));
    FreeRTOS_closesocket(socket);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(tcp_over_ipv6_comes_back_byte_exact)
{
    echo((struct mirror_faults){0}, 100000);
}

TEST(tcp_over_ipv6_survives_a_bad_wire)
{
    echo((struct mirror_faults){.lose = 10, .reorder = 10, .repeat = 5, .damage = 1}, 30000);
}

TEST(listener_of_each_family_gets_its_own_and_one_of_both_gets_all)
{
    struct freertos_sockaddr four = address_of("10.0.0.2", PORT);
    struct freertos_sockaddr six = address_of("2001:db8::2", PORT);

    mirror_start();
    Socket_t listening = bound(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, "0.0.0.0");
    CHECK_EQUAL(0, FreeRTOS_listen(listening, 2));
    Socket_t client = socket_of(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM);
    CHECK(FreeRTOS_connect(client, &six, sizeof six) < 0);
    FreeRTOS_closesocket(client);
    FreeRTOS_closesocket(listening);
    listening = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM, "::");
    CHECK_EQUAL(0, FreeRTOS_listen(listening, 4));
    for (int i = 0; i < 2; i++) {
        struct freertos_sockaddr from;
        socklen_t size = sizeof from;

        client = socket_of(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM);
        CHECK_EQUAL(0, FreeRTOS_connect(client, i == 0 ? &four : &six, sizeof six));
        Socket_t accepted = FreeRTOS_accept(listening, &from, &size);
        CHECK(xSocketValid(accepted));
        CHECK_EQUAL(i == 0 ? FREERTOS_AF_INET : FREERTOS_AF_INET6, from.sin_family);
        FreeRTOS_closesocket(accepted);
        FreeRTOS_closesocket(client);
    }
    client = socket_of(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM);
    CHECK(FreeRTOS_connect(client, &six, sizeof six) < 0);
    FreeRTOS_closesocket(client);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(end_points_are_found_by_the_known_functions)
{
    IPv6_Address_t own, other, near, far;
    char text[40];

    FreeRTOS_inet_pton6("2001:db8::1", &own);
    FreeRTOS_inet_pton6("2001:db8::7", &near);
    FreeRTOS_inet_pton6("2001:db9::7", &far);
    FreeRTOS_inet_pton6("2001:db8::9", &other);
    mirror_start();
    NetworkEndPoint_t *four = FreeRTOS_FirstEndPoint(NULL);
    NetworkEndPoint_t *six = FreeRTOS_FirstEndPoint_IPv6(NULL);
    CHECK(ENDPOINT_IS_IPv4(four) && ENDPOINT_IS_IPv6(six));
    CHECK(FreeRTOS_NextEndPoint(NULL, four) == six);
    CHECK(FreeRTOS_FindEndPointOnIP_IPv6(&own) == six);
    CHECK(FreeRTOS_FindEndPointOnIP_IPv6(&other) == NULL);
    CHECK(FreeRTOS_FindEndPointOnNetMask_IPv6(&near) == six);
    CHECK(FreeRTOS_InterfaceEPInSameSubnet_IPv6(FreeRTOS_FirstNetworkInterface(), &far) == NULL);
    CHECK(FreeRTOS_FindEndPointOnIP_IPv4(FreeRTOS_inet_addr("10.0.0.1")) == four);
    CHECK(FreeRTOS_FindGateWay(ipTYPE_IPv6) == NULL);
    CHECK_STRING("2001:db8::1", pcEndpointName(six, text, sizeof text));
    CHECK_STRING("10.0.0.1", pcEndpointName(four, text, sizeof text));
    CHECK_STRING("", pcEndpointName(six, text, 5));
    CHECK_BYTES(&own, &six->ipv6_settings.xIPAddress, 16);
    CHECK_EQUAL(64, six->ipv6_settings.uxPrefixLength);
    uint8_t frame[60] = {0x33, 0x33, [12] = 0x86, 0xdd}; /* to a group */
    memcpy(frame + 14 + 24, &own, 16);
    CHECK(FreeRTOS_MatchingEndpoint(six->pxNetworkInterface, frame) == six);
    memcpy(frame + 12, (uint8_t[]){8, 0}, 2);
    CHECK(FreeRTOS_MatchingEndpoint(six->pxNetworkInterface, frame) == four);
    CHECK(FreeRTOS_IsEndPointUp(six) && FreeRTOS_AllEndPointsUp(NULL));
    FreeRTOS_OutputAdvertiseIPv6(six);
    FreeRTOS_PrintNDCache();
    FreeRTOS_ClearND(six);
    mirror_stop();
}

TEST(socket_sends_from_the_end_point_that_was_set)
{
    struct freertos_sockaddr from;

    mirror_start();
    NetworkEndPoint_t *four = FreeRTOS_FirstEndPoint(NULL);
    Socket_t socket = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_DGRAM, "::");
    CHECK(pxGetSocketEndpoint(socket) == NULL);
    vSetSocketEndpoint(socket, four);
    CHECK(pxGetSocketEndpoint(socket) == four);
    CHECK_EQUAL(-1000, pass(socket, socket, "2001:db8::2", 10, &from)); /* it leads elsewhere */
    CHECK_EQUAL(10, pass(socket, socket, "10.0.0.2", 10, &from));
    vSetSocketEndpoint(socket, NULL);
    CHECK_EQUAL(10, pass(socket, socket, "2001:db8::2", 10, &from));
    FreeRTOS_closesocket(socket);
    socket = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_DGRAM, "2001:db8::1");
    CHECK(pxGetSocketEndpoint(socket) == FreeRTOS_FirstEndPoint_IPv6(NULL));
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(ping_over_ipv6_is_answered)
{
    IPv6_Address_t nobody;

    FreeRTOS_inet_pton6("2001:db8::5", &nobody);
    mirror_start();
    CHECK(FreeRTOS_SendPingRequestIPv6(&nobody, 20, 0) != pdFAIL);
    CHECK_EQUAL(pdFAIL, FreeRTOS_SendPingRequestIPv6(&nobody, 5000, 0));
    mirror_stop();
}

TEST(kinds_of_addresses_are_told_apart)
{
    static const struct {
        const char *text;
        IPv6_Type_t type;
    } cases[] = {
        {"2001:db8::1", eIPv6_Global}, {"3fff::", eIPv6_Global},     {"fd00::1", eIPv6_Global},
        {"fe80::1", eIPv6_LinkLocal},  {"febf::1", eIPv6_LinkLocal}, {"fec0::1", eIPv6_SiteLocal},
        {"ff02::1", eIPv6_Multicast},  {"::1", eIPv6_Loopback},      {"::", eIPv6_Unknown},
        {"4000::", eIPv6_Unknown},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        IPv6_Address_t address;

        CHECK_EQUAL(pdPASS, FreeRTOS_inet_pton6(cases[i].text, &address));
        CHECK_EQUAL(cases[i].type, xIPv6_GetIPType(&address));
    }
}

TEST(addresses_are_made_from_any_prefix)
{
    IPv6_Address_t prefix, made;
    char text[40];

    FreeRTOS_inet_pton6("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", &prefix);
    mirror_start();
    CHECK_EQUAL(pdPASS, FreeRTOS_CreateIPv6Address(&made, &prefix, 35, pdFALSE));
    CHECK_STRING("2001:db8:e000::1", FreeRTOS_inet_ntop6(&made, text, sizeof text));
    CHECK_EQUAL(pdPASS, FreeRTOS_CreateIPv6Address(&made, &prefix, 128, pdTRUE));
    CHECK_BYTES(&prefix, &made, 16);
    CHECK_EQUAL(pdFAIL, FreeRTOS_CreateIPv6Address(&made, &prefix, 129, pdTRUE));
    CHECK(FreeRTOS_inet_ntop6(&prefix, text, 38) == NULL);
    mirror_stop();
}

/* --- groups, raw sockets, loop-back ------------------------------------------------------------------ */

static const struct tcpip_address group6 = {TCPIP_IPV6, 0, {0xff, 0x15, [15] = 9}};

TEST(socket_joins_and_leaves_groups)
{
    struct tcpip_group_membership membership = {.group = group6};
    struct tcpip_group_membership wrong = {.group = {.family = TCPIP_IPV6, .bytes = {0x20}}};
    uint8_t hops = 7;

    mirror_start();
    Socket_t socket = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_DGRAM, "::");
    CHECK_EQUAL(-FREERTOS_EINVAL,
                FreeRTOS_setsockopt(socket, 0, TCPIP_SO_JOIN_GROUP, &wrong, sizeof wrong));
    CHECK_EQUAL(-FREERTOS_EINVAL, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_JOIN_GROUP, NULL, 0));
    CHECK_EQUAL(-FREERTOS_EADDRNOTAVAIL, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_LEAVE_GROUP,
                                                             &membership, sizeof membership));
    CHECK_EQUAL(
        0, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_JOIN_GROUP, &membership, sizeof membership));
    CHECK_EQUAL(-FREERTOS_EADDRINUSE, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_JOIN_GROUP,
                                                          &membership, sizeof membership));
    membership.interface = FreeRTOS_FirstNetworkInterface(); /* the same, by name */
    CHECK_EQUAL(-FREERTOS_EADDRINUSE, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_JOIN_GROUP,
                                                          &membership, sizeof membership));
    CHECK_EQUAL(
        0, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_LEAVE_GROUP, &membership, sizeof membership));
    CHECK_EQUAL(
        0, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_JOIN_GROUP, &membership, sizeof membership));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_HOPS, &hops, sizeof hops));
    FreeRTOS_closesocket(socket); /* leaves it */
    mirror_stop();
}

TEST(raw_socket_sees_its_protocol_and_speaks_it)
{
    static const uint8_t echo_request[] = {128, 0, 0, 0, 0, 1, 0, 2, 'p', 'i', 'n', 'g'};
    struct freertos_sockaddr mirror = address_of("2001:db8::2", 0), from;
    uint8_t buffer[100];

    mirror_start();
    CHECK(!xSocketValid(FreeRTOS_socket(FREERTOS_AF_INET6, TCPIP_SOCK_RAW, 0)));
    CHECK(!xSocketValid(FreeRTOS_socket(FREERTOS_AF_INET6, TCPIP_SOCK_RAW, 256)));
    TickType_t patience = pdMS_TO_TICKS(1000);
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET6, TCPIP_SOCK_RAW, 58);
    CHECK(xSocketValid(socket));
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience);
    CHECK_EQUAL(sizeof echo_request, FreeRTOS_sendto(socket, echo_request, sizeof echo_request, 0,
                                                     &mirror, sizeof mirror));
    for (;;) { /* what neighbours ask is seen, too */
        int32_t size = FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, &from, NULL);

        CHECK(size > 0);
        if (buffer[0] == 128)
            break;
    }
    CHECK_BYTES(echo_request + 4, buffer + 4, 8); /* as the mirror asks us */
    CHECK_BYTES(&mirror.sin_address, &from.sin_address, 16);
    FreeRTOS_closesocket(socket);
    socket = FreeRTOS_socket(FREERTOS_AF_INET, TCPIP_SOCK_RAW, 253);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience);
    mirror = address_of("10.0.0.2", 0);
    CHECK_EQUAL(5, FreeRTOS_sendto(socket, "hello", 5, 0, &mirror, sizeof mirror));
    CHECK_EQUAL(5, FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, &from, NULL));
    CHECK_BYTES("hello", buffer, 5);
    mirror = address_of("10.0.0.1", 0); /* to ourselves */
    CHECK_EQUAL(0, FreeRTOS_bind(socket, &mirror, sizeof mirror));
    CHECK_EQUAL(5, FreeRTOS_sendto(socket, "again", 5, 0, &mirror, sizeof mirror));
    CHECK_EQUAL(5, FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, &from, NULL));
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(tcp_to_ourselves_needs_no_wire)
{
    static const char *const addresses[] = {"127.0.0.1", "::1", "10.0.0.1", "2001:db8::1"};

    mirror_start();
    mirror_cut(true);
    Socket_t listening = bound(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM, "::");
    CHECK_EQUAL(0, FreeRTOS_listen(listening, 4));
    for (unsigned i = 0; i < 4; i++) {
        struct freertos_sockaddr remote = address_of(addresses[i], PORT), from;
        socklen_t size = sizeof from;
        char buffer[10];
        Socket_t client = socket_of(FREERTOS_AF_INET6, FREERTOS_SOCK_STREAM);

        CHECK_EQUAL(0, FreeRTOS_connect(client, &remote, sizeof remote));
        Socket_t accepted = FreeRTOS_accept(listening, &from, &size);
        CHECK(xSocketValid(accepted));
        CHECK_EQUAL(4, FreeRTOS_send(client, "loop", 4, 0));
        CHECK_EQUAL(4, FreeRTOS_recv(accepted, buffer, sizeof buffer, 0));
        FreeRTOS_closesocket(client);
        FreeRTOS_closesocket(accepted);
    }
    FreeRTOS_closesocket(listening);
    mirror_stop();
}
