/* SPDX-License-Identifier: MIT */
/* For a network device whose PHY does not interrupt: its driver, which looks at the link in each poll, is
 * polled four times a second. */
#pragma once

#include <netif.h>

/* Once, from the task that makes the interface, or before tasks are started. `started`: whether the driver
 * wants it. */
void link_watch(struct netif *netif, const bool *started);
