/* SPDX-License-Identifier: MIT */
/*
 * States and times of a DHCP client. Every reply is held against what was asked for before it
 * changes anything: the server chosen, an address that a host may have, a mask without holes and a
 * lease that is not empty.
 */
#include "client/dhcp_machine.h"

#include "FreeRTOSIPConfigDefaults.h"
#include "core/address.h"

#if ipconfigUSE_DHCP

enum { /* seconds, and how often */
       FIRST_PAUSE = 4,
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

/* RFC 2131 4.3.6, table 4: who says what, beside the type of the message. */
enum { TYPE = 7, USES_ADDRESS = 8, NAMES_ADDRESS = 16, NAMES_SERVER = 32, TO_SERVER = 64 };

static const uint8_t messages[] = {
    [DHCP_STOPPED] = DHCP_RELEASE | USES_ADDRESS | NAMES_SERVER | TO_SERVER,
    [DHCP_REBOOTING] = DHCP_REQUEST | NAMES_ADDRESS,
    [DHCP_SELECTING] = DHCP_DISCOVER,
    [DHCP_REQUESTING] = DHCP_REQUEST | NAMES_ADDRESS | NAMES_SERVER,
    [DHCP_CHECKING] = DHCP_DECLINE | NAMES_ADDRESS | NAMES_SERVER,
    [DHCP_RENEWING] = DHCP_REQUEST | USES_ADDRESS | TO_SERVER,
    [DHCP_REBINDING] = DHCP_REQUEST | USES_ADDRESS,
};

static bool in(const struct dhcp_machine *machine, unsigned states)
{
    return states >> machine->state & 1u;
}

void tcpip_dhcp_machine_init(struct dhcp_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                             uint32_t longest_pause)
{
    *machine = (struct dhcp_machine){.longest_pause = longest_pause, .wake = DHCP_NEVER};
    memcpy(machine->send.mac, mac, NETIF_MAC_SIZE);
}

/* The message of this state. */
static void send(struct dhcp_machine *machine, uint32_t now)
{
    struct dhcp_request *message = &machine->send;
    unsigned says = messages[machine->state];
    uint32_t seconds = now - machine->started, address = machine->lease.your_address;

    machine->actions |= DHCP_SEND;
    machine->to_server = (says & TO_SERVER) != 0;
    message->type = says & TYPE;
    message->seconds = (uint16_t)(seconds < UINT16_MAX ? seconds : UINT16_MAX);
    message->client_address = (says & USES_ADDRESS) != 0 ? address : 0;
    message->requested = (says & NAMES_ADDRESS) != 0 ? address : 0;
    message->server = (says & NAMES_SERVER) != 0 ? machine->lease.server : 0;
}

/* Asks, the next time after twice the pause (RFC 2131 4.1): 4, 8, 16 … s, a second less or not, and
 * the sleeper adds up to one. */
static void ask(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    uint32_t pause = (uint32_t)FIRST_PAUSE << machine->tries;

    if (machine->state == DHCP_SELECTING && pause > machine->longest_pause) {
        machine->actions |= DHCP_GIVE_UP;
        pause = machine->longest_pause > LEAST_LONGEST_PAUSE ? machine->longest_pause
                                                             : LEAST_LONGEST_PAUSE;
    } else {
        machine->tries++;
    }
    send(machine, event->now);
    machine->wake = event->now + pause - event->random % 2u;
}

/* A new transaction. */
static void begin(struct dhcp_machine *machine, const struct dhcp_event *event,
                  enum dhcp_state state)
{
    machine->state = state;
    machine->send.xid = event->random;
    machine->tries = 0;
    machine->started = machine->asked = event->now;
}

/* RFC 2131 3.2: perhaps the lease of before is still good here. Else from here on there is none. */
static void start(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    machine->leased = machine->leased && event->now < machine->expire_at;
    begin(machine, event, machine->leased ? DHCP_REBOOTING : DHCP_SELECTING);
    ask(machine, event);
}

static void wait_and_restart(struct dhcp_machine *machine, uint32_t now, uint32_t pause)
{
    machine->leased = false;
    machine->state = DHCP_WAITING;
    machine->wake = now + pause;
}

static bool is_host(uint32_t address)
{
    uint32_t first = address / 0x1000000u;

    return first != 0 && first != 127u && first < 224u;
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

static uint32_t after(uint32_t time, uint32_t seconds)
{
    return seconds < DHCP_NEVER - time ? time + seconds : DHCP_NEVER;
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

static void bind(struct dhcp_machine *machine)
{
    machine->state = DHCP_BOUND;
    machine->actions |= DHCP_BIND;
    machine->wake = machine->renew_at;
}

/* An acknowledgement of a lease in use may leave out what has not changed. */
static void take_lease(struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    uint32_t server = reply->server != 0 ? reply->server : machine->lease.server;

    machine->lease = *reply;
    machine->lease.server = server;
    machine->leased = true;
    set_times(machine);
    if (!ipconfigDHCP_CHECK_ADDRESS || in(machine, EXTENDING)) {
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

    if (reply->type == DHCP_NAK) {
        if (!in(machine, ASKING) || !of_our_server(machine, reply))
            return;
        if (in(machine, EXTENDING))
            machine->actions |= DHCP_UNBIND;
        wait_and_restart(machine, event->now, AFTER_NAK);
    } else if (!lease_is_sound(reply)) {
        return;
    } else if (reply->type == DHCP_ACK) {
        if (in(machine, ASKING) && of_our_server(machine, reply) &&
            reply->your_address == machine->lease.your_address)
            take_lease(machine, reply);
    } else if (reply->type == DHCP_OFFER && machine->state == DHCP_SELECTING &&
               reply->server != 0) {
        machine->state = DHCP_REQUESTING;
        machine->lease = *reply;
        machine->tries = 0;
        machine->asked = event->now;
        ask(machine, event);
    }
}

/* RFC 2131 4.4.6. Before there is a lease, what was asked for is just not taken. */
static void release(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    bool held = machine->leased && event->now < machine->expire_at;

    begin(machine, event, DHCP_STOPPED);
    if (held)
        send(machine, event->now);
    machine->actions |= DHCP_UNBIND;
    machine->leased = false;
    machine->wake = DHCP_NEVER;
}

/* RFC 2131 4.4.5: BOUND, RENEWING and REBINDING differ only in whom they ask until when; half of what
 * is left until then passes before it is asked again, but not less than a minute. */
static void keep_lease(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    bool rebinds = event->now >= machine->rebind_at;
    uint32_t left = (rebinds ? machine->expire_at : machine->rebind_at) - event->now;
    uint32_t pause = left / 2 > LEAST_RENEW_PAUSE ? left / 2 : LEAST_RENEW_PAUSE;

    if (event->now >= machine->expire_at) {
        machine->actions |= DHCP_UNBIND;
        start(machine, event);
        return;
    }
    if (machine->state == DHCP_BOUND) /* RFC 2131 4.4.1: a new transaction, a new id */
        begin(machine, event, DHCP_BOUND);
    machine->state = rebinds ? DHCP_REBINDING : DHCP_RENEWING;
    machine->asked = event->now;
    machine->wake = event->now + (pause < left ? pause : left);
    send(machine, event->now);
}

static void take_time(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    uint8_t most = UINT8_MAX;

    switch (machine->state) {
    case DHCP_STOPPED:
    case DHCP_CHECKING: /* waits for the link's answer, not for a time */
        return;
    case DHCP_WAITING:
        start(machine, event);
        return;
    case DHCP_REBOOTING:
        most = REBOOT_TRIES;
        break;
    case DHCP_REQUESTING:
        most = REQUEST_TRIES;
        break;
    case DHCP_SELECTING:
        break;
    default:
        keep_lease(machine, event);
        return;
    }
    if (machine->tries < most) {
        ask(machine, event);
        return;
    }
    machine->leased = false;
    start(machine, event);
}

void tcpip_dhcp_machine_step(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    machine->actions = 0;
    if (event->kind == DHCP_EVENT_START) {
        start(machine, event);
    } else if (event->kind == DHCP_EVENT_REPLY) {
        take_reply(machine, event);
    } else if (event->kind == DHCP_EVENT_RELEASE) {
        release(machine, event);
    } else if (event->kind == DHCP_EVENT_TIME) {
        if (event->now >= machine->wake)
            take_time(machine, event);
    } else if (ipconfigDHCP_CHECK_ADDRESS && machine->state == DHCP_CHECKING) {
        if (event->kind == DHCP_EVENT_FREE) {
            bind(machine);
        } else {
            send(machine, event->now);
            wait_and_restart(machine, event->now, AFTER_DECLINE);
        }
    }
}

#endif
