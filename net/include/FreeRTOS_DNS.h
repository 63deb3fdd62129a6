/* SPDX-License-Identifier: MIT */
/*
 * Names to addresses: by dotted numbers, tcpip_host_add's table, the cache, or the DNS servers.
 */
#pragma once

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"
#include "FreeRTOS_DNS_Cache.h"

#ifdef __cplusplus
extern "C" {
#endif

struct freertos_addrinfo {
    BaseType_t ai_flags;
    BaseType_t ai_family; /* FREERTOS_AF_INET4 or _INET6 */
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
typedef void (*tcpip_addrinfo_event)(const char *name, void *search_id,
                                     struct freertos_addrinfo *addresses);

#if ipconfigIPv4_BACKWARD_COMPATIBLE
/* `address` is in network order; 0: the name could not be resolved. */
typedef void (*FOnDNSEvent)(const char *name, void *search_id, uint32_t address);
#else
typedef tcpip_addrinfo_event FOnDNSEvent;
#endif

/* The first IPv4 address of a name, in network order; 0: there is none. Waits for the servers. Of
 * several addresses each call returns another, as long as they are remembered. */
uint32_t FreeRTOS_gethostbyname(const char *name);

/* All addresses of a name, or the one that it is as text ("192.0.2.1", "2001:db8::1"), to be given back with FreeRTOS_freeaddrinfo. `service` is a port as
 * decimal text, or NULL. Of `hints` ai_family counts: FREERTOS_AF_INET4 (as with hints of NULL),
 * FREERTOS_AF_INET6, or 0 for either, whichever FreeRTOS_SetDNSIPPreference prefers first. 0, or a
 * negated error: -ENOENT (there is no such address), -ETIMEDOUT (no server tells), -ENOMEM,
 * -EINVAL. Waits for the servers. */
BaseType_t FreeRTOS_getaddrinfo(const char *name, const char *service,
                                const struct freertos_addrinfo *hints,
                                struct freertos_addrinfo **result);
void FreeRTOS_freeaddrinfo(struct freertos_addrinfo *list);

/* One element of such a list, for `address` of 4 or 16 bytes in network order as `family` is
 * FREERTOS_AF_INET4 or _INET6. NULL: no memory, or another family. */
struct freertos_addrinfo *pxNew_AddrInfo(const char *name, BaseType_t family,
                                         const uint8_t *address);

/* Which servers are asked first: those with an IPv4 address (this is the default) or an IPv6 address,
 * or as they come. pdPASS. Any task. */
BaseType_t FreeRTOS_SetDNSIPPreference(IPPreference_t preference);

/* With ipconfigDNS_USE_CALLBACKS. The same without waiting: 0, -EINVAL or -ENOMEM at once, `*result`
 * stays NULL. After 0 `callback` is called once, unless `search_id` is cancelled before; after
 * `timeout` ticks with NULL. */
BaseType_t FreeRTOS_getaddrinfo_a(const char *name, const char *service,
                                  const struct freertos_addrinfo *hints,
                                  struct freertos_addrinfo **result, tcpip_addrinfo_event callback,
                                  void *search_id, TickType_t timeout);

/* Returns the IPv4 address when it is known already (then the callback is not called), else 0. */
uint32_t FreeRTOS_gethostbyname_a(const char *name, FOnDNSEvent callback, void *search_id,
                                  TickType_t timeout);

/* Forgets every search with this id; their callbacks are not called any more. */
void FreeRTOS_gethostbyname_cancel(void *search_id);

/* Hooks: with ipconfigUSE_MDNS, ipconfigUSE_LLMNR or ipconfigUSE_NBNS the application says whether a
 * name that somebody on the link asks for is this host's: "lamp.local", "lamp" or "LAMP", as it was
 * asked for, to be compared without regard to case. The second with
 * ipconfigIPv4_BACKWARD_COMPATIBLE. Called from the stack's task; must not wait for the stack. Weak
 * definitions say pdFALSE. */
BaseType_t xApplicationDNSQueryHook_Multi(struct xNetworkEndPoint *end_point, const char *name);
BaseType_t xApplicationDNSQueryHook(const char *name);

#ifdef __cplusplus
}
#endif
