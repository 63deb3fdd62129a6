/* SPDX-License-Identifier: MIT */
/*
 * Says what it learns of its cable, for link.sh: each event of the network, with what the driver says of the
 * link, and when the first byte came back after it. Its one connection, to an echo server, is never opened
 * again. Ends with code 0 after as many cuts as the setting `cuts` has, when the connection went on after the
 * last.
 */
#include <stdio.h>
#include <stdlib.h>

#include <FreeRTOS.h>
#include <FreeRTOS_IP.h>
#include <FreeRTOS_Sockets.h>
#include <board.h>
#include <netif.h>
#include <queue.h>
#include <task.h>
#include <tcpip.h>

enum {
    PATIENCE_MS = 60000,
    PACE_MS = 50,
    ECHO_MS = 200,
    IN_FLIGHT = 100,
    STACK = configMINIMAL_STACK_SIZE * 4
};

struct event {
    bool network_up, link_up;
};

static QueueHandle_t events;

/* The stack's task calls it, as it does the driver. */
void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t what,
                                          struct xNetworkEndPoint *end_point)
{
    struct netif *netif = board_netif();
    const struct event event = {what == eNetworkUp, netif->driver->link(netif) == NETIF_LINK_UP};

    (void)end_point;
    (void)xQueueSend(events, &event, 0);
}

static _Noreturn void give_up(const char *why)
{
    printf("link_app: %s\n", why);
    board_exit(1);
}

static void say(const char *what)
{
    printf("%u ms: %s\n", (unsigned)(board_uptime_us() / 1000), what);
    fflush(stdout);
}

/* Waits for an event and says it; false: there was none. The driver must agree. */
static bool tell_event(struct event *event, TickType_t patience)
{
    if (xQueueReceive(events, event, patience) != pdTRUE)
        return false;
    say(event->network_up ? "network up" : "network down");
    if (event->link_up != event->network_up)
        give_up(event->link_up ? "but the link is up" : "but the link is down");
    return true;
}

static Socket_t connect_to(const char *address)
{
    struct freertos_sockaddr server = {.sin_len = sizeof server, .sin_family = FREERTOS_AF_INET};
    const TickType_t patience = pdMS_TO_TICKS(ECHO_MS);
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);

    server.sin_addr = FreeRTOS_inet_addr(address);
    server.sin_port = FreeRTOS_htons(7);
    if (socket == FREERTOS_INVALID_SOCKET || FreeRTOS_connect(socket, &server, sizeof server) != 0)
        give_up("no connection");
    (void)FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience);
    return socket;
}

/* The bytes sent come back in their order; whether one did. */
static bool read_back(Socket_t socket, uint8_t *expected)
{
    uint8_t byte;
    const BaseType_t got = FreeRTOS_recv(socket, &byte, 1, 0);

    if (got < 0 && got != -pdFREERTOS_ERRNO_EWOULDBLOCK)
        give_up("the connection broke");
    if (got == 1 && byte != *expected)
        give_up("a byte is missing");
    *expected = (uint8_t)(*expected + (got == 1));
    return got == 1;
}

/* A byte each PACE_MS, until the last cut is mended. */
static void exchange(Socket_t socket, unsigned cuts)
{
    struct event event = {true, true};
    TickType_t since = xTaskGetTickCount();
    uint8_t next = 0, expected = 0;
    unsigned downs = 0;
    bool announced = false;

    while (downs < cuts || !announced) {
        if (tell_event(&event, pdMS_TO_TICKS(PACE_MS))) {
            downs += !event.network_up;
            announced = false;
            since = xTaskGetTickCount();
        }
        if (xTaskGetTickCount() - since > pdMS_TO_TICKS(PATIENCE_MS))
            give_up("nothing happens");
        if ((uint8_t)(next - expected) < IN_FLIGHT &&
            FreeRTOS_send(socket, &next, 1, FREERTOS_MSG_DONTWAIT) == 1)
            next++;
        if (read_back(socket, &expected) && event.network_up && !announced) {
            announced = true;
            say("echo");
        }
    }
}

static void link_task(void *parameter)
{
    const char *cuts = board_setting("cuts");
    struct event event;

    (void)parameter;
    if (!tell_event(&event, pdMS_TO_TICKS(PATIENCE_MS)) || !event.network_up)
        give_up("no address by DHCP");
    Socket_t socket = connect_to("10.0.2.100");
    exchange(socket, cuts != NULL ? (unsigned)strtoul(cuts, NULL, 10) : 1);
    (void)FreeRTOS_closesocket(socket);
    tcpip_stop();
    board_exit(0);
}

int main(void)
{
    static const uint8_t by_dhcp[4] = {0};
    struct netif *netif = board_netif();

    events = xQueueCreate(8, sizeof(struct event));
    tcpip_set_entropy(board_entropy);
    if (events == NULL || netif == NULL || tcpip_add_interface(netif, NULL) == NULL ||
        FreeRTOS_IPInit(by_dhcp, by_dhcp, by_dhcp, by_dhcp, netif->mac) != pdPASS ||
        xTaskCreate(link_task, "link", STACK, NULL, 2, NULL) != pdPASS)
        give_up("it cannot start");
    vTaskStartScheduler();
    return 1;
}
