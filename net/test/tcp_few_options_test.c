/* SPDX-License-Identifier: MIT */
/*
 * TCP sockets of a build without the options that few applications set: `near` has connected, `far` was
 * accepted.
 */
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "linnet_test.h"
#include "tcp_mirror.h"
#include "tcpip.h"

_Static_assert(!ipconfigUSE_TCP_MORE_OPTIONS, "built without them");

enum { PORT = 7 };

static Socket_t listening, near, far;

/* Large enough for the value of each option. */
static BaseType_t set(Socket_t socket, int32_t option)
{
    union {
        BaseType_t on;
        WinProperties_t sizes;
        LowHighWater_t marks;
        uint32_t ms;
    } value = {.sizes = {1460, 1, 1460, 1}};

    if (option == FREERTOS_SO_SET_LOW_HIGH_WATER)
        value.marks = (LowHighWater_t){100, 200};
    return FreeRTOS_setsockopt(socket, 0, option, &value, sizeof value);
}

static BaseType_t set_switch(Socket_t socket, int32_t option)
{
    BaseType_t on = pdTRUE;

    return FreeRTOS_setsockopt(socket, 0, option, &on, sizeof on);
}

static Socket_t new_socket(void)
{
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);

    CHECK(socket != FREERTOS_INVALID_SOCKET);
    return socket;
}

static void begin(void)
{
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons(PORT)};

    mirror_start();
    listening = new_socket();
    CHECK_EQUAL(0, FreeRTOS_bind(listening, &local, sizeof local));
    CHECK_EQUAL(0, FreeRTOS_listen(listening, 2));
    near = new_socket();
}

static void connect_both(void)
{
    struct freertos_sockaddr remote = {.sin_family = FREERTOS_AF_INET,
                                       .sin_port = FreeRTOS_htons(PORT)};

    remote.sin_addr = FreeRTOS_inet_addr_quick(10, 0, 0, 2);
    CHECK_EQUAL(0, FreeRTOS_connect(near, &remote, sizeof remote));
    far = FreeRTOS_accept(listening, NULL, NULL);
    CHECK(far != NULL && far != FREERTOS_INVALID_SOCKET);
}

static void end(void)
{
    FreeRTOS_closesocket(near);
    FreeRTOS_closesocket(far);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

static void check_receive(uint8_t *to, size_t *received, size_t size)
{
    BaseType_t count = FreeRTOS_recv(far, to + *received, size - *received, 0);

    CHECK(count > 0);
    *received += (size_t)count;
}

/* More than the buffers hold. */
static void transfer(void)
{
    static uint8_t bytes[20000], got[20000];
    size_t sent = 0, received = 0;

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(i * 7 + i / 256);
    while (sent < sizeof bytes) {
        BaseType_t count = FreeRTOS_send(near, bytes + sent, sizeof bytes - sent,
                                         FREERTOS_MSG_DONTWAIT);

        if (count > 0)
            sent += (size_t)count;
        else
            check_receive(got, &received, sizeof got);
    }
    while (received < sizeof got)
        check_receive(got, &received, sizeof got);
    CHECK_BYTES(bytes, got, sizeof bytes);
}

TEST(rare_options_are_answered_with_that_there_is_none)
{
    static const int32_t rare[] = {
        FREERTOS_SO_SNDBUF,           FREERTOS_SO_RCVBUF,
        FREERTOS_SO_WIN_PROPERTIES,   FREERTOS_SO_SET_LOW_HIGH_WATER,
        FREERTOS_SO_STOP_RX,          FREERTOS_SO_SET_FULL_SIZE,
        FREERTOS_SO_CLOSE_AFTER_SEND, FREERTOS_SO_REUSE_LISTEN_SOCKET,
        TCPIP_SO_USER_TIMEOUT,
    };

    begin();
    for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++)
        CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOPROTOOPT, set(near, rare[i]));
    connect_both();
    for (size_t i = 0; i < sizeof rare / sizeof rare[0]; i++) {
        CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOPROTOOPT, set(near, rare[i]));
        CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOPROTOOPT, set(far, rare[i]));
    }
    transfer(); /* and nothing has changed */
    end();
}

TEST(the_others_are_taken)
{
    struct tcpip_keep_alive times = {2000, 500, 3};
    TickType_t patience = pdMS_TO_TICKS(100);
    uint8_t byte;

    begin();
    connect_both();
    CHECK_EQUAL(0, set_switch(near, TCPIP_SO_NO_DELAY));
    CHECK_EQUAL(0, set_switch(near, TCPIP_SO_NO_DELAYED_ACK));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(near, 0, TCPIP_SO_KEEP_ALIVE_TIMES, &times, sizeof times));
    CHECK_EQUAL(0, set_switch(near, TCPIP_SO_KEEP_ALIVE));
    CHECK_EQUAL(0, FreeRTOS_setsockopt(far, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience));
    CHECK_EQUAL(0, FreeRTOS_recv(far, &byte, 1, 0)); /* after that time */
    transfer();
    mirror_cut(true);
    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_recv(near, &byte, 1, 0)); /* found dead */
    end();
}

TEST(listener_goes_on_listening)
{
    begin();
    connect_both();
    FreeRTOS_closesocket(far);
    FreeRTOS_closesocket(near);
    near = new_socket();
    connect_both(); /* with FREERTOS_SO_REUSE_LISTEN_SOCKET it would be a connection itself by now */
    transfer();
    end();
}
