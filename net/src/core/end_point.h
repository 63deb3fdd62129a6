/* SPDX-License-Identifier: MIT */
/*
 * Interfaces and their end-points: lists in the order in which they were added, and the way between
 * down, configuring and up.
 *
 * An end-point is up while its interface has a link and it has an address, from the application or
 * from DHCP. Only the stack's task calls these functions, or whoever sets up before it runs.
 */
#pragma once

#include <stdbool.h>

#include "core/address.h"
#include "tcpip_end_point.h"

struct tcpip_interface *tcpip_interfaces(void);

/* Adds at the end. The storage belongs to the caller and must stay. */
void tcpip_interface_link(struct tcpip_interface *interface);
void tcpip_end_point_link(struct tcpip_interface *interface, struct tcpip_end_point *end_point);
void tcpip_interfaces_forget(void);

/* The end-point after `end_point` over all interfaces; the first after NULL; NULL after the last.
 */
struct tcpip_end_point *tcpip_end_point_next(const struct tcpip_end_point *end_point);

/* That is up and has this address; NULL if none. */
struct tcpip_end_point *tcpip_end_point_find(const struct tcpip_address *address);

/* That is up and belongs to this interface; NULL if none. */
struct tcpip_end_point *tcpip_end_point_on(const struct tcpip_interface *interface, uint8_t family);

/* True when `address` is 255.255.255.255 or the broadcast address of the end-point's network. */
bool tcpip_end_point_broadcast(const struct tcpip_end_point *end_point,
                               const struct tcpip_address *address);

/* The family of an end-point, up or not. */
static inline uint8_t tcpip_end_point_family(const struct tcpip_end_point *end_point)
{
    return tcpip_address_is_ipv6(&end_point->defaults.address) ? TCPIP_IPV6 : TCPIP_IPV4;
}

/* True when another address should rather be used for what is new (RFC 4862 5.5.4). */
bool tcpip_end_point_deprecated(const struct tcpip_end_point *end_point);

/* Asks the link first whether somebody has the address, then uses `configuration`. */
void tcpip_end_point_claim(struct tcpip_end_point *end_point,
                           const struct tcpip_configuration *configuration);

/* Uses `configuration` from now on: up, announced, told. */
void tcpip_end_point_configure(struct tcpip_end_point *end_point,
                               const struct tcpip_configuration *configuration);

/* The address is not ours any more; the link may still be there. */
void tcpip_end_point_withdraw(struct tcpip_end_point *end_point,
                              enum tcpip_end_point_state new_state);

/* The interface's link came or went. */
void tcpip_interface_set_link(struct tcpip_interface *interface, bool up);

/* Starts an end-point that was added while its interface had a link. */
void tcpip_end_point_start(struct tcpip_end_point *end_point);
