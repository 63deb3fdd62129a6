/* SPDX-License-Identifier: MIT */
/*
 * Names to addresses and back. Each element of a list is one allocation.
 */
#include "berkeley/berkeley.h"

#include "FreeRTOS_DNS.h"
#include "core/os.h"

enum { KNOWN_FLAGS = AI_PASSIVE | AI_CANONNAME | AI_NUMERICHOST | AI_NUMERICSERV };

struct element {
    struct addrinfo info;
    struct sockaddr_storage address;
    char name[]; /* in the first, if it was asked for */
};

/* A list that grows. */
struct listing {
    struct addrinfo *first;
    struct addrinfo **last;
    const struct addrinfo *hints;
    const char *name;
    uint16_t port; /* network order */
};

void tcpip_bsd_freeaddrinfo(struct addrinfo *list)
{
    while (list != NULL) {
        struct addrinfo *next = list->ai_next;

        tcpip_os_free(list); /* the first member of its element */
        list = next;
    }
}

static bool add(struct listing *listing, const struct freertos_sockaddr *address, int type)
{
    bool named = listing->first == NULL && listing->name != NULL &&
                 (listing->hints->ai_flags & AI_CANONNAME) != 0;
    size_t name_size = named ? strlen(listing->name) + 1 : 0;
    struct element *element = tcpip_os_allocate(sizeof *element + name_size);

    if (element == NULL)
        return false;
    memset(element, 0, sizeof *element);
    element->info.ai_family = address->sin_family;
    element->info.ai_socktype = type;
    element->info.ai_protocol = type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP;
    element->info.ai_addr = (struct sockaddr *)(void *)&element->address;
    element->info.ai_addrlen = sizeof element->address;
    tcpip_bsd_give_address(address, address->sin_family, element->info.ai_addr,
                           &element->info.ai_addrlen);
    if (named) {
        memcpy(element->name, listing->name, name_size);
        element->info.ai_canonname = element->name;
    }
    *listing->last = &element->info;
    listing->last = &element->info.ai_next;
    return true;
}

/* One entry for each kind of socket that was asked for. */
static int add_kinds(struct listing *listing, struct freertos_sockaddr address)
{
    int type = listing->hints->ai_socktype;

    address.sin_port = listing->port;
    if ((type == SOCK_STREAM || type == 0) && !add(listing, &address, SOCK_STREAM))
        return EAI_MEMORY;
    if ((type == SOCK_DGRAM || type == 0) && !add(listing, &address, SOCK_DGRAM))
        return EAI_MEMORY;
    return 0;
}

static bool wants(const struct listing *listing, int family)
{
    return listing->hints->ai_family == family || listing->hints->ai_family == AF_UNSPEC;
}

/* No name: any address to listen at, or this host itself. */
static int list_own(struct listing *listing)
{
    bool any = (listing->hints->ai_flags & AI_PASSIVE) != 0;
    struct freertos_sockaddr own4 = {.sin_family = FREERTOS_AF_INET};
    struct freertos_sockaddr own6 = {.sin_family = FREERTOS_AF_INET6};
    int result = 0;

    own4.sin_address.ulIP_IPv4 = htonl(any ? INADDR_ANY : INADDR_LOOPBACK);
    own6.sin_address.xIP_IPv6.ucBytes[15] = any ? 0 : 1;
    if (wants(listing, AF_INET))
        result = add_kinds(listing, own4);
    if (result == 0 && ipconfigUSE_IPv6 && wants(listing, AF_INET6))
        result = add_kinds(listing, own6);
    return result;
}

/* Digits to a number of at most `most`; false: they are none. */
static bool read_number(const char *text, uint32_t most, uint32_t *number)
{
    *number = 0;
    if (*text == '\0')
        return false;
    for (; *text >= '0' && *text <= '9' && *number <= most; text++)
        *number = *number * 10u + (uint32_t)(*text - '0');
    return *text == '\0' && *number <= most;
}

/* "fe80::1", or with the number of an interface "fe80::1%2". */
static bool read_ipv6(const char *text, struct freertos_sockaddr *address)
{
    const char *zone = strchr(text, '%');
    char plain[INET6_ADDRSTRLEN];
    size_t length = zone != NULL ? (size_t)(zone - text) : strlen(text);

    if (length >= sizeof plain ||
        (zone != NULL && !read_number(zone + 1, UINT8_MAX, &address->sin_flowinfo)))
        return false;
    memcpy(plain, text, length);
    plain[length] = '\0';
    return FreeRTOS_inet_pton(AF_INET6, plain, &address->sin_address) == pdPASS;
}

/* -1: it is no number. */
static int list_number(struct listing *listing, const char *node)
{
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET};

    if (FreeRTOS_inet_pton(AF_INET, node, &address.sin_address) == pdPASS)
        return wants(listing, AF_INET) ? add_kinds(listing, address) : EAI_NONAME;
    address.sin_family = FREERTOS_AF_INET6;
    if (read_ipv6(node, &address))
        return wants(listing, AF_INET6) ? add_kinds(listing, address) : EAI_NONAME;
    return -1;
}

#if ipconfigUSE_DNS

static int list_name(struct listing *listing, const char *node)
{
    const struct freertos_addrinfo hints = {.ai_family = listing->hints->ai_family};
    struct freertos_addrinfo *found = NULL;
    int result = 0;

    switch (FreeRTOS_getaddrinfo(node, NULL, &hints, &found)) {
    case 0:
        break;
    case -pdFREERTOS_ERRNO_ENOENT:
        return EAI_NONAME;
    case -pdFREERTOS_ERRNO_ENOMEM:
        return EAI_MEMORY;
    case -pdFREERTOS_ERRNO_EINVAL:
        return EAI_FAIL;
    default:
        return EAI_AGAIN;
    }
    for (const struct freertos_addrinfo *i = found; i != NULL && result == 0; i = i->ai_next)
        result = add_kinds(listing, *i->ai_addr);
    FreeRTOS_freeaddrinfo(found);
    return result;
}

#else

static int list_name(struct listing *listing, const char *node)
{
    return EAI_NONAME;
}

#endif

static bool read_port(const char *text, uint16_t *port)
{
    uint32_t value = 0;
    bool good = text == NULL || read_number(text, UINT16_MAX, &value);

    *port = htons((uint16_t)(value & UINT16_MAX));
    return good;
}

static int check_hints(const struct addrinfo *hints)
{
    if ((hints->ai_flags & ~KNOWN_FLAGS) != 0)
        return EAI_BADFLAGS;
    if (hints->ai_family != AF_UNSPEC && hints->ai_family != AF_INET &&
        (hints->ai_family != AF_INET6 || !ipconfigUSE_IPv6))
        return EAI_FAMILY;
    if (hints->ai_socktype != 0 && hints->ai_socktype != SOCK_STREAM &&
        hints->ai_socktype != SOCK_DGRAM)
        return EAI_SOCKTYPE;
    return 0;
}

int tcpip_bsd_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                          struct addrinfo **result)
{
    static const struct addrinfo none;
    struct listing listing = {.hints = hints != NULL ? hints : &none, .name = node};
    int error = check_hints(listing.hints);

    listing.last = &listing.first;
    if (error != 0)
        return error;
    if (node == NULL && service == NULL)
        return EAI_NONAME;
    if (!read_port(service, &listing.port))
        return EAI_SERVICE;
    error = node == NULL ? list_own(&listing) : list_number(&listing, node);
    if (error == -1)
        error = (listing.hints->ai_flags & AI_NUMERICHOST) != 0 ? EAI_NONAME
                                                                : list_name(&listing, node);
    if (error == 0) {
        *result = listing.first;
        return 0;
    }
    tcpip_bsd_freeaddrinfo(listing.first);
    return error;
}

static int put_number(uint32_t number, char *text, socklen_t size)
{
    char digits[11];
    size_t at = sizeof digits - 1;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + number % 10u);
        number /= 10u;
    } while (number > 0);
    if (sizeof digits - at > size)
        return EAI_OVERFLOW;
    memcpy(text, digits + at, sizeof digits - at);
    return 0;
}

/* As read_ipv6 reads it. */
static int put_address(const struct freertos_sockaddr *address, char *text, socklen_t size)
{
    size_t length;

    if (FreeRTOS_inet_ntop(address->sin_family, &address->sin_address, text, size) == NULL)
        return EAI_OVERFLOW;
    if (address->sin_family != FREERTOS_AF_INET6 || address->sin_flowinfo == 0)
        return 0;
    length = strlen(text);
    if (length + 1 >= size)
        return EAI_OVERFLOW;
    text[length++] = '%';
    return put_number(address->sin_flowinfo, text + length, size - (socklen_t)length);
}

int tcpip_bsd_getnameinfo(const struct sockaddr *address, socklen_t size, char *host,
                          socklen_t host_size, char *service, socklen_t service_size, int flags)
{
    struct freertos_sockaddr from;

    if (tcpip_bsd_address(address, size, &from) != 0)
        return EAI_FAMILY;
    if ((host == NULL || host_size == 0) && (service == NULL || service_size == 0))
        return EAI_NONAME;
    if (host != NULL && host_size > 0) {
        if ((flags & NI_NAMEREQD) != 0)
            return EAI_NONAME;
        int result = put_address(&from, host, host_size);
        if (result != 0)
            return result;
    }
    if (service != NULL && service_size > 0)
        return put_number(ntohs(from.sin_port), service, service_size);
    return 0;
}

const char *tcpip_bsd_gai_strerror(int error)
{
    static const char *const texts[] = {
        [0] = "no error",
        [EAI_FAMILY] = "address family not supported",
        [EAI_SOCKTYPE] = "kind of socket not supported",
        [EAI_NONAME] = "no such name",
        [EAI_SERVICE] = "no such service",
        [EAI_MEMORY] = "out of memory",
        [EAI_AGAIN] = "no answer, try again later",
        [EAI_BADFLAGS] = "invalid flags",
        [EAI_OVERFLOW] = "buffer too small",
        [EAI_FAIL] = "not a valid name",
    };

    return error >= 0 && error <= EAI_FAIL ? texts[error] : "unknown error";
}
