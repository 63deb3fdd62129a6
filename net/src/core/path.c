/* SPDX-License-Identifier: MIT */
/*
 * A place is free when its interface is NULL.
 */
#include "core/path.h"

#if TCPIP_PATHS

#include "core/os.h"

enum { MTU_LIFE_MS = 600000 }; /* RFC 8201 4 */

static struct path {
    struct tcpip_interface *interface;
    struct tcpip_address destination;
    struct tcpip_address hop; /* of no family: the usual one */
    uint16_t mtu;             /* 0: the link's */
    uint32_t since;
} paths[ipconfigIPv6_DESTINATIONS];

static size_t next; /* whose place the next destination takes: each has its turn */

void tcpip_paths_forget(const struct tcpip_interface *interface)
{
    for (size_t i = 0; i < ipconfigIPv6_DESTINATIONS; i++)
        if (interface == NULL || paths[i].interface == interface)
            paths[i].interface = NULL;
}

void tcpip_path_init(void)
{
    tcpip_paths_forget(NULL);
}

static struct path *find(const struct tcpip_interface *interface,
                         const struct tcpip_address *destination)
{
    for (size_t i = 0; i < ipconfigIPv6_DESTINATIONS; i++)
        if (paths[i].interface == interface &&
            tcpip_address_equal(&paths[i].destination, destination))
            return &paths[i];
    return NULL;
}

static struct path *find_or_make(struct tcpip_interface *interface,
                                 const struct tcpip_address *destination)
{
    struct path *path = find(interface, destination);

    if (path == NULL) {
        path = &paths[next];
        next = (next + 1) % ipconfigIPv6_DESTINATIONS;
        *path = (struct path){.interface = interface, .destination = *destination};
    }
    path->since = tcpip_os_now();
    return path;
}

#if TCPIP_REDIRECTS
void tcpip_path_redirect(struct tcpip_interface *interface, const struct tcpip_address *destination,
                         const struct tcpip_address *hop)
{
    find_or_make(interface, destination)->hop = *hop;
}
#endif

void tcpip_path_narrow(struct tcpip_interface *interface, const struct tcpip_address *destination,
                       uint16_t mtu)
{
    find_or_make(interface, destination)->mtu = mtu;
}

void tcpip_path_apply(const struct tcpip_address *destination, struct tcpip_route *route)
{
    struct path *path = find(route->interface, destination);

    if (path == NULL)
        return;
    if (TCPIP_REDIRECTS && path->hop.family != TCPIP_UNSPECIFIED)
        route->next_hop = path->hop;
    if (path->mtu != 0 && tcpip_os_now() - path->since >= MTU_LIFE_MS)
        path->mtu = 0;
    if (path->mtu != 0 && path->mtu < route->path_mtu)
        route->path_mtu = path->mtu;
}

void tcpip_path_hop_lost(struct tcpip_interface *interface, const struct tcpip_address *hop)
{
    for (size_t i = 0; TCPIP_REDIRECTS && i < ipconfigIPv6_DESTINATIONS; i++)
        if (paths[i].interface == interface && tcpip_address_equal(&paths[i].hop, hop))
            paths[i].interface = NULL;
    tcpip_router_lost(interface, hop);
}

#endif
