/* SPDX-License-Identifier: MIT */
/*
 * States and times of a DHCP client. Every reply is held against what was asked for before it
 * changes anything: the station, the transaction, the server chosen, an address that a host may
 * have, a mask without holes and a lease that is not empty.
 */
#include "client/dhcp_machine.h"

#include "FreeRTOSIPConfigDefaults.h"
#include "core/address.h"

#if ipconfigUSE_DHCP

enum { /* seconds, and how often */
       FIRST_PAUSE = 4,
       MOST_DOUBLED = 10, /* RFC 2131 4.1: 4, 8, 16 … s, plus or minus one */
       LEAST_LONGEST_PAUSE = 2,
       REQUEST_TRIES = 4,
       REBOOT_TRIES = 2,
       LEAST_RENEW_PAUSE = 60, /* RFC 2131 4.4.5 */
       AFTER_NAK = 1,
       AFTER_DECLINE = 10, /* RFC 2131 3.1.5 */
};

/* Sets of states. */
enum {
    EXTENDING = 1 << DHCP_RENEWING | 1 << DHCP_REBINDING,
    ASKING = EXTENDING | 1 << DHCP_REQUESTING | 1 << DHCP_REBOOTING,
    OF_ANY_SERVER = 1 << DHCP_REBINDING | 1 << DHCP_REBOOTING,
};

static bool in(const struct dhcp_machine *machine, unsigned states)
{
    return states >> machine->state & 1u;
}

void tcpip_dhcp_machine_init(struct dhcp_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                             uint32_t longest_pause)
{
    *machine = (struct dhcp_machine){.longest_pause = longest_pause, .wake = DHCP_NEVER};
    memcpy(machine->mac, mac, NETIF_MAC_SIZE);
}

static uint32_t after(uint32_t time, uint32_t seconds)
{
    return seconds < DHCP_NEVER - time ? time + seconds : DHCP_NEVER;
}

static bool is_host(uint32_t address)
{
    uint32_t first = address / 0x1000000u;

    return first != 0 && first != 127u && first < 224u;
}

/* RFC 2131 4.3.6, table 4: who names what. */
static void send(struct dhcp_machine *machine, enum dhcp_type type, uint32_t now)
{
    uint32_t seconds = now - machine->started, address = machine->lease.your_address;
    bool has_address = in(machine, EXTENDING) || type == DHCP_RELEASE;
    bool names_lease = !has_address && type != DHCP_DISCOVER;

    machine->actions |= DHCP_SEND;
    machine->to_server = machine->state == DHCP_RENEWING || type == DHCP_RELEASE;
    machine->send = (struct dhcp_request){
        .type = (uint8_t)type,
        .xid = machine->xid,
        .seconds = (uint16_t)(seconds < UINT16_MAX ? seconds : UINT16_MAX),
        .client_address = has_address ? address : 0,
        .requested = names_lease ? address : 0,
    };
    if (type == DHCP_RELEASE || (names_lease && machine->state != DHCP_REBOOTING))
        machine->send.server = machine->lease.server;
    memcpy(machine->send.mac, machine->mac, NETIF_MAC_SIZE);
}

/* A second less or not: the sleeper adds up to one. */
static void wake_after(struct dhcp_machine *machine, const struct dhcp_event *event, uint32_t pause)
{
    machine->wake = event->now + pause - event->random % 2u;
}

static void wait_and_restart(struct dhcp_machine *machine, uint32_t now, uint32_t pause)
{
    machine->leased = false;
    machine->state = DHCP_WAITING;
    machine->wake = now + pause;
}

static void discover(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    uint32_t pause = (uint32_t)FIRST_PAUSE << machine->tries;

    if (pause > machine->longest_pause) {
        machine->actions |= DHCP_GIVE_UP;
        pause = machine->longest_pause > LEAST_LONGEST_PAUSE ? machine->longest_pause
                                                             : LEAST_LONGEST_PAUSE;
    } else if (machine->tries < MOST_DOUBLED) {
        machine->tries++;
    }
    send(machine, DHCP_DISCOVER, event->now);
    wake_after(machine, event, pause);
}

/* A new transaction. */
static void begin(struct dhcp_machine *machine, const struct dhcp_event *event,
                  enum dhcp_state state)
{
    machine->state = state;
    machine->xid = event->random;
    machine->tries = 0;
    machine->started = machine->asked = event->now;
}

/* From here on there is no lease. */
static void start(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    begin(machine, event, DHCP_SELECTING);
    machine->leased = false;
    discover(machine, event);
}

static void request(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    send(machine, DHCP_REQUEST, event->now);
    wake_after(machine, event, (uint32_t)FIRST_PAUSE << machine->tries);
    machine->tries++;
}

/* RFC 2131 3.2: perhaps the lease of before is still good here. */
static void start_or_reboot(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (!machine->leased || event->now >= machine->expire_at) {
        start(machine, event);
        return;
    }
    begin(machine, event, DHCP_REBOOTING);
    request(machine, event);
}

/* RFC 2131 4.4.5: half of what is left before `limit`, but not less than a minute. */
static void extend(struct dhcp_machine *machine, const struct dhcp_event *event,
                   enum dhcp_state state, uint32_t limit)
{
    uint32_t left = limit - event->now;
    uint32_t pause = left / 2 > LEAST_RENEW_PAUSE ? left / 2 : LEAST_RENEW_PAUSE;

    machine->state = state;
    machine->asked = event->now;
    send(machine, DHCP_REQUEST, event->now);
    machine->wake = pause < left ? event->now + pause : limit;
}

static bool lease_is_sound(const struct dhcp_reply *reply)
{
    return is_host(reply->your_address) && tcpip_mask_bits(reply->mask) >= 0 && reply->lease != 0;
}

/* What names a server names the one that was chosen; or any does. */
static bool of_our_server(const struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    return reply->server == 0 || reply->server == machine->lease.server ||
           in(machine, OF_ANY_SERVER);
}

static void set_times(struct dhcp_machine *machine)
{
    const struct dhcp_reply *lease = &machine->lease;
    uint32_t whole = lease->lease, renewal = lease->renewal, rebinding = lease->rebinding;

    if (renewal == 0 || rebinding <= renewal || rebinding >= whole) {
        renewal = whole / 2;
        rebinding = whole - whole / 8;
    }
    if (whole == DHCP_LEASE_FOREVER)
        renewal = rebinding = whole;
    machine->renew_at = after(machine->asked, renewal);
    machine->rebind_at = after(machine->asked, rebinding);
    machine->expire_at = after(machine->asked, whole);
}

/* An acknowledgement of a lease in use may leave out what has not changed. */
static void take_lease(struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    uint32_t server = reply->server != 0 ? reply->server : machine->lease.server;

    machine->lease = *reply;
    machine->lease.server = server;
    machine->leased = true;
    set_times(machine);
}

static void bind(struct dhcp_machine *machine)
{
    machine->state = DHCP_BOUND;
    machine->actions |= DHCP_BIND;
    machine->wake = machine->renew_at;
}

static void take_acknowledgement(struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    bool in_use = in(machine, EXTENDING);

    if (reply->your_address != machine->lease.your_address || !lease_is_sound(reply))
        return;
    take_lease(machine, reply);
    if (in_use) {
        bind(machine);
        return;
    }
    machine->state = DHCP_CHECKING;
    machine->actions |= DHCP_CHECK;
    machine->wake = DHCP_NEVER;
}

static void take_reply(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    const struct dhcp_reply *reply = event->reply;

    if (reply->xid != machine->xid || memcmp(reply->mac, machine->mac, NETIF_MAC_SIZE) != 0)
        return;
    if (machine->state == DHCP_SELECTING && reply->type == DHCP_OFFER && lease_is_sound(reply) &&
        reply->server != 0) {
        machine->state = DHCP_REQUESTING;
        machine->lease = *reply;
        machine->tries = 0;
        machine->asked = event->now;
        request(machine, event);
    } else if (in(machine, ASKING) && of_our_server(machine, reply)) {
        if (reply->type == DHCP_ACK) {
            take_acknowledgement(machine, reply);
        } else if (reply->type == DHCP_NAK) {
            if (in(machine, EXTENDING))
                machine->actions |= DHCP_UNBIND;
            wait_and_restart(machine, event->now, AFTER_NAK);
        }
    }
}

/* RFC 2131 4.4.6. Before there is a lease, what was asked for is just not taken. */
static void release(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    bool held = machine->leased && event->now < machine->expire_at;

    begin(machine, event, DHCP_STOPPED);
    if (held)
        send(machine, DHCP_RELEASE, event->now);
    machine->actions |= DHCP_UNBIND;
    machine->leased = false;
    machine->wake = DHCP_NEVER;
}

/* BOUND, RENEWING and REBINDING differ only in whom they ask until when. */
static void keep_lease(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (event->now >= machine->expire_at) {
        machine->actions |= DHCP_UNBIND;
        start(machine, event);
        return;
    }
    if (machine->state == DHCP_BOUND) /* RFC 2131 4.4.1: a new transaction, a new id */
        begin(machine, event, DHCP_BOUND);
    if (event->now >= machine->rebind_at)
        extend(machine, event, DHCP_REBINDING, machine->expire_at);
    else
        extend(machine, event, DHCP_RENEWING, machine->rebind_at);
}

static void take_time(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    switch (machine->state) {
    case DHCP_STOPPED:
    case DHCP_CHECKING: /* waits for the link's answer, not for a time */
        break;
    case DHCP_REBOOTING:
    case DHCP_REQUESTING:
        if (machine->tries < (machine->state == DHCP_REBOOTING ? REBOOT_TRIES : REQUEST_TRIES))
            request(machine, event);
        else
            start(machine, event);
        break;
    case DHCP_WAITING:
        start(machine, event);
        break;
    case DHCP_SELECTING:
        discover(machine, event);
        break;
    default:
        keep_lease(machine, event);
        break;
    }
}

void tcpip_dhcp_machine_step(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    bool checking = machine->state == DHCP_CHECKING;

    machine->actions = 0;
    if (event->kind == DHCP_EVENT_START) {
        start_or_reboot(machine, event);
    } else if (event->kind == DHCP_EVENT_REPLY) {
        take_reply(machine, event);
    } else if (event->kind == DHCP_EVENT_RELEASE) {
        release(machine, event);
    } else if (event->kind == DHCP_EVENT_TIME && event->now >= machine->wake) {
        take_time(machine, event);
    } else if (event->kind == DHCP_EVENT_FREE && checking) {
        bind(machine);
    } else if (event->kind == DHCP_EVENT_CONFLICT && checking) {
        send(machine, DHCP_DECLINE, event->now);
        wait_and_restart(machine, event->now, AFTER_DECLINE);
    }
}

#endif
