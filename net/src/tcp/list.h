/* SPDX-License-Identifier: MIT */
/* A circular doubly linked list whose links lie in the members; constant time, no memory. */
#pragma once

#include <stdbool.h>

#include "core/container.h"

struct tcpip_link {
    struct tcpip_link *next, *previous; /* to itself while in no list */
};

static inline void tcpip_link_init(struct tcpip_link *link)
{
    link->next = link->previous = link;
}

static inline bool tcpip_list_empty(const struct tcpip_link *list)
{
    return list->next == list;
}

static inline void tcpip_list_append(struct tcpip_link *list, struct tcpip_link *link)
{
    link->next = list;
    link->previous = list->previous;
    list->previous->next = link;
    list->previous = link;
}

/* Harmless for a link that is in no list. */
static inline void tcpip_list_remove(struct tcpip_link *link)
{
    link->previous->next = link->next;
    link->next->previous = link->previous;
    tcpip_link_init(link);
}
