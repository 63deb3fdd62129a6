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

static unsigned says(const struct dhcp_machine *machine)
{
    return messages[machine->state];
}

void tcpip_dhcp_machine_init(struct dhcp_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                             uint32_t longest_pause)
{
    *machine = (struct dhcp_machine){.longest_pause = longest_pause};
    memcpy(machine->send.mac, mac, NETIF_MAC_SIZE);
}

unsigned tcpip_dhcp_machine_send(struct dhcp_machine *machine)
{
    struct dhcp_request *message = &machine->send;
    unsigned what = says(machine);
    uint32_t seconds = machine->now - machine->started, address = machine->lease.your_address;

    machine->to_server = (what & TO_SERVER) != 0;
    message->type = what & TYPE;
    message->seconds = (uint16_t)(seconds < UINT16_MAX ? seconds : UINT16_MAX);
    message->client_address = (what & USES_ADDRESS) != 0 ? address : 0;
    message->requested = (what & NAMES_ADDRESS) != 0 ? address : 0;
    message->server = (what & NAMES_SERVER) != 0 ? machine->lease.numbers[DHCP_SERVER] : 0;
    return DHCP_SEND;
}

/* Asks, the next time after twice the pause (RFC 2131 4.1): 4, 8, 16 … s, a second less or not, and
 * the sleeper adds up to one. */
static unsigned ask(struct dhcp_machine *machine)
{
    uint32_t pause = (uint32_t)FIRST_PAUSE << machine->tries;
    unsigned actions = tcpip_dhcp_machine_send(machine);

    if (machine->state == DHCP_SELECTING && pause > machine->longest_pause) {
        actions |= DHCP_GIVE_UP;
        pause = machine->longest_pause > LEAST_LONGEST_PAUSE ? machine->longest_pause
                                                             : LEAST_LONGEST_PAUSE;
    } else {
        machine->tries++;
    }
    machine->wake = machine->now + pause - machine->random % 2u;
    return actions;
}

/* A new transaction. */
static void begin(struct dhcp_machine *machine, enum dhcp_state state)
{
    machine->state = state;
    machine->send.xid = machine->random;
    machine->tries = 0;
    machine->started = machine->asked = machine->now;
}

/* RFC 2131 3.2: perhaps the lease of before is still good here, unless that has been asked already and
 * nobody said so. Else from here on there is none. */
static unsigned start(struct dhcp_machine *machine)
{
    if (machine->state == DHCP_REBOOTING || !tcpip_dhcp_holds_lease(machine))
        machine->granted = 0;
    begin(machine, machine->granted != 0 ? DHCP_REBOOTING : DHCP_SELECTING);
    return ask(machine);
}

static void wait_and_restart(struct dhcp_machine *machine, uint32_t pause)
{
    machine->granted = 0;
    machine->state = DHCP_WAITING;
    machine->wake = machine->now + pause;
}

static bool is_host(uint32_t address)
{
    uint32_t first = address / 0x1000000u;

    return first != 0 && first != 127u && first < 224u;
}

static bool lease_is_sound(const struct dhcp_reply *reply)
{
    return is_host(reply->your_address) && tcpip_mask_bits(reply->numbers[DHCP_MASK]) >= 0 &&
           reply->numbers[DHCP_LEASE_TIME] != 0;
}

/* While it looks for a server, any is welcome that says its name. A REQUEST is answered by the server
 * that it is for: with the address that was asked for, or that there is none. */
static bool awaits(const struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    bool answers = reply->type == DHCP_NAK ||
                   (reply->type == DHCP_ACK && reply->your_address == machine->lease.your_address);
    uint32_t server = reply->numbers[DHCP_SERVER];

    if (reply->type == DHCP_OFFER)
        return machine->state == DHCP_SELECTING && server != 0;
    return answers && (says(machine) & TYPE) == DHCP_REQUEST &&
           (server == 0 || server == machine->lease.numbers[DHCP_SERVER] ||
            (says(machine) & (NAMES_SERVER | TO_SERVER)) == 0);
}

/* RFC 2131 4.4.5: what counts where the server says nothing, or nothing that makes sense. */
static void set_times(struct dhcp_reply *lease)
{
    uint32_t whole = lease->numbers[DHCP_LEASE_TIME];
    uint32_t renewal = lease->numbers[DHCP_RENEWAL_TIME];
    uint32_t rebinding = lease->numbers[DHCP_REBINDING_TIME];

    if (renewal == 0 || rebinding <= renewal || rebinding >= whole) {
        renewal = whole / 2;
        rebinding = whole - whole / 8;
    }
    if (whole == DHCP_LEASE_FOREVER)
        renewal = rebinding = whole;
    lease->numbers[DHCP_RENEWAL_TIME] = renewal;
    lease->numbers[DHCP_REBINDING_TIME] = rebinding;
}

static unsigned bind(struct dhcp_machine *machine)
{
    uint32_t wake = machine->since + machine->lease.numbers[DHCP_RENEWAL_TIME];

    machine->state = DHCP_BOUND;
    machine->wake = wake < machine->since ? DHCP_NEVER : wake;
    return DHCP_BIND;
}

static unsigned take_lease(struct dhcp_machine *machine)
{
    machine->granted = machine->lease.numbers[DHCP_LEASE_TIME];
    machine->since = machine->asked;
    set_times(&machine->lease);
    if (!ipconfigDHCP_CHECK_ADDRESS || machine->state >= DHCP_BOUND)
        return bind(machine);
    machine->state = DHCP_CHECKING;
    machine->wake = DHCP_NEVER;
    return DHCP_CHECK;
}

static unsigned take_offer(struct dhcp_machine *machine)
{
    machine->state = DHCP_REQUESTING;
    machine->tries = 0;
    machine->asked = machine->now;
    return ask(machine);
}

/* The server does not let it have the address. */
static unsigned refused(struct dhcp_machine *machine)
{
    unsigned actions = machine->state > DHCP_BOUND ? DHCP_UNBIND : 0;

    wait_and_restart(machine, AFTER_NAK);
    return actions;
}

/* An acknowledgement of a lease in use may leave out what has not changed. */
static void keep(struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    uint32_t server = reply->numbers[DHCP_SERVER];

    if (server == 0)
        server = machine->lease.numbers[DHCP_SERVER];
    machine->lease = *reply;
    machine->lease.numbers[DHCP_SERVER] = server;
}

static unsigned take_reply(struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    if (!awaits(machine, reply))
        return 0;
    if (reply->type == DHCP_NAK)
        return refused(machine);
    if (!lease_is_sound(reply))
        return 0;
    keep(machine, reply);
    return reply->type == DHCP_OFFER ? take_offer(machine) : take_lease(machine);
}

/* RFC 2131 4.4.5: BOUND, RENEWING and REBINDING differ only in whom they ask until when; half of what
 * is left until then passes before it is asked again, but not less than a minute. */
static unsigned keep_lease(struct dhcp_machine *machine)
{
    const struct dhcp_reply *lease = &machine->lease;
    uint32_t age = machine->now - machine->since;
    bool rebinds = age >= lease->numbers[DHCP_REBINDING_TIME];
    uint32_t left = (rebinds ? machine->granted : lease->numbers[DHCP_REBINDING_TIME]) - age;
    uint32_t pause = left / 2 > LEAST_RENEW_PAUSE ? left / 2 : LEAST_RENEW_PAUSE;

    if (age >= machine->granted)
        return start(machine) | DHCP_UNBIND;
    if (machine->state == DHCP_BOUND) /* RFC 2131 4.4.1: a new transaction, a new id */
        begin(machine, DHCP_BOUND);
    machine->state = rebinds ? DHCP_REBINDING : DHCP_RENEWING;
    machine->asked = machine->now;
    machine->wake = machine->now + (pause < left ? pause : left);
    return tcpip_dhcp_machine_send(machine);
}

static unsigned take_time(struct dhcp_machine *machine)
{
    static const uint8_t most[DHCP_BOUND] = {[DHCP_REBOOTING] = REBOOT_TRIES,
                                             [DHCP_SELECTING] = UINT8_MAX,
                                             [DHCP_REQUESTING] = REQUEST_TRIES}; /* else none */

    if (machine->state >= DHCP_BOUND)
        return keep_lease(machine);
    return machine->tries < most[machine->state] ? ask(machine) : start(machine);
}

/* The answer of the link. */
static unsigned take_check(struct dhcp_machine *machine, bool is_free)
{
    unsigned actions;

    if (is_free)
        return bind(machine);
    actions = tcpip_dhcp_machine_send(machine);
    wait_and_restart(machine, AFTER_DECLINE);
    return actions;
}

unsigned tcpip_dhcp_machine_step(struct dhcp_machine *machine, enum dhcp_event event,
                                 const struct dhcp_reply *reply)
{
    if (event == DHCP_EVENT_TIME)
        return machine->now >= machine->wake ? take_time(machine) : 0;
    if (event == DHCP_EVENT_REPLY)
        return take_reply(machine, reply);
    if (ipconfigDHCP_CHECK_ADDRESS && machine->state == DHCP_CHECKING)
        return take_check(machine, event == DHCP_EVENT_FREE);
    return 0;
}

#endif
