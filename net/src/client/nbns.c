/* SPDX-License-Identifier: MIT */
/*
 * RFC 1002 5.1.1: a host of the broadcast kind answers for the names that it has, and is silent about
 * others.
 */
#include "client/nbns.h"

#include "client/names.h"
#include "client/on_link.h"
#include "core/drop.h"
#include "core/frame.h"
#include "wire/nbns.h"

#if ipconfigUSE_NBNS

static struct tcpip_udp_port port;

static bool answer(const struct tcpip_datagram *datagram)
{
    const struct tcpip_packet *packet = datagram->packet;
    struct tcpip_end_point *link = tcpip_end_point_on(packet->interface, TCPIP_IPV4);
    const struct tcpip_udp_target from = {packet->source, datagram->source_port, false};
    struct netif_frame *reply;
    struct nbns_query query;

    if (link == NULL || !tcpip_names_on_link(packet->interface, &packet->source) ||
        !tcpip_nbns_parse_query(packet->frame->data, packet->frame->length, &query) ||
        (query.name.kind != NBNS_KIND_HOST && query.name.kind != NBNS_KIND_SERVER) ||
        !tcpip_names_is_own(link, query.name.text))
        return false;
    reply = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, NBNS_REPLY_SIZE);
    if (reply == NULL)
        return false;
    tcpip_nbns_build_reply(reply->data, &query, &link->active.address);
    reply->length = NBNS_REPLY_SIZE;
    tcpip_udp_send(&port, reply, &from);
    return true;
}

static void input(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;

    if (answer(datagram))
        tcpip_frame_release(frame);
    else
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
}

void tcpip_nbns_init(void)
{
    port = (struct tcpip_udp_port){.number = NBNS_PORT, .input = input};
    (void)tcpip_udp_bind(&port); /* nobody else is there yet */
}

void tcpip_nbns_shutdown(void)
{
    tcpip_udp_unbind(&port);
}

#endif
