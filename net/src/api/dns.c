/* SPDX-License-Identifier: MIT */
/*
 * Waiting for a look-up. Its result is turned into the API's list in the stack's task, where the
 * addresses are.
 */
#include "FreeRTOS_DNS.h"

#include "api/api.h"
#include "client/dns.h"
#include "client/names.h"
#include "core/os.h"
#include "socket/socket.h"

#if ipconfigUSE_DNS

struct lookup_call {
    struct tcpip_call call;
    struct tcpip_call *waiting; /* the list on which it alone waits */
    struct tcpip_dns_lookup lookup;
    bool started;
    bool ended;
    bool out_of_memory;
    uint16_t port;
    struct freertos_addrinfo *found;
};

static struct freertos_addrinfo *make_info(const char *name, const struct tcpip_address *address,
                                           uint16_t port)
{
    struct freertos_addrinfo *info = tcpip_os_allocate(sizeof *info);

    if (info == NULL)
        return NULL;
    memset(info, 0, sizeof *info);
    info->ai_family = FREERTOS_AF_INET4;
    info->ai_addrlen = sizeof info->xPrivateStorage.sockaddr;
    info->ai_addr = &info->xPrivateStorage.sockaddr;
    info->ai_canonname = info->xPrivateStorage.ucName;
    strncpy(info->ai_canonname, name, sizeof info->xPrivateStorage.ucName - 1);
    tcpip_address_to_sockaddr(address, port, info->ai_addr);
    return info;
}

struct freertos_addrinfo *tcpip_api_list(const char *name, const struct tcpip_address *addresses,
                                         size_t count, uint16_t port)
{
    struct freertos_addrinfo *list = NULL;
    struct freertos_addrinfo **last = &list;

    for (size_t i = 0; i < count; i++) {
        *last = make_info(name, &addresses[i], port);
        if (*last == NULL) {
            FreeRTOS_freeaddrinfo(list);
            return NULL;
        }
        last = &(*last)->ai_next;
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
    struct lookup_call *looking = (struct lookup_call *)((char *)lookup -
                                                         offsetof(struct lookup_call, lookup));

    looking->found = tcpip_api_list(lookup->name, addresses, count, looking->port);
    looking->out_of_memory = looking->found == NULL && count > 0;
    looking->ended = true;
    tcpip_calls_retry(&looking->waiting);
}

static bool look_up(struct tcpip_call *call)
{
    struct lookup_call *looking = (struct lookup_call *)call;

    if (!looking->started) {
        looking->started = true;
        looking->lookup.family = TCPIP_IPV4;
        looking->lookup.done = lookup_done;
        tcpip_dns_resolve(&looking->lookup);
    }
    return looking->ended;
}

bool tcpip_api_port(const char *text, uint16_t *port)
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

BaseType_t FreeRTOS_getaddrinfo(const char *name, const char *service,
                                const struct freertos_addrinfo *hints,
                                struct freertos_addrinfo **result)
{
    struct lookup_call looking = {.lookup = {.name = name}};

    if (name == NULL || result == NULL || !tcpip_api_port(service, &looking.port) ||
        (hints != NULL && hints->ai_family != 0 && hints->ai_family != FREERTOS_AF_INET4))
        return -pdFREERTOS_ERRNO_EINVAL;
    tcpip_call(&looking.call, look_up, NULL, &looking.waiting, portMAX_DELAY);
    *result = looking.found;
    if (looking.found != NULL)
        return 0;
    return looking.out_of_memory ? -pdFREERTOS_ERRNO_ENOMEM : -pdFREERTOS_ERRNO_ENOENT;
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

struct known_call {
    struct tcpip_call call;
    const char *name;
    struct tcpip_address address;
};

static bool find_known(struct tcpip_call *call)
{
    struct known_call *finding = (struct known_call *)call;

    call->result = tcpip_ipv4_from_text(finding->name, &finding->address) ||
                   tcpip_host_find(finding->name, TCPIP_IPV4, &finding->address) ||
                   tcpip_dns_cache_find(finding->name, TCPIP_IPV4, tcpip_os_now(),
                                        &finding->address, 1) > 0;
    return true;
}

uint32_t FreeRTOS_dnslookup(const char *name)
{
    struct known_call finding = {.name = name};

    if (name == NULL || tcpip_call(&finding.call, find_known, NULL, NULL, 0) == 0)
        return 0;
    return FreeRTOS_htonl(tcpip_address_ipv4(&finding.address));
}

static bool clear_cache(struct tcpip_call *call)
{
    tcpip_dns_cache_clear();
    return true;
}

void FreeRTOS_dnsclear(void)
{
    struct tcpip_call call;

    tcpip_call(&call, clear_cache, NULL, NULL, 0);
}

#endif
