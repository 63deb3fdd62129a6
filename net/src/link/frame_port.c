/* SPDX-License-Identifier: MIT */
/*
 * A list, since there are few of them; it is walked only while there are any.
 */
#include "link/frame_port.h"

#if ipconfigUSE_PACKET_SOCKETS

#include "ip/group.h"
#include "link/vlan.h"

static struct tcpip_frame_port *ports;

void tcpip_frame_ports_init(void)
{
    ports = NULL;
}

void tcpip_frame_port_open(struct tcpip_frame_port *port)
{
    port->next = ports;
    ports = port;
    tcpip_groups_filter(port->interface);
}

void tcpip_frame_port_close(struct tcpip_frame_port *port)
{
    struct tcpip_frame_port **at = &ports;

    while (*at != NULL && *at != port)
        at = &(*at)->next;
    if (*at != port)
        return;
    *at = port->next;
    tcpip_groups_filter(port->interface);
}

bool tcpip_frame_ports_show(const struct tcpip_interface *interface, const uint8_t *bytes,
                            size_t size, uint16_t type)
{
    bool wanted = false;

    for (struct tcpip_frame_port *port = ports; port != NULL; port = port->next) {
        if (port->interface != interface || (port->type != 0 && port->type != type))
            continue;
        wanted = true;
        port->input(port, bytes, size);
    }
    return wanted;
}

bool tcpip_frame_ports_at(struct tcpip_interface *interface)
{
    const struct tcpip_interface *carrier = tcpip_vlan_carrier(interface);

    for (struct tcpip_frame_port *port = ports; port != NULL; port = port->next)
        if (tcpip_vlan_carrier(port->interface) == carrier)
            return true;
    return false;
}

#endif
