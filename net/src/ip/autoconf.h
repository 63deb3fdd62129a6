/* SPDX-License-Identifier: MIT */
/*
 * How an end-point of IPv6 comes to its address: link-local, by hand, or from a prefix that a router
 * advertises (RFC 4862), with an interface identifier that is stable on a link and says nothing of the
 * station (RFC 7217). Only the stack's task.
 */
#pragma once

#include <stdbool.h>

#include "tcpip_end_point.h"
#include "wire/nd.h"

#if ipconfigUSE_IPv6

/* Gives an interface that has end-points of IPv6 its link-local one, if none of them is that. */
void tcpip_autoconf_link(struct tcpip_interface *interface);

/* The end-point's link is there, or gone. */
void tcpip_autoconf_start(struct tcpip_end_point *end_point);
void tcpip_autoconf_stop(struct tcpip_end_point *end_point);

/* Somebody has the address that the end-point claims. True: it claims another. */
bool tcpip_autoconf_collided(struct tcpip_end_point *end_point);

/* No router answers: those that wait for one use what they were configured with. */
void tcpip_autoconf_give_up(struct tcpip_interface *interface);

/* How many seconds the address that the end-point is about to use is to be preferred. */
void tcpip_autoconf_prefer(struct tcpip_end_point *end_point, uint32_t lifetime);

/* When something ends that lasts so many seconds, in tcpip_seconds(). */
uint32_t tcpip_autoconf_end_of(uint32_t lifetime);

/* Something that the end-point (`context`) knows from routers is over, or has come; what is over goes. */
void tcpip_autoconf_expired(void *context);

/* Of an interface's identifiers, RFC 7217: see tcpip_set_secret. */
extern uint8_t tcpip_autoconf_secret[16];

/* The DNS servers in `active` are good until others come. */
void tcpip_autoconf_keep_dns(struct tcpip_end_point *end_point);

/* A router says that more is to be had by DHCPv6. */
void tcpip_autoconf_inform(struct tcpip_interface *interface);

/* What a router advertises: a prefix, and the addresses of DNS servers (RFC 8106). */
void tcpip_autoconf_prefix(struct tcpip_interface *interface, const struct nd_prefix *prefix);

#if ipconfigRA_DNS
void tcpip_autoconf_dns(struct tcpip_interface *interface, const struct nd_option *option);

/* Servers whose time is over go. */
void tcpip_autoconf_drop_dns(struct tcpip_end_point *end_point);
#else
static inline void tcpip_autoconf_dns(struct tcpip_interface *interface,
                                      const struct nd_option *option)
{
}

static inline void tcpip_autoconf_drop_dns(struct tcpip_end_point *end_point)
{
}
#endif

#else

static inline void tcpip_autoconf_link(struct tcpip_interface *interface)
{
}

static inline void tcpip_autoconf_start(struct tcpip_end_point *end_point)
{
}

static inline void tcpip_autoconf_stop(struct tcpip_end_point *end_point)
{
}

static inline bool tcpip_autoconf_collided(struct tcpip_end_point *end_point)
{
    return false;
}

#endif
