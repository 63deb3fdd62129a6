/* SPDX-License-Identifier: MIT */
/*
 * What an application needs beyond the known API: devices, entropy, names of its own, and a look
 * inside.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tcpip_address.h"

struct netif;
struct xNetworkInterface;

/* Makes a network device an interface of the stack; the first one is the default. `mac` is its
 * station address, NULL leaves the device's own. Before the stack is started. NULL: there are
 * ipconfigMAX_INTERFACES already. `netif` must stay. */
struct xNetworkInterface *tcpip_add_interface(struct netif *netif, const uint8_t mac[6]);

/* The source of unpredictable numbers (ids, ports, sequence numbers): fills `size` bytes, false on
 * failure. board_entropy of board.h fits. Before the stack is started. */
void tcpip_set_entropy(bool (*fill)(void *buffer, size_t size));

/* Gives `name` an address of its own that goes before DNS; an IPv4 address is four bytes in network
 * order. Names compare without regard to case. Any task, or before the stack is started. False: the
 * name is longer than ipconfigDNS_CACHE_NAME_LENGTH allows, or there are ipconfigMAX_STATIC_HOSTS.
 */
bool tcpip_host_add(const char *name, const struct tcpip_address *address);
void tcpip_host_clear(void);

/* An IPv4 address from its four numbers. */
struct tcpip_address tcpip_ipv4(uint8_t a, uint8_t b, uint8_t c, uint8_t d);

/* Ends the stack: stops the devices, ends every look-up, deletes the task. Sockets must be closed
 * before. Waits for the stack's task. It can be started again, with interfaces added anew. */
void tcpip_stop(void);

/* True when every frame of the pool is free: nothing waits anywhere. */
bool tcpip_nothing_left(void);

/* Frames that were given up, for the reason with this number; names the reason. False behind the
 * last. For listings. */
bool tcpip_drop_count(size_t reason, const char **name, uint32_t *count);
