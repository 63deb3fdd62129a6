/* SPDX-License-Identifier: MIT */
/*
 * Echo over TCP, as a client or as a server.
 *
 *     tcp_echo --server 10.0.2.2:7 --bytes 1000000    sends, and checks what comes back
 *     tcp_echo --serve 7 --connections 1              sends back what it receives
 *
 * The client writes in one task and reads in another, so that both directions are busy at once.
 * Ends with code 0 when every byte came back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "board.h"
#include "netif.h"
#include "task.h"
#include "tcpip.h"

enum {
    ECHO_PORT = 7,
    PATIENCE_MS = 10000,
    CHUNK = 2000,
    TASK_STACK = configMINIMAL_STACK_SIZE * 4
};

static uint32_t bytes_to_send = 65536;

static uint8_t pattern(uint32_t at)
{
    return (uint8_t)(at ^ at >> 7 ^ at >> 15);
}

static uint32_t number_setting(const char *name, uint32_t otherwise)
{
    const char *text = board_setting(name);

    return text != NULL ? (uint32_t)strtoul(text, NULL, 10) : otherwise;
}

static _Noreturn void end(int code, const char *what, BaseType_t result)
{
    char reason[40];

    if (code != 0)
        printf("tcp_echo: %s: %s\n", what, FreeRTOS_strerror_r(result, reason, sizeof reason));
    board_exit(code);
}

/* Waits for DHCP. */
static void start_network(void)
{
    for (uint32_t waited = 0; FreeRTOS_IsNetworkUp() == pdFALSE; waited += 10) {
        if (waited > PATIENCE_MS)
            end(1, "no address by DHCP", -pdFREERTOS_ERRNO_ETIMEDOUT);
        vTaskDelay(pdMS_TO_TICKS(10));
    }
}

static Socket_t new_socket(void)
{
    TickType_t patience = pdMS_TO_TICKS(PATIENCE_MS);
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);

    if (socket == FREERTOS_INVALID_SOCKET)
        end(1, "no socket", -pdFREERTOS_ERRNO_ENOMEM);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_SNDTIMEO, &patience, sizeof patience);
    return socket;
}

/* --- the client ---------------------------------------------------------------------------------- */

static void writer(void *parameter)
{
    Socket_t socket = parameter;
    uint8_t chunk[CHUNK];

    for (uint32_t sent = 0; sent < bytes_to_send;) {
        uint32_t size = bytes_to_send - sent < CHUNK ? bytes_to_send - sent : CHUNK;
        for (uint32_t i = 0; i < size; i++)
            chunk[i] = pattern(sent + i);
        BaseType_t result = FreeRTOS_send(socket, chunk, size, 0);
        if (result <= 0)
            end(1, "sending", result);
        sent += (uint32_t)result;
    }
    vTaskDelete(NULL);
}

static void read_back(Socket_t socket)
{
    uint8_t chunk[CHUNK];

    for (uint32_t received = 0; received < bytes_to_send;) {
        BaseType_t result = FreeRTOS_recv(socket, chunk, sizeof chunk, 0);
        if (result <= 0)
            end(1, "receiving", result == 0 ? -pdFREERTOS_ERRNO_ETIMEDOUT : result);
        for (BaseType_t i = 0; i < result; i++, received++)
            if (chunk[i] != pattern(received))
                end(1, "the bytes that came back are others", -pdFREERTOS_ERRNO_EINVAL);
    }
}

/* "10.0.2.2:7" or "10.0.2.2". */
static struct freertos_sockaddr server_address(const char *text)
{
    struct freertos_sockaddr address = {.sin_len = sizeof address, .sin_family = FREERTOS_AF_INET};
    const char *colon = strchr(text, ':');
    char host[16];

    snprintf(host, sizeof host, "%.*s",
             (int)(colon != NULL ? (size_t)(colon - text) : strlen(text)), text);
    address.sin_addr = FreeRTOS_inet_addr(host);
    unsigned long port = colon != NULL ? strtoul(colon + 1, NULL, 10) : ECHO_PORT;
    address.sin_port = FreeRTOS_htons((uint16_t)port);
    return address;
}

static void run_client(const char *server)
{
    struct freertos_sockaddr address = server_address(server);
    Socket_t socket = new_socket();
    uint8_t byte;

    BaseType_t result = FreeRTOS_connect(socket, &address, sizeof address);
    if (result != 0)
        end(1, "connecting", result);
    TickType_t start = xTaskGetTickCount();
    if (xTaskCreate(writer, "writer", TASK_STACK, socket, 2, NULL) != pdPASS)
        end(1, "no task", -pdFREERTOS_ERRNO_ENOMEM);
    read_back(socket);
    printf("%u bytes sent and received in %u ms\n", (unsigned)bytes_to_send,
           (unsigned)((xTaskGetTickCount() - start) * portTICK_PERIOD_MS));
    FreeRTOS_shutdown(socket, FREERTOS_SHUT_RDWR);
    while (FreeRTOS_recv(socket, &byte, 1, 0) > 0)
        continue;
    FreeRTOS_closesocket(socket);
}

/* --- the server ---------------------------------------------------------------------------------- */

static void serve(Socket_t socket)
{
    uint8_t chunk[CHUNK];
    BaseType_t got;

    while ((got = FreeRTOS_recv(socket, chunk, sizeof chunk, 0)) > 0)
        if (FreeRTOS_send(socket, chunk, (size_t)got, 0) != got)
            break;
    FreeRTOS_shutdown(socket, FREERTOS_SHUT_RDWR);
    while (FreeRTOS_recv(socket, chunk, sizeof chunk, 0) > 0)
        continue;
    FreeRTOS_closesocket(socket);
}

static void run_server(uint32_t port, uint32_t connections)
{
    struct freertos_sockaddr local = {.sin_family = FREERTOS_AF_INET,
                                      .sin_port = FreeRTOS_htons((uint16_t)port)};
    Socket_t listening = new_socket();

    if (FreeRTOS_bind(listening, &local, sizeof local) != 0 || FreeRTOS_listen(listening, 4) != 0)
        end(1, "listening", -pdFREERTOS_ERRNO_EADDRINUSE);
    printf("echo server on port %u\n", (unsigned)port);
    fflush(stdout);
    for (uint32_t served = 0; served < connections && !board_stop_requested();) {
        Socket_t socket = FreeRTOS_accept(listening, NULL, NULL);
        if (socket == NULL || socket == FREERTOS_INVALID_SOCKET)
            continue;
        serve(socket);
        served++;
    }
    FreeRTOS_closesocket(listening);
}

static void echo_task(void *parameter)
{
    const char *server = board_setting("server");

    start_network();
    if (board_setting("serve") != NULL)
        run_server(number_setting("serve", ECHO_PORT), number_setting("connections", UINT32_MAX));
    else
        run_client(server != NULL ? server : "10.0.2.2:7");
    tcpip_stop();
    end(0, "", 0);
}

int main(void)
{
    static const uint8_t by_dhcp[4] = {0};
    struct netif *netif = board_netif();

    bytes_to_send = number_setting("bytes", bytes_to_send);
    if (netif == NULL)
        end(1, "this board has no network interface", -pdFREERTOS_ERRNO_EADDRNOTAVAIL);
    tcpip_set_entropy(board_entropy);
    if (tcpip_add_interface(netif, NULL) == NULL ||
        FreeRTOS_IPInit(by_dhcp, by_dhcp, by_dhcp, by_dhcp, netif->mac) != pdPASS ||
        xTaskCreate(echo_task, "echo", TASK_STACK, NULL, 3, NULL) != pdPASS)
        end(1, "starting", -pdFREERTOS_ERRNO_ENOMEM);
    vTaskStartScheduler();
    return 1;
}
