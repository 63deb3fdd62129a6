/* SPDX-License-Identifier: MIT */
/*
 * An application that uses the whole set: what the linker takes for it is what the stack weighs. It
 * is linked, not run.
 */
#include <string.h>

#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "netif.h"
#include "tcpip.h"

int main(void);

static NetworkEndPoint_t end_point;
static uint8_t buffer[64];

static bool entropy(void *bytes, size_t size)
{
    memset(bytes, 7, size);
    return true;
}

static void use_datagrams(struct freertos_sockaddr *address)
{
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    socklen_t size = sizeof *address;

    FreeRTOS_bind(socket, address, sizeof *address);
    FreeRTOS_sendto(socket, buffer, sizeof buffer, 0, address, sizeof *address);
    FreeRTOS_recvfrom(socket, buffer, sizeof buffer, 0, address, &size);
    FreeRTOS_closesocket(socket);
}

static void use_streams(struct freertos_sockaddr *address)
{
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_STREAM, FREERTOS_IPPROTO_TCP);
    TickType_t timeout = 100;
    socklen_t size = sizeof *address;

    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &timeout, sizeof timeout);
    FreeRTOS_bind(socket, address, sizeof *address);
    FreeRTOS_listen(socket, 1);
    Socket_t child = FreeRTOS_accept(socket, address, &size);
    FreeRTOS_connect(socket, address, sizeof *address);
    FreeRTOS_send(child, buffer, sizeof buffer, 0);
    FreeRTOS_recv(child, buffer, sizeof buffer, 0);
    FreeRTOS_shutdown(child, FREERTOS_SHUT_RDWR);
    FreeRTOS_closesocket(child);
}

static void use_names(struct freertos_sockaddr *address)
{
    struct freertos_addrinfo *list = NULL;

    if (FreeRTOS_getaddrinfo("name.example", NULL, NULL, &list) == 0)
        *address = *list->ai_addr;
    FreeRTOS_freeaddrinfo(list);
    address->sin_addr = FreeRTOS_gethostbyname("name.example");
}

int main(void)
{
    static struct netif netif;
    static const uint8_t none[4], mac[6] = {2};
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET};
    struct xNetworkInterface *interface;

    tcpip_set_entropy(entropy);
    interface = tcpip_add_interface(&netif, mac);
    FreeRTOS_FillEndPoint(interface, &end_point, none, none, none, none, mac);
    end_point.bits.bWantDHCP = 1;
#if ipconfigUSE_IPv6
    static NetworkEndPoint_t six;
    static const IPv6_Address_t nowhere;
    FreeRTOS_FillEndPoint_IPv6(interface, &six, &nowhere, &nowhere, 64, &nowhere, &nowhere, mac);
    six.bits.bWantRA = 1;
#endif
    FreeRTOS_IPInit_Multi();
    if (FreeRTOS_IsNetworkUp() == pdTRUE) {
        use_datagrams(&address);
        use_streams(&address);
        use_names(&address);
    }
    return 0;
}
