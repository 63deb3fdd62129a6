/* SPDX-License-Identifier: MIT */
/*
 * IPv4 addresses as text.
 */
#pragma once

#include <stdbool.h>

#include "core/address.h"

/* "10.0.2.15": four decimal numbers without leading zeros. False: something else. Any context. */
bool tcpip_ipv4_from_text(const char *text, struct tcpip_address *address);
