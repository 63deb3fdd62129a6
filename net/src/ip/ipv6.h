/* SPDX-License-Identifier: MIT */
/*
 * IPv6 (RFC 8200) in and out.
 */
#pragma once

#include "ip/ip.h"

extern const struct tcpip_ip_family tcpip_ip_v6;

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
