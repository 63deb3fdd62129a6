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
    TIMELESS = 1 << DHCP_STOPPED | 1 << DHCP_CHECKING, /* the latter waits for the link's answer */
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

/* The lease has not ended. One for ever never does: no age is so great. */
static bool holds_lease(const struct dhcp_machine *machine, uint32_t now)
{
    return machine->leased && now - machine->since < machine->lease.lease;
}

/* RFC 2131 3.2: perhaps the lease of before is still good here. Else from here on there is none. */
static void start(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    machine->leased = holds_lease(machine, event->now);
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

/* RFC 2131 4.4.5: what counts where the server says nothing, or nothing that makes sense. */
static void set_times(struct dhcp_reply *lease)
{
    uint32_t whole = lease->lease;

    if (lease->renewal == 0 || lease->rebinding <= lease->renewal || lease->rebinding >= whole) {
        lease->renewal = whole / 2;
        lease->rebinding = whole - whole / 8;
    }
    if (whole == DHCP_LEASE_FOREVER)
        lease->renewal = lease->rebinding = whole;
}

static void bind(struct dhcp_machine *machine)
{
    uint32_t renewal = machine->lease.renewal, most = DHCP_NEVER - machine->since;

    machine->state = DHCP_BOUND;
    machine->actions |= DHCP_BIND;
    machine->wake = machine->since + (renewal < most ? renewal : most);
}

/* An acknowledgement of a lease in use may leave out what has not changed. */
static void take_lease(struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    uint32_t server = reply->server != 0 ? reply->server : machine->lease.server;

    machine->lease = *reply;
    machine->lease.server = server;
    machine->leased = true;
    machine->since = machine->asked;
    set_times(&machine->lease);
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
    bool awaited = in(machine, ASKING) && of_our_server(machine, reply); /* of a REQUEST */

    if (reply->type == DHCP_NAK) {
        if (!awaited)
            return;
        if (in(machine, EXTENDING))
            machine->actions |= DHCP_UNBIND;
        wait_and_restart(machine, event->now, AFTER_NAK);
    } else if (!lease_is_sound(reply)) {
        return;
    } else if (reply->type == DHCP_ACK) {
        if (awaited && reply->your_address == machine->lease.your_address)
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
    bool held = holds_lease(machine, event->now);

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
    const struct dhcp_reply *lease = &machine->lease;
    uint32_t age = event->now - machine->since;
    bool rebinds = age >= lease->rebinding;
    uint32_t left = (rebinds ? lease->lease : lease->rebinding) - age;
    uint32_t pause = left / 2 > LEAST_RENEW_PAUSE ? left / 2 : LEAST_RENEW_PAUSE;

    if (age >= lease->lease) {
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
    static const uint8_t most[] = {[DHCP_REBOOTING] = REBOOT_TRIES,
                                   [DHCP_SELECTING] = UINT8_MAX,
                                   [DHCP_REQUESTING] = REQUEST_TRIES}; /* else none */

    if (machine->state >= DHCP_BOUND) {
        keep_lease(machine, event);
    } else if (in(machine, TIMELESS)) {
        return;
    } else if (machine->tries < most[machine->state]) {
        ask(machine, event);
    } else {
        machine->leased = false;
        start(machine, event);
    }
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
