/* SPDX-License-Identifier: MIT */
/*
 * States and times of a DHCP client. Every reply is held against what was asked for before it
 * changes anything: the station, the transaction, the server chosen, an address that a host may
 * have, a mask without holes and a lease that is not empty.
 */
#include "client/dhcp_machine.h"

enum {
    SECOND = 1000,
    FIRST_PAUSE = 4 * SECOND, /* RFC 2131 4.1: 4, 8, 16 … s, plus or minus one */
    JITTER = SECOND,
    REQUEST_TRIES = 4,
    REBOOT_TRIES = 2,
    LEAST_RENEW_PAUSE = 60 * SECOND, /* RFC 2131 4.4.5 */
    AFTER_NAK = SECOND,
    AFTER_DECLINE = 10 * SECOND, /* RFC 2131 3.1.5 */
};

#define NEVER UINT64_MAX

int tcpip_dhcp_mask_bits(uint32_t mask)
{
    int bits = 0;

    while (bits < 32 && mask >= UINT32_C(0x80000000)) {
        mask *= 2u;
        bits++;
    }
    return mask == 0 ? bits : -1;
}

void tcpip_dhcp_machine_init(struct dhcp_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                             uint64_t longest_pause)
{
    *machine = (struct dhcp_machine){.longest_pause = longest_pause, .wake = NEVER};
    memcpy(machine->mac, mac, NETIF_MAC_SIZE);
}

static uint64_t jittered(uint64_t pause, uint32_t random)
{
    return pause - JITTER + random % (2 * JITTER + 1);
}

static uint64_t doubled(uint64_t first, uint8_t times)
{
    return first * ((uint64_t)1 << (times < 10 ? times : 10));
}

static bool is_host(uint32_t address)
{
    uint32_t first = address / 0x1000000u;

    return first != 0 && first != 127u && first < 224u;
}

/* RFC 2131 4.3.6, table 4: who names what. */
static void send(struct dhcp_machine *machine, enum dhcp_type type, uint64_t now)
{
    uint64_t seconds = (now - machine->started) / SECOND;
    bool has_address = machine->state == DHCP_RENEWING || machine->state == DHCP_REBINDING ||
                       type == DHCP_RELEASE;
    bool names_lease = !has_address && type != DHCP_DISCOVER;
    bool names_server = type == DHCP_RELEASE || (names_lease && machine->state != DHCP_REBOOTING);

    machine->actions |= DHCP_SEND;
    machine->to_server = machine->state == DHCP_RENEWING || type == DHCP_RELEASE;
    machine->send = (struct dhcp_request){
        .type = type,
        .xid = machine->xid,
        .seconds = (uint16_t)(seconds < UINT16_MAX ? seconds : UINT16_MAX),
        .client_address = has_address ? machine->lease.your_address : 0,
        .requested = names_lease ? machine->lease.your_address : 0,
        .server = names_server ? machine->lease.server : 0,
    };
    memcpy(machine->send.mac, machine->mac, NETIF_MAC_SIZE);
}

static void wait_and_restart(struct dhcp_machine *machine, uint64_t now, uint64_t pause)
{
    machine->state = DHCP_WAITING;
    machine->wake = now + pause;
}

static void discover(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    uint64_t pause = doubled(FIRST_PAUSE, machine->tries);

    if (pause > machine->longest_pause) {
        machine->actions |= DHCP_GIVE_UP;
        pause = machine->longest_pause > 2 * JITTER ? machine->longest_pause : 2 * JITTER;
    } else {
        machine->tries++;
    }
    send(machine, DHCP_DISCOVER, event->now);
    machine->wake = event->now + jittered(pause, event->random);
}

/* From here on there is no lease. */
static void start(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    machine->state = DHCP_SELECTING;
    machine->leased = false;
    machine->xid = event->random;
    machine->tries = 0;
    machine->started = event->now;
    discover(machine, event);
}

static void request(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    send(machine, DHCP_REQUEST, event->now);
    machine->wake = event->now + jittered(doubled(FIRST_PAUSE, machine->tries), event->random);
    machine->tries++;
}

/* RFC 2131 3.2: perhaps the lease of before is still good here. */
static void start_or_reboot(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (!machine->leased || event->now >= machine->expire_at) {
        start(machine, event);
        return;
    }
    machine->state = DHCP_REBOOTING;
    machine->xid = event->random;
    machine->tries = 0;
    machine->started = machine->asked = event->now;
    request(machine, event);
}

/* RFC 2131 4.4.5: half of what is left before `limit`, but not less than a minute. */
static void extend(struct dhcp_machine *machine, const struct dhcp_event *event, uint64_t limit)
{
    uint64_t left = limit - event->now;
    uint64_t pause = left / 2 > LEAST_RENEW_PAUSE ? left / 2 : LEAST_RENEW_PAUSE;

    machine->asked = event->now;
    send(machine, DHCP_REQUEST, event->now);
    machine->wake = pause < left ? event->now + pause : limit;
}

static bool offer_is_sound(const struct dhcp_reply *reply)
{
    return is_host(reply->your_address) && tcpip_dhcp_mask_bits(reply->mask) >= 0 &&
           reply->server != 0 && reply->has_lease && reply->lease != 0;
}

/* An acknowledgement of a lease in use may leave out what has not changed. */
static bool ack_is_sound(const struct dhcp_machine *machine, const struct dhcp_reply *reply)
{
    bool any_server = machine->state == DHCP_REBINDING || machine->state == DHCP_REBOOTING;

    return reply->your_address == machine->lease.your_address && reply->has_lease &&
           reply->lease != 0 && tcpip_dhcp_mask_bits(reply->mask) >= 0 &&
           (any_server || reply->server == 0 || reply->server == machine->lease.server);
}

static void set_times(struct dhcp_machine *machine)
{
    const struct dhcp_reply *lease = &machine->lease;
    uint64_t whole = (uint64_t)lease->lease * SECOND;
    uint64_t renewal = (uint64_t)lease->renewal * SECOND;
    uint64_t rebinding = (uint64_t)lease->rebinding * SECOND;

    if (lease->lease == DHCP_LEASE_FOREVER) {
        machine->renew_at = machine->rebind_at = machine->expire_at = NEVER;
        return;
    }
    if (renewal == 0 || rebinding <= renewal || rebinding >= whole) {
        renewal = whole / 2;
        rebinding = whole / 8 * 7;
    }
    machine->renew_at = machine->asked + renewal;
    machine->rebind_at = machine->asked + rebinding;
    machine->expire_at = machine->asked + whole;
}

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

static void restart_after_nak(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (machine->state == DHCP_RENEWING || machine->state == DHCP_REBINDING)
        machine->actions |= DHCP_UNBIND;
    machine->leased = false;
    wait_and_restart(machine, event->now, AFTER_NAK + event->random % SECOND);
}

static void take_reply(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    const struct dhcp_reply *reply = event->reply;
    bool keeping = machine->state == DHCP_RENEWING || machine->state == DHCP_REBINDING;
    bool asking = keeping || machine->state == DHCP_REQUESTING || machine->state == DHCP_REBOOTING;
    bool of_any = machine->state == DHCP_REBINDING || machine->state == DHCP_REBOOTING;

    if (reply->xid != machine->xid || memcmp(reply->mac, machine->mac, NETIF_MAC_SIZE) != 0)
        return;
    if (machine->state == DHCP_SELECTING && reply->type == DHCP_OFFER && offer_is_sound(reply)) {
        machine->state = DHCP_REQUESTING;
        machine->lease = *reply;
        machine->tries = 0;
        machine->asked = event->now;
        request(machine, event);
    } else if (asking && reply->type == DHCP_NAK &&
               (reply->server == 0 || reply->server == machine->lease.server || of_any)) {
        restart_after_nak(machine, event);
    } else if (asking && reply->type == DHCP_ACK && ack_is_sound(machine, reply)) {
        take_lease(machine, reply);
        if (keeping) {
            bind(machine);
            return;
        }
        machine->state = DHCP_CHECKING;
        machine->actions |= DHCP_CHECK;
        machine->wake = NEVER;
    }
}

static void take_conflict(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (machine->state != DHCP_CHECKING)
        return;
    send(machine, DHCP_DECLINE, event->now);
    machine->leased = false;
    wait_and_restart(machine, event->now, AFTER_DECLINE);
}

/* RFC 2131 4.4.6. Before there is a lease, what was asked for is just not taken. */
static void release(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (machine->leased && event->now < machine->expire_at) {
        machine->xid = event->random;
        machine->started = event->now;
        send(machine, DHCP_RELEASE, event->now);
    }
    machine->actions |= DHCP_UNBIND;
    machine->leased = false;
    machine->state = DHCP_STOPPED;
    machine->wake = NEVER;
}

static void expire(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    machine->actions |= DHCP_UNBIND;
    start(machine, event);
}

/* BOUND, RENEWING and REBINDING differ only in whom they ask until when. */
static void keep_lease(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    if (event->now >= machine->expire_at) {
        expire(machine, event);
        return;
    }
    if (machine->state == DHCP_BOUND) { /* RFC 2131 4.4.1: a new transaction, a new id */
        machine->xid = event->random;
        machine->started = event->now;
    }
    if (event->now >= machine->rebind_at) {
        machine->state = DHCP_REBINDING;
        extend(machine, event, machine->expire_at);
    } else {
        machine->state = DHCP_RENEWING;
        extend(machine, event, machine->rebind_at);
    }
}

static void take_time(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    switch (machine->state) {
    case DHCP_STOPPED:
    case DHCP_CHECKING: /* waits for the link's answer, not for a time */
        break;
    case DHCP_WAITING:
        start(machine, event);
        break;
    case DHCP_REBOOTING:
        if (machine->tries < REBOOT_TRIES)
            request(machine, event);
        else
            start(machine, event);
        break;
    case DHCP_SELECTING:
        discover(machine, event);
        break;
    case DHCP_REQUESTING:
        if (machine->tries < REQUEST_TRIES)
            request(machine, event);
        else
            start(machine, event);
        break;
    case DHCP_BOUND:
    case DHCP_RENEWING:
    case DHCP_REBINDING:
        keep_lease(machine, event);
        break;
    }
}

void tcpip_dhcp_machine_step(struct dhcp_machine *machine, const struct dhcp_event *event)
{
    machine->actions = 0;
    switch (event->kind) {
    case DHCP_EVENT_START:
        start_or_reboot(machine, event);
        break;
    case DHCP_EVENT_TIME:
        if (event->now >= machine->wake)
            take_time(machine, event);
        break;
    case DHCP_EVENT_REPLY:
        take_reply(machine, event);
        break;
    case DHCP_EVENT_FREE:
        if (machine->state == DHCP_CHECKING)
            bind(machine);
        break;
    case DHCP_EVENT_CONFLICT:
        take_conflict(machine, event);
        break;
    case DHCP_EVENT_RELEASE:
        release(machine, event);
        break;
    }
}
