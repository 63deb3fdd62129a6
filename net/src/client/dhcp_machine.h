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
    DHCP_STOPPED,
    DHCP_WAITING,    /* before the next attempt from the start */
    DHCP_REBOOTING,  /* REQUEST sent for the lease of before the link was lost */
    DHCP_SELECTING,  /* DISCOVER sent */
    DHCP_REQUESTING, /* REQUEST sent for an offer */
    DHCP_CHECKING,   /* lease granted; asking the link whether somebody has the address */
    DHCP_BOUND,
    DHCP_RENEWING,
    DHCP_REBINDING,
};

enum dhcp_event_kind {
    DHCP_EVENT_START,
    DHCP_EVENT_TIME,     /* the time that `wake` named has come */
    DHCP_EVENT_REPLY,    /* a message for us, with our xid */
    DHCP_EVENT_FREE,     /* nobody has the address that was to be checked … */
    DHCP_EVENT_CONFLICT, /* … or somebody does */
    DHCP_EVENT_RELEASE,  /* the lease is not needed any more */
};

struct dhcp_event {
    enum dhcp_event_kind kind;
    uint32_t now;
    uint32_t random;
    const struct dhcp_reply *reply;
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
    bool leased;   /* `lease` was granted and has not ended: RFC 2131 3.2 */
    bool to_server;
    uint32_t longest_pause; /* between two DISCOVER */
    uint32_t started;       /* this acquisition */
    uint32_t asked;         /* when the REQUEST was sent that a lease counts from … */
    uint32_t since;         /* … and when that was for `lease` */

    /* What is to be done after a step. */
    unsigned actions;         /* of enum dhcp_action */
    uint32_t wake;            /* when to come again, or DHCP_NEVER */
    struct dhcp_request send; /* its xid is the transaction's */

    struct dhcp_reply lease; /* granted: with the times that count */
};

void tcpip_dhcp_machine_init(struct dhcp_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                             uint32_t longest_pause);
void tcpip_dhcp_machine_step(struct dhcp_machine *machine, const struct dhcp_event *event);
