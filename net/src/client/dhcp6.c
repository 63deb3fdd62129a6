/* SPDX-License-Identifier: MIT */
/*
 * One client per end-point that asks for it, all behind one port. Everything is sent from the interface's
 * link-local address to all servers (RFC 8415 14); until that address is there, a message counts as
 * lost and is repeated in its time.
 */
#include "client/dhcp6.h"

#if ipconfigUSE_IPv6 && ipconfigUSE_DHCPv6

#include "client/dhcp.h"
#include "client/dhcp6_machine.h"
#include "client/domains.h"
#include "core/claim.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"
#include "ip/autoconf.h"
#include "ip/ipv6.h"
#include "ip/router.h"
#include "udp/udp.h"
#include "wire/domains.h"

struct tcpip_dhcp6 {
    struct tcpip_dhcp6 *next;
    struct tcpip_end_point *end_point;
    struct dhcp6_machine machine;
    struct tcpip_timer timer;
};

/* ff02::1:2, RFC 8415 7.1. */
static const struct tcpip_address all_servers = {
    TCPIP_IPV6, 0, {[0] = 0xff, 2, [13] = 1, [15] = 2}};

static struct tcpip_dhcp6 *clients;
static struct tcpip_udp_port port;

static void step(struct tcpip_dhcp6 *client, enum dhcp6_event_kind kind,
                 const struct dhcp6_reply *reply);

static void send(struct tcpip_dhcp6 *client)
{
    struct tcpip_udp_target target = {all_servers, DHCP6_SERVER_PORT, false};
    struct netif_frame *frame;
    struct tcpip_route route;

    target.address.zone = client->end_point->interface->number;
    if (!tcpip_route_find(NULL, &target.address, &route) ||
        !tcpip_address_is_link_local(&route.source)) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_ROUTE);
        return;
    }
    frame = tcpip_frame_outgoing(TCPIP_UDP_HEADROOM, DHCP6_MESSAGE_MOST);
    if (frame == NULL)
        return;
    frame->length = (uint16_t)tcpip_dhcp6_build(frame->data, DHCP6_MESSAGE_MOST,
                                                &client->machine.send);
    tcpip_udp_send_on(&route, DHCP6_CLIENT_PORT, frame, &target);
}

static void take_dns(const struct dhcp6_machine *machine, struct tcpip_configuration *to)
{
    if (machine->dns_count == 0)
        return;
    for (to->dns_count = 0;
         to->dns_count < machine->dns_count && to->dns_count < ipconfigENDPOINT_DNS_ADDRESS_COUNT;
         to->dns_count++)
        to->dns[to->dns_count] = tcpip_address_from_ipv6(machine->dns[to->dns_count]);
}

/* What the lease does not say stays as the application configured it. */
static void bind(struct tcpip_dhcp6 *client)
{
    struct tcpip_end_point *end_point = client->end_point;
    const struct dhcp6_lease *lease = &client->machine.lease;
    struct tcpip_configuration configuration = end_point->defaults;
    bool same = end_point->state == TCPIP_END_POINT_UP &&
                memcmp(end_point->active.address.bytes, lease->address, 16) == 0;

    configuration.address = tcpip_address_from_ipv6(lease->address);
    configuration.prefix = same ? end_point->active.prefix : 128; /* until a router says more */
    take_dns(&client->machine, &configuration);
    tcpip_autoconf_prefer(end_point, lease->preferred);
    tcpip_end_point_configure(end_point, &configuration);
    if (!same)
        tcpip_router_ask(end_point->interface);
}

static void inform(struct tcpip_dhcp6 *client)
{
    struct tcpip_end_point *end_point = client->end_point;

    take_dns(&client->machine, &end_point->active);
    tcpip_autoconf_keep_dns(end_point);
    if (end_point->state == TCPIP_END_POINT_UP)
        tcpip_end_point_configure(end_point, &end_point->active);
}

static void checked(struct tcpip_claim *claim, bool is_free)
{
    struct tcpip_end_point *end_point = TCPIP_CONTAINER(claim, struct tcpip_end_point, claim);

    step(end_point->dhcp6, is_free ? DHCP6_EVENT_FREE : DHCP6_EVENT_CONFLICT, NULL);
}

/* RFC 8415 18.2.10.1: duplicate address detection as for any other. */
static void check(struct tcpip_dhcp6 *client)
{
    static const struct tcpip_claim_pace pace = {.questions = ipconfigRA_IP_TEST_COUNT,
                                                 .interval = ipconfigRA_IP_TEST_TIME_OUT_MSEC,
                                                 .wait = ipconfigRA_IP_TEST_TIME_OUT_MSEC};
    struct tcpip_end_point *end_point = client->end_point;
    struct tcpip_address address = tcpip_address_from_ipv6(client->machine.lease.address);

    tcpip_claim_begin(&end_point->claim, end_point->interface, &address, &pace, checked);
}

static void use_defaults(struct tcpip_dhcp6 *client)
{
    struct tcpip_end_point *end_point = client->end_point;

    tcpip_dhcp6_stop(end_point);
    if (!tcpip_address_is_any(&end_point->defaults.address))
        tcpip_end_point_claim(end_point, &end_point->defaults);
}

/* What the application wants. False: the client does not go on, and is gone. */
static bool allowed(struct tcpip_dhcp6 *client)
{
    enum dhcp6_type type = client->machine.send.type;
    struct tcpip_address offered = tcpip_address_from_ipv6(client->machine.lease.address);
    enum tcpip_dhcp_answer answer = TCPIP_DHCP_CONTINUE;

    if (tcpip_dhcp_ask != NULL && (type == DHCP6_SOLICIT || type == DHCP6_REQUEST))
        answer = tcpip_dhcp_ask(client->end_point,
                                type == DHCP6_SOLICIT ? TCPIP_DHCP_BEFORE_DISCOVER
                                                      : TCPIP_DHCP_BEFORE_REQUEST,
                                &offered);
    if (answer == TCPIP_DHCP_CONTINUE)
        return true;
    if (answer == TCPIP_DHCP_STOP && client->end_point->state == TCPIP_END_POINT_UP)
        tcpip_dhcp6_stop(client->end_point);
    else
        use_defaults(client);
    return false;
}

static void sleep_until(struct tcpip_dhcp6 *client)
{
    uint64_t wake = client->machine.wake;
    uint64_t now = tcpip_clock();
    uint64_t pause = wake > now ? wake - now : 0;

    if (wake == UINT64_MAX)
        tcpip_timer_stop(&client->timer);
    else
        tcpip_timer_start(&client->timer,
                          pause < TCPIP_TIMER_MAX ? (uint32_t)pause : TCPIP_TIMER_MAX);
}

static void act(struct tcpip_dhcp6 *client)
{
    struct tcpip_end_point *end_point = client->end_point;
    unsigned actions = client->machine.actions;

    if ((actions & DHCP6_GIVE_UP) != 0 && !tcpip_address_is_any(&end_point->defaults.address)) {
        use_defaults(client);
        return;
    }
    sleep_until(client);
    if ((actions & DHCP6_UNBIND) != 0)
        tcpip_domains_forget(end_point->interface, TCPIP_DOMAINS_DHCP6);
    if ((actions & DHCP6_UNBIND) != 0)
        tcpip_end_point_withdraw(end_point, TCPIP_END_POINT_CONFIGURING);
    if ((actions & DHCP6_SEND) != 0) {
        if (!allowed(client))
            return;
        send(client);
    }
    if ((actions & DHCP6_CHECK) != 0)
        check(client);
    if ((actions & DHCP6_BIND) != 0)
        bind(client);
    if ((actions & DHCP6_INFORM) != 0)
        inform(client);
}

/* What the link says of an address, or the application of a lease, is said once and cannot be put off. */
static bool comes_again(enum dhcp6_event_kind kind)
{
    return kind == DHCP6_EVENT_START || kind == DHCP6_EVENT_TIME || kind == DHCP6_EVENT_REPLY;
}

static void step(struct tcpip_dhcp6 *client, enum dhcp6_event_kind kind,
                 const struct dhcp6_reply *reply)
{
    struct dhcp6_event event = {.kind = kind, .now = tcpip_clock(), .reply = reply};

    if (!tcpip_os_random(&event.random)) { /* no transaction without an id of its own */
        if (comes_again(kind)) {
            tcpip_timer_start(&client->timer, 1000);
            return;
        }
        event.random = client->machine.xid + 1u;
    }
    tcpip_dhcp6_machine_step(&client->machine, &event);
    act(client);
}

static void timed_out(void *context)
{
    struct tcpip_dhcp6 *client = context;
    bool stopped = client->machine.state == DHCP6_STOPPED;

    step(client, stopped ? DHCP6_EVENT_START : DHCP6_EVENT_TIME, NULL);
}

static bool parse_for(const struct tcpip_dhcp6 *client, const struct tcpip_datagram *datagram,
                      struct dhcp6_reply *reply)
{
    const struct netif_frame *frame = datagram->packet->frame;

    return client->end_point->interface == datagram->packet->interface &&
           tcpip_dhcp6_parse(frame->data, frame->length, client->machine.mac,
                             client->machine.lease.id, reply) &&
           reply->xid == client->machine.xid;
}

static bool is_there(const struct tcpip_dhcp6 *client)
{
    const struct tcpip_dhcp6 *each = clients;

    while (each != NULL && each != client)
        each = each->next;
    return each != NULL;
}

/* The domains count when the machine has taken what came with them. */
static void hear(struct tcpip_dhcp6 *client, struct netif_frame *frame,
                 const struct dhcp6_reply *reply)
{
    static uint8_t list[ipconfigDNS_LEARNT_DOMAINS > 0 ? DOMAINS_LIST_MOST : 1];
    const struct tcpip_interface *interface = client->end_point->interface;
    size_t size = 0;

    if (ipconfigDNS_LEARNT_DOMAINS > 0) {
        struct tcpip_reader said = tcpip_domains_of_dhcp6(frame->data, frame->length);

        size = said.left < sizeof list ? said.left : sizeof list;
        memcpy(list, said.at, size);
    }
    tcpip_frame_release(frame);
    client->machine.actions = 0;
    step(client, DHCP6_EVENT_REPLY, reply);
    if (ipconfigDNS_LEARNT_DOMAINS > 0 && is_there(client) &&
        (client->machine.actions & (DHCP6_CHECK | DHCP6_BIND | DHCP6_INFORM)) != 0)
        tcpip_domains_learn(interface, TCPIP_DOMAINS_DHCP6, list, size, TCPIP_DOMAINS_FOREVER);
}

static void input(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;
    struct tcpip_dhcp6 *client = clients;
    struct dhcp6_reply reply;

    while (client != NULL && !parse_for(client, datagram, &reply))
        client = client->next;
    if (client == NULL || datagram->source_port != DHCP6_SERVER_PORT ||
        datagram->packet->to_group) {
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
        return;
    }
    hear(client, frame, &reply);
}

/* The same each time, and another for each end-point of an interface (RFC 8415 12). */
static uint32_t lease_id_of(const struct tcpip_end_point *end_point)
{
    uint32_t id = end_point->interface->number * UINT32_C(256);

    for (const struct tcpip_end_point *other = end_point->interface->end_points; other != end_point;
         other = other->next)
        id++;
    return id;
}

static struct tcpip_dhcp6 *create(struct tcpip_end_point *end_point, bool informs)
{
    struct tcpip_dhcp6 *client = tcpip_os_allocate(sizeof *client);

    if (client == NULL)
        return NULL;
    if (clients == NULL) {
        port = (struct tcpip_udp_port){.number = DHCP6_CLIENT_PORT, .input = input};
        if (!tcpip_udp_bind(&port)) {
            tcpip_os_free(client);
            return NULL;
        }
    }
    client->next = clients;
    client->end_point = end_point;
    clients = client;
    end_point->dhcp6 = client;
    tcpip_dhcp6_machine_init(&client->machine, end_point->interface->netif->mac,
                             lease_id_of(end_point), informs, tcpip_os_longest_discover());
    tcpip_timer_init(&client->timer, timed_out, client);
    return client;
}

bool tcpip_dhcp6_start(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp6 *client = end_point->dhcp6 != NULL ? end_point->dhcp6
                                                          : create(end_point, false);

    if (client == NULL)
        return false;
    client->machine.state = DHCP6_STOPPED; /* from where it starts */
    tcpip_timer_start(&client->timer, 0);
    return true;
}

void tcpip_dhcp6_inform(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp6 *client = end_point->dhcp6 != NULL ? end_point->dhcp6
                                                          : create(end_point, true);

    if (client != NULL && client->machine.state == DHCP6_STOPPED)
        tcpip_timer_start(&client->timer, 0);
}

void tcpip_dhcp6_pause(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp6 *client = end_point->dhcp6;

    if (client == NULL)
        return;
    tcpip_timer_stop(&client->timer);
    if (!client->machine.informs)
        tcpip_claim_end(&end_point->claim);
    client->machine.state = DHCP6_STOPPED;
    tcpip_domains_forget(end_point->interface, TCPIP_DOMAINS_DHCP6);
}

void tcpip_dhcp6_release(struct tcpip_end_point *end_point)
{
    if (end_point->dhcp6 != NULL && !end_point->dhcp6->machine.informs)
        step(end_point->dhcp6, DHCP6_EVENT_RELEASE, NULL);
}

void tcpip_dhcp6_stop(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp6 *client = end_point->dhcp6;
    struct tcpip_dhcp6 **at = &clients;

    if (client == NULL)
        return;
    tcpip_dhcp6_pause(end_point);
    while (*at != client)
        at = &(*at)->next;
    *at = client->next;
    end_point->dhcp6 = NULL;
    tcpip_os_free(client);
    if (clients == NULL)
        tcpip_udp_unbind(&port);
}

#endif
