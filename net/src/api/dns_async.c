/* SPDX-License-Identifier: MIT */
/*
 * Look-ups that call back. Each is a block of heap that lives until its callback was called or it
 * was cancelled; the list of them belongs to the stack's task.
 */
#include "FreeRTOS_DNS.h"

#if ipconfigUSE_DNS && ipconfigDNS_USE_CALLBACKS

#include "api/api.h"
#include "client/dns.h"
#include "core/os.h"
#include "socket/socket.h"

struct search {
    struct search *next;
    struct tcpip_dns_lookup lookup;
    struct tcpip_timer timer;
    FOnDNSEvent callback;
    void *id;
    uint16_t port;
    uint32_t timeout_ms;
    char name[ipconfigDNS_CACHE_NAME_LENGTH];
};

static struct search *searches;

static void forget(struct search *search)
{
    struct search **at = &searches;

    while (*at != NULL && *at != search)
        at = &(*at)->next;
    if (*at != NULL)
        *at = search->next;
    tcpip_timer_stop(&search->timer);
    tcpip_dns_cancel(&search->lookup);
}

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    struct search *search = (struct search *)((char *)lookup - offsetof(struct search, lookup));

    forget(search);
    search->callback(search->name, search->id,
                     tcpip_api_list(search->name, addresses, count, search->port));
    tcpip_os_free(search);
}

static void timed_out(void *context)
{
    struct search *search = context;

    forget(search);
    search->callback(search->name, search->id, NULL);
    tcpip_os_free(search);
}

static bool start(struct tcpip_call *call)
{
    struct search *search = call->object;

    search->next = searches;
    searches = search;
    tcpip_timer_init(&search->timer, timed_out, search);
    tcpip_timer_start(&search->timer, search->timeout_ms);
    tcpip_dns_resolve(&search->lookup);
    return true;
}

BaseType_t FreeRTOS_getaddrinfo_a(const char *name, const char *service,
                                  const struct freertos_addrinfo *hints,
                                  struct freertos_addrinfo **result, FOnDNSEvent callback,
                                  void *search_id, TickType_t timeout)
{
    struct tcpip_call call;
    struct search *search;
    uint16_t port;

    if (name == NULL || !tcpip_api_port(service, &port) || callback == NULL ||
        strlen(name) >= ipconfigDNS_CACHE_NAME_LENGTH ||
        (hints != NULL && hints->ai_family != 0 && hints->ai_family != FREERTOS_AF_INET4))
        return -pdFREERTOS_ERRNO_EINVAL;
    search = tcpip_os_allocate(sizeof *search);
    if (search == NULL)
        return -pdFREERTOS_ERRNO_ENOMEM;
    memset(search, 0, sizeof *search);
    memcpy(search->name, name, strlen(name));
    search->callback = callback;
    search->id = search_id;
    search->port = port;
    search->timeout_ms = (uint32_t)((uint64_t)timeout * 1000u / configTICK_RATE_HZ);
    search->lookup.name = search->name;
    search->lookup.family = TCPIP_IPV4;
    search->lookup.done = done;
    if (result != NULL)
        *result = NULL;
    tcpip_call(&call, start, search, NULL, 0);
    return 0;
}

uint32_t FreeRTOS_gethostbyname_a(const char *name, FOnDNSEvent callback, void *search_id,
                                  TickType_t timeout)
{
    uint32_t known = FreeRTOS_dnslookup(name);

    if (known == 0)
        FreeRTOS_getaddrinfo_a(name, NULL, NULL, NULL, callback, search_id, timeout);
    return known;
}

static bool cancel(struct tcpip_call *call)
{
    struct search *search = searches;

    while (search != NULL) {
        struct search *next = search->next;

        if (search->id == call->object) {
            forget(search);
            tcpip_os_free(search);
        }
        search = next;
    }
    return true;
}

void FreeRTOS_gethostbyname_cancel(void *search_id)
{
    struct tcpip_call call;

    tcpip_call(&call, cancel, search_id, NULL, 0);
}

#endif
