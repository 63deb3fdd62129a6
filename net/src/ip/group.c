/* SPDX-License-Identifier: MIT */
/*
 * A group's life: joined (the change is reported, and once more) → member (answers queries) → left
 * (reported, and once more, then its place is free). While a querier of an older version speaks, so do
 * we (RFC 3376 7.2.1, RFC 3810 8.2.1): one report, none when another host was quicker, and a leave only
 * from who reported last.
 *
 * When the table is full, the groups in which neighbours are asked for are heard without a place in
 * it, and the device lets every group through.
 */
#include "ip/group.h"

#if ipconfigUSE_IPv6 || ipconfigUSE_IGMP || ipconfigUSE_MDNS || ipconfigUSE_LLMNR ||               \
    ipconfigUSE_SOCKET_GROUPS || ipconfigUSE_PACKET_SOCKETS

#include "core/checksum.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"
#include "ip/ip.h"
#include "ip/ipv6.h"
#include "link/frame_port.h"
#include "link/vlan.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"
#include "wire/membership.h"

enum {
    CHANGE_REPORTS = 2, /* robustness, RFC 3376 8.1 */
    CHANGE_SPREAD_MS = 1000,
    OLDER_QUERIER_S = 260,                /* RFC 3376 8.12: 2 * 125 + 10 */
    REPORT_HEADROOM = TCPIP_HEADROOM + 8, /* and the header that alerts routers */
};

static struct group {
    struct tcpip_interface *interface; /* NULL: a free place */
    struct tcpip_address address;
    struct tcpip_timer timer;
    uint16_t users;
    uint8_t changes;    /* reports of the last change still to be sent */
    bool reported_last; /* by us, of all hosts */
} groups[ipconfigMULTICAST_GROUPS];

static unsigned homeless; /* joins for which there was no place */

enum { LAST = TCPIP_ADDRESS_SIZE - 1 };

static const struct tcpip_address all_hosts = {TCPIP_IPV4, 0, {224, 0, 0, 1}};
static const struct tcpip_address igmp_routers[2] = {{TCPIP_IPV4, 0, {224, 0, 0, 2}},
                                                     {TCPIP_IPV4, 0, {224, 0, 0, 22}}};
static const struct tcpip_address mld_routers = {TCPIP_IPV6, 0, {0xff, 2, [LAST] = 22}};

static struct group *find(const struct tcpip_interface *interface,
                          const struct tcpip_address *address)
{
    for (size_t i = 0; i < ipconfigMULTICAST_GROUPS; i++)
        if (groups[i].interface == interface && tcpip_address_equal(&groups[i].address, address))
            return &groups[i];
    return NULL;
}

/* Of the addresses of IPv6. */
static bool is_solicited_node(const struct tcpip_address *address)
{
#if ipconfigUSE_IPv6
    return tcpip_address_same_prefix(address, &tcpip_ipv6_solicited_nodes, 104);
#else
    return false;
#endif
}

bool tcpip_group_member(const struct tcpip_interface *interface,
                        const struct tcpip_address *address)
{
    const struct group *group = find(interface, address);

    if (group != NULL)
        return group->users > 0;
    return tcpip_address_equal(address, &all_hosts) ||
           (ipconfigUSE_IPv6 && tcpip_address_equal(address, &tcpip_ipv6_all_nodes)) ||
           (homeless > 0 && is_solicited_node(address));
}

/* --- the device's filter ------------------------------------------------------------------------- */

static void set_filter(struct tcpip_interface *interface)
{
    uint8_t addresses[ipconfigMULTICAST_GROUPS + 2][NETIF_MAC_SIZE];
    struct netif_filter filter = {.addresses = (const uint8_t(*)[NETIF_MAC_SIZE])addresses,
                                  .all_multicast = homeless > 0 || tcpip_frame_ports_at(interface)};
    const struct tcpip_interface *carrier = tcpip_vlan_carrier(interface);
    struct netif *netif = carrier->netif;

    if (!carrier->started || netif->driver->set_filter == NULL)
        return;
    tcpip_ip_group_mac(&all_hosts, addresses[filter.count++]);
    if (ipconfigUSE_IPv6)
        tcpip_ip_group_mac(&tcpip_ipv6_all_nodes, addresses[filter.count++]);
    for (size_t i = 0; i < ipconfigMULTICAST_GROUPS; i++)
        if (tcpip_vlan_carrier(groups[i].interface) == carrier && groups[i].users > 0)
            tcpip_ip_group_mac(&groups[i].address, addresses[filter.count++]);
    (void)netif->driver->set_filter(netif, &filter); /* what it lets through is looked at again */
}

#if ipconfigUSE_PACKET_SOCKETS
void tcpip_groups_filter(struct tcpip_interface *interface)
{
    set_filter(interface);
}
#endif

/* --- reports ------------------------------------------------------------------------------------- */

static bool newest(const struct tcpip_interface *interface, uint8_t family)
{
    return interface->older_querier_until[family == TCPIP_IPV6] <= tcpip_seconds();
}

/* RFC 3376 4.2.14, RFC 2236 3 and 9; RFC 3810 5.2.14, RFC 2710 3.7. */
static const struct tcpip_address *addressee(const struct tcpip_address *group,
                                             enum membership_kind kind, bool is_newest)
{
    if (!is_newest && kind != MEMBERSHIP_LEFT)
        return group;
    if (!ipconfigUSE_IPv6 || (ipconfigUSE_IGMP && group->family == TCPIP_IPV4))
        return &igmp_routers[is_newest];
    return is_newest ? &mld_routers : &tcpip_ipv6_all_routers;
}

/* RFC 3590: from a link-local address, or from none. */
static void find_way(const struct group *group, const struct tcpip_address *to, bool is_ipv6,
                     struct tcpip_route *route)
{
    if (tcpip_route_find(NULL, to, route) &&
        (!is_ipv6 || tcpip_address_is_link_local(&route->source)))
        return;
    *route = (struct tcpip_route){.interface = group->interface, .source = {.family = to->family}};
}

static void report(const struct group *group, enum membership_kind kind)
{
    bool is_ipv6 = group->address.family == TCPIP_IPV6;
    bool is_newest = newest(group->interface, group->address.family);
    struct tcpip_address to = *addressee(&group->address, kind, is_newest);
    struct netif_frame *frame;
    struct tcpip_route route;
    uint32_t sum = 0;

    if (!group->interface->link_up || (!is_ipv6 && !ipconfigUSE_IGMP))
        return;
    frame = tcpip_frame_outgoing(REPORT_HEADROOM, MEMBERSHIP_REPORT_MOST);
    if (frame == NULL)
        return;
    to.zone = group->interface->number;
    find_way(group, &to, is_ipv6, &route);
    frame->length = (uint16_t)tcpip_membership_build(frame->data, &group->address, kind, is_newest);
    if (is_ipv6)
        sum = tcpip_checksum_pseudo(&route.source, &to, IPV6_PROTOCOL_ICMP, frame->length);
    tcpip_checksum_put(sum, frame->data, frame->length, ICMP_CHECKSUM_OFFSET);
    tcpip_ip_alert_routers(&route, frame, &to);
}

static void spread(struct group *group, uint32_t most_ms)
{
    uint32_t random = 0;

    (void)tcpip_os_random(&random); /* without one: at once */
    tcpip_timer_start(&group->timer, most_ms == 0 ? 0 : random % most_ms);
}

static void report_change(struct group *group)
{
    group->changes--;
    if (group->users > 0)
        report(group, MEMBERSHIP_JOINED);
    else if (group->reported_last || newest(group->interface, group->address.family))
        report(group, MEMBERSHIP_LEFT);
    group->reported_last = true;
    if (group->changes > 0)
        spread(group, CHANGE_SPREAD_MS);
    else if (group->users == 0)
        group->interface = NULL;
}

static void timed_out(void *context)
{
    struct group *group = context;

    if (group->changes > 0) {
        report_change(group);
    } else {
        report(group, MEMBERSHIP_MEMBER);
        group->reported_last = true;
    }
}

/* Link-scope groups are reported too (for switches that listen), but for the one of all. Without a link
 * there is nobody to be told; a member is reported when it comes. */
static void change(struct group *group)
{
    tcpip_timer_stop(&group->timer);
    set_filter(group->interface);
    if (group->interface->link_up) {
        group->changes = CHANGE_REPORTS;
        report_change(group);
    } else if (group->users == 0) {
        group->interface = NULL;
    }
}

static void igmp_input(const struct tcpip_packet *packet);

static struct tcpip_protocol igmp = {
    .number = IPV4_PROTOCOL_IGMP, .family = TCPIP_IPV4, .time_to_live = 1, .input = igmp_input};

/* --- joining and leaving -------------------------------------------------------------------------- */

void tcpip_groups_init(void)
{
    homeless = 0;
    memset(groups, 0, sizeof groups);
    if (ipconfigUSE_IGMP)
        tcpip_ip_register(&igmp);
}

bool tcpip_group_join(struct tcpip_interface *interface, const struct tcpip_address *address)
{
    struct group *group = find(interface, address);

    for (size_t i = 0; group == NULL && i < ipconfigMULTICAST_GROUPS; i++)
        if (groups[i].interface == NULL)
            group = &groups[i];
    if (group == NULL) {
        homeless += is_solicited_node(address);
        set_filter(interface);
        return false;
    }
    if (group->interface == NULL) {
        group->interface = interface;
        group->address = *address;
        group->users = 0;
        group->reported_last = false;
        tcpip_timer_init(&group->timer, timed_out, group);
    }
    if (group->users++ == 0)
        change(group);
    return true;
}

void tcpip_group_leave(struct tcpip_interface *interface, const struct tcpip_address *address)
{
    struct group *group = find(interface, address);

    if (group == NULL || group->users == 0) {
        homeless -= homeless > 0 && is_solicited_node(address);
        return;
    }
    if (--group->users == 0)
        change(group);
}

void tcpip_groups_link(struct tcpip_interface *interface)
{
    interface->older_querier_until[0] = interface->older_querier_until[1] = 0;
    for (size_t i = 0; i < ipconfigMULTICAST_GROUPS; i++) {
        struct group *group = &groups[i];

        if (group->interface != interface)
            continue;
        tcpip_timer_stop(&group->timer);
        if (group->users == 0)
            group->interface = NULL;
        else if (interface->link_up)
            change(group);
    }
    if (interface->link_up)
        set_filter(interface);
}

/* --- what routers and others say ------------------------------------------------------------------- */

static void answer(struct tcpip_interface *interface, const struct membership_message *query)
{
    bool every = tcpip_address_is_any(&query->group);

    for (size_t i = 0; i < ipconfigMULTICAST_GROUPS; i++) {
        struct group *group = &groups[i];

        if (group->interface == interface && group->users > 0 && group->changes == 0 &&
            group->address.family == query->group.family &&
            (every || tcpip_address_equal(&group->address, &query->group)) &&
            !tcpip_timer_running(&group->timer))
            spread(group, query->most_ms);
    }
}

static void take_in(const struct tcpip_packet *packet)
{
    struct tcpip_interface *interface = packet->interface;
    struct netif_frame *frame = packet->frame;
    uint8_t family = packet->source.family;
    struct membership_message said;
    enum membership_type type = tcpip_membership_parse(frame->data, frame->length, family, &said);
    struct group *group;

    if (type == MEMBERSHIP_QUERY) {
        if (!said.newest)
            interface->older_querier_until[family == TCPIP_IPV6] = tcpip_seconds() +
                                                                   OLDER_QUERIER_S;
        answer(interface, &said);
    } else if (type == MEMBERSHIP_REPORT && (group = find(interface, &said.group)) != NULL &&
               group->changes == 0) {
        group->reported_last = false;
        if (!newest(interface, family))
            tcpip_timer_stop(&group->timer);
    }
    tcpip_frame_release(frame);
}

static void igmp_input(const struct tcpip_packet *packet)
{
    const struct netif_frame *frame = packet->frame;

    if (packet->ttl == 1 && frame->length >= ICMP_CHECKSUM_OFFSET + 2 &&
        tcpip_checksum_finish(tcpip_checksum_add(0, frame->data, frame->length)) == 0)
        take_in(packet);
    else
        tcpip_drop(packet->frame, TCPIP_DROP_GROUP);
}

bool tcpip_group_input(const struct tcpip_packet *packet, uint8_t type)
{
    if (type != MLD_QUERY && type != MLD_REPORT && type != MLD_DONE && type != MLD_REPORT_V2)
        return false;
    if (packet->ttl == 1 && tcpip_address_is_link_local(&packet->source))
        take_in(packet);
    else
        tcpip_drop(packet->frame, TCPIP_DROP_GROUP);
    return true;
}

#endif
