/* SPDX-License-Identifier: MIT */
/*
 * A list, since there are few of them; it is walked only while there are any.
 */
#include "ip/raw.h"

#if ipconfigUSE_RAW_SOCKETS

#include "core/drop.h"
#include "core/frame.h"
#include "udp/udp.h"

static struct tcpip_raw_port *ports;

void tcpip_raw_init(void)
{
    ports = NULL;
}

void tcpip_raw_open(struct tcpip_raw_port *port)
{
    port->next = ports;
    ports = port;
}

void tcpip_raw_close(struct tcpip_raw_port *port)
{
    struct tcpip_raw_port **at = &ports;

    while (*at != NULL && *at != port)
        at = &(*at)->next;
    if (*at == port)
        *at = port->next;
}

static bool wants(const struct tcpip_raw_port *port, const struct tcpip_packet *packet)
{
    const struct tcpip_address *local = &port->local;

    return port->protocol == packet->protocol &&
           (local->family == TCPIP_UNSPECIFIED || local->family == packet->destination.family) &&
           (tcpip_address_is_any(local) || packet->to_group ||
            tcpip_address_equal(local, &packet->destination));
}

bool tcpip_raw_deliver(const struct tcpip_packet *packet)
{
    size_t size = packet->frame->length;
    bool wanted = false;

    for (struct tcpip_raw_port *port = ports; port != NULL; port = port->next) {
        if (!wants(port, packet))
            continue;
        struct netif_frame *copy = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, size);

        wanted = true;
        if (copy == NULL) { /* none is free, or what was put together is more than one holds */
            tcpip_drop(NULL, TCPIP_DROP_UDP_QUEUE);
            continue;
        }
        memcpy(copy->data, packet->frame->data, size);
        copy->length = (uint16_t)size;
        port->input(port, packet, copy);
    }
    return wanted;
}

#endif
