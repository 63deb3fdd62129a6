/* SPDX-License-Identifier: MIT */
/*
 * TCP sockets through the whole stack, in virtual time: client and server are tasks that meet
 * through a mirror. Each case shows one promise of the API.
 */
#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "linnet_test.h"
#include "sim.h"
#include "tcp_mirror.h"

enum { PORT = 7, STACK = configMINIMAL_STACK_SIZE * 4 };

static struct freertos_sockaddr address_of(uint16_t port)
{
    struct freertos_sockaddr address = {
        .sin_len = sizeof address,
        .sin_family = FREERTOS_AF_INET,
        .sin_port = FreeRTOS_htons(port),
    };

    address.sin_addr = FreeRTOS_inet_addr_quick(10, 0, 0, 2);
    return address;
}

static void set_ticks(Socket_t socket, int32_t option, TickType_t ticks)
{
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, option, &ticks, sizeof ticks));
}

static void set_number(Socket_t socket, int32_t option, int32_t number)
{
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, option, &number, sizeof number));
}

static void set_switch(Socket_t socket, int32_t option, BaseType_t on)
{
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, option, &on, sizeof on));
}

static Socket_t new_socket(void)
{
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);

    CHECK(socket != FREERTOS_INVALID_SOCKET);
    return socket;
}

static Socket_t listener(uint16_t port, BaseType_t backlog)
{
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons(port)};
    Socket_t socket = new_socket();

    CHECK_EQUAL(0, FreeRTOS_bind(socket, &local, sizeof local));
    CHECK_EQUAL(0, FreeRTOS_listen(socket, backlog));
    return socket;
}

static Socket_t client(uint16_t port)
{
    struct freertos_sockaddr remote = address_of(port);
    Socket_t socket = new_socket();

    CHECK_EQUAL(0, FreeRTOS_connect(socket, &remote, sizeof remote));
    return socket;
}

/* Both ends of a connection. */
struct couple {
    Socket_t listening, near, far;
};

static struct couple couple(void)
{
    struct freertos_sockaddr from;
    socklen_t size = sizeof from;
    struct couple pair = {.listening = listener(PORT, 2)};

    pair.near = client(PORT);
    pair.far = FreeRTOS_accept(pair.listening, &from, &size);
    CHECK(pair.far != NULL && pair.far != FREERTOS_INVALID_SOCKET);
    CHECK_EQUAL(FreeRTOS_inet_addr_quick(10, 0, 0, 2), from.sin_addr);
    return pair;
}

static void separate(struct couple *pair)
{
    FreeRTOS_closesocket(pair->near);
    FreeRTOS_closesocket(pair->far);
    FreeRTOS_closesocket(pair->listening);
}

/* Lets the peer answer. */
static void settle(void)
{
    vTaskDelay(pdMS_TO_TICKS(50));
}

/* --- echo ---------------------------------------------------------------------------------------- */

static volatile bool server_done;

static void echo_server(void *parameter)
{
    Socket_t listening = parameter;
    uint8_t buffer[700];
    BaseType_t got;
    Socket_t socket = FreeRTOS_accept(listening, NULL, NULL);

    while ((got = FreeRTOS_recv(socket, buffer, sizeof buffer, 0)) > 0)
        for (BaseType_t sent = 0, now; sent < got; sent += now) {
            now = FreeRTOS_send(socket, buffer + sent, (size_t)(got - sent), 0);
            CHECK(now > 0);
        }
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, got);
    FreeRTOS_shutdown(socket, FREERTOS_SHUT_RDWR);
    FreeRTOS_closesocket(socket);
    server_done = true;
    vTaskDelete(NULL);
}

static uint8_t pattern(uint32_t at)
{
    return (uint8_t)(at ^ at >> 8 ^ at >> 16);
}

static void writer(void *parameter)
{
    Socket_t socket = parameter;
    uint8_t buffer[1000];

    for (uint32_t sent = 0; sent < 65536;) {
        uint32_t size = 65536 - sent < sizeof buffer ? 65536 - sent : sizeof buffer;
        for (uint32_t i = 0; i < size; i++)
            buffer[i] = pattern(sent + i);
        BaseType_t now = FreeRTOS_send(socket, buffer, size, 0);
        CHECK(now > 0);
        sent += (uint32_t)now;
    }
    vTaskDelete(NULL);
}

static void echo(struct mirror_faults faults)
{
    uint8_t buffer[900];

    mirror_start();
    mirror_set_faults(faults);
    server_done = false;
    Socket_t listening = listener(PORT, 1);
    CHECK_EQUAL(pdPASS, xTaskCreate(echo_server, "server", STACK, listening, 2, NULL));
    Socket_t socket = client(PORT);
    CHECK_EQUAL(pdPASS, xTaskCreate(writer, "writer", STACK, socket, 2, NULL));
    for (uint32_t received = 0; received < 65536;) {
        BaseType_t got = FreeRTOS_recv(socket, buffer, sizeof buffer, 0);
        CHECK(got > 0);
        for (BaseType_t i = 0; i < got; i++, received++)
            CHECK_EQUAL(pattern(received), buffer[i]);
    }
    CHECK_EQUAL(0, FreeRTOS_shutdown(socket, FREERTOS_SHUT_RDWR));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_recv(socket, buffer, sizeof buffer, 0));
    FreeRTOS_closesocket(socket);
    while (!server_done)
        vTaskDelay(1);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(echo_comes_back_byte_exact)
{
    echo((struct mirror_faults){0, 0, 0, 0});
}

TEST(echo_survives_a_bad_wire)
{
    echo((struct mirror_faults){10, 10, 5, 1});
}

TEST(echo_survives_every_way_of_switching_tasks)
{
    for (uint64_t seed = 1; seed <= 10; seed++) {
        sim_seed(seed);
        echo((struct mirror_faults){2, 5, 2, 1});
    }
    sim_seed(0);
}

/* --- connecting ----------------------------------------------------------------------------------- */

TEST(connection_refused_is_reported_at_once)
{
    struct freertos_sockaddr remote = address_of(99);

    mirror_start();
    Socket_t socket = new_socket();
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_connect(socket, &remote, sizeof remote));
    CHECK(xTaskGetTickCount() - start < pdMS_TO_TICKS(100));
    CHECK_EQUAL(pdFALSE, FreeRTOS_issocketconnected(socket));
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(a_failed_socket_can_connect_again)
{
    struct freertos_sockaddr remote = address_of(PORT), local;
    uint16_t port;

    mirror_start();
    Socket_t socket = new_socket();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_connect(socket, &remote, sizeof remote));
    FreeRTOS_GetLocalAddress(socket, &local);
    port = local.sin_port;
    Socket_t listening = listener(PORT, 1);
    CHECK_EQUAL(0, FreeRTOS_connect(socket, &remote, sizeof remote));
    FreeRTOS_GetLocalAddress(socket, &local);
    CHECK(local.sin_port != port && FreeRTOS_ntohs(local.sin_port) >= 49152);
    FreeRTOS_closesocket(socket);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(connect_keeps_its_time_out)
{
    struct freertos_sockaddr remote = address_of(PORT);

    mirror_start();
    mirror_cut(true);
    Socket_t socket = new_socket();
    set_ticks(socket, FREERTOS_SO_RCVTIMEO, pdMS_TO_TICKS(1500));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ETIMEDOUT, FreeRTOS_connect(socket, &remote, sizeof remote));
    CHECK_EQUAL(pdMS_TO_TICKS(1500), xTaskGetTickCount() - start);
    FreeRTOS_closesocket(socket);
    mirror_stop();
}

TEST(connect_without_waiting_goes_on_by_itself)
{
    struct freertos_sockaddr remote = address_of(PORT);

    mirror_start();
    Socket_t listening = listener(PORT, 1);
    Socket_t socket = new_socket();
    set_ticks(socket, FREERTOS_SO_RCVTIMEO, 0);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EWOULDBLOCK, FreeRTOS_connect(socket, &remote, sizeof remote));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINPROGRESS, FreeRTOS_connect(socket, &remote, sizeof remote));
    settle();
    CHECK_EQUAL(pdTRUE, FreeRTOS_issocketconnected(socket));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EISCONN, FreeRTOS_connect(socket, &remote, sizeof remote));
    CHECK_STRING("eESTABLISHED",
                 FreeRTOS_GetTCPStateName((UBaseType_t)FreeRTOS_connstatus(socket)));
    CHECK_EQUAL(ipconfigUSE_TCP_TIMESTAMPS ? 1448 : 1460, FreeRTOS_mss(socket));
    FreeRTOS_closesocket(socket);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(accept_keeps_its_time_out_and_the_backlog_is_kept)
{
    struct freertos_sockaddr remote = address_of(PORT);

    mirror_start();
    Socket_t listening = listener(PORT, 2);
    set_ticks(listening, FREERTOS_SO_RCVTIMEO, 10);
    TickType_t start = xTaskGetTickCount();
    CHECK(FreeRTOS_accept(listening, NULL, NULL) == NULL);
    CHECK_EQUAL(10, xTaskGetTickCount() - start);
    Socket_t first = client(PORT), second = client(PORT), third = new_socket();
    set_ticks(third, FREERTOS_SO_RCVTIMEO, 500);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ETIMEDOUT, FreeRTOS_connect(third, &remote, sizeof remote));
    Socket_t far = FreeRTOS_accept(listening, NULL, NULL);
    CHECK(far != NULL);
    vTaskDelay(pdMS_TO_TICKS(3000)); /* the SYN is repeated */
    CHECK_EQUAL(pdTRUE, FreeRTOS_issocketconnected(third));
    FreeRTOS_closesocket(first);
    FreeRTOS_closesocket(second);
    FreeRTOS_closesocket(third);
    FreeRTOS_closesocket(far);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(listening_twice_on_a_port_is_refused)
{
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons(PORT)};

    mirror_start();
    Socket_t listening = listener(PORT, 1), other = new_socket();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EOPNOTSUPP, FreeRTOS_listen(other, 1)); /* not bound */
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EADDRINUSE, FreeRTOS_bind(other, &local, sizeof local));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EOPNOTSUPP, FreeRTOS_listen(listening, 1));
    FreeRTOS_closesocket(other);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(reused_listening_socket_becomes_the_connection)
{
    uint8_t byte = 5;

    mirror_start();
    Socket_t listening = listener(PORT, 1);
    set_switch(listening, FREERTOS_SO_REUSE_LISTEN_SOCKET, pdTRUE);
    Socket_t near = client(PORT);
    CHECK(FreeRTOS_accept(listening, NULL, NULL) == listening);
    CHECK_EQUAL(1, FreeRTOS_send(near, &byte, 1, 0));
    CHECK_EQUAL(1, FreeRTOS_recv(listening, &byte, 1, 0));
    FreeRTOS_closesocket(near);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(hundreds_of_short_connections_find_room)
{
    uint8_t byte;

    mirror_start();
    Socket_t listening = listener(PORT, 2);
    for (unsigned i = 0; i < 300; i++) {
        Socket_t near = client(PORT);
        Socket_t far = FreeRTOS_accept(listening, NULL, NULL);
        CHECK(far != NULL);
        CHECK_EQUAL(1, FreeRTOS_send(near, "x", 1, 0));
        CHECK_EQUAL(1, FreeRTOS_recv(far, &byte, 1, 0));
        FreeRTOS_closesocket(i % 2 ? near : far);
        if (i % 3 == 0)
            settle();
        FreeRTOS_closesocket(i % 2 ? far : near);
    }
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

/* --- receiving ------------------------------------------------------------------------------------- */

TEST(receive_keeps_its_time_out_and_then_returns_0)
{
    uint8_t byte;

    mirror_start();
    struct couple pair = couple();
    set_ticks(pair.near, FREERTOS_SO_RCVTIMEO, 25);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, FreeRTOS_recv(pair.near, &byte, 1, 0));
    CHECK_EQUAL(25, xTaskGetTickCount() - start);
    CHECK_EQUAL(0, FreeRTOS_recv(pair.near, &byte, 1, FREERTOS_MSG_DONTWAIT));
    CHECK_EQUAL(25, xTaskGetTickCount() - start);
    separate(&pair);
    mirror_stop();
}

TEST(peeked_bytes_stay_and_zero_copy_shows_them_in_place)
{
    uint8_t buffer[8], *place = NULL;

    mirror_start();
    struct couple pair = couple();
    CHECK_EQUAL(5, FreeRTOS_send(pair.near, "hello", 5, 0));
    settle();
    CHECK_EQUAL(5, FreeRTOS_rx_size(pair.far));
    CHECK_EQUAL(5, FreeRTOS_recv(pair.far, buffer, 8, FREERTOS_MSG_PEEK));
    CHECK_EQUAL(3, FreeRTOS_recv(pair.far, &place, 3, FREERTOS_ZERO_COPY));
    CHECK_BYTES("hel", place, 3);
    FreeRTOS_ReleaseTCPPayloadBuffer(pair.far, place, 3);
    CHECK_EQUAL(2, FreeRTOS_recv(pair.far, buffer, 8, 0));
    CHECK_BYTES("lo", buffer, 2);
    separate(&pair);
    mirror_stop();
}

TEST(after_the_peers_fin_what_came_is_read_and_then_not_connected)
{
    uint8_t buffer[8];

    mirror_start();
    struct couple pair = couple();
    CHECK_EQUAL(3, FreeRTOS_send(pair.near, "bye", 3, 0));
    CHECK_EQUAL(0, FreeRTOS_shutdown(pair.near, FREERTOS_SHUT_RDWR));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_send(pair.near, "x", 1, 0));
    settle();
    CHECK_EQUAL(3, FreeRTOS_recv(pair.far, buffer, 8, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_recv(pair.far, buffer, 8, 0));
    CHECK_EQUAL(2, FreeRTOS_send(pair.far, "ok", 2, 0)); /* half closed */
    CHECK_EQUAL(2, FreeRTOS_recv(pair.near, buffer, 8, 0));
    separate(&pair);
    mirror_stop();
}

static volatile BaseType_t blocked_result;

static void blocked_receiver(void *parameter)
{
    uint8_t byte;

    blocked_result = FreeRTOS_recv(parameter, &byte, 1, 0);
    vTaskDelete(NULL);
}

TEST(closing_ends_a_blocked_receive)
{
    mirror_start();
    struct couple pair = couple();
    blocked_result = 1;
    CHECK_EQUAL(pdPASS, xTaskCreate(blocked_receiver, "blocked", STACK, pair.near, 4, NULL));
    vTaskDelay(5);
    CHECK_EQUAL(1, blocked_result);
    FreeRTOS_closesocket(pair.near);
    vTaskDelay(5);
    CHECK_EQUAL(-FREERTOS_ECLOSED, blocked_result);
    FreeRTOS_closesocket(pair.far);
    FreeRTOS_closesocket(pair.listening);
    mirror_stop();
}

TEST(a_changed_address_ends_the_connections_of_the_old_one)
{
    uint32_t address = FreeRTOS_inet_addr_quick(10, 0, 0, 9),
             mask = FreeRTOS_inet_addr_quick(255, 255, 255, 0), none = 0;
    uint8_t byte;

    mirror_start();
    struct couple pair = couple();
    FreeRTOS_SetAddressConfiguration(&address, &mask, &none, &none);
    set_ticks(pair.near, FREERTOS_SO_RCVTIMEO, 100);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_recv(pair.near, &byte, 1, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_send(pair.near, "x", 1, 0));
    separate(&pair);
    mirror_stop();
}

/* --- sending --------------------------------------------------------------------------------------- */

TEST(send_takes_what_fits_and_then_there_is_no_space)
{
    static uint8_t much[20000];

    mirror_start();
    struct couple pair = couple();
    set_ticks(pair.near, FREERTOS_SO_SNDTIMEO, 500);
    TickType_t start = xTaskGetTickCount();
    BaseType_t sent = FreeRTOS_send(pair.near, much, sizeof much, 0); /* nobody reads */
    CHECK(sent > 0 && sent < (BaseType_t)sizeof much);
    CHECK_EQUAL(500, xTaskGetTickCount() - start);
    CHECK_EQUAL(0, FreeRTOS_tx_space(pair.near));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOSPC, FreeRTOS_send(pair.near, much, 1, FREERTOS_MSG_DONTWAIT));
    CHECK_EQUAL(0, FreeRTOS_maywrite(pair.near));
    for (BaseType_t got = 0; got < sent;) {
        BaseType_t now = FreeRTOS_recv(pair.far, much, sizeof much, 0);
        CHECK(now > 0);
        got += now;
    }
    settle();
    CHECK_EQUAL(0, FreeRTOS_tx_size(pair.near));
    separate(&pair);
    mirror_stop();
}

TEST(close_after_send_ends_the_connection_with_the_data)
{
    uint8_t buffer[8];

    mirror_start();
    struct couple pair = couple();
    set_switch(pair.near, FREERTOS_SO_CLOSE_AFTER_SEND, pdTRUE);
    CHECK_EQUAL(4, FreeRTOS_send(pair.near, "last", 4, 0));
    CHECK_EQUAL(4, FreeRTOS_recv(pair.far, buffer, 8, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_recv(pair.far, buffer, 8, 0));
    separate(&pair);
    mirror_stop();
}

TEST(a_place_in_the_send_buffer_can_be_filled_in_place)
{
    uint8_t buffer[8];
    BaseType_t room;

    mirror_start();
    struct couple pair = couple();
    uint8_t *head = FreeRTOS_get_tx_head(pair.near, &room);
    CHECK(head != NULL && room >= 4);
    memcpy(head, "fill", 4);
    CHECK_EQUAL(4, FreeRTOS_send(pair.near, NULL, 4, 0));
    CHECK_EQUAL(4, FreeRTOS_recv(pair.far, buffer, 8, 0));
    CHECK_BYTES("fill", buffer, 4);
    separate(&pair);
    mirror_stop();
}

/* --- options and queries ----------------------------------------------------------------------------- */

TEST(buffer_sizes_are_those_asked_for)
{
    struct freertos_sockaddr remote = address_of(PORT);
    WinProperties_t properties = {.lTxBufSize = 333, .lRxBufSize = 444};

    mirror_start();
    Socket_t listening = listener(PORT, 2);
    Socket_t socket = new_socket();
    set_number(socket, FREERTOS_SO_SNDBUF, 2222);
    CHECK_EQUAL(2222, FreeRTOS_tx_space(socket));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_WIN_PROPERTIES, &properties,
                                       sizeof properties));
    CHECK_EQUAL(0, FreeRTOS_connect(socket, &remote, sizeof remote));
    CHECK_EQUAL(333, FreeRTOS_tx_space(socket));
    properties.lTxBufSize = 0;
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_WIN_PROPERTIES,
                                                              &properties, sizeof properties));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOPROTOOPT,
                FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_UDP_MAX_RX_PACKETS, &properties,
                                    sizeof properties));
    FreeRTOS_closesocket(socket);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

TEST(questions_to_no_socket_are_answered_with_an_error)
{
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_rx_size(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_tx_space(FREERTOS_INVALID_SOCKET));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_tx_size(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_issocketconnected(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_maywrite(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_mss(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_connstatus(NULL));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, FreeRTOS_GetRemoteAddress(NULL, NULL));
    CHECK_STRING("eTIME_WAIT", FreeRTOS_GetTCPStateName(11));
    CHECK_STRING("eUNKNOWN", FreeRTOS_GetTCPStateName(12));
}

TEST(select_sees_what_can_be_read_written_and_accepted)
{
    mirror_start();
    SocketSet_t set = FreeRTOS_CreateSocketSet();
    struct couple pair = couple();
    FreeRTOS_FD_SET(pair.near, set, eSELECT_READ | eSELECT_WRITE | eSELECT_EXCEPT);
    FreeRTOS_FD_SET(pair.listening, set, eSELECT_READ);
    CHECK_EQUAL(eSELECT_WRITE, FreeRTOS_select(set, 10));
    FreeRTOS_FD_CLR(pair.near, set, eSELECT_WRITE);
    CHECK_EQUAL(0, FreeRTOS_select(set, 10));
    CHECK_EQUAL(1, FreeRTOS_send(pair.far, "x", 1, 0));
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_select(set, 100));
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_FD_ISSET(pair.near, set));
    uint8_t byte;
    CHECK_EQUAL(1, FreeRTOS_recv(pair.near, &byte, 1, 0));
    Socket_t other = client(PORT);
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_select(set, 100));
    CHECK_EQUAL(eSELECT_READ, FreeRTOS_FD_ISSET(pair.listening, set));
    FreeRTOS_closesocket(other);
    separate(&pair);
    FreeRTOS_DeleteSocketSet(set);
    mirror_stop();
}

TEST(stopped_and_held_reception_go_on_when_allowed)
{
    static uint8_t much[16000];
    LowHighWater_t marks = {.uxLittleSpace = 2000, .uxEnoughSpace = 5000};

    mirror_start();
    struct couple pair = couple();
    CHECK_EQUAL(
        0, FreeRTOS_setsockopt(pair.far, 0, FREERTOS_SO_SET_LOW_HIGH_WATER, &marks, sizeof marks));
    set_switch(pair.far, FREERTOS_SO_STOP_RX, pdTRUE);
    set_ticks(pair.near, FREERTOS_SO_SNDTIMEO, 100);
    BaseType_t sent = FreeRTOS_send(pair.near, much, sizeof much, 0);
    CHECK(sent > 0 && sent < (BaseType_t)sizeof much);
    set_switch(pair.far, FREERTOS_SO_STOP_RX, pdFALSE);
    for (BaseType_t got = 0; got < sent;) {
        BaseType_t now = FreeRTOS_recv(pair.far, much, sizeof much, 0);
        CHECK(now > 0);
        got += now;
    }
    marks.uxEnoughSpace = 1000;
    CHECK_EQUAL(
        -pdFREERTOS_ERRNO_EINVAL,
        FreeRTOS_setsockopt(pair.far, 0, FREERTOS_SO_SET_LOW_HIGH_WATER, &marks, sizeof marks));
    separate(&pair);
    mirror_stop();
}

TEST(a_signal_ends_a_blocked_receive)
{
    mirror_start();
    struct couple pair = couple();
    blocked_result = 1;
    CHECK_EQUAL(pdPASS, xTaskCreate(blocked_receiver, "blocked", STACK, pair.near, 4, NULL));
    vTaskDelay(5);
    CHECK_EQUAL(0, FreeRTOS_SignalSocket(pair.near));
    vTaskDelay(5);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINTR, blocked_result);
    separate(&pair);
    mirror_stop();
}

TEST(small_writes_leave_at_once)
{
    uint8_t buffer[8];

    mirror_start();
    struct couple pair = couple();
    TickType_t start = xTaskGetTickCount();
    for (unsigned i = 0; i < 4; i++)
        CHECK_EQUAL(1, FreeRTOS_send(pair.near, "x", 1, 0));
    for (BaseType_t got = 0; got < 4;)
        got += FreeRTOS_recv(pair.far, buffer, sizeof buffer, 0);
    CHECK(xTaskGetTickCount() - start <= pdMS_TO_TICKS(10));
    separate(&pair);
    mirror_stop();
}

TEST(no_memory_for_the_buffers_is_reported_and_leaves_nothing)
{
    struct freertos_sockaddr remote = address_of(PORT);

    mirror_start();
    Socket_t listening = listener(PORT, 1), socket = new_socket();
    set_number(socket, FREERTOS_SO_RCVBUF, INT32_MAX / 4);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOMEM, FreeRTOS_connect(socket, &remote, sizeof remote));
    set_number(socket, FREERTOS_SO_RCVBUF, 1000);
    set_number(socket, FREERTOS_SO_SNDBUF, INT32_MAX / 4);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOMEM, FreeRTOS_connect(socket, &remote, sizeof remote));
    set_number(socket, FREERTOS_SO_SNDBUF, 1000);
    CHECK_EQUAL(0, FreeRTOS_connect(socket, &remote, sizeof remote));
    FreeRTOS_closesocket(socket);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

static unsigned told_connected, told_disconnected;
static size_t told_received, told_sent;

static void on_connected(Socket_t socket, BaseType_t connected)
{
    *(connected ? &told_connected : &told_disconnected) += 1;
}

static BaseType_t on_received(Socket_t socket, void *data, size_t size)
{
    told_received += size;
    CHECK_EQUAL((BaseType_t)size, FreeRTOS_send(socket, data, size, FREERTOS_MSG_DONTWAIT));
    return 0;
}

static void on_sent(Socket_t socket, size_t size)
{
    told_sent += size;
}

TEST(handlers_are_told_and_may_answer)
{
    F_TCP_UDP_Handler_t handler = {
        .pxOnTCPConnected = on_connected, .pxOnTCPReceive = on_received, .pxOnTCPSent = on_sent};
    uint8_t buffer[8];

    mirror_start();
    told_connected = told_disconnected = 0;
    told_received = told_sent = 0;
    struct couple pair = couple();
    CHECK_EQUAL(0, FreeRTOS_setsockopt(pair.far, 0, FREERTOS_SO_TCP_CONN_HANDLER, &handler, 0));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(pair.far, 0, FREERTOS_SO_TCP_RECV_HANDLER, &handler, 0));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(pair.far, 0, FREERTOS_SO_TCP_SENT_HANDLER, &handler, 0));
    CHECK_EQUAL(4, FreeRTOS_send(pair.near, "ping", 4, 0));
    CHECK_EQUAL(4, FreeRTOS_recv(pair.near, buffer, 8, 0));
    CHECK_BYTES("ping", buffer, 4);
    vTaskDelay(pdMS_TO_TICKS(500));
    CHECK_EQUAL(4, told_received);
    CHECK_EQUAL(4, told_sent);
    CHECK_EQUAL(0, FreeRTOS_shutdown(pair.near, FREERTOS_SHUT_RDWR));
    settle();
    CHECK_EQUAL(1, told_disconnected);
    separate(&pair);
    mirror_stop();
}

TEST(the_listing_may_be_asked_for_at_any_time)
{
    mirror_start();
    FreeRTOS_netstat();
    struct couple pair = couple();
    FreeRTOS_netstat();
    separate(&pair);
    mirror_stop();
}
