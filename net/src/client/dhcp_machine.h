/* SPDX-License-Identifier: MIT */
/*
 * The DHCP client as a machine (RFC 2131 4.4): a pure function from state, event and time to a new
 * state and what is to be done. It knows no clock, no network and no random numbers; all come in.
 *
 * Times are seconds that do not wrap, as leases are; who sleeps spreads what is not a lease over a
 * second.
 */
#pragma once

#include "wire/dhcp.h"

enum dhcp_state {
    DHCP_WAITING, /* until `wake`: then it starts */
    DHCP_STOPPED,
    DHCP_REBOOTING,  /* REQUEST sent for the lease of before the link was lost */
    DHCP_SELECTING,  /* DISCOVER sent */
    DHCP_REQUESTING, /* REQUEST sent for an offer */
    DHCP_CHECKING,   /* lease granted; asking the link whether somebody has the address */
    DHCP_BOUND,
    DHCP_RENEWING,
    DHCP_REBINDING,
};

enum dhcp_event {
    DHCP_EVENT_TIME,     /* the time that `wake` named has come */
    DHCP_EVENT_REPLY,    /* a message for us, with our xid */
    DHCP_EVENT_FREE,     /* nobody has the address that was to be checked … */
    DHCP_EVENT_CONFLICT, /* … or somebody does */
};

enum dhcp_action {
    DHCP_SEND = 1,     /* `send`, to everybody unless `to_server` */
    DHCP_CHECK = 2,    /* ask the link whether somebody has lease.your_address */
    DHCP_BIND = 4,     /* use the lease */
    DHCP_UNBIND = 8,   /* the address is not ours any more */
    DHCP_GIVE_UP = 16, /* no server for long: a static configuration may be used */
};

#define DHCP_NEVER UINT32_MAX

struct dhcp_machine {
    enum dhcp_state state;
    uint8_t tries; /* in this state */
    bool to_server;
    uint32_t longest_pause; /* between two DISCOVER */
    uint32_t started;       /* this acquisition */
    uint32_t asked;         /* when the REQUEST was sent that a lease counts from … */
    uint32_t since;         /* … and when that was for `lease` */
    uint32_t granted;       /* seconds, from then on; 0: there is no lease any more, or yet */

    /* What is to be set before a step. */
    uint32_t now;
    uint32_t random;

    /* What is to be done after it. */
    uint32_t wake;            /* when to come again, or DHCP_NEVER */
    struct dhcp_request send; /* its xid is the transaction's */

    struct dhcp_reply lease; /* granted: with the times that count */
};

/* It waits, and starts with the first DHCP_EVENT_TIME. */
void tcpip_dhcp_machine_init(struct dhcp_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                             uint32_t longest_pause);

/* Returns what is to be done, a set of enum dhcp_action. `reply` is the message of DHCP_EVENT_REPLY. */
unsigned tcpip_dhcp_machine_step(struct dhcp_machine *machine, enum dhcp_event event,
                                 const struct dhcp_reply *reply);

/* The lease is not needed any more. The same: what is to be set before and done after it. */
unsigned tcpip_dhcp_machine_release(struct dhcp_machine *machine);

/* --- between its files -------------------------------------------------------------------------- */

/* Makes the message of this state. Returns DHCP_SEND. */
unsigned tcpip_dhcp_machine_send(struct dhcp_machine *machine);

/* One for ever never ends: no age is so great. */
static inline bool tcpip_dhcp_holds_lease(const struct dhcp_machine *machine)
{
    return machine->now - machine->since < machine->granted;
}
