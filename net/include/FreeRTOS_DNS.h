/* SPDX-License-Identifier: MIT */
/*
 * Names to addresses: by dotted numbers, tcpip_host_add's table, the cache, or the DNS servers.
 */
#pragma once

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "FreeRTOS_DNS_Cache.h"

struct freertos_addrinfo {
    BaseType_t ai_flags;
    BaseType_t ai_family; /* FREERTOS_AF_INET4 */
    BaseType_t ai_socktype;
    BaseType_t ai_protocol;
    socklen_t ai_addrlen;
    struct freertos_sockaddr *ai_addr;
    char *ai_canonname; /* the name asked for, in the first of a list */
    struct freertos_addrinfo *ai_next;
    struct {
        struct freertos_sockaddr sockaddr;
        char ucName[ipconfigDNS_CACHE_NAME_LENGTH];
    } xPrivateStorage;
};

typedef enum xIPPreference { xPreferenceNone, xPreferenceIPv4, xPreferenceIPv6 } IPPreference_t;

/* Called from the stack's task; must not wait for the stack. `addresses` is NULL when the name could
 * not be resolved; else the application frees it with FreeRTOS_freeaddrinfo. */
typedef void (*FOnDNSEvent)(const char *name, void *search_id, struct freertos_addrinfo *addresses);

/* The first address of a name, in network order; 0: there is none. Waits for the servers. */
uint32_t FreeRTOS_gethostbyname(const char *name);

/* All addresses of a name, to be given back with FreeRTOS_freeaddrinfo. `service` is a port as
 * decimal text, or NULL; of `hints` only ai_family counts, it may be NULL. 0, or a negated error:
 * -ENOMEM, -EINVAL, -ENOENT. Waits for the servers. */
BaseType_t FreeRTOS_getaddrinfo(const char *name, const char *service,
                                const struct freertos_addrinfo *hints,
                                struct freertos_addrinfo **result);
void FreeRTOS_freeaddrinfo(struct freertos_addrinfo *list);

/* With ipconfigDNS_USE_CALLBACKS. The same without waiting: `callback` is called once, unless
 * `search_id` is cancelled before; after `timeout` ticks with NULL. */
BaseType_t FreeRTOS_getaddrinfo_a(const char *name, const char *service,
                                  const struct freertos_addrinfo *hints,
                                  struct freertos_addrinfo **result, FOnDNSEvent callback,
                                  void *search_id, TickType_t timeout);

/* Returns the address when it is known already (then the callback is not called), else 0. */
uint32_t FreeRTOS_gethostbyname_a(const char *name, FOnDNSEvent callback, void *search_id,
                                  TickType_t timeout);
void FreeRTOS_gethostbyname_cancel(void *search_id);
