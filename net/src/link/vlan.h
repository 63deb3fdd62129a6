/* SPDX-License-Identifier: MIT */
/*
 * Tagged networks (IEEE 802.1Q): each is an interface of its own, whose frames go through the device of
 * another one with a tag. It has that interface's station and MTU, and comes and goes with its link. Only
 * the stack's task, or whoever sets up before it runs.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "netif.h"
#include "tcpip_end_point.h"

#if ipconfigVLANS > 0

void tcpip_vlans_init(void);

/* A device for frames with this tag. It is in use once tcpip_stack_attach has made an interface of it.
 * NULL: none is left; the id or the priority is out of range; the network is there already; or `under` is
 * tagged itself. */
struct netif *tcpip_vlan_make(struct tcpip_interface *under, uint16_t id, uint8_t priority);

/* Behind tcpip_stack_attach: `interface` is over the one that its device was made for. */
void tcpip_vlan_attached(struct tcpip_interface *interface);

/* Takes the tag, if there is one, away from a received frame that begins with its Ethernet header, and
 * says to which interface the frame came. False: it was dropped. */
bool tcpip_vlan_untag(struct tcpip_interface **interface, struct netif_frame *frame);

/* The link of `under` came or went. */
void tcpip_vlans_follow(const struct tcpip_interface *under);

/* The interface whose device carries the frames of `interface`; NULL of NULL. */
static inline struct tcpip_interface *tcpip_vlan_carrier(struct tcpip_interface *interface)
{
    return interface != NULL && interface->under != NULL ? interface->under : interface;
}

/* Its frames are also seen, with their tag, at the interface under it. */
static inline bool tcpip_vlan_is(const struct tcpip_interface *interface)
{
    return interface->under != NULL;
}

#else

static inline void tcpip_vlans_init(void)
{
}

static inline bool tcpip_vlan_untag(struct tcpip_interface **interface, struct netif_frame *frame)
{
    return true;
}

static inline void tcpip_vlans_follow(const struct tcpip_interface *under)
{
}

static inline struct tcpip_interface *tcpip_vlan_carrier(struct tcpip_interface *interface)
{
    return interface;
}

static inline bool tcpip_vlan_is(const struct tcpip_interface *interface)
{
    return false;
}

#endif
