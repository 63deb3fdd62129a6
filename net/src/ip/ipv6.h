/* SPDX-License-Identifier: MIT */
/*
 * IPv6 (RFC 8200) in and out.
 */
#pragma once

#include "ip/ip.h"

/* What it is as a family, see struct tcpip_ip_family. */
void tcpip_ipv6_input(struct tcpip_interface *interface, struct netif_frame *frame, bool to_group);
bool tcpip_ipv6_output(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination,
                       const struct tcpip_protocol *protocol);
bool tcpip_ipv6_alert(const struct tcpip_route *route, struct netif_frame *frame,
                      const struct tcpip_address *destination);
void tcpip_ipv6_hear(struct tcpip_interface *interface, const struct tcpip_address *address,
                     bool on);
void tcpip_ipv6_group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE]);

/* ::, who has no address yet. */
extern const struct tcpip_address tcpip_ipv6_nobody;

/* ff02::1 and ff02::2: all nodes and all routers of a link. */
extern const struct tcpip_address tcpip_ipv6_all_nodes;
extern const struct tcpip_address tcpip_ipv6_all_routers;

/* ff02::1:ff00:0/104. */
extern const struct tcpip_address tcpip_ipv6_solicited_nodes;

/* The group of those who may have an address (RFC 4291 2.7.1). */
struct tcpip_address tcpip_ipv6_solicited_node(const struct tcpip_address *address);

/* 16 bytes as they stand in a packet that came in, or goes out, on an interface. */
void tcpip_ipv6_address(struct tcpip_address *address, const struct tcpip_interface *interface,
                        const uint8_t *bytes);
