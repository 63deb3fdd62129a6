/* SPDX-License-Identifier: MIT */
/*
 * Addresses of sockets in their Berkeley form. Sockets of AF_INET6 know IPv4 addresses as ::ffff:1.2.3.4
 * (RFC 3493 3.7); the stack knows them as IPv4.
 */
#include "berkeley/berkeley.h"

enum { IPV4_AT = 12 };

static const uint8_t mapped[IPV4_AT] = {[10] = 0xff, 0xff};

static int from_ipv6(const struct sockaddr_in6 *from, struct freertos_sockaddr *to)
{
    const uint8_t *bytes = from->sin6_addr.s6_addr;

    to->sin_port = from->sin6_port;
    if (memcmp(bytes, mapped, IPV4_AT) == 0) {
        to->sin_family = FREERTOS_AF_INET;
        memcpy(&to->sin_address.ulIP_IPv4, bytes + IPV4_AT, 4);
        return 0;
    }
    to->sin_flowinfo = from->sin6_scope_id;
    memcpy(to->sin_address.xIP_IPv6.ucBytes, bytes, 16);
    return 0;
}

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
        return from_ipv6(&in6, to);
    }
    return from->sa_family == AF_INET || from->sa_family == AF_INET6 ? -EINVAL : -EAFNOSUPPORT;
}

static void give(const void *from, size_t have, struct sockaddr *to, socklen_t *size)
{
    memcpy(to, from, have < *size ? have : *size);
    *size = (socklen_t)have;
}

static void give_ipv6(const struct freertos_sockaddr *from, struct sockaddr *to, socklen_t *size)
{
    struct sockaddr_in6 in6 = {
        .sin6_len = sizeof in6, .sin6_family = AF_INET6, .sin6_port = from->sin_port};
    uint8_t *bytes = in6.sin6_addr.s6_addr;

    if (from->sin_family == FREERTOS_AF_INET6) {
        in6.sin6_scope_id = from->sin_flowinfo;
        memcpy(bytes, from->sin_address.xIP_IPv6.ucBytes, 16);
    } else {
        memcpy(bytes, mapped, IPV4_AT);
        memcpy(bytes + IPV4_AT, &from->sin_address.ulIP_IPv4, 4);
    }
    give(&in6, sizeof in6, to, size);
}

void tcpip_bsd_give_address(const struct freertos_sockaddr *from, uint8_t family,
                            struct sockaddr *to, socklen_t *size)
{
    struct sockaddr_in in4 = {.sin_len = sizeof in4, .sin_family = AF_INET};

    if (to == NULL || size == NULL)
        return;
    if (family == AF_INET6) {
        give_ipv6(from, to, size);
        return;
    }
    in4.sin_port = from->sin_port;
    in4.sin_addr.s_addr = from->sin_address.ulIP_IPv4;
    give(&in4, sizeof in4, to, size);
}
