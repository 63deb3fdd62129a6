/* SPDX-License-Identifier: MIT */
/*
 * Questions about services of others: which there are of a type, and what one of them leads to. Only
 * the stack's task.
 */
#pragma once

#include "core/timer.h"
#include "tcpip_mdns.h"

/* False: the type is not sound. */
bool tcpip_mdns_browse_begin(struct tcpip_mdns_browse *browse);
void tcpip_mdns_browse_end(struct tcpip_mdns_browse *browse);

/* A question about one instance; belongs to who asks, until `done` or tcpip_mdns_resolve_cancel. */
struct tcpip_mdns_resolution {
    struct tcpip_mdns_resolution *next;
    const char *instance;
    const char *type;
    struct tcpip_mdns_target *target;

    /* Called once, when the target is filled. */
    void (*done)(struct tcpip_mdns_resolution *resolution);

    struct tcpip_timer timer; /* the resolver's from here */
    bool has_srv;
    bool has_txt;
    uint8_t tries;
};

/* False: the names are not sound. Asks until it is cancelled. */
bool tcpip_mdns_resolve_begin(struct tcpip_mdns_resolution *resolution);
void tcpip_mdns_resolve_cancel(struct tcpip_mdns_resolution *resolution);
