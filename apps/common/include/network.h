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

/* What a host on the command line is to the device: addresses of the host itself (127.0.0.1) become
 * 10.0.2.2; "localhost" and other names are left to the table and to DNS. */
const char *network_host(const char *name);
