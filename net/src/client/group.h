/* SPDX-License-Identifier: MIT */
/*
 * What the name services of the link need from below: the one place where they ask to receive what
 * is sent to a group, and who is on the link.
 */
#pragma once

#include "core/address.h"
#include "tcpip_end_point.h"

/* From now on datagrams to `group` come in on this interface. May be called again. */
void tcpip_names_join(struct tcpip_interface *interface, const struct tcpip_address *group);

/* True when the address belongs to a network of this interface. */
bool tcpip_names_on_link(const struct tcpip_interface *interface,
                         const struct tcpip_address *address);
