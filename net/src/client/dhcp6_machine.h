/* SPDX-License-Identifier: MIT */
/*
 * The DHCPv6 client as a machine (RFC 8415 18.2): a pure function from state, event and time to a new
 * state and what is to be done. Like client/dhcp_machine.h it knows no clock, network or random numbers.
 *
 * It either gets an address (IA_NA), or just asks for information.
 */
#pragma once

#include "wire/dhcp6.h"

enum dhcp6_state {
    DHCP6_STOPPED,
    DHCP6_SOLICITING,
    DHCP6_REQUESTING,
    DHCP6_CHECKING, /* granted; asking the link whether somebody has the address */
    DHCP6_BOUND,
    DHCP6_RENEWING,
    DHCP6_REBINDING,
    DHCP6_CONFIRMING, /* the link was lost: is the address still right here? */
    DHCP6_DECLINING,
    DHCP6_RELEASING,
    DHCP6_INFORMING,
    DHCP6_INFORMED,
    DHCP6_STATES,
};

enum dhcp6_event_kind {
    DHCP6_EVENT_START,
    DHCP6_EVENT_TIME,     /* the time that `wake` named has come */
    DHCP6_EVENT_REPLY,    /* a message for us */
    DHCP6_EVENT_FREE,     /* nobody has the address that was to be checked … */
    DHCP6_EVENT_CONFLICT, /* … or somebody does */
    DHCP6_EVENT_RELEASE,  /* the lease is not needed any more */
};

struct dhcp6_event {
    enum dhcp6_event_kind kind;
    uint64_t now; /* ms, that do not wrap */
    uint32_t random;
    const struct dhcp6_reply *reply;
};

enum dhcp6_action {
    DHCP6_SEND = 1,     /* `send`, to all servers */
    DHCP6_CHECK = 2,    /* ask the link whether somebody has lease.address */
    DHCP6_BIND = 4,     /* use the lease and `dns` */
    DHCP6_UNBIND = 8,   /* the address is not ours any more */
    DHCP6_INFORM = 16,  /* use `dns` */
    DHCP6_GIVE_UP = 32, /* no server for long: a static configuration may be used */
};

struct dhcp6_machine {
    enum dhcp6_state state;
    uint8_t mac[NETIF_MAC_SIZE];
    bool informs; /* wants no address */
    bool leased;  /* `lease` was granted and has not ended */
    bool gave_up;
    uint64_t longest_pause; /* ms between two SOLICIT before it gives up */
    uint32_t xid;
    uint8_t tries;    /* in this state */
    uint32_t pause;   /* ms, until the last message is repeated */
    uint64_t started; /* this state */
    struct dhcp6_duid server;
    int preference; /* of `server` while soliciting; -1: none */
    struct dhcp6_lease lease;
    uint8_t dns_count;
    uint8_t dns[DHCP6_DNS_MOST][16];
    uint64_t renew_at, rebind_at, expire_at;

    /* What is to be done after a step. */
    unsigned actions; /* of enum dhcp6_action */
    uint64_t wake;    /* when to come again; UINT64_MAX: never */
    struct dhcp6_request send;
};

/* `lease_id` is not 0. */
void tcpip_dhcp6_machine_init(struct dhcp6_machine *machine, const uint8_t mac[NETIF_MAC_SIZE],
                              uint32_t lease_id, bool informs, uint64_t longest_pause);
void tcpip_dhcp6_machine_step(struct dhcp6_machine *machine, const struct dhcp6_event *event);
