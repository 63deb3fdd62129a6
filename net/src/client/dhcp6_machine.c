/* SPDX-License-Identifier: MIT */
/*
 * Every message is sent and repeated by one rule (RFC 8415 15) with the figures of its state; what
 * differs is what a reply means.
 */
#include "client/dhcp6_machine.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_IPv6 && ipconfigUSE_DHCPv6

enum {
    SECOND = 1000,
    FIRST_DELAY = SECOND,       /* RFC 8415 18.2.1, 18.2.6: so that not all ask at once */
    CONFIRM_MOST = 10 * SECOND, /* 18.2.3 */
    RESTART = 10 * SECOND,      /* after a refusal */
    REFRESH = 86400,            /* s, 21.23 */
    LEAST_REFRESH = 600,
    PREFERENCE_MOST = 255,
};

#define NEVER UINT64_MAX

/* RFC 8415 7.6. */
static const struct pace {
    enum dhcp6_type type;
    uint32_t first, most; /* ms; most 0: no limit */
    uint8_t tries;        /* 0: no limit */
} paces[DHCP6_STATES] = {
    [DHCP6_SOLICITING] = {DHCP6_SOLICIT, SECOND, 3600 * SECOND, 0},
    [DHCP6_REQUESTING] = {DHCP6_REQUEST, SECOND, 30 * SECOND, 10},
    [DHCP6_CONFIRMING] = {DHCP6_CONFIRM, SECOND, 4 * SECOND, 0},
    [DHCP6_RENEWING] = {DHCP6_RENEW, 10 * SECOND, 600 * SECOND, 0},
    [DHCP6_REBINDING] = {DHCP6_REBIND, 10 * SECOND, 600 * SECOND, 0},
    [DHCP6_DECLINING] = {DHCP6_DECLINE, SECOND, 0, 4},
    [DHCP6_RELEASING] = {DHCP6_RELEASE, SECOND, 0, 4},
    [DHCP6_INFORMING] = {DHCP6_INFORMATION_REQUEST, SECOND, 3600 * SECOND, 0},
};

void tcpip_dhcp6_machine_init(struct dhcp6_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                              uint32_t lease_id, bool informs, uint64_t longest_pause)
{
    memset(machine, 0, sizeof *machine);
    machine->informs = informs;
    machine->longest_pause = longest_pause;
    machine->lease.id = lease_id;
    machine->wake = NEVER;
    memcpy(machine->mac, mac, NETIF_MAC_SIZE);
}

/* A tenth more or less. */
static uint32_t jittered(uint32_t pause, uint32_t random)
{
    uint32_t tenth = pause / 10;

    return pause - tenth + random % (2 * tenth + 1);
}

/* To whom the message is addressed by name: 18.2.2, 18.2.4, 18.2.7, 18.2.8. */
static bool names_server(enum dhcp6_state state)
{
    return state == DHCP6_REQUESTING || state == DHCP6_RENEWING || state == DHCP6_DECLINING ||
           state == DHCP6_RELEASING;
}

/* Sends the message of the state, for the first time or again. */
static void transmit(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    const struct pace *pace = &paces[machine->state];
    uint64_t elapsed = machine->tries == 0 ? 0 : (event->now - machine->started) / 10u;

    machine->pause = jittered(machine->tries == 0 ? pace->first : 2 * machine->pause,
                              event->random);
    if (machine->tries == 0 && machine->state == DHCP6_SOLICITING)
        machine->pause = pace->first + event->random % (pace->first / 10); /* not sooner */
    if (pace->most != 0 && machine->pause > pace->most)
        machine->pause = jittered(pace->most, event->random);
    if (machine->tries < UINT8_MAX)
        machine->tries++;
    machine->wake = event->now + machine->pause;
    machine->actions |= DHCP6_SEND;
    machine->send = (struct dhcp6_request){
        .type = pace->type,
        .xid = machine->xid,
        .elapsed = (uint16_t)(elapsed < UINT16_MAX ? elapsed : UINT16_MAX),
        .server = names_server(machine->state) ? &machine->server : NULL,
        .with_lease = !machine->informs,
        .lease = machine->lease,
    };
    if (machine->state == DHCP6_SOLICITING)
        machine->send.lease.has_address = false;
    memcpy(machine->send.mac, machine->mac, NETIF_MAC_SIZE);
}

static void enter(struct dhcp6_machine *machine, enum dhcp6_state state,
                  const struct dhcp6_event *event)
{
    machine->state = state;
    machine->tries = 0;
    machine->xid = event->random % 0x1000000u;
    machine->started = event->now;
    transmit(machine, event);
}

/* From the beginning, after a pause. */
static void begin(struct dhcp6_machine *machine, const struct dhcp6_event *event, uint32_t pause)
{
    machine->state = machine->informs ? DHCP6_INFORMING : DHCP6_SOLICITING;
    machine->leased = false;
    machine->preference = -1;
    machine->tries = 0;
    machine->xid = event->random % 0x1000000u;
    machine->started = event->now;
    machine->wake = event->now + pause;
}

static void start(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    if (machine->leased && event->now < machine->expire_at)
        enter(machine, DHCP6_CONFIRMING, event);
    else
        begin(machine, event, event->random % FIRST_DELAY);
}

static void lose(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    if (machine->state == DHCP6_RENEWING || machine->state == DHCP6_REBINDING ||
        machine->state == DHCP6_BOUND)
        machine->actions |= DHCP6_UNBIND;
    begin(machine, event, 0);
}

static bool is_sound(const struct dhcp6_reply *reply)
{
    const struct dhcp6_lease *lease = &reply->lease;
    uint8_t first = lease->address[0];
    bool is_global = first != 0 && first != 0xff && !(first == 0xfe && lease->address[1] >= 0x80);

    return reply->status == DHCP6_SUCCESS && reply->lease_status == DHCP6_SUCCESS &&
           lease->has_address && lease->valid != 0 && is_global;
}

static bool from_chosen(const struct dhcp6_machine *machine, const struct dhcp6_reply *reply)
{
    return reply->server.size == machine->server.size &&
           memcmp(reply->server.bytes, machine->server.bytes, machine->server.size) == 0;
}

/* RFC 8415 18.2.9: the best of those who answer within the first pause, then whoever does. */
static void take_advertise(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    const struct dhcp6_reply *reply = event->reply;

    if (!is_sound(reply) || reply->preference <= machine->preference)
        return;
    machine->preference = reply->preference;
    machine->server = reply->server;
    memcpy(machine->lease.address, reply->lease.address, sizeof reply->lease.address);
    machine->lease.has_address = true;
    if (reply->preference == PREFERENCE_MOST || machine->tries > 1)
        enter(machine, DHCP6_REQUESTING, event);
}

/* RFC 8415 14.2: T1 and T2 are ours to choose when the server does not. */
static void set_times(struct dhcp6_machine *machine, uint64_t now)
{
    const struct dhcp6_lease *lease = &machine->lease;
    uint64_t preferred = (uint64_t)lease->preferred * SECOND;
    uint64_t renew = lease->renew != 0 ? (uint64_t)lease->renew * SECOND : preferred / 2;
    uint64_t rebind = lease->rebind != 0 ? (uint64_t)lease->rebind * SECOND : preferred / 10 * 8;
    uint64_t valid = (uint64_t)lease->valid * SECOND;

    if (rebind > valid)
        rebind = valid;
    if (renew > rebind)
        renew = rebind;
    machine->expire_at = lease->valid == DHCP6_FOREVER ? NEVER : now + valid;
    machine->renew_at = lease->preferred == DHCP6_FOREVER && lease->renew == 0 ? NEVER
                                                                               : now + renew;
    machine->rebind_at = machine->renew_at == NEVER ? NEVER : now + rebind;
}

static void bind(struct dhcp6_machine *machine)
{
    machine->state = DHCP6_BOUND;
    machine->actions |= DHCP6_BIND;
    machine->wake = machine->renew_at < machine->expire_at ? machine->renew_at : machine->expire_at;
}

static void check(struct dhcp6_machine *machine)
{
    machine->state = DHCP6_CHECKING;
    machine->actions |= DHCP6_CHECK;
    machine->wake = NEVER;
}

static void take_dns(struct dhcp6_machine *machine, const struct dhcp6_reply *reply)
{
    machine->dns_count = reply->dns_count;
    memcpy(machine->dns, reply->dns, sizeof reply->dns);
}

static void take_lease(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    const struct dhcp6_reply *reply = event->reply;
    bool keeps = machine->state != DHCP6_REQUESTING &&
                 memcmp(machine->lease.address, reply->lease.address, 16) == 0;

    if (!keeps && machine->state != DHCP6_REQUESTING)
        machine->actions |= DHCP6_UNBIND; /* another address for the one in use */
    machine->lease = reply->lease;
    machine->server = reply->server;
    machine->leased = true;
    take_dns(machine, reply);
    set_times(machine, event->now);
    if (keeps)
        bind(machine);
    else
        check(machine);
}

/* RFC 8415 18.2.10.1. */
static void take_grant(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    const struct dhcp6_reply *reply = event->reply;

    if (machine->state != DHCP6_REBINDING && !from_chosen(machine, reply))
        return;
    if (is_sound(reply)) {
        take_lease(machine, event);
    } else if (reply->lease_status == DHCP6_NO_BINDING && machine->state != DHCP6_REQUESTING) {
        machine->server = reply->server;
        enter(machine, DHCP6_REQUESTING, event); /* the address stays in use until it ends */
    } else if (reply->status == DHCP6_NOT_ON_LINK || reply->lease_status == DHCP6_NOT_ON_LINK ||
               (reply->lease.has_address && reply->lease.valid == 0)) {
        lose(machine, event);
    } else if (machine->state == DHCP6_REQUESTING) {
        begin(machine, event, RESTART);
    }
}

static void take_confirmation(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    if (event->reply->status == DHCP6_SUCCESS)
        check(machine);
    else
        begin(machine, event, 0);
}

static void take_information(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    uint32_t refresh = event->reply->refresh != 0 ? event->reply->refresh : REFRESH;

    take_dns(machine, event->reply);
    machine->state = DHCP6_INFORMED;
    machine->actions |= DHCP6_INFORM;
    machine->wake = event->now +
                    (uint64_t)(refresh > LEAST_REFRESH ? refresh : LEAST_REFRESH) * SECOND;
}

static void rest(struct dhcp6_machine *machine)
{
    machine->state = DHCP6_STOPPED;
    machine->wake = NEVER;
}

static void take_reply(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    bool is_reply = event->reply->type == DHCP6_REPLY;

    if (event->reply->xid != machine->xid)
        return;
    switch (machine->state) {
    case DHCP6_SOLICITING:
        if (!is_reply && machine->tries > 0)
            take_advertise(machine, event);
        break;
    case DHCP6_REQUESTING:
    case DHCP6_RENEWING:
    case DHCP6_REBINDING:
        if (is_reply)
            take_grant(machine, event);
        break;
    case DHCP6_CONFIRMING:
        if (is_reply)
            take_confirmation(machine, event);
        break;
    case DHCP6_DECLINING:
        if (is_reply)
            begin(machine, event, RESTART);
        break;
    case DHCP6_RELEASING:
        if (is_reply)
            rest(machine);
        break;
    case DHCP6_INFORMING:
        if (is_reply && machine->tries > 0)
            take_information(machine, event);
        break;
    default:
        break;
    }
}

/* A renewal is asked of the server until T2, a rebinding of all until the address ends. */
static void keep_lease(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    uint64_t limit;

    if (event->now >= machine->expire_at) {
        lose(machine, event);
        return;
    }
    if (event->now >= machine->rebind_at && machine->state != DHCP6_REBINDING)
        enter(machine, DHCP6_REBINDING, event);
    else if (machine->state == DHCP6_BOUND)
        enter(machine, DHCP6_RENEWING, event);
    else
        transmit(machine, event);
    limit = machine->state == DHCP6_REBINDING ? machine->expire_at : machine->rebind_at;
    if (machine->wake > limit)
        machine->wake = limit;
}

static void solicit(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    if (machine->preference >= 0) {
        enter(machine, DHCP6_REQUESTING, event);
        return;
    }
    transmit(machine, event);
    if (machine->pause > machine->longest_pause && !machine->gave_up) {
        machine->gave_up = true;
        machine->actions |= DHCP6_GIVE_UP;
    }
}

static bool tried_enough(const struct dhcp6_machine *machine)
{
    uint8_t most = paces[machine->state].tries;

    return most != 0 && machine->tries >= most;
}

static void take_time(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    switch (machine->state) {
    case DHCP6_SOLICITING:
        solicit(machine, event);
        break;
    case DHCP6_REQUESTING:
        if (machine->leased && event->now >= machine->expire_at)
            machine->actions |= DHCP6_UNBIND; /* it was in use when its binding was lost */
        if (tried_enough(machine) || (machine->actions & DHCP6_UNBIND) != 0)
            begin(machine, event, 0);
        else
            transmit(machine, event);
        break;
    case DHCP6_CONFIRMING:
        if (event->now - machine->started >= CONFIRM_MOST)
            check(machine); /* nobody says no */
        else
            transmit(machine, event);
        break;
    case DHCP6_DECLINING:
    case DHCP6_RELEASING:
        if (!tried_enough(machine))
            transmit(machine, event);
        else if (machine->state == DHCP6_DECLINING)
            begin(machine, event, RESTART);
        else
            rest(machine);
        break;
    case DHCP6_BOUND:
    case DHCP6_RENEWING:
    case DHCP6_REBINDING:
        keep_lease(machine, event);
        break;
    case DHCP6_INFORMING:
        transmit(machine, event);
        break;
    case DHCP6_INFORMED:
        begin(machine, event, 0);
        break;
    default:
        break;
    }
}

/* RFC 8415 18.2.7. */
static void release(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    bool leased = machine->leased && event->now < machine->expire_at;

    machine->actions |= DHCP6_UNBIND;
    machine->leased = false;
    if (leased)
        enter(machine, DHCP6_RELEASING, event);
    else
        rest(machine);
}

void tcpip_dhcp6_machine_step(struct dhcp6_machine *machine, const struct dhcp6_event *event)
{
    machine->actions = 0;
    switch (event->kind) {
    case DHCP6_EVENT_START:
        start(machine, event);
        break;
    case DHCP6_EVENT_TIME:
        if (event->now >= machine->wake)
            take_time(machine, event);
        break;
    case DHCP6_EVENT_REPLY:
        take_reply(machine, event);
        break;
    case DHCP6_EVENT_FREE:
        if (machine->state == DHCP6_CHECKING)
            bind(machine);
        break;
    case DHCP6_EVENT_CONFLICT:
        if (machine->state == DHCP6_CHECKING) {
            machine->leased = false;
            enter(machine, DHCP6_DECLINING, event);
        }
        break;
    case DHCP6_EVENT_RELEASE:
        release(machine, event);
        break;
    }
}

#endif
