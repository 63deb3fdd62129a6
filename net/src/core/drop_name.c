/* SPDX-License-Identifier: MIT */
/*
 * What a listing says of lost frames: the reasons by name.
 */
#include "core/drop.h"

#include "tcpip.h"

static const char *const names[TCPIP_DROP_REASONS] = {
    [TCPIP_DROP_LINK_DOWN] = "link is down",
    [TCPIP_DROP_LINK_SHORT] = "short Ethernet frame",
    [TCPIP_DROP_LINK_SOURCE] = "bad Ethernet source",
    [TCPIP_DROP_LINK_DESTINATION] = "for another station",
    [TCPIP_DROP_LINK_TYPE] = "unknown Ethernet type",
#if ipconfigVLANS > 0
    [TCPIP_DROP_LINK_VLAN] = "unknown VLAN",
#endif
#if ipconfigUSE_PACKET_SOCKETS
    [TCPIP_DROP_PACKET_QUEUE] = "packet socket queue full",
#endif
    [TCPIP_DROP_ARP_FORMAT] = "malformed ARP",
    [TCPIP_DROP_ARP_SPOOFED] = "implausible ARP sender",
    [TCPIP_DROP_ARP_UNSOLICITED] = "unsolicited ARP reply",
    [TCPIP_DROP_ARP_FOREIGN] = "ARP for another host",
    [TCPIP_DROP_NEIGHBOUR_QUEUE] = "neighbour queue full",
    [TCPIP_DROP_NEIGHBOUR_ABSENT] = "neighbour does not answer",
    [TCPIP_DROP_NEIGHBOUR_TABLE] = "neighbour table full",
    [TCPIP_DROP_IP_SHORT] = "truncated IP packet",
    [TCPIP_DROP_IP_VERSION] = "unknown IP version",
    [TCPIP_DROP_IP_HEADER] = "malformed IP header",
    [TCPIP_DROP_IP_CHECKSUM] = "bad IP checksum",
    [TCPIP_DROP_IP_OPTIONS] = "bad IP options",
    [TCPIP_DROP_IP_FRAGMENT] = "IP fragment",
    [TCPIP_DROP_IP_REASSEMBLY] = "packet not put together",
    [TCPIP_DROP_IP_SOURCE] = "implausible IP source",
    [TCPIP_DROP_IP_DESTINATION] = "for another host",
    [TCPIP_DROP_IP_PROTOCOL] = "unknown IP protocol",
    [TCPIP_DROP_ICMP_SHORT] = "short ICMP message",
    [TCPIP_DROP_ICMP_CHECKSUM] = "bad ICMP checksum",
    [TCPIP_DROP_ICMP_TYPE] = "unhandled ICMP message",
    [TCPIP_DROP_GROUP] = "malformed group message",
    [TCPIP_DROP_ND_FORMAT] = "malformed neighbour discovery",
    [TCPIP_DROP_ND_SPOOFED] = "spoofed neighbour discovery",
    [TCPIP_DROP_ND_FOREIGN] = "neighbour discovery for others",
    [TCPIP_DROP_ND_UNSOLICITED] = "unsolicited advertisement",
    [TCPIP_DROP_ND_ROUTER] = "router not followed",
    [TCPIP_DROP_UDP_SHORT] = "malformed UDP datagram",
    [TCPIP_DROP_UDP_CHECKSUM] = "bad UDP checksum",
    [TCPIP_DROP_UDP_PORT] = "no such UDP port",
    [TCPIP_DROP_UDP_QUEUE] = "UDP socket queue full",
    [TCPIP_DROP_TCP_FORMAT] = "malformed TCP segment",
    [TCPIP_DROP_TCP_CHECKSUM] = "bad TCP checksum",
    [TCPIP_DROP_TCP_SEQUENCE] = "TCP sequence out of window",
    [TCPIP_DROP_TCP_CONNECTION] = "no such TCP connection",
    [TCPIP_DROP_TCP_LIMIT] = "TCP limit reached",
    [TCPIP_DROP_OUT_NO_ROUTE] = "no route",
    [TCPIP_DROP_OUT_TOO_BIG] = "packet exceeds the MTU",
    [TCPIP_DROP_OUT_NO_ROOM] = "driver has no room",
    [TCPIP_DROP_OUT_NO_FRAME] = "no free frame",
    [TCPIP_DROP_CLIENT] = "refused by a client",
};

const char *tcpip_drop_name(enum tcpip_drop reason)
{
    return reason < TCPIP_DROP_REASONS ? names[reason] : "?";
}

uint32_t tcpip_drops_total(void)
{
    uint32_t total = 0;

    for (size_t i = 0; i < TCPIP_DROP_REASONS; i++)
        total += tcpip_drops((enum tcpip_drop)i);
    return total;
}

bool tcpip_drop_count(size_t reason, const char **name, uint32_t *count)
{
    if (reason >= TCPIP_DROP_REASONS)
        return false;
    *name = tcpip_drop_name((enum tcpip_drop)reason);
    *count = tcpip_drops((enum tcpip_drop)reason);
    return true;
}
