/* SPDX-License-Identifier: MIT */
/*
 * The kinds of sockets.
 */
#include "socket/tcp_socket.h"

static const struct tcpip_socket_operations *const kinds[] = {
    &tcpip_udp_socket,
#if ipconfigUSE_TCP
    &tcpip_tcp_socket,
#endif
#if ipconfigUSE_RAW_SOCKETS
    &tcpip_raw_socket,
#endif
    NULL,
};

void tcpip_sockets_start(void)
{
    if (ipconfigUSE_TCP)
        tcpip_tcp_ip_init();
}

void tcpip_sockets_print(void)
{
    if (!ipconfigHAS_PRINTF)
        return;
    tcpip_udp_socket_print();
    if (ipconfigUSE_TCP)
        tcpip_tcp_socket_print();
}

static bool suits(const struct tcpip_socket_operations *kind, BaseType_t protocol)
{
    if (ipconfigUSE_RAW_SOCKETS && kind->protocol == TCPIP_ANY_PROTOCOL)
        return protocol > 0 && protocol <= UINT8_MAX;
    return protocol == FREERTOS_SOCK_DEPENDENT_PROTO || kind->protocol == protocol;
}

const struct tcpip_socket_operations *tcpip_socket_kind(BaseType_t type, BaseType_t protocol)
{
    const struct tcpip_socket_operations *const *kind = kinds;

    while (*kind != NULL && ((*kind)->type != type || !suits(*kind, protocol)))
        kind++;
    return *kind;
}
