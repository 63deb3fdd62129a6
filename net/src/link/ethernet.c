/* SPDX-License-Identifier: MIT */
/*
 * Every received frame passes the same checks, whatever its length and whoever claims to have sent
 * it: a frame that bears our own address as its source never goes further.
 */
#include "link/ethernet.h"

#include "core/capture.h"
#include "core/drop.h"
#include "core/frame.h"
#include "ip/ip.h"
#include "link/arp.h"
#include "link/frame_port.h"
#include "link/loop.h"
#include "link/vlan.h"

void (*tcpip_frame_seen)(const struct tcpip_interface *interface, const struct netif_frame *frame);

bool (*tcpip_ethernet_other)(struct tcpip_interface *interface, struct netif_frame *frame);

static bool for_us(const struct tcpip_interface *interface, const uint8_t *destination)
{
    return ethernet_is_group(destination) || ethernet_equal(destination, interface->netif->mac);
}

static bool plausible_source(const struct tcpip_interface *interface, const uint8_t *source)
{
    return !ethernet_is_group(source) && !ethernet_is_zero(source) &&
           !ethernet_equal(source, interface->netif->mac);
}

static void loop_input(struct tcpip_interface *interface, struct netif_frame *frame, uint16_t type)
{
    if (!tcpip_ip_input(interface, frame, type, false))
        tcpip_drop(frame, TCPIP_DROP_LINK_TYPE);
}

static void unknown(struct tcpip_interface *interface, struct netif_frame *frame, bool seen)
{
    if (seen) {
        tcpip_frame_release(frame);
        return;
    }
    if (ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES && tcpip_ethernet_other != NULL) {
        (void)tcpip_frame_push(frame, NETIF_HEADER_SIZE); /* it stands in front still */
        if (tcpip_ethernet_other(interface, frame))
            return;
    }
    tcpip_drop(frame, TCPIP_DROP_LINK_TYPE);
}

/* From and for whom it may be; without its header, which stands in front still. */
static void hand_up(struct tcpip_interface *interface, struct netif_frame *frame,
                    const uint8_t *header, uint16_t type)
{
    bool seen = tcpip_frame_ports_show(interface, header, NETIF_HEADER_SIZE + (size_t)frame->length,
                                       type);

    if (type == ETHERNET_ARP)
        tcpip_arp_input(interface, frame, header + ETHERNET_SOURCE_AT);
    else if (!tcpip_ip_input(interface, frame, type, ethernet_is_group(header)))
        unknown(interface, frame, seen);
}

void tcpip_ethernet_input(struct tcpip_interface *interface, struct netif_frame *frame)
{
    tcpip_capture_frame(interface, frame);
    if (!tcpip_vlan_untag(&interface, frame))
        return;
    const uint8_t *header = frame->data, *source = header + ETHERNET_SOURCE_AT;
    if (!interface->link_up) {
        tcpip_drop(frame, TCPIP_DROP_LINK_DOWN);
        return;
    }
    if (!tcpip_frame_pull(frame, NETIF_HEADER_SIZE)) {
        tcpip_drop(frame, TCPIP_DROP_LINK_SHORT);
        return;
    }
    uint16_t type = tcpip_get_be16(header + ETHERNET_TYPE_AT);
    if (tcpip_loops(interface))
        loop_input(interface, frame, type);
    else if (!plausible_source(interface, source))
        tcpip_drop(frame, TCPIP_DROP_LINK_SOURCE);
    else if (!for_us(interface, header))
        tcpip_drop(frame, TCPIP_DROP_LINK_DESTINATION);
    else
        hand_up(interface, frame, header, type);
}

bool tcpip_ethernet_output(struct tcpip_interface *interface, struct netif_frame *frame,
                           const uint8_t destination[NETIF_MAC_SIZE], uint16_t type)
{
    struct netif *netif = interface->netif;

    if (((netif->driver->features & NETIF_GATHER) == 0 && !tcpip_frame_gather(frame)) ||
        !tcpip_frame_push(frame, NETIF_HEADER_SIZE)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    uint8_t *header = frame->data;
    memcpy(header, destination, NETIF_MAC_SIZE);
    memcpy(header + ETHERNET_SOURCE_AT, netif->mac, NETIF_MAC_SIZE);
    tcpip_put_be16(header + ETHERNET_TYPE_AT, type);
    if (interface->link_up)
        tcpip_capture_frame(interface, frame);
    if (!interface->link_up || !netif->driver->transmit(netif, frame)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROOM);
        return false;
    }
    return true;
}
