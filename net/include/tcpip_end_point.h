/* SPDX-License-Identifier: MIT */
/*
 * The parts of the stack's state that the application stores for it, as members of an interface
 * and of an end-point. Visible so that they can be allocated; only the stack's task reads or writes
 * them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "tcpip_address.h"
#include "tcpip_deadline.h"

struct netif;

/* Something that is to happen at a time: see src/core/timer.h. */
struct tcpip_timer {
    struct tcpip_deadline deadline;
    void (*fire)(void *context);
    void *context;
};

/* What an end-point is configured with, by hand or by DHCP. */
struct tcpip_configuration {
    uint8_t prefix; /* bits of the address that name the network */
    uint8_t dns_count;
    struct tcpip_address address;
    struct tcpip_address gateway;
    struct tcpip_address dns[ipconfigENDPOINT_DNS_ADDRESS_COUNT];
};

/* Whether an address may be used: core/claim.h. */
struct tcpip_claim {
    struct tcpip_interface *interface;
    struct tcpip_address address;
    struct tcpip_timer timer;
    uint8_t left; /* questions still to be asked */
    bool active;
    const struct tcpip_claim_pace *pace;
    void (*done)(struct tcpip_claim *claim, bool is_free);
};

enum tcpip_end_point_state {
    TCPIP_END_POINT_DOWN,        /* no link, or not started */
    TCPIP_END_POINT_CONFIGURING, /* waits for DHCP */
    TCPIP_END_POINT_UP,
};

/* What changed at an end-point; told to whoever owns it. */
enum tcpip_end_point_event {
    TCPIP_END_POINT_WENT_UP,
    TCPIP_END_POINT_WENT_DOWN,
    TCPIP_END_POINT_RECONFIGURED, /* while it stays up */
    TCPIP_END_POINT_CONFLICT,     /* another host claims the address */
};

struct tcpip_dhcp;
struct tcpip_dhcp6;

#if ipconfigUSE_IPv6
/* How long what routers advertise is good for, in seconds of tcpip_seconds(). An address that was
 * set by hand is good for ever. */
struct tcpip_lifetimes {
    uint32_t valid_until;
    uint32_t preferred_until;
    uint32_t dns_until[ipconfigENDPOINT_DNS_ADDRESS_COUNT];
    struct tcpip_timer timer; /* the next of them */
};
#endif

struct tcpip_end_point {
    struct tcpip_interface *interface;
    struct tcpip_end_point *next; /* of the same interface */
    enum tcpip_end_point_state state;
    bool wants_dhcp;
    bool wants_ra;     /* an address from a prefix that a router advertises */
    bool advertised;   /* the address in use, or being claimed, is from such a prefix */
    bool holds;        /* sockets may know the address in `active`, also while the link is down */
    bool defended;     /* the address was, RFC 5227 2.4, the last time at … */
    uint8_t collision; /* own choices of an address found taken: RFC 3927, RFC 7217 6 */
    void (*changed)(struct tcpip_end_point *end_point, enum tcpip_end_point_event event);
    void *context;                       /* of `changed` */
    struct tcpip_dhcp *dhcp;             /* the client's state; NULL without DHCP */
    struct tcpip_configuration active;   /* in use while up; else being claimed, or used last */
    struct tcpip_configuration defaults; /* given by the application */
    uint32_t last_defence;               /* … this time */
    struct tcpip_claim claim;
#if ipconfigUSE_IPv6
    struct tcpip_dhcp6 *dhcp6; /* the client's state; NULL without DHCPv6 */
    struct tcpip_lifetimes lifetimes;
#endif
};

#if ipconfigUSE_IPv6
/* What an interface knows of its link, from routers or by default. */
struct tcpip_ipv6_link {
    struct tcpip_end_point link_local; /* the stack's own, where the application has none */
    struct tcpip_timer solicitation;   /* of routers */
    uint32_t pause;                    /* ms, until the next one */
    uint8_t asked;
    bool heard; /* a router has advertised itself */
    uint16_t mtu;
    uint32_t reachable_ms;
    uint32_t retransmit_ms;
};
#endif

struct tcpip_interface {
    struct netif *netif;
    struct tcpip_interface *next;
    struct tcpip_end_point *end_points;
    uint8_t number;   /* from 1 */
    uint8_t features; /* of its device: enum netif_feature */
    bool loops;       /* what it sends comes back: link/loop.h */
    bool started;
    bool link_up;
    bool wants_poll;   /* written with interrupts masked */
    bool link_changed; /* written with interrupts masked */
    struct tcpip_timer retry_start;
    uint32_t older_querier_until[2]; /* of IGMP and MLD: ip/group.h */
#if ipconfigVLANS > 0
    struct tcpip_interface *under; /* whose device carries its frames, with a tag; NULL: its own */
#endif
#if ipconfigUSE_IPv6
    struct tcpip_ipv6_link ipv6;
#endif
};
