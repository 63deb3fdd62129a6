/* SPDX-License-Identifier: MIT */
/*
 * One client per end-point that asks for it, all behind one port. While the link is down a client keeps
 * its lease and waits; when it is back, it asks whether the lease is still good there.
 *
 * The stack's timers reach 24 days, leases 136 years: a long sleep is several.
 */
#include "client/dhcp.h"

#include "client/auto_ip.h"
#include "client/dhcp_client.h"
#include "client/domains.h"
#include "core/address.h"
#include "core/claim.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "udp/udp.h"
#include "wire/domains.h"

#if ipconfigUSE_DHCP

enum {
    SECOND_MS = 1000,
    SPREAD_MS = 1024, /* a second: in bits of the random number */
    LONGEST_SLEEP = TCPIP_TIMER_MAX / SECOND_MS
};

/* Servers of a lease that there is room for. */
enum {
    DNS_TAKEN = ipconfigENDPOINT_DNS_ADDRESS_COUNT < DHCP_DNS_MAX
                    ? ipconfigENDPOINT_DNS_ADDRESS_COUNT
                    : DHCP_DNS_MAX
};

enum tcpip_dhcp_answer (*tcpip_dhcp_ask)(struct tcpip_end_point *end_point,
                                         enum tcpip_dhcp_phase phase,
                                         const struct tcpip_address *address);
const char *(*tcpip_dhcp_host_name)(void);

static unsigned clients; /* that there are */

static void input(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram);

static struct tcpip_udp_port port = {.number = DHCP_CLIENT_PORT, .input = input};

static unsigned step(struct tcpip_dhcp *client, enum dhcp_event event,
                     const struct dhcp_reply *reply);

/* RFC 2131 4.1: to everybody before there is an address, then from 0.0.0.0, and when rebinding. */
static bool find_route(const struct tcpip_dhcp *client, const struct tcpip_address *to,
                       struct tcpip_route *route)
{
    const struct dhcp_machine *machine = &client->machine;
    struct tcpip_end_point *end_point = client->end_point;

    if (machine->to_server)
        return tcpip_route_find(&end_point->active.address, to, route);
    memset(route, 0, sizeof *route);
    route->interface = end_point->interface;
    route->end_point = end_point;
    tcpip_address_set_ipv4(&route->source, machine->send.client_address);
    route->next_hop = *to;
    route->mtu = route->path_mtu = ipconfigNETWORK_MTU;
    return true;
}

static void send(struct tcpip_dhcp *client)
{
    struct dhcp_machine *machine = &client->machine;
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_UDP_HEADROOM, DHCP_MESSAGE_SIZE);
    struct tcpip_udp_target target = {.port = DHCP_SERVER_PORT};
    struct tcpip_route route;

    if (frame == NULL)
        return;
    tcpip_address_set_ipv4(&target.address,
                           machine->to_server ? machine->lease.numbers[DHCP_SERVER] : UINT32_MAX);
    if (ipconfigDHCP_REGISTER_HOSTNAME && tcpip_dhcp_host_name != NULL)
        machine->send.host_name = tcpip_dhcp_host_name();
    tcpip_dhcp_build(frame->data, frame->length, &machine->send); /* just as big as it takes */
    if (find_route(client, &target.address, &route))
        tcpip_udp_send_on(&route, DHCP_CLIENT_PORT, frame, &target);
    else
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROUTE);
}

static void bind(struct tcpip_dhcp *client)
{
    const struct dhcp_reply *lease = &client->machine.lease;
    uint32_t mask = lease->numbers[DHCP_MASK]; /* it is sound */
    int prefix = mask == 0 ? 24 : tcpip_mask_bits(mask);
    struct tcpip_configuration configuration = {.prefix = (uint8_t)prefix};
    size_t count = 0;

    tcpip_address_set_ipv4(&configuration.address, lease->your_address);
    tcpip_address_set_ipv4(&configuration.gateway, lease->numbers[DHCP_ROUTER]);
    for (; count < DNS_TAKEN && lease->numbers[DHCP_DNS + count] != 0; count++)
        tcpip_address_set_ipv4(&configuration.dns[count], lease->numbers[DHCP_DNS + count]);
    configuration.dns_count = (uint8_t)count;
    tcpip_end_point_configure(client->end_point, &configuration);
}

static void checked(struct tcpip_claim *claim, bool is_free)
{
    struct tcpip_end_point *end_point = TCPIP_CONTAINER(claim, struct tcpip_end_point, claim);

    (void)step(end_point->dhcp, is_free ? DHCP_EVENT_FREE : DHCP_EVENT_CONFLICT, NULL);
}

/* RFC 2131 4.4.1. Quicker than RFC 5227 has it: the server has checked the address, too. */
static void check(struct tcpip_dhcp *client)
{
    static const struct tcpip_claim_pace pace = {.questions = 2, .interval = 250, .wait = 250};
    struct tcpip_end_point *end_point = client->end_point;
    struct tcpip_address address = tcpip_address_from_ipv4(client->machine.lease.your_address);

    tcpip_claim_begin(&end_point->claim, end_point->interface, &address, &pace, checked);
}

/* Ends the client; the end-point goes on with what it is given. */
static void end_with(struct tcpip_dhcp *client, const struct tcpip_configuration *configuration)
{
    struct tcpip_end_point *end_point = client->end_point;

    tcpip_dhcp_stop(end_point);
    tcpip_end_point_configure(end_point, configuration);
}

/* What the application wants. False: the client does not go on, and may be gone. */
static bool allowed(struct tcpip_dhcp *client)
{
    const struct dhcp_machine *machine = &client->machine;
    struct tcpip_end_point *end_point = client->end_point;
    struct tcpip_address offered = {0};
    bool discovers = machine->send.type == DHCP_DISCOVER;
    bool keeps = machine->state != DHCP_REQUESTING && machine->state != DHCP_REBOOTING;

    if (!ipconfigUSE_DHCP_HOOK || tcpip_dhcp_ask == NULL ||
        (!discovers && (machine->send.type != DHCP_REQUEST || keeps)))
        return true;
    if (!discovers)
        offered = tcpip_address_from_ipv4(machine->lease.your_address);
    switch (tcpip_dhcp_ask(
        end_point, discovers ? TCPIP_DHCP_BEFORE_DISCOVER : TCPIP_DHCP_BEFORE_REQUEST, &offered)) {
    case TCPIP_DHCP_USE_DEFAULTS:
        end_with(client, &end_point->defaults);
        return false;
    case TCPIP_DHCP_STOP: /* with the address that was in use last, or else the defaults */
        end_with(client, tcpip_address_is_any(&end_point->active.address) ? &end_point->defaults
                                                                          : &end_point->active);
        return false;
    default:
        return true;
    }
}

/* As long as there is no lease, spread over a second (RFC 2131 4.1). */
static void sleep_on(struct tcpip_dhcp *client)
{
    const struct dhcp_machine *machine = &client->machine;
    uint32_t pause = machine->wake > machine->now ? machine->wake - machine->now : 0;
    uint32_t spread = machine->granted > 0 ? 0 : machine->random / 2u % SPREAD_MS;

    if (pause >= LONGEST_SLEEP)
        pause = LONGEST_SLEEP - 1;
    tcpip_timer_start(&client->timer, pause * SECOND_MS + spread);
}

/* Nobody answers. False: the client is gone. */
static bool give_up(struct tcpip_dhcp *client)
{
    struct tcpip_end_point *end_point = client->end_point;

    if (!tcpip_address_is_any(&end_point->defaults.address)) {
        end_with(client, &end_point->defaults);
        return false;
    }
    if (ipconfigDHCP_FALL_BACK_AUTO_IP)
        tcpip_auto_ip_start(end_point); /* and goes on searching, RFC 3927 1.9 */
    return true;
}

unsigned tcpip_dhcp_act(struct tcpip_dhcp *client, unsigned actions)
{
    struct tcpip_end_point *end_point = client->end_point;

    if ((actions & DHCP_GIVE_UP) != 0 && !give_up(client))
        return 0;
    sleep_on(client);
    if ((actions & DHCP_SEND) != 0) { /* a farewell while the address is still ours */
        if (!allowed(client))
            return 0;
        send(client);
    }
    if ((actions & DHCP_UNBIND) != 0) {
        tcpip_domains_forget(end_point->interface, TCPIP_DOMAINS_DHCP);
        tcpip_end_point_withdraw(end_point, TCPIP_END_POINT_CONFIGURING);
    }
    if (ipconfigDHCP_CHECK_ADDRESS && (actions & DHCP_CHECK) != 0)
        check(client);
    if ((actions & DHCP_BIND) != 0)
        bind(client);
    return actions;
}

static unsigned step(struct tcpip_dhcp *client, enum dhcp_event event,
                     const struct dhcp_reply *reply)
{
    struct dhcp_machine *machine = &client->machine;

    if (!tcpip_os_random(&machine->random)) { /* no transaction without an id of its own */
        if (!ipconfigDHCP_CHECK_ADDRESS || event <= DHCP_EVENT_REPLY) { /* it comes again */
            tcpip_timer_start(&client->timer, SECOND_MS);
            return 0;
        }
        machine->random = machine->send.xid + 1u; /* what the link says it says once */
    }
    machine->now = tcpip_seconds();
    return tcpip_dhcp_act(client, tcpip_dhcp_machine_step(machine, event, reply));
}

static void timed_out(void *context)
{
    (void)step(context, DHCP_EVENT_TIME, NULL);
}

static struct tcpip_dhcp *addressee(const struct tcpip_interface *interface,
                                    const struct dhcp_reply *reply)
{
    const struct tcpip_end_point *end_point = interface->end_points;

    for (; end_point != NULL; end_point = end_point->next) {
        struct tcpip_dhcp *client = end_point->dhcp;

        if (client != NULL && client->machine.send.xid == reply->xid &&
            memcmp(client->machine.send.mac, reply->mac, NETIF_MAC_SIZE) == 0)
            return client;
    }
    return NULL;
}

/* The domains count when the machine has taken what came with them. */
static void hear(struct tcpip_dhcp *client, struct netif_frame *frame,
                 const struct dhcp_reply *reply)
{
    static uint8_t list[ipconfigDNS_LEARNT_DOMAINS > 0 ? DOMAINS_LIST_MOST : 1];
    const struct tcpip_end_point *end_point = client->end_point;
    size_t size = 0;
    unsigned done;

    if (ipconfigDNS_LEARNT_DOMAINS > 0 && reply->type == DHCP_ACK)
        size = tcpip_domains_of_dhcp(frame->data, frame->length, list, sizeof list);
    tcpip_frame_release(frame);
    done = step(client, DHCP_EVENT_REPLY, reply);
    if (ipconfigDNS_LEARNT_DOMAINS > 0 && (done & (DHCP_CHECK | DHCP_BIND)) != 0 &&
        end_point->dhcp == client) /* who was told has not ended it */
        tcpip_domains_learn(end_point->interface, TCPIP_DOMAINS_DHCP, list, size,
                            TCPIP_DOMAINS_FOREVER);
}

static void input(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;
    struct dhcp_reply reply;
    struct tcpip_dhcp *client = NULL;

    if (datagram->source_port == DHCP_SERVER_PORT &&
        tcpip_dhcp_parse(frame->data, frame->length, &reply))
        client = addressee(datagram->packet->interface, &reply);
    if (client == NULL) {
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
        return;
    }
    hear(client, frame, &reply);
}

static struct tcpip_dhcp *create(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp *client = tcpip_os_allocate(sizeof *client);

    if (client == NULL)
        return NULL;
    if (clients == 0 && !tcpip_udp_bind(&port)) {
        tcpip_os_free(client);
        return NULL;
    }
    clients++;
    client->end_point = end_point;
    end_point->dhcp = client;
    tcpip_dhcp_machine_init(&client->machine, end_point->interface->netif->mac,
                            tcpip_os_longest_discover() / SECOND_MS);
    tcpip_timer_init(&client->timer, timed_out, client);
    return client;
}

bool tcpip_dhcp_start(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp *client = end_point->dhcp != NULL ? end_point->dhcp : create(end_point);

    if (client == NULL)
        return false;
    client->machine.state = DHCP_WAITING;
    client->machine.wake = 0;
    tcpip_timer_start(&client->timer, 0);
    return true;
}

void tcpip_dhcp_pause(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp *client = end_point->dhcp;

    if (client == NULL)
        return;
    tcpip_timer_stop(&client->timer);
    tcpip_claim_end(&end_point->claim);
    client->machine.state = DHCP_STOPPED;
    tcpip_domains_forget(end_point->interface, TCPIP_DOMAINS_DHCP);
}

void tcpip_dhcp_stop(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp *client = end_point->dhcp;

    if (client == NULL)
        return;
    tcpip_dhcp_pause(end_point);
    end_point->dhcp = NULL;
    tcpip_os_free(client);
    if (--clients == 0)
        tcpip_udp_unbind(&port);
}

#endif
