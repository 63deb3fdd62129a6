/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the public API.
 */
#pragma once

#include "FreeRTOS_Routing.h"
#include "core/address.h"

struct tcpip_api_interfaces {
    NetworkInterface_t *first;
    size_t count;
    NetworkInterface_t own[ipconfigMAX_INTERFACES]; /* of tcpip_add_interface */
};
extern struct tcpip_api_interfaces tcpip_api_interfaces;

/* An IPv4 address as the API has it: a number in network order. */
uint32_t tcpip_api_number(const struct tcpip_address *address);

/* Adds `interface`, whose device is `netif`, behind the others. False: there are
 * ipconfigMAX_INTERFACES already, or the stack runs. */
bool tcpip_api_attach(NetworkInterface_t *interface, struct netif *netif);

/* Adds the interface of a driver that the linker found, if there is one. */
#if ipconfigIPv4_BACKWARD_COMPATIBLE
void tcpip_api_add_driver(void);
#else
static inline void tcpip_api_add_driver(void)
{
}
#endif

/* The same configuration in both forms. */
void tcpip_api_mirror(const struct tcpip_configuration *from, IPV4Parameters_t *to);
void tcpip_api_configuration(const IPV4Parameters_t *from, struct tcpip_configuration *to);

/* Has eApplicationProcessCustomFrameHook judge frames of unknown types. */
#if ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES
void tcpip_api_watch_other_frames(void);
#else
static inline void tcpip_api_watch_other_frames(void)
{
}
#endif

struct freertos_addrinfo;
struct tcpip_dns_lookup;

/* What a task asks for: a name in one family, or in another if there is nothing in the first. */
struct tcpip_api_query {
    uint8_t family;
    uint8_t other; /* TCPIP_UNSPECIFIED: none */
    uint16_t port;
};

/* False: it makes no sense. */
bool tcpip_api_query(struct tcpip_api_query *query, const char *name, const char *service,
                     const struct freertos_addrinfo *hints);

/* Looks up in the other family; false: there is none. */
#if ipconfigUSE_IPv6
bool tcpip_api_try_other(struct tcpip_api_query *query, struct tcpip_dns_lookup *lookup);
#else
static inline bool tcpip_api_try_other(struct tcpip_api_query *query,
                                       struct tcpip_dns_lookup *lookup)
{
    return false;
}
#endif

/* The API's list of addresses, on the heap. NULL: there are none, or no memory. */
struct freertos_addrinfo *tcpip_api_list(const char *name, const struct tcpip_address *addresses,
                                         size_t count, uint16_t port);
