/* SPDX-License-Identifier: MIT */
/*
 * What sockets of both kinds tell their users, and how: handlers, a semaphore, a callback, an id.
 * The mirror answers: what goes to port 9 of the other host comes back to our port 9.
 */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "FreeRTOS_Stream_Buffer.h"
#include "FreeRTOS_TCP_IP.h"
#include "tcp_mirror.h"

enum { PORT = 9 };

static struct freertos_sockaddr far_port(uint16_t port)
{
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET,
                                        .sin_port = FreeRTOS_htons(port)};

    address.sin_addr = FreeRTOS_inet_addr("10.0.0.2");
    return address;
}

static Socket_t bound(BaseType_t type, uint16_t port)
{
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET,
                                        .sin_port = FreeRTOS_htons(port)};
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, type, FREERTOS_SOCK_DEPENDENT_PROTO);

    CHECK(xSocketValid(socket));
    CHECK_EQUAL(0, FreeRTOS_bind(socket, &address, sizeof address));
    return socket;
}

static void send_to_self(Socket_t socket, const char *text)
{
    struct freertos_sockaddr to = far_port(PORT);

    CHECK_EQUAL(strlen(text), FreeRTOS_sendto(socket, text, strlen(text), 0, &to, sizeof to));
}

static int set(Socket_t socket, int32_t option, const void *value)
{
    return (int)FreeRTOS_setsockopt(socket, 0, option, value, 0);
}

static struct {
    unsigned received, sent, woken;
    size_t bytes;
    BaseType_t takes;
    Socket_t socket;
    bool in_stack_task;
} told;

static BaseType_t on_datagram(Socket_t socket, void *data, size_t size,
                              const struct freertos_sockaddr *from,
                              const struct freertos_sockaddr *destination)
{
    told.received++;
    told.bytes += size;
    told.socket = socket;
    told.in_stack_task = xTaskGetCurrentTaskHandle() == FreeRTOS_GetIPTaskHandle();
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.0.2"), from->sin_addr);
    CHECK_EQUAL(FreeRTOS_inet_addr("10.0.0.1"), destination->sin_addr);
    CHECK_EQUAL(FreeRTOS_htons(PORT), destination->sin_port);
    CHECK_BYTES("data", data, 4);
    return told.takes;
}

static void on_sent(Socket_t socket, size_t size)
{
    told.sent++;
    CHECK_EQUAL(4, size);
}

static void begin(void)
{
    memset(&told, 0, sizeof told);
    mirror_start();
}

TEST(a_handler_may_take_a_datagram_or_leave_it)
{
    F_TCP_UDP_Handler_t handler = {.pxOnUDPReceive = on_datagram, .pxOnUDPSent = on_sent};
    char buffer[8];
    TickType_t soon = 100;

    begin();
    Socket_t socket = bound(FREERTOS_SOCK_DGRAM, PORT);
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_UDP_RECV_HANDLER, &handler));
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_UDP_SENT_HANDLER, &handler));
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_RCVTIMEO, &soon));
    CHECK_EQUAL(-FREERTOS_EINVAL, set(socket, FREERTOS_SO_UDP_RECV_HANDLER, NULL));
    told.takes = pdTRUE;
    send_to_self(socket, "data");
    CHECK_EQUAL(-FREERTOS_EWOULDBLOCK, FreeRTOS_recvfrom(socket, buffer, 8, 0, NULL, NULL));
    CHECK_EQUAL(1, told.received);
    CHECK_EQUAL(1, told.sent);
    CHECK(told.socket == socket && told.in_stack_task);
    told.takes = pdFALSE;
    send_to_self(socket, "data");
    CHECK_EQUAL(4, FreeRTOS_recvfrom(socket, buffer, 8, 0, NULL, NULL));
    CHECK_EQUAL(2, told.received);
    CHECK_EQUAL(1, FreeRTOS_closesocket(socket));
    mirror_stop();
}

static void wake(Socket_t socket)
{
    told.woken++;
    told.socket = socket;
}

TEST(a_semaphore_is_given_and_a_callback_called_when_something_comes)
{
    SemaphoreHandle_t semaphore = xSemaphoreCreateBinary();

    begin();
    Socket_t socket = bound(FREERTOS_SOCK_DGRAM, PORT);
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_SET_SEMAPHORE, &semaphore));
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_WAKEUP_CALLBACK, (void *)(uintptr_t)wake));
    CHECK_EQUAL(pdFALSE, xSemaphoreTake(semaphore, 10));
    send_to_self(socket, "data");
    CHECK_EQUAL(pdTRUE, xSemaphoreTake(semaphore, pdMS_TO_TICKS(100)));
    CHECK_EQUAL(1, told.woken);
    CHECK(told.socket == socket);
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_SET_SEMAPHORE, NULL));
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_WAKEUP_CALLBACK, NULL));
    send_to_self(socket, "data");
    CHECK_EQUAL(pdFALSE, xSemaphoreTake(semaphore, pdMS_TO_TICKS(100)));
    CHECK_EQUAL(1, told.woken);
    FreeRTOS_closesocket(socket);
    mirror_stop();
    vSemaphoreDelete(semaphore);
}

TEST(a_listener_and_its_connection_give_the_semaphore_too)
{
    SemaphoreHandle_t semaphore = xSemaphoreCreateBinary();
    struct freertos_sockaddr to = far_port(PORT);
    TickType_t soon = pdMS_TO_TICKS(2000);

    begin();
    Socket_t listener = bound(FREERTOS_SOCK_STREAM, PORT);
    CHECK_EQUAL(0, FreeRTOS_listen(listener, 1));
    CHECK_EQUAL(0, set(listener, FREERTOS_SO_SET_SEMAPHORE, &semaphore));
    Socket_t near = bound(FREERTOS_SOCK_STREAM, 0);
    CHECK_EQUAL(0, set(near, FREERTOS_SO_RCVTIMEO, &soon));
    CHECK_EQUAL(0, FreeRTOS_connect(near, &to, sizeof to));
    CHECK_EQUAL(pdTRUE, xSemaphoreTake(semaphore, pdMS_TO_TICKS(100)));
    Socket_t far = FreeRTOS_accept(listener, NULL, NULL);
    CHECK(xSocketValid(far));
    FreeRTOS_closesocket(near);
    FreeRTOS_closesocket(far);
    FreeRTOS_closesocket(listener);
    vTaskDelay(pdMS_TO_TICKS(70000));
    mirror_stop();
    vSemaphoreDelete(semaphore);
}

TEST(a_socket_keeps_an_id_for_its_user)
{
    int thing;

    begin();
    Socket_t socket = bound(FREERTOS_SOCK_DGRAM, 0);
    CHECK(pvSocketGetSocketID(socket) == NULL);
    CHECK_EQUAL(0, xSocketSetSocketID(socket, &thing));
    CHECK(pvSocketGetSocketID(socket) == &thing);
    CHECK_EQUAL(-FREERTOS_EINVAL, xSocketSetSocketID(FREERTOS_INVALID_SOCKET, &thing));
    CHECK(pvSocketGetSocketID(NULL) == NULL);
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(options_of_the_other_kind_are_refused)
{
    BaseType_t on = pdTRUE;
    UBaseType_t none = 0;

    begin();
    Socket_t udp = bound(FREERTOS_SOCK_DGRAM, 0);
    Socket_t tcp = bound(FREERTOS_SOCK_STREAM, 0);
    CHECK_EQUAL(-FREERTOS_ENOPROTOOPT, set(udp, FREERTOS_SO_REUSE_LISTEN_SOCKET, &on));
    CHECK_EQUAL(-FREERTOS_ENOPROTOOPT, set(tcp, FREERTOS_SO_UDP_MAX_RX_PACKETS, &on));
    CHECK_EQUAL(-FREERTOS_ENOPROTOOPT, set(udp, 999, &on));
    CHECK_EQUAL(-FREERTOS_EINVAL, set(udp, FREERTOS_SO_RCVTIMEO, NULL));
    CHECK_EQUAL(-FREERTOS_EINVAL, set(udp, FREERTOS_SO_UDP_MAX_RX_PACKETS, &none));
    CHECK_EQUAL(-FREERTOS_EINVAL, set(NULL, FREERTOS_SO_RCVTIMEO, &on));
    FreeRTOS_closesocket(udp);
    FreeRTOS_closesocket(tcp);
    mirror_stop();
}

TEST(a_datagram_goes_without_checksum_when_asked)
{
    TickType_t soon = 100;
    char buffer[8];

    begin();
    Socket_t socket = bound(FREERTOS_SOCK_DGRAM, PORT);
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_RCVTIMEO, &soon));
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_UDPCKSUM_OUT, NULL));
    send_to_self(socket, "data"); /* comes back, and is refused without a checksum */
    CHECK_EQUAL(ipconfigUDP_PASS_ZERO_CHECKSUM_PACKETS ? 4 : -FREERTOS_EWOULDBLOCK,
                FreeRTOS_recvfrom(socket, buffer, 8, 0, NULL, NULL));
    CHECK_EQUAL(0, set(socket, FREERTOS_SO_UDPCKSUM_OUT, &soon));
    send_to_self(socket, "data");
    CHECK_EQUAL(4, FreeRTOS_recvfrom(socket, buffer, 8, 0, NULL, NULL));
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(bytes_are_read_and_written_in_place)
{
    struct freertos_sockaddr to = far_port(PORT);
    TickType_t soon = pdMS_TO_TICKS(2000);
    BaseType_t room;
    uint8_t *place = NULL;

    begin();
    Socket_t listener = bound(FREERTOS_SOCK_STREAM, PORT);
    CHECK_EQUAL(0, set(listener, FREERTOS_SO_RCVTIMEO, &soon));
    CHECK_EQUAL(0, FreeRTOS_listen(listener, 1));
    Socket_t near = bound(FREERTOS_SOCK_STREAM, 0);
    CHECK(FreeRTOS_get_rx_buf(near) == NULL && FreeRTOS_get_tx_base(near) == NULL);
    CHECK_EQUAL(eCLOSED, FreeRTOS_connstatus(near));
    CHECK_EQUAL(eTCP_LISTEN, FreeRTOS_connstatus(listener));
    CHECK_EQUAL(0, set(near, FREERTOS_SO_RCVTIMEO, &soon));
    CHECK_EQUAL(0, FreeRTOS_connect(near, &to, sizeof to));
    CHECK_EQUAL(eESTABLISHED, FreeRTOS_connstatus(near));
    Socket_t far = FreeRTOS_accept(listener, NULL, NULL);
    CHECK(xSocketValid(far));

    uint8_t *head = FreeRTOS_get_tx_head(near, &room);
    CHECK(head == FreeRTOS_get_tx_base(near) && room >= 100);
    memset(head, 'x', 100);
    CHECK_EQUAL(100, FreeRTOS_send(near, NULL, 100, 0));
    CHECK(FreeRTOS_get_tx_head(near, &room) == FreeRTOS_get_tx_base(near) + 100);

    CHECK_EQUAL(100, FreeRTOS_recv(far, &place, 0, FREERTOS_ZERO_COPY));
    const StreamBuffer_t *buffer = FreeRTOS_get_rx_buf(far);
    uint8_t *same = NULL;
    CHECK_EQUAL(100, uxStreamBufferGetSize(buffer));
    CHECK_EQUAL(100, uxStreamBufferGetPtr(buffer, &same));
    CHECK(same == place && place[0] == 'x' && place[99] == 'x');
    size_t space = uxStreamBufferGetSpace(buffer);
    FreeRTOS_ReleaseTCPPayloadBuffer(far, place, 100);
    CHECK_EQUAL(0, uxStreamBufferGetSize(buffer));
    CHECK_EQUAL(space + 100, uxStreamBufferGetSpace(buffer));

    FreeRTOS_closesocket(near);
    FreeRTOS_closesocket(far);
    FreeRTOS_closesocket(listener);
    vTaskDelay(pdMS_TO_TICKS(70000));
    mirror_stop();
}

TEST(station_addresses_as_text)
{
    uint8_t mac[6] = {0};
    char text[18];

    CHECK_EQUAL(pdPASS, FreeRTOS_EUI48_pton("02:1a:B3-00:ff:7e", mac));
    CHECK_BYTES(((uint8_t[]){2, 0x1a, 0xb3, 0, 0xff, 0x7e}), mac, 6);
    FreeRTOS_EUI48_ntop(mac, text, 'a', ':');
    CHECK_STRING("02:1a:b3:00:ff:7e", text);
    FreeRTOS_EUI48_ntop(mac, text, 'A', '-');
    CHECK_STRING("02-1A-B3-00-FF-7E", text);
    CHECK_EQUAL(pdFAIL, FreeRTOS_EUI48_pton("02:1a:b3:00:ff", mac));
    CHECK_EQUAL(pdFAIL, FreeRTOS_EUI48_pton("02:1a:b3:00:ff:7e:00", mac));
    CHECK_EQUAL(pdFAIL, FreeRTOS_EUI48_pton("02:1a:b3:00:ff:7g", mac));
    CHECK_EQUAL(pdFAIL, FreeRTOS_EUI48_pton("", mac));
    CHECK_EQUAL(0x7e, mac[5]); /* untouched */
}

TEST(waiting_for_a_payload_buffer_is_bounded)
{
    static void *taken[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 1];
    size_t count = 0;

    begin();
    while ((taken[count] = FreeRTOS_GetUDPPayloadBuffer(1, 0)) != NULL)
        count++;
    CHECK_EQUAL(ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS, count);
    TickType_t start = xTaskGetTickCount();
    CHECK(FreeRTOS_GetUDPPayloadBuffer(1, portMAX_DELAY) == NULL);
    CHECK_EQUAL(ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS, xTaskGetTickCount() - start);
    while (count > 0)
        FreeRTOS_ReleaseUDPPayloadBuffer(taken[--count]);
    mirror_stop();
}
