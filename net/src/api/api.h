/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the public API.
 */
#pragma once

#include "FreeRTOS_Routing.h"
#include "core/address.h"

/* An IPv4 address as the API has it: a number in network order. */
uint32_t tcpip_api_number(const struct tcpip_address *address);

/* The same configuration in both forms. */
void tcpip_api_mirror(const struct tcpip_configuration *from, IPV4Parameters_t *to);
void tcpip_api_configuration(const IPV4Parameters_t *from, struct tcpip_configuration *to);

struct freertos_addrinfo;

/* The API's list of addresses, on the heap. NULL: there are none, or no memory. */
struct freertos_addrinfo *tcpip_api_list(const char *name, const struct tcpip_address *addresses,
                                         size_t count, uint16_t port);

/* A port as decimal text, NULL for 0. False: not a port. */
bool tcpip_api_port(const char *text, uint16_t *port);
