/* SPDX-License-Identifier: MIT */
/*
 * Addresses of sockets in their Berkeley form.
 */
#include "berkeley/berkeley.h"

int tcpip_bsd_address(const struct sockaddr *from, socklen_t size, struct freertos_sockaddr *to)
{
    struct sockaddr_in in4;
    struct sockaddr_in6 in6;

    memset(to, 0, sizeof *to);
    if (from == NULL || size < offsetof(struct sockaddr, sa_data))
        return -EINVAL;
    to->sin_len = sizeof *to;
    to->sin_family = from->sa_family;
    if (from->sa_family == AF_INET && size >= sizeof in4) {
        memcpy(&in4, from, sizeof in4);
        to->sin_port = in4.sin_port;
        to->sin_address.ulIP_IPv4 = in4.sin_addr.s_addr;
        return 0;
    }
    if (from->sa_family == AF_INET6 && size >= sizeof in6) {
        memcpy(&in6, from, sizeof in6);
        to->sin_port = in6.sin6_port;
        to->sin_flowinfo = in6.sin6_scope_id;
        memcpy(to->sin_address.xIP_IPv6.ucBytes, in6.sin6_addr.s6_addr, 16);
        return 0;
    }
    return from->sa_family == AF_INET || from->sa_family == AF_INET6 ? -EINVAL : -EAFNOSUPPORT;
}

static void give(const void *from, size_t have, struct sockaddr *to, socklen_t *size)
{
    memcpy(to, from, have < *size ? have : *size);
    *size = (socklen_t)have;
}

void tcpip_bsd_give_address(const struct freertos_sockaddr *from, struct sockaddr *to,
                            socklen_t *size)
{
    if (to == NULL || size == NULL)
        return;
    if (from->sin_family == FREERTOS_AF_INET6) {
        struct sockaddr_in6 in6 = {.sin6_len = sizeof in6,
                                   .sin6_family = AF_INET6,
                                   .sin6_port = from->sin_port,
                                   .sin6_scope_id = from->sin_flowinfo};

        memcpy(in6.sin6_addr.s6_addr, from->sin_address.xIP_IPv6.ucBytes, 16);
        give(&in6, sizeof in6, to, size);
    } else {
        struct sockaddr_in in4 = {.sin_len = sizeof in4,
                                  .sin_family = AF_INET,
                                  .sin_port = from->sin_port,
                                  .sin_addr = {from->sin_address.ulIP_IPv4}};

        give(&in4, sizeof in4, to, size);
    }
}
