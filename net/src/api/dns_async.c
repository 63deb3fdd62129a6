/* SPDX-License-Identifier: MIT */
/*
 * Look-ups that call back. Each is a block of heap that lives until its callback was called or it
 * was cancelled; the list of them belongs to the stack's task.
 */
#include "FreeRTOS_DNS.h"

#if ipconfigUSE_DNS && ipconfigDNS_USE_CALLBACKS

#include "api/api.h"
#include "client/dns.h"
#include "core/container.h"
#include "core/os.h"
#include "socket/socket.h"

struct search {
    struct search *next;
    struct tcpip_dns_lookup lookup;
    struct tcpip_api_query query;
    struct tcpip_timer timer;
    tcpip_addrinfo_event callback;
#if ipconfigIPv4_BACKWARD_COMPATIBLE
    FOnDNSEvent number_callback; /* instead of the other */
#endif
    void *id;
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

/* Tells the application and ends. */
static void end(struct search *search, const struct tcpip_address *addresses, size_t count)
{
    forget(search);
#if ipconfigIPv4_BACKWARD_COMPATIBLE
    if (search->number_callback != NULL)
        search->number_callback(search->name, search->id,
                                count > 0 ? tcpip_api_number(addresses) : 0);
#endif
    if (search->callback != NULL)
        search->callback(search->name, search->id,
                         tcpip_api_list(search->name, addresses, count, search->query.port));
    tcpip_os_free(search);
}

static void done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                 size_t count)
{
    struct search *search = TCPIP_CONTAINER(lookup, struct search, lookup);

    if (count > 0 || !tcpip_api_try_other(&search->query, lookup))
        end(search, addresses, count);
}

static void timed_out(void *context)
{
    end(context, NULL, 0);
}

static int32_t start(void *object, struct tcpip_call *call)
{
    struct search *search = object;

    search->next = searches;
    searches = search;
    tcpip_timer_init(&search->timer, timed_out, search);
    tcpip_timer_start(&search->timer, search->timeout_ms);
    tcpip_dns_resolve(&search->lookup);
    return 0;
}

static BaseType_t search_for(const struct search *wanted, const char *name)
{
    struct tcpip_call call;
    struct search *search;

    if (strlen(name) >= sizeof search->name)
        return -pdFREERTOS_ERRNO_EINVAL;
    search = tcpip_os_allocate(sizeof *search);
    if (search == NULL)
        return -pdFREERTOS_ERRNO_ENOMEM;
    *search = *wanted;
    memcpy(search->name, name, strlen(name) + 1);
    search->lookup.name = search->name;
    search->lookup.family = search->query.family;
    search->lookup.done = done;
    tcpip_call(&call, start, search, NULL, 0);
    return 0;
}

static uint32_t ms_of(TickType_t ticks)
{
    if (ticks / configTICK_RATE_HZ >= UINT32_MAX / 1000u)
        return UINT32_MAX; /* whatever its width: as good as for ever */
    return (uint32_t)((uint64_t)ticks * 1000u / configTICK_RATE_HZ);
}

BaseType_t FreeRTOS_getaddrinfo_a(const char *name, const char *service,
                                  const struct freertos_addrinfo *hints,
                                  struct freertos_addrinfo **result, tcpip_addrinfo_event callback,
                                  void *search_id, TickType_t timeout)
{
    struct search wanted = {.callback = callback, .id = search_id, .timeout_ms = ms_of(timeout)};

    if (result != NULL)
        *result = NULL;
    if (callback == NULL || !tcpip_api_query(&wanted.query, name, service, hints))
        return -pdFREERTOS_ERRNO_EINVAL;
    return search_for(&wanted, name);
}

uint32_t FreeRTOS_gethostbyname_a(const char *name, FOnDNSEvent callback, void *search_id,
                                  TickType_t timeout)
{
    struct search wanted = {.id = search_id, .timeout_ms = ms_of(timeout)};
    uint32_t known = FreeRTOS_dnslookup(name);

#if ipconfigIPv4_BACKWARD_COMPATIBLE
    wanted.number_callback = callback;
#else
    wanted.callback = callback;
#endif
    if (known == 0 && callback != NULL && tcpip_api_query(&wanted.query, name, NULL, NULL))
        (void)search_for(&wanted, name); /* without memory it is as if nobody had answered */
    return known;
}

static int32_t cancel(void *id, struct tcpip_call *call)
{
    struct search *search = searches;

    while (search != NULL) {
        struct search *next = search->next;

        if (search->id == id) {
            forget(search);
            tcpip_os_free(search);
        }
        search = next;
    }
    return 0;
}

void FreeRTOS_gethostbyname_cancel(void *search_id)
{
    struct tcpip_call call;

    tcpip_call(&call, cancel, search_id, NULL, 0);
}

#endif
