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
    struct tcpip_address address;
    struct tcpip_address gateway;
    struct tcpip_address dns[ipconfigENDPOINT_DNS_ADDRESS_COUNT];
    uint8_t dns_count;
    uint8_t prefix; /* bits of the address that name the network */
};

struct tcpip_interface {
    struct netif *netif;
    struct tcpip_interface *next;
    struct tcpip_end_point *end_points;
    struct tcpip_timer retry_start;
    bool started;
    bool link_up;
    bool wants_poll;   /* written with interrupts masked */
    bool link_changed; /* written with interrupts masked */
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

struct tcpip_end_point {
    struct tcpip_interface *interface;
    struct tcpip_end_point *next; /* of the same interface */
    enum tcpip_end_point_state state;
    bool wants_dhcp;
    struct tcpip_configuration defaults; /* given by the application */
    struct tcpip_configuration active;   /* valid while the state is up */
    struct tcpip_dhcp *dhcp;             /* the client's state; NULL without DHCP */
    uint32_t last_defence;               /* when the address was last defended, RFC 5227 2.4 */
    bool defended;
    void (*changed)(struct tcpip_end_point *end_point, enum tcpip_end_point_event event);
    void *context; /* of `changed` */
};
