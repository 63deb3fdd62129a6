/* SPDX-License-Identifier: MIT */
/*
 * Options of a single TCP socket, and its statistics: through the whole stack, client and server
 * meeting through a mirror. `near` has connected, `far` was accepted.
 */
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "linnet_test.h"
#include "tcp_mirror.h"
#include "tcpip.h"

enum { PORT = 7 };

static Socket_t listening, near, far;

static void set_switch(Socket_t socket, int32_t option, BaseType_t on)
{
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, option, &on, sizeof on));
}

static BaseType_t set_times(Socket_t socket, uint32_t idle, uint32_t interval, uint8_t probes)
{
    struct tcpip_keep_alive times = {idle, interval, probes};

    return FreeRTOS_setsockopt(socket, 0, TCPIP_SO_KEEP_ALIVE_TIMES, &times, sizeof times);
}

static void set_user_timeout(Socket_t socket, uint32_t ms)
{
    CHECK_EQUAL(0, FreeRTOS_setsockopt(socket, 0, TCPIP_SO_USER_TIMEOUT, &ms, sizeof ms));
}

static Socket_t new_socket(void)
{
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);

    CHECK(socket != FREERTOS_INVALID_SOCKET);
    return socket;
}

static void listen_here(void)
{
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons(PORT)};

    mirror_start();
    listening = new_socket();
    CHECK_EQUAL(0, FreeRTOS_bind(listening, &local, sizeof local));
}

static void connect_both(void)
{
    struct freertos_sockaddr remote = {
        .sin_len = sizeof remote, .sin_family = FREERTOS_AF_INET, .sin_port = FreeRTOS_htons(PORT)};

    remote.sin_addr = FreeRTOS_inet_addr_quick(10, 0, 0, 2);
    CHECK_EQUAL(0, FreeRTOS_listen(listening, 2));
    near = new_socket();
    CHECK_EQUAL(0, FreeRTOS_connect(near, &remote, sizeof remote));
    far = FreeRTOS_accept(listening, NULL, NULL);
    CHECK(far != NULL && far != FREERTOS_INVALID_SOCKET);
}

static void begin(void)
{
    listen_here();
    connect_both();
}

static void end(void)
{
    FreeRTOS_closesocket(near);
    FreeRTOS_closesocket(far);
    FreeRTOS_closesocket(listening);
    mirror_stop();
}

/* Waits in recv until the connection has failed; returns how long that took, in ms. */
static uint32_t time_to_fail(Socket_t socket)
{
    TickType_t start = xTaskGetTickCount();
    uint8_t byte;

    CHECK_EQUAL(-pdFREERTOS_ERRNO_ENOTCONN, FreeRTOS_recv(socket, &byte, 1, 0));
    return (xTaskGetTickCount() - start) * portTICK_PERIOD_MS;
}

static void check_between(uint32_t least, uint32_t most, uint32_t value)
{
    if (value < least || value > most)
        CHECK_EQUAL(least, value);
}

TEST(keep_alive_with_times_of_its_own_finds_a_vanished_peer)
{
    begin();
    CHECK_EQUAL(0, set_times(near, 2000, 500, 3));
    set_switch(near, TCPIP_SO_KEEP_ALIVE, pdTRUE);
    vTaskDelay(pdMS_TO_TICKS(10000)); /* answered */
    CHECK_EQUAL(pdTRUE, FreeRTOS_issocketconnected(near));
    mirror_cut(true);
    check_between(1500, 3600, time_to_fail(near));
    end();
}

TEST(keep_alive_is_the_sockets_own)
{
    begin();
    CHECK_EQUAL(0, set_times(near, 2000, 500, 3));
    set_switch(near, TCPIP_SO_KEEP_ALIVE, pdTRUE);
    mirror_cut(true);
    vTaskDelay(pdMS_TO_TICKS(10000));
    CHECK_EQUAL(pdFALSE, FreeRTOS_issocketconnected(near));
    CHECK_EQUAL(pdTRUE, FreeRTOS_issocketconnected(far)); /* nobody has asked for it there */
    end();
}

TEST(an_accepted_socket_inherits_times_and_limits)
{
    listen_here();
    CHECK_EQUAL(0, set_times(listening, 2000, 500, 3));
    set_switch(listening, TCPIP_SO_KEEP_ALIVE, pdTRUE);
    connect_both();
    mirror_cut(true);
    check_between(3400, 3600, time_to_fail(far));
    end();
}

TEST(times_may_change_while_it_waits)
{
    begin();
    CHECK_EQUAL(0, set_times(near, 3600000, 500, 3));
    set_switch(near, TCPIP_SO_KEEP_ALIVE, pdTRUE);
    vTaskDelay(pdMS_TO_TICKS(1000));
    CHECK_EQUAL(0, set_times(near, 2000, 500, 3));
    mirror_cut(true);
    check_between(2400, 2600, time_to_fail(near));
    end();
}

TEST(user_timeout_ends_what_nobody_acknowledges)
{
    begin();
    set_user_timeout(near, 3000);
    mirror_cut(true);
    CHECK_EQUAL(5, FreeRTOS_send(near, "hello", 5, 0));
    check_between(3000, 3001, time_to_fail(near));
    end();
}

TEST(user_timeout_of_a_listener_is_its_childrens)
{
    listen_here();
    set_user_timeout(listening, 3000);
    connect_both();
    mirror_cut(true);
    CHECK_EQUAL(5, FreeRTOS_send(far, "hello", 5, 0));
    check_between(3000, 3001, time_to_fail(far));
    end();
}

TEST(numbers_out_of_range_are_refused)
{
    uint32_t too_long = UINT32_MAX;

    begin();
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, set_times(near, 0, 1, 1));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, set_times(near, 1, 0, 1));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, set_times(near, 1, 1, 0));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, set_times(near, UINT32_MAX, 1, 1));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL, set_times(near, 1, UINT32_MAX, 1));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL,
                FreeRTOS_setsockopt(near, 0, TCPIP_SO_USER_TIMEOUT, &too_long, sizeof too_long));
    CHECK_EQUAL(-pdFREERTOS_ERRNO_EINVAL,
                FreeRTOS_setsockopt(near, 0, TCPIP_SO_USER_TIMEOUT, NULL, 0));
    end();
}

/* Two small writes leave in one segment or in two; the mirror takes 2 ms each way. */
static uint32_t segments_of_three_writes(BaseType_t no_delay)
{
    struct tcpip_tcp_statistics before, after;

    begin();
    set_switch(near, TCPIP_SO_NO_DELAY, no_delay);
    CHECK(tcpip_tcp_get_statistics(near, &before));
    for (unsigned i = 0; i < 3; i++)
        CHECK_EQUAL(10, FreeRTOS_send(near, "0123456789", 10, 0));
    vTaskDelay(pdMS_TO_TICKS(1000));
    CHECK(tcpip_tcp_get_statistics(near, &after));
    CHECK_EQUAL(30, after.traffic.bytes_out - before.traffic.bytes_out);
    CHECK_EQUAL(30, FreeRTOS_rx_size(far));
    end();
    return after.traffic.segments_out - before.traffic.segments_out;
}

TEST(nagle_is_switched_per_socket)
{
    CHECK_EQUAL(3, segments_of_three_writes(pdTRUE));
    CHECK_EQUAL(2, segments_of_three_writes(pdFALSE));
}

static uint32_t acks_of_three_segments(BaseType_t no_delayed_ack)
{
    struct tcpip_tcp_statistics before, after;

    begin();
    set_switch(far, TCPIP_SO_NO_DELAYED_ACK, no_delayed_ack);
    CHECK(tcpip_tcp_get_statistics(far, &before));
    for (unsigned i = 0; i < 3; i++) {
        CHECK_EQUAL(10, FreeRTOS_send(near, "0123456789", 10, 0));
        vTaskDelay(pdMS_TO_TICKS(10));
    }
    vTaskDelay(pdMS_TO_TICKS(1000));
    CHECK(tcpip_tcp_get_statistics(far, &after));
    end();
    return after.traffic.segments_out - before.traffic.segments_out;
}

TEST(delayed_acks_are_switched_per_socket)
{
    CHECK_EQUAL(3, acks_of_three_segments(pdTRUE));
    CHECK_EQUAL(2, acks_of_three_segments(pdFALSE));
}

TEST(statistics_tell_what_a_connection_has_carried)
{
    static uint8_t bytes[4000], got[4000];
    struct tcpip_tcp_statistics sent, received;

    begin();
    CHECK_EQUAL(sizeof bytes, FreeRTOS_send(near, bytes, sizeof bytes, 0));
    for (size_t count = 0; count < sizeof bytes;)
        count += (size_t)FreeRTOS_recv(far, got, sizeof got, 0);
    vTaskDelay(pdMS_TO_TICKS(500));
    CHECK(tcpip_tcp_get_statistics(near, &sent));
    CHECK(tcpip_tcp_get_statistics(far, &received));
    CHECK_EQUAL(sizeof bytes, sent.traffic.bytes_out);
    CHECK_EQUAL(sizeof bytes, received.traffic.bytes_in);
    CHECK_EQUAL(sent.traffic.segments_out,
                received.traffic.segments_in + 1); /* the SYN found none */
    CHECK_EQUAL(0, sent.traffic.retransmitted);
    CHECK_EQUAL(0, sent.in_flight);
    CHECK(sent.rtt_ms >= 4 && sent.rtt_ms < 110); /* a delayed ACK may be in it */
    CHECK(sent.retransmission_timeout_ms >= 300);
    CHECK(sent.congestion_window > 4 * sent.segment_size - 1500u);
    CHECK_EQUAL(FreeRTOS_mss(near), sent.segment_size);
    CHECK(sent.send_window > 0 && sent.receive_window > 0);
    end();
}

TEST(statistics_of_a_bad_wire_show_it)
{
    struct tcpip_tcp_statistics statistics;

    begin();
    mirror_cut(true);
    CHECK_EQUAL(5, FreeRTOS_send(near, "hello", 5, 0));
    vTaskDelay(pdMS_TO_TICKS(1000)); /* after 300 and 600 ms */
    CHECK(tcpip_tcp_get_statistics(near, &statistics));
    CHECK_EQUAL(2, statistics.traffic.retransmitted);
    CHECK_EQUAL(2, statistics.traffic.timeouts);
    CHECK_EQUAL(15, statistics.traffic.bytes_out);
    CHECK_EQUAL(5, statistics.in_flight);
    CHECK_EQUAL(statistics.segment_size, statistics.congestion_window);
    end();
}

TEST(there_are_no_statistics_without_a_connection)
{
    struct tcpip_tcp_statistics statistics;
    Socket_t udp;

    begin();
    udp = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    CHECK(!tcpip_tcp_get_statistics(udp, &statistics));
    CHECK(!tcpip_tcp_get_statistics(NULL, &statistics));
    CHECK(!tcpip_tcp_get_statistics(listening, &statistics));
    CHECK(!tcpip_tcp_get_statistics(near, NULL));
    FreeRTOS_closesocket(udp);
    end();
}
