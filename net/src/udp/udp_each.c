/* SPDX-License-Identifier: MIT */
#include "udp/udp.h"

struct tcpip_udp_port *tcpip_udp_each(const struct tcpip_udp_port *previous)
{
    size_t bucket = previous == NULL ? 0 : previous->number % TCPIP_UDP_BUCKETS;
    struct tcpip_udp_port *port = previous == NULL ? tcpip_udp_buckets[0] : previous->next;

    while (port == NULL && bucket + 1 < TCPIP_UDP_BUCKETS)
        port = tcpip_udp_buckets[++bucket];
    return port;
}
