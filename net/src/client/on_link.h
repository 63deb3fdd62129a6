/* SPDX-License-Identifier: MIT */
/*
 * What the name services of the link share. A link is a family on an interface, named by the first
 * end-point that is up there. Only the stack's task.
 */
#pragma once

#include "core/end_point.h"
#include "udp/udp.h"
#include "wire/dns_writer.h"

/* The link after `link`; the first after NULL; NULL after the last. */
struct tcpip_end_point *tcpip_names_next_link(const struct tcpip_end_point *link);

/* The one place where groups are joined and left: what is sent to `group` comes in on this interface,
 * or need not any more. Called for each end-point that comes and goes. */
void tcpip_names_join(struct tcpip_interface *interface, const struct tcpip_address *group,
                      bool join);

/* True when the address belongs to a network of this interface. */
bool tcpip_names_on_link(const struct tcpip_interface *interface,
                         const struct tcpip_address *address);

/* Whether the application says that a name is this host's. */
bool tcpip_names_is_own(struct tcpip_end_point *link, const char *name);

/* A message on its way out. */
struct names_message {
    struct netif_frame *frame; /* NULL: there was none */
    struct dns_writer writer;
};

/* Begins a message; what is written into one without a frame is lost. */
void tcpip_names_begin(struct names_message *message, uint16_t id, uint16_t flags);

/* Sends it from a port to a host of the link or to a group, unless it is empty. */
void tcpip_names_send(struct names_message *message, const struct tcpip_end_point *link,
                      uint16_t source_port, const struct tcpip_udp_target *to);

/* Writes the addresses that an interface has in one family for a name. False: no room. */
bool tcpip_names_write_addresses(struct dns_writer *writer, const struct tcpip_interface *interface,
                                 const struct dns_name *name, uint8_t family,
                                 enum dns_section section, uint16_t class, uint32_t ttl);

/* The same for each family that a question of this type asks for, as answers. */
void tcpip_names_answer(struct dns_writer *writer, const struct tcpip_interface *interface,
                        const struct dns_name *name, uint16_t type, uint32_t ttl);
