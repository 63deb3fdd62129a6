/* SPDX-License-Identifier: MIT */
/*
 * Lists of interfaces and end-points, and what happens when a link or an address comes and goes.
 */
#include "core/end_point.h"

#include "client/dhcp.h"
#include "client/llmnr.h"
#include "client/mdns.h"
#include "ip/ip.h"
#include "link/neighbour.h"

static struct tcpip_interface *first;

struct tcpip_interface *tcpip_interfaces(void)
{
    return first;
}

void tcpip_interface_link(struct tcpip_interface *interface)
{
    struct tcpip_interface **last = &first;

    while (*last != NULL)
        last = &(*last)->next;
    interface->next = NULL;
    *last = interface;
}

void tcpip_end_point_link(struct tcpip_interface *interface, struct tcpip_end_point *end_point)
{
    struct tcpip_end_point **last = &interface->end_points;

    while (*last != NULL)
        last = &(*last)->next;
    end_point->interface = interface;
    end_point->next = NULL;
    *last = end_point;
}

void tcpip_interfaces_forget(void)
{
    first = NULL;
}

struct tcpip_end_point *tcpip_end_point_next(const struct tcpip_end_point *end_point)
{
    struct tcpip_interface *interface = first;

    if (end_point != NULL) {
        if (end_point->next != NULL)
            return end_point->next;
        interface = end_point->interface->next;
    }
    while (interface != NULL && interface->end_points == NULL)
        interface = interface->next;
    return interface == NULL ? NULL : interface->end_points;
}

struct tcpip_end_point *tcpip_end_point_find(const struct tcpip_address *address)
{
    struct tcpip_end_point *end_point = NULL;

    while ((end_point = tcpip_end_point_next(end_point)) != NULL)
        if (end_point->state == TCPIP_END_POINT_UP &&
            tcpip_address_equal(&end_point->active.address, address))
            break;
    return end_point;
}

struct tcpip_end_point *tcpip_end_point_on(const struct tcpip_interface *interface, uint8_t family)
{
    struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL &&
           (end_point->state != TCPIP_END_POINT_UP || end_point->active.address.family != family))
        end_point = end_point->next;
    return end_point;
}

bool tcpip_end_point_broadcast(const struct tcpip_end_point *end_point,
                               const struct tcpip_address *address)
{
    const struct tcpip_configuration *active = &end_point->active;
    uint32_t hosts = active->prefix >= 31 ? 0 : UINT32_MAX >> active->prefix;

    if (tcpip_address_is_broadcast(address))
        return true;
    return address->family == TCPIP_IPV4 && hosts != 0 && /* RFC 3021: a /31 has none */
           tcpip_address_same_prefix(&active->address, address, active->prefix) &&
           (tcpip_address_ipv4(address) & hosts) == hosts;
}

static void tell(struct tcpip_end_point *end_point, enum tcpip_end_point_event event)
{
    tcpip_mdns_end_point_changed(end_point, event);
    tcpip_llmnr_end_point_changed(end_point, event);
    if (end_point->changed != NULL)
        end_point->changed(end_point, event);
}

void tcpip_end_point_configure(struct tcpip_end_point *end_point,
                               const struct tcpip_configuration *configuration)
{
    bool was_up = end_point->state == TCPIP_END_POINT_UP;
    bool moved = !was_up ||
                 !tcpip_address_equal(&end_point->active.address, &configuration->address);

    if (was_up && moved)
        tcpip_ip_address_lost(&end_point->active.address);
    end_point->active = *configuration;
    end_point->state = TCPIP_END_POINT_UP;
    if (moved) {
        end_point->defended = false;
        tcpip_ip_announce(end_point);
    }
    tell(end_point, was_up ? TCPIP_END_POINT_RECONFIGURED : TCPIP_END_POINT_WENT_UP);
}

void tcpip_end_point_withdraw(struct tcpip_end_point *end_point,
                              enum tcpip_end_point_state new_state)
{
    bool was_up = end_point->state == TCPIP_END_POINT_UP;

    end_point->state = new_state;
    if (!was_up)
        return;
    if (new_state == TCPIP_END_POINT_CONFIGURING) /* the lease is over; a link may come back */
        tcpip_ip_address_lost(&end_point->active.address);
    tell(end_point, TCPIP_END_POINT_WENT_DOWN);
}

void tcpip_end_point_start(struct tcpip_end_point *end_point)
{
    if (!end_point->interface->link_up || end_point->state != TCPIP_END_POINT_DOWN)
        return;
    if (end_point->wants_dhcp && tcpip_dhcp_start(end_point))
        end_point->state = TCPIP_END_POINT_CONFIGURING;
    else
        tcpip_end_point_configure(end_point, &end_point->defaults);
}

static void stop(struct tcpip_end_point *end_point)
{
    tcpip_dhcp_stop(end_point);
    tcpip_end_point_withdraw(end_point, TCPIP_END_POINT_DOWN);
}

void tcpip_interface_set_link(struct tcpip_interface *interface, bool up)
{
    struct tcpip_end_point *end_point;

    if (up == interface->link_up)
        return;
    interface->link_up = up;
    if (!up)
        tcpip_neighbours_forget(interface);
    for (end_point = interface->end_points; end_point != NULL; end_point = end_point->next) {
        if (up)
            tcpip_end_point_start(end_point);
        else
            stop(end_point);
    }
}
