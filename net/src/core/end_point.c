/* SPDX-License-Identifier: MIT */
/*
 * Lists of interfaces and end-points, and what happens when a link or an address comes and goes.
 */
#include "core/end_point.h"

#include "client/auto_ip.h"
#include "client/dhcp.h"
#include "client/llmnr.h"
#include "client/mdns.h"
#include "core/claim.h"
#include "core/container.h"
#include "core/route.h"
#include "ip/autoconf.h"
#include "ip/fragment.h"
#include "ip/group.h"
#include "ip/ip.h"
#include "ip/router.h"
#include "link/loop.h"
#include "link/neighbour.h"
#include "link/vlan.h"

static struct tcpip_interface *first;

/* What was found may lead elsewhere now. */
static void routes_changed(void)
{
    tcpip_route_changes++;
}

struct tcpip_interface *tcpip_interfaces(void)
{
    return first;
}

void tcpip_interface_link(struct tcpip_interface *interface)
{
    struct tcpip_interface **last = &first;

    interface->number = 1;
    while (*last != NULL) {
        last = &(*last)->next;
        interface->number++;
    }
    interface->next = NULL;
    *last = interface;
    routes_changed();
}

void tcpip_end_point_link(struct tcpip_interface *interface, struct tcpip_end_point *end_point)
{
    struct tcpip_end_point **last = &interface->end_points;

    while (*last != NULL)
        last = &(*last)->next;
    end_point->interface = interface;
    end_point->next = NULL;
    *last = end_point;
    routes_changed();
}

void tcpip_interfaces_forget(void)
{
    first = NULL;
    routes_changed();
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

bool tcpip_end_point_broadcast(const struct tcpip_end_point *end_point,
                               const struct tcpip_address *address)
{
    const struct tcpip_configuration *active = &end_point->active;
    uint32_t hosts = active->prefix >= 31 ? 0 : UINT32_MAX >> active->prefix;

    if (tcpip_address_is_broadcast(address))
        return true;
    return tcpip_address_is_ipv4(address) && hosts != 0 && /* RFC 3021: a /31 has none */
           (tcpip_address_ipv4(address) & hosts) == hosts &&
           tcpip_address_same_prefix(&active->address, address, active->prefix);
}

static void tell(struct tcpip_end_point *end_point, enum tcpip_end_point_event event)
{
    if (tcpip_loops(end_point->interface)) /* there is nobody else */
        return;
    tcpip_mdns_end_point_changed(end_point, event);
    tcpip_llmnr_end_point_changed(end_point, event);
    if (end_point->changed != NULL)
        end_point->changed(end_point, event);
}

/* Sockets that know the address hear that it is gone. */
static void lose_address(struct tcpip_end_point *end_point)
{
    if (!end_point->holds)
        return;
    end_point->holds = false;
    tcpip_ip_address_lost(&end_point->active.address);
}

/* Questions about the address are for us from now on, or no longer. */
static void hear(struct tcpip_end_point *end_point, bool on)
{
    if (tcpip_loops(end_point->interface))
        return;
    tcpip_ip_hear(end_point->interface, &end_point->active.address, on);
    if (on)
        tcpip_ip_announce(end_point);
}

void tcpip_end_point_configure(struct tcpip_end_point *end_point,
                               const struct tcpip_configuration *configuration)
{
    bool was_up = end_point->state == TCPIP_END_POINT_UP;
    bool same = tcpip_address_equal(&end_point->active.address, &configuration->address);

    if (!same) {
        lose_address(end_point);
        if (was_up)
            hear(end_point, false);
    }
    memmove(&end_point->active, configuration, sizeof *configuration); /* perhaps its own */
    if (tcpip_address_is_ipv6(&end_point->active.address))
        end_point->active.gateway.zone = end_point->interface->number;
    end_point->state = TCPIP_END_POINT_UP;
    end_point->holds = true;
    routes_changed();
    if (!was_up || !same) {
        end_point->defended = false;
        hear(end_point, true);
    }
    tell(end_point, was_up ? TCPIP_END_POINT_RECONFIGURED : TCPIP_END_POINT_WENT_UP);
}

void tcpip_end_point_withdraw(struct tcpip_end_point *end_point,
                              enum tcpip_end_point_state new_state)
{
    bool was_up = end_point->state == TCPIP_END_POINT_UP;

    end_point->state = new_state;
    routes_changed();
    if (new_state == TCPIP_END_POINT_CONFIGURING) /* the lease is over; a link may come back */
        lose_address(end_point);
    if (!was_up)
        return;
    hear(end_point, false);
    tell(end_point, TCPIP_END_POINT_WENT_DOWN);
}

#define CLAIMS                                                                                     \
    (ipconfigUSE_IPv6 || ipconfigARP_USE_CLASH_DETECTION || ipconfigDHCP_FALL_BACK_AUTO_IP)

#if CLAIMS

/* RFC 5227 1.1; RFC 4862 5.1 and 5.4.2. */
static const struct tcpip_claim_pace paces[] = {
    {.delay_random = 1000, .questions = 3, .interval = 1000, .interval_random = 1000, .wait = 2000},
    {.delay_random = 1000,
     .questions = ipconfigRA_IP_TEST_COUNT,
     .interval = ipconfigRA_IP_TEST_TIME_OUT_MSEC,
     .wait = ipconfigRA_IP_TEST_TIME_OUT_MSEC},
};

static void claimed(struct tcpip_claim *claim, bool is_free)
{
    struct tcpip_end_point *end_point = TCPIP_CONTAINER(claim, struct tcpip_end_point, claim);

    if (is_free) {
        tcpip_end_point_configure(end_point, &end_point->active);
        return;
    }
    tell(end_point, TCPIP_END_POINT_CONFLICT);
    if (tcpip_autoconf_collided(end_point) || tcpip_auto_ip_collided(end_point))
        return;
    tcpip_claim_begin(claim, claim->interface, &claim->address, claim->pace, claimed);
    tcpip_claim_later(claim); /* the other one has it perhaps not for ever */
}

void tcpip_end_point_claim(struct tcpip_end_point *end_point,
                           const struct tcpip_configuration *configuration)
{
    const struct tcpip_address *address = &configuration->address;

    tcpip_claim_end(&end_point->claim);
    if (end_point->state == TCPIP_END_POINT_UP)
        tcpip_end_point_withdraw(end_point, TCPIP_END_POINT_CONFIGURING);
    if (!tcpip_address_equal(&end_point->active.address, address))
        lose_address(end_point);
    end_point->state = TCPIP_END_POINT_CONFIGURING;
    memmove(&end_point->active, configuration, sizeof *configuration);
    tcpip_claim_begin(&end_point->claim, end_point->interface, &end_point->active.address,
                      &paces[end_point->active.address.family == TCPIP_IPV6], claimed);
}

#endif

void tcpip_end_point_start(struct tcpip_end_point *end_point)
{
    if (!end_point->interface->link_up || end_point->state != TCPIP_END_POINT_DOWN)
        return;
    if (tcpip_loops(end_point->interface))
        tcpip_end_point_configure(end_point, &end_point->defaults);
    else if (tcpip_end_point_family(end_point) == TCPIP_IPV6)
        tcpip_autoconf_start(end_point);
    else if (end_point->wants_dhcp && tcpip_dhcp_start(end_point))
        end_point->state = TCPIP_END_POINT_CONFIGURING;
    else if (ipconfigARP_USE_CLASH_DETECTION)
        tcpip_end_point_claim(end_point, &end_point->defaults);
    else
        tcpip_end_point_configure(end_point, &end_point->defaults);
}

/* A lease is remembered. */
static void stop(struct tcpip_end_point *end_point)
{
    tcpip_dhcp_pause(end_point);
    tcpip_claim_end(&end_point->claim);
    if (!tcpip_loops(end_point->interface))
        tcpip_autoconf_stop(end_point);
    tcpip_end_point_withdraw(end_point, TCPIP_END_POINT_DOWN);
}

void tcpip_interface_set_link(struct tcpip_interface *interface, bool up)
{
    struct tcpip_end_point *end_point;

    if (up == interface->link_up)
        return;
    interface->link_up = up;
    if (up && !tcpip_loops(interface)) {
        tcpip_autoconf_link(interface);
        tcpip_router_search(interface);
    } else {
        tcpip_router_forget(interface);
    }
    tcpip_groups_link(interface);
    for (end_point = interface->end_points; end_point != NULL; end_point = end_point->next) {
        if (up)
            tcpip_end_point_start(end_point);
        else
            stop(end_point);
    }
    if (!up) {
        tcpip_neighbours_forget(interface);
        tcpip_fragments_forget(interface);
    }
    tcpip_vlans_follow(interface);
}
