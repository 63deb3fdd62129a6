/* SPDX-License-Identifier: MIT */
/*
 * The transport through the whole stack in virtual time: a client and a server that meet through
 * the stack's test mirror.
 */
#include "socket_transport.h"

#include <string.h>

#include "linnet_test.h"
#include "tcp_mirror.h"

enum { PORT = 7 };

static Socket_t start_listening(void)
{
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons(PORT)};
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);

    CHECK_EQUAL(0, FreeRTOS_bind(socket, &local, sizeof local));
    CHECK_EQUAL(0, FreeRTOS_listen(socket, 2));
    return socket;
}

static Socket_t accept_from(Socket_t listener)
{
    struct freertos_sockaddr from;
    socklen_t size = sizeof from;
    Socket_t socket = FreeRTOS_accept(listener, &from, &size);

    CHECK(socket != FREERTOS_INVALID_SOCKET && socket != NULL);
    return socket;
}

static const struct socket_transport_settings settings = {
    .host = "10.0.0.2",
    .port = PORT,
    .connect_timeout_ms = 2000,
    .send_timeout_ms = 200,
    .receive_timeout_ms = 200,
};

TEST(bytes_go_both_ways)
{
    struct socket_transport transport;
    TransportInterface_t stream;
    char text[8];

    mirror_start();
    Socket_t listener = start_listening();
    CHECK(socket_transport_connect(&transport, &settings));
    Socket_t server = accept_from(listener);
    stream = socket_transport_interface(&transport);
    CHECK_EQUAL(5, stream.send(stream.pNetworkContext, "hello", 5));
    CHECK_EQUAL(5, FreeRTOS_recv(server, text, sizeof text, 0));
    CHECK_EQUAL(3, FreeRTOS_send(server, "yes", 3, 0));
    CHECK_EQUAL(3, stream.recv(stream.pNetworkContext, text, sizeof text));
    CHECK_BYTES("yes", text, 3);
    FreeRTOS_closesocket(server);
    socket_transport_close(&transport, 1000);
    FreeRTOS_closesocket(listener);
    mirror_stop();
}

TEST(receive_waits_its_time_and_the_stream_stays_good)
{
    struct socket_transport transport;
    TransportInterface_t stream;
    char byte;

    mirror_start();
    Socket_t listener = start_listening();
    CHECK(socket_transport_connect(&transport, &settings));
    Socket_t server = accept_from(listener);
    stream = socket_transport_interface(&transport);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, stream.recv(stream.pNetworkContext, &byte, 1));
    CHECK(xTaskGetTickCount() - start >= pdMS_TO_TICKS(200));
    CHECK(xTaskGetTickCount() - start < pdMS_TO_TICKS(250));
    CHECK_EQUAL(1, FreeRTOS_send(server, "x", 1, 0));
    CHECK_EQUAL(1, stream.recv(stream.pNetworkContext, &byte, 1));
    FreeRTOS_closesocket(server);
    socket_transport_close(&transport, 1000);
    FreeRTOS_closesocket(listener);
    mirror_stop();
}

TEST(full_stream_takes_nothing_and_stays_good)
{
    static uint8_t block[1000];
    struct socket_transport transport;
    TransportInterface_t stream;
    int32_t sent;

    mirror_start();
    Socket_t listener = start_listening();
    CHECK(socket_transport_connect(&transport, &settings));
    Socket_t server = accept_from(listener);
    stream = socket_transport_interface(&transport);
    for (int i = 0; i < 1000; i++) {
        sent = stream.send(stream.pNetworkContext, block, sizeof block);
        if (sent == 0)
            break;
        CHECK(sent > 0);
    }
    CHECK_EQUAL(0, sent);
    CHECK(FreeRTOS_recv(server, block, sizeof block, 0) > 0);
    FreeRTOS_closesocket(server);
    socket_transport_close(&transport, 0);
    FreeRTOS_closesocket(listener);
    mirror_stop();
}

TEST(end_by_the_peer_is_told)
{
    struct socket_transport transport;
    TransportInterface_t stream;
    char byte;

    mirror_start();
    Socket_t listener = start_listening();
    CHECK(socket_transport_connect(&transport, &settings));
    Socket_t server = accept_from(listener);
    stream = socket_transport_interface(&transport);
    FreeRTOS_shutdown(server, FREERTOS_SHUT_RDWR);
    FreeRTOS_closesocket(server);
    vTaskDelay(pdMS_TO_TICKS(100));
    CHECK(stream.recv(stream.pNetworkContext, &byte, 1) < 0);
    CHECK_EQUAL(SOCKET_TRANSPORT_CLOSED, transport.result);
    CHECK(strstr(transport.text, "connect again") != NULL);
    socket_transport_close(&transport, 1000);
    FreeRTOS_closesocket(listener);
    mirror_stop();
}

static void check_refused(const struct socket_transport_settings *wanted,
                          enum socket_transport_result result, const char *words)
{
    struct socket_transport transport;

    CHECK(!socket_transport_connect(&transport, wanted));
    CHECK_EQUAL(result, transport.result);
    CHECK(strstr(transport.text, words) != NULL);
    socket_transport_close(&transport, 0);
}

TEST(port_where_nobody_listens_is_named)
{
    mirror_start();
    check_refused(&settings, SOCKET_TRANSPORT_REFUSED, "10.0.0.2 port 7 refused the connection");
    mirror_stop();
}

TEST(host_that_does_not_answer_is_named)
{
    TickType_t start;

    mirror_start();
    mirror_cut(true);
    start = xTaskGetTickCount();
    check_refused(&settings, SOCKET_TRANSPORT_NO_ANSWER, "does not answer");
    CHECK(xTaskGetTickCount() - start < pdMS_TO_TICKS(2500));
    mirror_stop();
}

TEST(missing_settings_are_refused)
{
    struct socket_transport_settings wrong = settings;

    mirror_start();
    wrong.port = 0;
    check_refused(&wrong, SOCKET_TRANSPORT_MISUSE, "no host or no port");
    wrong = settings;
    wrong.host = "";
    check_refused(&wrong, SOCKET_TRANSPORT_MISUSE, "no host or no port");
    mirror_stop();
}

TEST(name_without_an_address_is_named)
{
    struct socket_transport_settings wrong = settings;

    mirror_start();
    mirror_cut(true);
    wrong.host = "nowhere.linnet.test";
    check_refused(&wrong, SOCKET_TRANSPORT_NO_ADDRESS, "the name 'nowhere.linnet.test'");
    mirror_stop();
}
