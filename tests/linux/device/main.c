/* SPDX-License-Identifier: MIT */
#include "device.h"

#include "FreeRTOS_Routing.h"
#include "board.h"
#include "netif.h"
#include "tap.h"
#include "task.h"
#include "tcpip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_S = 20, LEFT_TRIES = 100, PRIORITY = 4 };

static const struct {
    const char *name;
    bool (*run)(void);
} roles[] = {{"open", device_open}, {"accept", device_accept}, {"echo", device_echo},
             {"ask", device_ask},   {"ping", device_ping},     {"look-up", device_look_up},
             {"wait", device_wait}, {"browse", device_browse}};

/* --- settings -------------------------------------------------------------------------------- */

const char *device_text(const char *name, const char *fallback)
{
    const char *text = board_setting(name);

    return text != NULL ? text : fallback;
}

uint32_t device_number(const char *name, uint32_t fallback)
{
    const char *text = board_setting(name);
    char *end;

    if (text == NULL)
        return fallback;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || value > UINT32_MAX) {
        printf("--%s %s is no number\n", name, text);
        board_exit(2);
    }
    return (uint32_t)value;
}

TickType_t device_patience(void)
{
    return pdMS_TO_TICKS(device_number("patience", PATIENCE_S) * 1000);
}

bool device_peer(struct freertos_sockaddr *address)
{
    const char *text = device_text("peer", "");
    bool is_six = strchr(text, ':') != NULL;

    memset(address, 0, sizeof *address);
    address->sin_len = sizeof *address;
    address->sin_family = is_six ? FREERTOS_AF_INET6 : FREERTOS_AF_INET4;
    address->sin_port = FreeRTOS_htons((uint16_t)device_number("port", 0));
    if (FreeRTOS_inet_pton(address->sin_family, text, &address->sin_address) == pdPASS)
        return true;
    printf("--peer '%s' is no address\n", text);
    return false;
}

/* --- sockets --------------------------------------------------------------------------------- */

Socket_t device_socket(BaseType_t type)
{
    BaseType_t family = strchr(device_text("peer", device_text("family", "")), ':') != NULL ||
                                strcmp(device_text("family", ""), "6") == 0
                            ? FREERTOS_AF_INET6
                            : FREERTOS_AF_INET4;
    Socket_t socket = FreeRTOS_socket(family, type, FREERTOS_SOCK_DEPENDENT_PROTO);
    TickType_t patience = device_patience();
    int32_t buffer = (int32_t)device_number("buffer", 0);

    if (socket == FREERTOS_INVALID_SOCKET) {
        puts("no memory for a socket");
        return NULL;
    }
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience);
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_SNDTIMEO, &patience, sizeof patience);
    if (buffer > 0 && type == FREERTOS_SOCK_STREAM) {
        FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVBUF, &buffer, sizeof buffer);
        FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_SNDBUF, &buffer, sizeof buffer);
    }
    return socket;
}

Socket_t device_bound_socket(BaseType_t type)
{
    struct freertos_sockaddr local = {
        .sin_len = sizeof local, .sin_port = FreeRTOS_htons((uint16_t)device_number("port", 0))};
    Socket_t socket = device_socket(type);

    local.sin_family = strcmp(device_text("family", ""), "6") == 0 ? FREERTOS_AF_INET6
                                                                   : FREERTOS_AF_INET4;
    if (socket != NULL && FreeRTOS_bind(socket, &local, sizeof local) != 0) {
        puts("the port cannot be bound");
        FreeRTOS_closesocket(socket);
        return NULL;
    }
    return socket;
}

/* --- the run --------------------------------------------------------------------------------- */

static void print_way(const char *name, enum eth_faults_way way)
{
    const struct eth_faults_counters *counters = eth_tap_faults(way);

    printf("cable %s: %llu frames, %llu lost, %llu doubled, %llu damaged, %llu held, %llu cut, "
           "%llu crowded\n",
           name, (unsigned long long)counters->frames, (unsigned long long)counters->lost,
           (unsigned long long)counters->duplicated, (unsigned long long)counters->corrupted,
           (unsigned long long)counters->reordered, (unsigned long long)counters->cut,
           (unsigned long long)counters->crowded);
}

static void print_counters(void)
{
    const char *name;
    uint32_t count;

    for (size_t reason = 0; tcpip_drop_count(reason, &name, &count); reason++)
        if (count > 0)
            printf("dropped %u: %s\n", (unsigned)count, name);
    if (board_setting("faults") != NULL) {
        print_way("out", ETH_FAULTS_OUT);
        print_way("in", ETH_FAULTS_IN);
    }
}

static bool wait_for_network(void)
{
    TickType_t start = xTaskGetTickCount();

    while (FreeRTOS_IsNetworkUp() == pdFALSE) {
        if (xTaskGetTickCount() - start > device_patience() || board_stop_requested()) {
            puts("the network did not come up");
            return false;
        }
        vTaskDelay(1);
    }
    puts("network up");
    return true;
}

static bool run_role(void)
{
    const char *role = device_text("role", "");

    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(role, roles[i].name) == 0)
            return (roles[i].run == device_wait || wait_for_network()) && roles[i].run();
    printf("--role '%s' is none\n", role);
    return false;
}

static void device_task(void *parameter)
{
    bool good = run_role();

    (void)parameter;
    fflush(stdout);
    tcpip_stop();
    print_counters();
    if (!tcpip_nothing_left()) {
        puts("frames or timers are left behind");
        good = false;
    }
    board_exit(good ? 0 : 1);
}

static bool add_four(struct xNetworkInterface *interface, const uint8_t *mac)
{
    static NetworkEndPoint_t end_point;
    static const uint8_t none[4];
    uint8_t address[4], gateway[4], mask[4] = {255, 255, 255, 0};
    const char *text = board_setting("address");
    uint32_t number = text != NULL ? FreeRTOS_inet_addr(text) : 0;

    if (strcmp(device_text("address", ""), "none") == 0)
        return true;
    if (text != NULL && number == 0)
        return false;
    memcpy(address, &number, sizeof address);
    memcpy(gateway, &number, sizeof gateway);
    gateway[3] = 1;
    FreeRTOS_FillEndPoint(interface, &end_point, address, text != NULL ? mask : none,
                          text != NULL ? gateway : none, text != NULL ? gateway : none, mac);
    end_point.bits.bWantDHCP = text == NULL;
    return true;
}

#if ipconfigUSE_IPv6
static bool add_six(struct xNetworkInterface *interface, const uint8_t *mac)
{
    static NetworkEndPoint_t end_point;
    const char *text = board_setting("six");
    IPv6_Address_t address = {{0}}, server = {{0}};

    if (text == NULL)
        return true;
    bool by_router = strcmp(text, "router") == 0, by_dhcp = strcmp(text, "dhcp") == 0;
    if (!by_router && !by_dhcp) {
        if (FreeRTOS_inet_pton(FREERTOS_AF_INET6, text, address.ucBytes) != pdPASS)
            return false;
        memcpy(server.ucBytes, address.ucBytes, 8);
        server.ucBytes[15] = 1;
    }
    FreeRTOS_FillEndPoint_IPv6(interface, &end_point, &address, NULL, 64, &server, &server, mac);
    end_point.bits.bWantRA = by_router;
    end_point.bits.bWantDHCP = by_dhcp;
    return true;
}
#else
static bool add_six(struct xNetworkInterface *interface, const uint8_t *mac)
{
    return board_setting("six") == NULL;
}
#endif

int main(void)
{
    struct netif *netif = board_netif();
    struct xNetworkInterface *interface;

    tcpip_set_entropy(board_entropy);
    interface = tcpip_add_interface(netif, NULL);
    if (board_setting("vlan") != NULL)
        interface = tcpip_add_vlan(interface, (uint16_t)device_number("vlan", 0), PRIORITY);
    if (interface == NULL || !add_four(interface, netif->mac) || !add_six(interface, netif->mac) ||
        FreeRTOS_IPInit_Multi() != pdPASS ||
        xTaskCreate(device_task, "device", DEVICE_STACK, NULL, DEVICE_PRIORITY, NULL) != pdPASS) {
        puts("the device cannot start");
        return 1;
    }
    vTaskStartScheduler();
    return 1;
}
