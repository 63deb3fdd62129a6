/* SPDX-License-Identifier: MIT */
/* The network of a demo: one interface, an address by DHCP, a name for the broker on this host. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Starts the stack on the board's interface and waits for an address. False: told through
 * report.h. Once. */
bool network_start(uint32_t timeout_ms);

/* Stops it. Sockets must be closed. */
void network_stop(void);

/* Settles what a host name on the command line means: "localhost" and 127.0.0.1 are the host of the
 * simulator, which the device sees as 10.0.2.2. Other names are left to the table and to DNS. */
const char *network_host(const char *name);
