/* SPDX-License-Identifier: MIT */
/* The whole stack by its public API, as tasks in virtual time, against servers on a wire. */
#include "servers.h"

#include <string.h>

#include "FreeRTOS_ARP.h"
#include "FreeRTOS_DHCP.h"
#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "core/frame.h"
#include "tcpip.h"

static struct wire wire;
static struct servers servers;
static NetworkEndPoint_t end_point;
static struct test_random entropy = {7};
static unsigned ups, downs;
static uint16_t ping_answer;
static uint32_t lease = 3600;

static bool fill(void *buffer, size_t size)
{
    uint8_t *bytes = buffer;

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)test_random_next(&entropy);
    return true;
}

void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t event,
                                          struct xNetworkEndPoint *changed)
{
    ups += event == eNetworkUp;
    downs += event == eNetworkDown;
}

void vApplicationPingReplyHook(ePingReplyStatus_t status, uint16_t identifier)
{
    CHECK_EQUAL(eSuccess, status);
    ping_answer = identifier;
}

static eDHCPCallbackAnswer_t hook_answers[2] = {eDHCPContinue, eDHCPContinue};

eDHCPCallbackAnswer_t xApplicationDHCPHook_Multi(eDHCPCallbackPhase_t phase,
                                                 struct xNetworkEndPoint *asking,
                                                 IP_Address_t *address)
{
    CHECK(asking == &end_point);
    CHECK_EQUAL(phase == eDHCPPhasePreRequest ? FreeRTOS_inet_addr("10.0.2.15") : 0,
                address->ulIP_IPv4);
    return hook_answers[phase];
}

static bool with_defaults; /* although DHCP is asked for */

static void begin(bool dhcp)
{
    static const uint8_t own[4] = {10, 0, 2, 15};
    static const uint8_t mask[4] = {255, 255, 255, 0};
    static const uint8_t gateway[4] = {10, 0, 2, 2};
    static const uint8_t dns[4] = {10, 0, 2, 3};
    static const uint8_t none[4];

    wire_init(&wire, 1);
    servers_begin(&servers, &wire);
    servers.lease = lease;
    tcpip_set_entropy(fill);
    NetworkInterface_t *interface = tcpip_add_interface(&wire.netif, NULL);
    CHECK(interface != NULL);
    if (dhcp && !with_defaults)
        FreeRTOS_FillEndPoint(interface, &end_point, none, none, none, none, NULL);
    else
        FreeRTOS_FillEndPoint(interface, &end_point, own, mask, gateway, dns, NULL);
    end_point.bits.bWantDHCP = dhcp;
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
}

static void end(void)
{
    tcpip_stop();
    CHECK(tcpip_nothing_left());
    tcpip_host_clear();
}

static void wait_until_up(void)
{
    for (int i = 0; i < 1000 && FreeRTOS_IsNetworkUp() == pdFALSE; i++)
        vTaskDelay(pdMS_TO_TICKS(100));
    CHECK(FreeRTOS_IsNetworkUp());
}

TEST(dhcp_configures_the_end_point)
{
    uint32_t address, mask, gateway, dns;

    begin(true);
    CHECK(!FreeRTOS_IsNetworkUp());
    wait_until_up();
    FreeRTOS_GetAddressConfiguration(&address, &mask, &gateway, &dns);
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.15"), address);
    CHECK_EQUAL(FreeRTOS_inet_addr("255.255.255.0"), mask);
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.2"), gateway);
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.3"), dns);
    CHECK_EQUAL(1, ups);
    CHECK(xTaskGetTickCount() < pdMS_TO_TICKS(1500));
    end();
}

static Socket_t open_socket(uint16_t port)
{
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET,
                                        .sin_port = FreeRTOS_htons(port)};

    CHECK(xSocketValid(socket));
    CHECK_EQUAL(0, FreeRTOS_bind(socket, &address, sizeof address));
    return socket;
}

static struct freertos_sockaddr echo_server(void)
{
    return (struct freertos_sockaddr){
        .sin_family = FREERTOS_AF_INET,
        .sin_port = FreeRTOS_htons(7),
        .sin_address = {.ulIP_IPv4 = FreeRTOS_inet_addr("10.0.2.2")},
    };
}

TEST(datagram_goes_out_and_comes_back)
{
    struct freertos_sockaddr server = echo_server();
    struct freertos_sockaddr from;
    socklen_t from_length = sizeof from;
    char buffer[1472];

    begin(false);
    wait_until_up();
    Socket_t socket = open_socket(0);
    for (int32_t size = 0; size <= 1472; size += 64) {
        memset(buffer, size % 256, sizeof buffer);
        CHECK_EQUAL(size, FreeRTOS_sendto(socket, buffer, (size_t)size, 0, &server, sizeof server));
        memset(buffer, 0, sizeof buffer);
        CHECK_EQUAL(size, FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, &from, &from_length));
        CHECK_EQUAL(server.sin_port, from.sin_port);
        CHECK_EQUAL(server.sin_address.ulIP_IPv4, from.sin_address.ulIP_IPv4);
        CHECK_EQUAL(size == 0 ? 0 : (char)(size % 256), buffer[0]);
    }
    CHECK_EQUAL(0, FreeRTOS_sendto(socket, buffer, 1473, 0, &server, sizeof server));
    CHECK_EQUAL(1, FreeRTOS_closesocket(socket));
    end();
}

TEST(datagram_without_copying)
{
    struct freertos_sockaddr server = echo_server();
    char *received;

    begin(false);
    wait_until_up();
    Socket_t socket = open_socket(5000);
    char *payload = FreeRTOS_GetUDPPayloadBuffer(5, 0);
    CHECK(payload != NULL);
    memcpy(payload, "hello", 5);
    CHECK_EQUAL(5, FreeRTOS_sendto(socket, payload, 5, FREERTOS_ZERO_COPY, &server, sizeof server));
    CHECK_EQUAL(5, FreeRTOS_recvfrom(socket, &received, 0, FREERTOS_ZERO_COPY, NULL, NULL));
    CHECK_BYTES("hello", received, 5);
    FreeRTOS_ReleaseUDPPayloadBuffer(received);
    FreeRTOS_closesocket(socket);
    end();
}

TEST(receiving_times_out_at_its_time)
{
    char byte;
    TickType_t timeout = pdMS_TO_TICKS(250);

    begin(false);
    wait_until_up();
    Socket_t socket = open_socket(5000);
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &timeout, sizeof timeout));
    TickType_t before = xTaskGetTickCount();
    CHECK_EQUAL(-FREERTOS_EWOULDBLOCK, FreeRTOS_recvfrom(socket, &byte, 1, 0, NULL, NULL));
    CHECK_EQUAL(timeout, xTaskGetTickCount() - before);
    before = xTaskGetTickCount();
    CHECK_EQUAL(-FREERTOS_EWOULDBLOCK,
                FreeRTOS_recvfrom(socket, &byte, 1, FREERTOS_MSG_DONTWAIT, NULL, NULL));
    CHECK_EQUAL(before, xTaskGetTickCount());
    FreeRTOS_closesocket(socket);
    end();
}

static int32_t helper_result;

static void receive_in_task(void *socket)
{
    char byte;

    helper_result = FreeRTOS_recvfrom(socket, &byte, 1, 0, NULL, NULL);
    vTaskDelete(NULL);
}

TEST(closing_ends_a_task_that_waits)
{
    begin(false);
    wait_until_up();
    Socket_t socket = open_socket(5000);
    CHECK_EQUAL(pdPASS, xTaskCreate(receive_in_task, "receiver", configMINIMAL_STACK_SIZE, socket,
                                    TEST_TASK_PRIORITY + 1, NULL));
    vTaskDelay(10);
    FreeRTOS_closesocket(socket);
    vTaskDelay(10);
    CHECK_EQUAL(-FREERTOS_ECLOSED, helper_result);
    end();
}

TEST(signal_ends_a_task_that_waits)
{
    begin(false);
    wait_until_up();
    Socket_t socket = open_socket(5000);
    CHECK_EQUAL(pdPASS, xTaskCreate(receive_in_task, "receiver", configMINIMAL_STACK_SIZE, socket,
                                    TEST_TASK_PRIORITY + 1, NULL));
    vTaskDelay(10);
    FreeRTOS_SignalSocket(socket);
    vTaskDelay(10);
    CHECK_EQUAL(-FREERTOS_EINTR, helper_result);
    FreeRTOS_closesocket(socket);
    end();
}

TEST(queue_of_a_socket_is_bounded)
{
    struct freertos_sockaddr server = echo_server();
    char buffer[4];
    TickType_t timeout = 0;
    int received = 0;

    begin(false);
    wait_until_up();
    Socket_t socket = open_socket(5000);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &timeout, sizeof timeout);
    for (int i = 0; i < 100; i++) {
        FreeRTOS_sendto(socket, "data", 4, 0, &server, sizeof server);
        vTaskDelay(2);
    }
    while (FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, NULL, NULL) > 0)
        received++;
    CHECK_EQUAL(ipconfigUDP_MAX_RX_PACKETS, received);
    FreeRTOS_closesocket(socket);
    end();
}

TEST(port_in_use_is_refused)
{
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET,
                                        .sin_port = FreeRTOS_htons(5000)};

    begin(false);
    wait_until_up();
    Socket_t first = open_socket(5000);
    Socket_t second = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, 0);
    CHECK_EQUAL(-FREERTOS_EADDRINUSE, FreeRTOS_bind(second, &address, sizeof address));
    CHECK_EQUAL(-FREERTOS_EINVAL, FreeRTOS_bind(first, &address, sizeof address));
    FreeRTOS_closesocket(first);
    CHECK_EQUAL(0, FreeRTOS_bind(second, &address, sizeof address));
    FreeRTOS_closesocket(second);
    end();
}

TEST(select_finds_the_socket_that_can_be_read)
{
    struct freertos_sockaddr server = echo_server();

    begin(false);
    wait_until_up();
    Socket_t sockets[3];
    SocketSet_t set = FreeRTOS_CreateSocketSet();
    for (uint16_t i = 0; i < 3; i++) {
        sockets[i] = open_socket((uint16_t)(5000 + i));
        FreeRTOS_FD_SET(sockets[i], set, eSELECT_READ);
    }
    CHECK_EQUAL(0, FreeRTOS_select(set, 10));
    FreeRTOS_sendto(sockets[1], "x", 1, 0, &server, sizeof server);
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_select(set, 1000));
    CHECK_EQUAL(0, FreeRTOS_FD_ISSET(sockets[0], set));
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_FD_ISSET(sockets[1], set));
    for (int i = 0; i < 3; i++)
        FreeRTOS_closesocket(sockets[i]);
    FreeRTOS_DeleteSocketSet(set);
    end();
}

TEST(name_is_resolved_and_remembered)
{
    uint32_t expected = FreeRTOS_inet_addr("192.0.2.1");

    begin(true);
    wait_until_up();
    CHECK_EQUAL(expected, FreeRTOS_gethostbyname("www.example.com"));
    CHECK_EQUAL(FreeRTOS_inet_addr("192.0.2.2"), FreeRTOS_gethostbyname("WWW.Example.COM"));
    CHECK_EQUAL(expected, FreeRTOS_gethostbyname("www.example.com"));
    CHECK_EQUAL(1, servers.queries);
    vTaskDelay(pdMS_TO_TICKS(300001));
    CHECK_EQUAL(expected, FreeRTOS_gethostbyname("www.example.com"));
    CHECK_EQUAL(2, servers.queries);
    end();
}

TEST(alias_is_followed)
{
    begin(true);
    servers.dns_alias = true;
    wait_until_up();
    CHECK_EQUAL(FreeRTOS_inet_addr("192.0.2.1"), FreeRTOS_gethostbyname("www.example.com"));
    end();
}

TEST(lost_questions_are_repeated)
{
    begin(true);
    wait_until_up();
    servers.dns_ignore = 3;
    CHECK_EQUAL(FreeRTOS_inet_addr("192.0.2.1"), FreeRTOS_gethostbyname("www.example.com"));
    CHECK_EQUAL(4, servers.queries);
    servers.dns_silent = true;
    CHECK_EQUAL(0, FreeRTOS_gethostbyname("other.example.com"));
    CHECK_EQUAL(4 + ipconfigDNS_REQUEST_ATTEMPTS, servers.queries);
    end();
}

TEST(name_that_does_not_exist_is_asked_for_once)
{
    begin(true);
    wait_until_up();
    servers.dns_rcode = DNS_RCODE_NO_NAME;
    CHECK_EQUAL(0, FreeRTOS_gethostbyname("nowhere.example.com"));
    CHECK_EQUAL(1, servers.queries);
    end();
}

TEST(static_names_and_numbers_need_no_server)
{
    struct tcpip_address address = tcpip_ipv4(10, 0, 2, 2);
    struct freertos_addrinfo *list = NULL;

    CHECK(tcpip_host_add("broker.linnet.test", &address));
    begin(true);
    wait_until_up();
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.2"), FreeRTOS_gethostbyname("Broker.Linnet.Test"));
    CHECK_EQUAL(FreeRTOS_inet_addr("192.0.2.7"), FreeRTOS_gethostbyname("192.0.2.7"));
    CHECK_EQUAL(0, FreeRTOS_getaddrinfo("broker.linnet.test", "8883", NULL, &list));
    CHECK_EQUAL(FreeRTOS_htons(8883), list->ai_addr->sin_port);
    FreeRTOS_freeaddrinfo(list);
    CHECK_EQUAL(0, servers.queries);
    end();
}

static unsigned answers;

static void note_answer(const char *name, void *id, struct freertos_addrinfo *list)
{
    CHECK(list != NULL);
    CHECK_EQUAL(42, (intptr_t)id);
    answers++;
    FreeRTOS_freeaddrinfo(list);
}

TEST(look_up_calls_back_unless_cancelled)
{
    begin(true);
    wait_until_up();
    CHECK_EQUAL(0, FreeRTOS_gethostbyname_a("a.example.com", note_answer, (void *)42, 5000));
    vTaskDelay(100);
    CHECK_EQUAL(1, answers);
    servers.dns_silent = true;
    CHECK_EQUAL(0, FreeRTOS_gethostbyname_a("b.example.com", note_answer, (void *)42, 5000));
    FreeRTOS_gethostbyname_cancel((void *)42);
    vTaskDelay(10000);
    CHECK_EQUAL(1, answers);
    end();
}

TEST(lease_is_renewed_and_lost_when_the_server_falls_silent)
{
    lease = 600;
    begin(true);
    wait_until_up();
    vTaskDelay(pdMS_TO_TICKS(3600 * 1000));
    CHECK(FreeRTOS_IsNetworkUp());
    CHECK_EQUAL(12, servers.renewals);
    CHECK_EQUAL(1, servers.discovers);
    servers.dhcp_silent = true;
    vTaskDelay(pdMS_TO_TICKS(601 * 1000));
    CHECK(!FreeRTOS_IsNetworkUp());
    CHECK_EQUAL(1, downs);
    servers.dhcp_silent = false;
    wait_until_up();
    end();
}

static uint32_t address_in_use(void)
{
    uint32_t address = 0;

    wait_until_up();
    FreeRTOS_GetAddressConfiguration(&address, NULL, NULL, NULL);
    return address;
}

TEST(hook_can_have_the_defaults_used)
{
    with_defaults = true;
    hook_answers[eDHCPPhasePreDiscover] = eDHCPUseDefaults;
    begin(true);
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.15"), address_in_use());
    CHECK_EQUAL(0, servers.discovers);
    end();
    hook_answers[eDHCPPhasePreDiscover] = eDHCPContinue;
    hook_answers[eDHCPPhasePreRequest] = eDHCPStopNoChanges;
    begin(true);
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.2.15"), address_in_use());
    CHECK_EQUAL(1, servers.discovers);
    CHECK_EQUAL(0, servers.requests);
    end();
}

TEST(defaults_are_used_when_no_server_answers)
{
    with_defaults = true;
    hook_answers[eDHCPPhasePreRequest] = eDHCPContinue;
    begin(true);
    wait_until_up();
    wire_set_cut(&wire, true);
    vTaskDelay(1);
    servers.dhcp_silent = true;
    wire_set_cut(&wire, false);
    vTaskDelay(pdMS_TO_TICKS(60000));
    CHECK(!FreeRTOS_IsNetworkUp());
    vTaskDelay(pdMS_TO_TICKS(80000));
    CHECK(FreeRTOS_IsNetworkUp());
    CHECK(servers.discovers >= 5);
    end();
}

TEST(cut_link_takes_the_end_point_down_and_back)
{
    begin(true);
    wait_until_up();
    wire_set_cut(&wire, true);
    vTaskDelay(10);
    CHECK(!FreeRTOS_IsNetworkUp());
    wire_set_cut(&wire, false);
    wait_until_up();
    CHECK_EQUAL(2, ups);
    CHECK_EQUAL(1, servers.discovers); /* the lease is still good */
    CHECK_EQUAL(2, servers.requests);
    CHECK_EQUAL(0, servers.last_server_id);
    end();
}

TEST(lease_is_given_back_and_asked_for_again_by_the_application)
{
    begin(true);
    wait_until_up();
    tcpip_lease_release(&end_point);
    vTaskDelay(pdMS_TO_TICKS(5000));
    CHECK(!FreeRTOS_IsNetworkUp());
    CHECK_EQUAL(1, servers.releases);
    CHECK(tcpip_lease_request(&end_point));
    wait_until_up();
    CHECK_EQUAL(2, servers.discovers);
    CHECK(tcpip_lease_request(&end_point)); /* confirmed, without going down */
    vTaskDelay(pdMS_TO_TICKS(5000));
    CHECK(FreeRTOS_IsNetworkUp());
    CHECK_EQUAL(2, servers.discovers);
    CHECK_EQUAL(3, servers.requests);
    end();
    begin(false);
    CHECK(!tcpip_lease_request(&end_point));
    end();
}

TEST(receiver_hears_that_its_address_is_gone)
{
    begin(true);
    wait_until_up();
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons(4000),
                                      .sin_addr = FreeRTOS_inet_addr("10.0.2.15")};
    char buffer[10];
    CHECK_EQUAL(0, FreeRTOS_bind(socket, &local, sizeof local));
    servers.nak = true;
    servers.address_change = 1; /* from the next renewal on */
    CHECK_EQUAL(-FREERTOS_EADDRNOTAVAIL,
                FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, NULL, NULL));
    FreeRTOS_closesocket(socket);
    end();
}

/* Nobody answers its SYN; the lease is taken back after ten seconds. */
TEST(connection_being_opened_hears_that_its_address_is_gone)
{
    struct freertos_sockaddr far = {.sin_family = FREERTOS_AF_INET,
                                    .sin_port = FreeRTOS_htons(80),
                                    .sin_addr = FreeRTOS_inet_addr("10.0.2.9")};
    TickType_t patience = portMAX_DELAY, before;

    lease = 20;
    begin(true);
    lease = 3600;
    wait_until_up();
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience);
    servers.nak = true;
    servers.address_change = 1;
    before = xTaskGetTickCount();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_connect(socket, &far, sizeof far));
    CHECK(xTaskGetTickCount() - before < pdMS_TO_TICKS(15000));
    FreeRTOS_closesocket(socket);
    end();
}

static bool mirror_pings(struct wire *sender, const uint8_t *bytes, size_t length)
{
    return false;
}

TEST(ping_is_answered)
{
    static const uint8_t own[4] = {10, 0, 0, 1};
    static const uint8_t mask[4] = {255, 255, 255, 0};
    static const uint8_t none[4];

    wire_init(&wire, 1);
    wire.mirror = true;
    wire.peer = mirror_pings;
    tcpip_set_entropy(fill);
    FreeRTOS_FillEndPoint(tcpip_add_interface(&wire.netif, NULL), &end_point, own, mask, none, none,
                          NULL);
    FreeRTOS_IPInit_Multi();
    wait_until_up();
    BaseType_t sent = FreeRTOS_SendPingRequest(FreeRTOS_inet_addr("10.0.0.2"), 100, 0);
    CHECK(sent != pdFAIL);
    vTaskDelay(100);
    CHECK_EQUAL(sent, ping_answer);
    end();
}

TEST(stack_can_be_started_again)
{
    for (int i = 0; i < 5; i++) {
        begin(i % 2 == 0);
        wait_until_up();
        end();
        vTaskDelay(2);
    }
}

TEST(stack_that_never_ran_can_be_stopped_and_begun_anew)
{
    wire_init(&wire, 1);
    CHECK(tcpip_add_interface(&wire.netif, NULL) != NULL);
    tcpip_stop();
    tcpip_stop();
    begin(true);
    wait_until_up();
    end();
}
