/* SPDX-License-Identifier: MIT */
/*
 * IPv4 (RFC 791, RFC 1122 3.2): fragments are neither made nor put together.
 */
#pragma once

#include "ip/ip.h"

extern const struct tcpip_ip_family tcpip_ip_v4;
