/* SPDX-License-Identifier: MIT */
/*
 * The list is short and bounded: a router that is not in it takes a free place, or that of one which
 * does not answer, never that of one in use. Lifetimes are looked at when a router is picked.
 *
 * Values that would cripple us are not believed: an MTU below 1280, times of less than a tenth of a
 * second or more than an hour. Hop limits are the application's options; a router does not change
 * them.
 */
#include "ip/router.h"

#if ipconfigUSE_IPv6

#include "client/domains.h"
#include "core/end_point.h"
#include "core/os.h"
#include "core/path.h"
#include "core/timer.h"
#include "ip/autoconf.h"
#include "ip/ipv6.h"
#include "ip/nd.h"
#include "link/neighbour.h"
#include "wire/ipv6.h"
#include "wire/nd.h"

enum {
    REACHABLE_MS = 30000, /* RFC 4861 10 */
    RETRANSMIT_MS = 1000,
    LEAST_MS = 100,
    MOST_MS = 3600000,
    SOLICITATION_DELAY_MS = 1000,
    LONGEST_PAUSE_MS = 3600000, /* RFC 7559 2 */
};

static struct router {
    struct tcpip_interface *interface; /* NULL: a free place */
    struct tcpip_address address;
    uint32_t until;     /* in tcpip_seconds() */
    uint8_t preference; /* RFC 4191 2.1: 0 low, 1 medium, 2 high */
    bool silent;        /* did not answer when it was last asked */
} routers[ipconfigIPv6_ROUTERS];

void tcpip_router_init(void)
{
    memset(routers, 0, sizeof routers);
}

static struct router *find(const struct tcpip_interface *interface,
                           const struct tcpip_address *address)
{
    for (size_t i = 0; i < ipconfigIPv6_ROUTERS; i++)
        if (routers[i].interface == interface && tcpip_address_equal(&routers[i].address, address))
            return &routers[i];
    return NULL;
}

static unsigned rank(const struct router *router)
{
    return router->preference + (router->silent ? 1u : 4u);
}

static struct router *best(const struct tcpip_interface *interface)
{
    uint32_t now = tcpip_seconds();
    struct router *found = NULL;

    for (size_t i = 0; i < ipconfigIPv6_ROUTERS; i++) {
        struct router *router = &routers[i];

        if (router->interface != NULL && router->until <= now)
            router->interface = NULL;
        if (router->interface == interface && (found == NULL || rank(router) > rank(found)))
            found = router;
    }
    return found;
}

const struct tcpip_address *tcpip_router_pick(const struct tcpip_interface *interface)
{
    const struct router *router = best(interface);

    return router == NULL ? NULL : &router->address;
}

bool tcpip_router_is(const struct tcpip_interface *interface, const struct tcpip_address *address)
{
    return find(interface, address) != NULL;
}

void tcpip_router_lost(const struct tcpip_interface *interface, const struct tcpip_address *address)
{
    struct router *router = find(interface, address);

    if (router == NULL)
        return;
    router->silent = true;
    for (size_t i = 0; i < ipconfigIPv6_ROUTERS; i++)
        if (routers[i].interface == interface && !routers[i].silent)
            return;
    for (size_t i = 0; i < ipconfigIPv6_ROUTERS; i++) /* all are: each has its turn */
        routers[i].silent = &routers[i] == router;
}

void tcpip_router_retired(const struct tcpip_interface *interface,
                          const struct tcpip_address *address)
{
    struct router *router = find(interface, address);

    if (router != NULL)
        router->interface = NULL;
}

/* From the link's own address, so that the answer to it comes from such a one, too: a router that
 * answers a global address from its own global address is not believed. */
static const struct tcpip_end_point *speaker(const struct tcpip_interface *interface)
{
    const struct tcpip_end_point *any = tcpip_end_point_on(interface, TCPIP_IPV6);
    const struct tcpip_end_point *local = any;

    while (local != NULL && !(local->state == TCPIP_END_POINT_UP &&
                              tcpip_address_is_link_local(&local->active.address)))
        local = local->next;
    return local != NULL ? local : any;
}

static void solicit(void *context)
{
    struct tcpip_interface *interface = context;
    struct tcpip_ipv6_link *link = &interface->ipv6;
    const struct tcpip_end_point *any = speaker(interface);
    size_t size = ND_ROUTER_SOLICITATION_SIZE + (any != NULL ? (size_t)ND_LINK_OPTION_SIZE : 0);
    struct netif_frame *frame;

    if (link->asked == ipconfigRA_SEARCH_COUNT)
        tcpip_autoconf_give_up(interface);
    else
        link->asked++;
    tcpip_timer_start(&link->solicitation, link->pause);
    if (link->asked == ipconfigRA_SEARCH_COUNT)
        link->pause = link->pause < LONGEST_PAUSE_MS / 2 ? 2 * link->pause : LONGEST_PAUSE_MS;
    frame = tcpip_nd_message(ND_ROUTER_SOLICITATION, size);
    if (frame == NULL)
        return;
    if (any != NULL)
        tcpip_nd_put_station(frame->data + ND_ROUTER_SOLICITATION_SIZE, ND_OPTION_SOURCE,
                             interface->netif->mac);
    tcpip_nd_send(interface, frame, any != NULL ? &any->active.address : &tcpip_ipv6_nobody,
                  &tcpip_ipv6_all_routers);
}

/* Whether anybody on the interface wants to hear of routers. */
static bool wanted(const struct tcpip_interface *interface)
{
    const struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL && (tcpip_end_point_family(end_point) != TCPIP_IPV6 ||
                                 !(end_point->wants_ra || end_point->wants_dhcp)))
        end_point = end_point->next;
    return end_point != NULL;
}

void tcpip_router_ask(struct tcpip_interface *interface)
{
    struct tcpip_ipv6_link *link = &interface->ipv6;
    uint32_t random = 0;

    link->asked = 0;
    link->pause = ipconfigRA_SEARCH_TIME_OUT_MSEC;
    if (!ipconfigUSE_RA || !wanted(interface))
        return;
    (void)tcpip_os_random(&random); /* without one: at once */
    tcpip_timer_start(&link->solicitation, random % SOLICITATION_DELAY_MS);
}

void tcpip_router_search(struct tcpip_interface *interface)
{
    struct tcpip_ipv6_link *link = &interface->ipv6;

    link->reachable_ms = REACHABLE_MS;
    link->retransmit_ms = RETRANSMIT_MS;
    link->mtu = 0;
    tcpip_timer_init(&link->solicitation, solicit, interface);
    tcpip_router_ask(interface);
}

void tcpip_router_forget(struct tcpip_interface *interface)
{
    tcpip_timer_stop(&interface->ipv6.solicitation);
    tcpip_paths_forget(interface);
    tcpip_domains_forget(interface, TCPIP_DOMAINS_ROUTER);
    for (size_t i = 0; i < ipconfigIPv6_ROUTERS; i++)
        if (routers[i].interface == interface)
            routers[i].interface = NULL;
}

static void enter(struct tcpip_interface *interface, const struct tcpip_address *address,
                  const struct nd_router *said)
{
    static const uint8_t preferences[4] = {1, 2, 1, 0}; /* of the bits 00, 01, 10, 11 */
    struct router *router = find(interface, address);

    (void)best(interface); /* makes places of routers whose time is up free */
    for (size_t i = 0; router == NULL && i < ipconfigIPv6_ROUTERS; i++)
        if (routers[i].interface == NULL || routers[i].silent)
            router = &routers[i];
    if (router == NULL || said->lifetime == 0) {
        tcpip_router_retired(interface, address);
        return;
    }
    *router = (struct router){.interface = interface,
                              .address = *address,
                              .until = tcpip_seconds() + said->lifetime,
                              .preference = preferences[said->flags / 8u % 4u]};
    tcpip_timer_stop(&interface->ipv6.solicitation);
}

static bool is_sane(uint32_t ms)
{
    return ms >= LEAST_MS && ms <= MOST_MS;
}

static void take_times(struct tcpip_ipv6_link *link, const struct nd_router *said)
{
    uint32_t random;

    if (is_sane(said->retransmit))
        link->retransmit_ms = said->retransmit;
    if (is_sane(said->reachable) &&
        tcpip_os_random(&random)) /* RFC 4861 6.3.2: half to one and a half */
        link->reachable_ms = said->reachable / 2 + random % said->reachable;
}

static void take_mtu(struct tcpip_interface *interface, const struct nd_option *option)
{
    uint32_t mtu = tcpip_get_be32(option->bytes + 4);

    if (mtu >= IPV6_LEAST_MTU && mtu <= UINT16_MAX)
        interface->ipv6.mtu = (uint16_t)mtu;
}

enum tcpip_drop tcpip_router_advertised(const struct tcpip_packet *packet,
                                        struct tcpip_reader options)
{
    struct tcpip_interface *interface = packet->interface;
    struct tcpip_end_point *any = tcpip_end_point_on(interface, TCPIP_IPV6);
    const uint8_t *station = tcpip_nd_station(options, ND_OPTION_SOURCE);
    struct tcpip_reader again = options;
    struct nd_option option;
    struct nd_prefix prefix;
    struct nd_router said;

    if (!tcpip_address_is_link_local(&packet->source))
        return TCPIP_DROP_ND_SPOOFED;
    if (!ipconfigUSE_RA || !wanted(interface))
        return TCPIP_DROP_ND_ROUTER;
    tcpip_nd_router(packet->frame->data, &said);
    enter(interface, &packet->source, &said);
    take_times(&interface->ipv6, &said);
    if (station != NULL && any != NULL)
        (void)tcpip_neighbour_learn(any, &packet->source, station, TCPIP_NEIGHBOUR_ASKED_US);
    while (tcpip_nd_next_option(&options, &option)) {
        if (option.kind == ND_OPTION_MTU) {
            take_mtu(interface, &option);
        } else if (option.kind == ND_OPTION_PREFIX) {
            tcpip_nd_prefix(&option, &prefix);
            tcpip_autoconf_prefix(interface, &prefix);
        }
    }
    if (ipconfigUSE_DHCPv6 && (said.flags & (ND_MANAGED | ND_OTHER)) != 0)
        tcpip_autoconf_inform(interface);
    while ((ipconfigRA_DNS || ipconfigDNS_LEARNT_DOMAINS > 0) &&
           tcpip_nd_next_option(&again, &option)) /* now there is an end-point to put them into */
        if (option.kind == ND_OPTION_DNS)
            tcpip_autoconf_dns(interface, &option);
        else if (option.kind == ND_OPTION_DOMAINS)
            tcpip_domains_learn(interface, TCPIP_DOMAINS_ROUTER, option.bytes + 8, option.size - 8,
                                tcpip_get_be32(option.bytes + 4));
    return TCPIP_DROP_NONE;
}

#if TCPIP_REDIRECTS

enum tcpip_drop tcpip_router_redirected(const struct tcpip_packet *packet,
                                        struct tcpip_reader options)
{
    struct tcpip_interface *interface = packet->interface;
    const uint8_t *message = packet->frame->data;
    const uint8_t *station = tcpip_nd_station(options, ND_OPTION_TARGET);
    struct tcpip_address target, destination;
    struct tcpip_route route;

    tcpip_ipv6_address(&target, interface, message + ND_TARGET_AT);
    tcpip_ipv6_address(&destination, interface, message + ND_REDIRECT_DESTINATION_AT);
    if (!tcpip_address_is_link_local(&packet->source) || tcpip_address_is_multicast(&destination) ||
        tcpip_end_point_find(&target) != NULL ||
        (!tcpip_address_is_link_local(&target) && !tcpip_address_equal(&target, &destination)))
        return TCPIP_DROP_ND_SPOOFED;
    if (!tcpip_route_find(NULL, &destination, &route) || route.interface != interface ||
        !tcpip_address_equal(&route.next_hop, &packet->source))
        return TCPIP_DROP_ND_ROUTER;
    tcpip_path_redirect(interface, &destination, &target);
    if (station != NULL)
        (void)tcpip_neighbour_learn(route.end_point, &target, station, TCPIP_NEIGHBOUR_ASKED_US);
    return TCPIP_DROP_NONE;
}

#endif

#endif
