/* SPDX-License-Identifier: MIT */
/*
 * Brings the stack up. The host that runs the simulator or the emulator is 10.0.2.2 to the device;
 * the static host table gives it the names "localhost" and that of the demo's broker.
 */
#include "network.h"

#include "report.h"

#include <FreeRTOS.h>
#include <FreeRTOS_IP.h>
#include <FreeRTOS_Sockets.h>
#include <board.h>
#include <netif.h>
#include <task.h>
#include <tcpip.h>

#include <string.h>

#define POLL_MS      5
#define HOST_ADDRESS "10.0.2.2"
#define BROKER_NAME  "broker.linnet.test"

/* Applications of the stack have this hook; here the start polls instead. */
void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t event,
                                          struct xNetworkEndPoint *end_point)
{
    (void)event;
    (void)end_point;
}

static bool start_stack(void)
{
    static const uint8_t none[4] = {0};
    struct netif *netif = board_netif();
    struct tcpip_address host = tcpip_ipv4(10, 0, 2, 2);

    if (netif == NULL) {
        report_problem("this board (%s) has no network interface: choose another board",
                       board_name());
        return false;
    }
    tcpip_set_entropy(board_entropy);
    if (tcpip_add_interface(netif, NULL) == NULL || !tcpip_host_add(BROKER_NAME, &host) ||
        !tcpip_host_add("localhost", &host) ||
        FreeRTOS_IPInit(none, none, none, none, netif->mac) != pdPASS) {
        report_problem("the TCP/IP stack could not start: not enough memory; make "
                       "configTOTAL_HEAP_SIZE larger");
        return false;
    }
    return true;
}

static void tell_lease(uint32_t took_ms)
{
    uint32_t address, mask, gateway, dns;
    char text[4][16];

    FreeRTOS_GetAddressConfiguration(&address, &mask, &gateway, &dns);
    FreeRTOS_inet_ntoa(address, text[0]);
    FreeRTOS_inet_ntoa(mask, text[1]);
    FreeRTOS_inet_ntoa(gateway, text[2]);
    FreeRTOS_inet_ntoa(dns, text[3]);
    report_phase("DHCP", took_ms);
    report_step("dhcp", "address %s, mask %s, gateway %s, DNS %s, in %u ms", text[0], text[1],
                text[2], text[3], (unsigned)took_ms);
}

bool network_start(uint32_t timeout_ms)
{
    uint32_t start = report_now_ms();

    if (!start_stack())
        return false;
    while (FreeRTOS_IsNetworkUp() == pdFALSE) {
        if (board_stop_requested())
            return false;
        if (report_now_ms() - start > timeout_ms) {
            report_problem("no address by DHCP in %u s: no server answers on this network",
                           (unsigned)(timeout_ms / 1000u));
            return false;
        }
        vTaskDelay(pdMS_TO_TICKS(POLL_MS));
    }
    tell_lease(report_now_ms() - start);
    return true;
}

void network_stop(void)
{
    tcpip_stop();
}

const char *network_host(const char *name)
{
    return strncmp(name, "127.", 4) == 0 ? HOST_ADDRESS : name;
}
