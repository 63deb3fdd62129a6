/* SPDX-License-Identifier: MIT */
#include "client/on_link.h"

#include "client/names.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/route.h"
#include "ip/group.h"
#include "link/loop.h"
#include "netif.h"

#if ipconfigUSE_MDNS || ipconfigUSE_LLMNR || ipconfigUSE_NBNS

enum { ROOM = ipconfigNETWORK_MTU - 48 /* behind the headers of IPv6 and UDP */, HOPS = 255 };

bool (*tcpip_names_hook)(struct tcpip_end_point *end_point, const char *name);

struct tcpip_end_point *tcpip_names_next_link(const struct tcpip_end_point *link)
{
    struct tcpip_end_point *next = tcpip_end_point_next(link);

    while (next != NULL &&
           (next->state != TCPIP_END_POINT_UP || tcpip_loops(next->interface) ||
            tcpip_end_point_on(next->interface, next->active.address.family) != next))
        next = tcpip_end_point_next(next);
    return next;
}

void tcpip_names_join(struct tcpip_interface *interface, const struct tcpip_address *group,
                      bool join)
{
    if (join)
        (void)tcpip_group_join(interface, group); /* false: no room, and nobody asks us there */
    else
        tcpip_group_leave(interface, group);
}

bool tcpip_names_on_link(const struct tcpip_interface *interface,
                         const struct tcpip_address *address)
{
    const struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL && (end_point->state != TCPIP_END_POINT_UP ||
                                 !tcpip_address_same_prefix(address, &end_point->active.address,
                                                            end_point->active.prefix)))
        end_point = end_point->next;
    return end_point != NULL;
}

bool tcpip_names_is_own(struct tcpip_end_point *link, const char *name)
{
    return tcpip_names_hook != NULL && tcpip_names_hook(link, name);
}

void tcpip_names_begin(struct names_message *message, uint16_t id, uint16_t flags)
{
    static uint8_t nowhere[DNS_HEADER_SIZE];

    message->frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, ROOM);
    if (message->frame == NULL)
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_FRAME);
    tcpip_dns_write_header(&message->writer,
                           message->frame != NULL ? message->frame->data : nowhere,
                           message->frame != NULL ? ROOM : sizeof nowhere, id, flags);
}

void tcpip_names_send(struct names_message *message, const struct tcpip_end_point *link,
                      uint16_t source_port, const struct tcpip_udp_target *to)
{
    struct tcpip_route route;

    if (message->frame == NULL)
        return;
    if (message->writer.at == DNS_HEADER_SIZE ||
        (!tcpip_address_is_multicast(&to->address) &&
         !tcpip_names_on_link(link->interface, &to->address)) ||
        !tcpip_route_find(&link->active.address, &to->address, &route)) {
        tcpip_frame_release(message->frame);
        return;
    }
    route.time_to_live = HOPS;
    message->frame->length = (uint16_t)message->writer.at;
    tcpip_udp_send_on(&route, source_port, message->frame, to);
}

bool tcpip_names_write_addresses(struct dns_writer *writer, const struct tcpip_interface *interface,
                                 const struct dns_name *name, uint8_t family,
                                 enum dns_section section, uint16_t class, uint32_t ttl)
{
    const struct tcpip_end_point *end_point = interface->end_points;
    bool all = true;

    for (; end_point != NULL; end_point = end_point->next) {
        const struct tcpip_address *address = &end_point->active.address;

        if (end_point->state != TCPIP_END_POINT_UP || address->family != family)
            continue;
        tcpip_dns_open_record(writer, name, family == TCPIP_IPV6 ? DNS_TYPE_AAAA : DNS_TYPE_A,
                              class, ttl);
        tcpip_dns_put_bytes(writer, address->bytes, tcpip_address_size(address));
        all = tcpip_dns_close_record(writer, section) && all;
    }
    return all;
}

void tcpip_names_answer(struct dns_writer *writer, const struct tcpip_interface *interface,
                        const struct dns_name *name, uint16_t type, uint32_t ttl)
{
    if (type == DNS_TYPE_A || type == DNS_TYPE_ANY)
        (void)tcpip_names_write_addresses(writer, interface, name, TCPIP_IPV4, DNS_ANSWERS,
                                          DNS_CLASS_IN, ttl);
    if (type == DNS_TYPE_AAAA || type == DNS_TYPE_ANY)
        (void)tcpip_names_write_addresses(writer, interface, name, TCPIP_IPV6, DNS_ANSWERS,
                                          DNS_CLASS_IN, ttl);
}

#endif
