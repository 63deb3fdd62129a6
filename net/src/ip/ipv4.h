/* SPDX-License-Identifier: MIT */
/*
 * IPv4 (RFC 791, RFC 1122 3.2): fragments are neither made nor put together.
 */
#pragma once

#include "ip/ip.h"

/* What it is as a family, see struct tcpip_ip_family. */
void tcpip_ipv4_input(struct tcpip_interface *interface, struct netif_frame *frame, bool to_group);
bool tcpip_ipv4_output(const struct tcpip_route *route, struct netif_frame *frame,
                       const struct tcpip_address *destination,
                       const struct tcpip_protocol *protocol);
bool tcpip_ipv4_alert(const struct tcpip_route *route, struct netif_frame *frame,
                      const struct tcpip_address *destination);
void tcpip_ipv4_group_mac(const struct tcpip_address *group, uint8_t mac[NETIF_MAC_SIZE]);
