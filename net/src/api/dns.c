/* SPDX-License-Identifier: MIT */
/*
 * Waiting for a look-up. Its result is turned into the API's list in the stack's task, where the
 * addresses are.
 */
#include "FreeRTOS_DNS.h"

#include "api/api.h"
#include "client/dns.h"
#include "core/container.h"
#include "core/os.h"
#include "socket/socket.h"

#if ipconfigUSE_DNS

struct lookup_call {
    struct tcpip_call call;
    struct tcpip_call *waiting; /* the list on which it alone waits */
    struct freertos_addrinfo *found;
    struct tcpip_dns_lookup lookup;
    struct tcpip_api_query query;
};

struct freertos_addrinfo *pxNew_AddrInfo(const char *name, BaseType_t family,
                                         const uint8_t *address)
{
    bool is_ipv6 = family == FREERTOS_AF_INET6;
    struct freertos_addrinfo *info = NULL;

    if (address != NULL && (is_ipv6 || family == FREERTOS_AF_INET4))
        info = tcpip_os_allocate(sizeof *info);
    if (info == NULL)
        return NULL;
    memset(info, 0, sizeof *info);
    info->ai_family = family;
    info->ai_addrlen = sizeof info->xPrivateStorage.sockaddr;
    info->ai_addr = &info->xPrivateStorage.sockaddr;
    info->ai_canonname = info->xPrivateStorage.ucName;
    strncpy(info->ai_canonname, name, sizeof info->xPrivateStorage.ucName - 1);
    info->ai_addr->sin_len = sizeof *info->ai_addr;
    info->ai_addr->sin_family = (uint8_t)family;
    memcpy(&info->ai_addr->sin_address, address, is_ipv6 ? 16 : 4);
    return info;
}

struct freertos_addrinfo *tcpip_api_list(const char *name, const struct tcpip_address *addresses,
                                         size_t count, uint16_t port)
{
    struct freertos_addrinfo *list = NULL;

    while (count-- > 0) { /* from its end */
        const struct tcpip_address *address = &addresses[count];
        BaseType_t family = tcpip_address_is_ipv6(address) ? FREERTOS_AF_INET6 : FREERTOS_AF_INET4;
        struct freertos_addrinfo *info = pxNew_AddrInfo(name, family, address->bytes);

        if (info == NULL) {
            FreeRTOS_freeaddrinfo(list);
            return NULL;
        }
        info->ai_addr->sin_port = FreeRTOS_htons(port);
        info->ai_next = list;
        list = info;
    }
    return list;
}

void FreeRTOS_freeaddrinfo(struct freertos_addrinfo *list)
{
    while (list != NULL) {
        struct freertos_addrinfo *next = list->ai_next;

        tcpip_os_free(list);
        list = next;
    }
}

static void lookup_done(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                        size_t count)
{
    struct lookup_call *looking = TCPIP_CONTAINER(lookup, struct lookup_call, lookup);

    if (count == 0 && tcpip_api_try_other(&looking->query, lookup))
        return;
    looking->found = tcpip_api_list(lookup->name, addresses, count, looking->query.port);
    if (looking->found != NULL)
        looking->call.result = 0;
    else if (count > 0)
        looking->call.result = -pdFREERTOS_ERRNO_ENOMEM;
    else
        looking->call.result = lookup->unanswered ? -pdFREERTOS_ERRNO_ETIMEDOUT
                                                  : -pdFREERTOS_ERRNO_ENOENT;
    tcpip_calls_retry(&looking->waiting);
}

static int32_t look_up(void *object, struct tcpip_call *call)
{
    struct lookup_call *looking = (struct lookup_call *)call;

    if (looking->lookup.done == NULL) { /* the first attempt */
        looking->lookup.done = lookup_done;
        tcpip_dns_resolve(&looking->lookup);
    }
    return call->result;
}

static bool read_port(const char *text, uint16_t *port)
{
    uint32_t value = 0;

    for (; text != NULL && *text != '\0'; text++) {
        if (*text < '0' || *text > '9' || value > UINT16_MAX)
            return false;
        value = value * 10u + (uint32_t)(*text - '0');
    }
    *port = (uint16_t)(value % 65536u);
    return value <= UINT16_MAX;
}

bool tcpip_api_query(struct tcpip_api_query *query, const char *name, const char *service,
                     const struct freertos_addrinfo *hints)
{
    BaseType_t wanted = hints != NULL ? hints->ai_family : FREERTOS_AF_INET4;
    bool any = wanted == 0;

    *query = (struct tcpip_api_query){.family = TCPIP_IPV4};
    if (ipconfigUSE_IPv6 &&
        (wanted == FREERTOS_AF_INET6 || (any && tcpip_dns_preferred == TCPIP_IPV6)))
        query->family = TCPIP_IPV6;
    if (ipconfigUSE_IPv6 && any)
        query->other = query->family == TCPIP_IPV4 ? TCPIP_IPV6 : TCPIP_IPV4;
    return name != NULL && read_port(service, &query->port) &&
           (any || wanted == FREERTOS_AF_INET4 ||
            (ipconfigUSE_IPv6 && wanted == FREERTOS_AF_INET6));
}

#if ipconfigUSE_IPv6
bool tcpip_api_try_other(struct tcpip_api_query *query, struct tcpip_dns_lookup *lookup)
{
    if (query->other == TCPIP_UNSPECIFIED)
        return false;
    lookup->family = query->other;
    query->other = TCPIP_UNSPECIFIED;
    tcpip_dns_resolve(lookup);
    return true;
}
#endif

BaseType_t FreeRTOS_getaddrinfo(const char *name, const char *service,
                                const struct freertos_addrinfo *hints,
                                struct freertos_addrinfo **result)
{
    struct lookup_call looking = {.lookup.name = name};
    BaseType_t status;

    if (result == NULL || !tcpip_api_query(&looking.query, name, service, hints))
        return -pdFREERTOS_ERRNO_EINVAL;
    looking.lookup.family = looking.query.family;
    status = tcpip_call(&looking.call, look_up, NULL, &looking.waiting, portMAX_DELAY);
    *result = looking.found;
    return status;
}

uint32_t FreeRTOS_gethostbyname(const char *name)
{
    struct freertos_addrinfo *list = NULL;
    uint32_t address = 0;

    if (FreeRTOS_getaddrinfo(name, NULL, NULL, &list) == 0)
        address = list->ai_addr->sin_address.ulIP_IPv4;
    FreeRTOS_freeaddrinfo(list);
    return address;
}

#endif
