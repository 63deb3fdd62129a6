/* SPDX-License-Identifier: MIT */
/*
 * Listeners. A SYN makes a half-open child without buffers; its last ACK gives it buffers and a
 * place among those that wait for accept. Both queues are bounded by the backlog: when as many are
 * half open, the oldest gives way (a flood of SYNs then costs a fixed amount of memory, and a peer
 * that answers quickly still gets in); when as many wait, new SYNs are ignored and repeated.
 */
#include "tcp/internal.h"

static struct tcpip_tcp_listener **bucket_of(struct tcpip_tcp_host *host, uint16_t port)
{
    return &host->listeners[port % TCPIP_TCP_BUCKETS]; /* nobody outside chooses it */
}

/* Without IPv6 there is one family only. */
static bool may_be_of(uint8_t any, uint8_t family)
{
    return !ipconfigUSE_IPv6 || any == family || any == TCPIP_UNSPECIFIED ||
           family == TCPIP_UNSPECIFIED;
}

struct tcpip_tcp_listener *tcpip_tcp_find_listener(struct tcpip_tcp_host *host,
                                                   const struct tcpip_address *address,
                                                   uint16_t port)
{
    struct tcpip_tcp_listener *any = NULL;

    for (struct tcpip_tcp_listener *l = *bucket_of(host, port); l != NULL; l = l->next) {
        if (l->port != port)
            continue;
        if (tcpip_address_equal(&l->address, address))
            return l;
        if (tcpip_address_is_any(&l->address) && may_be_of(l->address.family, address->family))
            any = l;
    }
    return any;
}

bool tcpip_tcp_listen(struct tcpip_tcp_host *host, struct tcpip_tcp_listener *listener)
{
    struct tcpip_tcp_listener **bucket = bucket_of(host, listener->port);
    const struct tcpip_tcp_listener *other = tcpip_tcp_find_listener(host, &listener->address,
                                                                     listener->port);

    if (other != NULL && tcpip_address_equal(&other->address, &listener->address))
        return false;
    listener->host = host;
    listener->half_open = listener->waiting = 0;
    tcpip_link_init(&listener->half_open_list);
    tcpip_link_init(&listener->waiting_list);
    listener->next = *bucket;
    *bucket = listener;
    return true;
}

static struct tcpip_tcp_connection *first(struct tcpip_link *list)
{
    if (tcpip_list_empty(list))
        return NULL;
    return TCPIP_CONTAINER(list->next, struct tcpip_tcp_connection, link);
}

void tcpip_tcp_unlisten(struct tcpip_tcp_listener *listener)
{
    struct tcpip_tcp_listener **at = bucket_of(listener->host, listener->port);
    struct tcpip_tcp_connection *child;

    while (*at != listener)
        at = &(*at)->next;
    *at = listener->next;
    while ((child = first(&listener->half_open_list)) != NULL ||
           (child = first(&listener->waiting_list)) != NULL)
        tcpip_tcp_abort(child);
    listener->host = NULL;
}

struct tcpip_tcp_connection *tcpip_tcp_accept(struct tcpip_tcp_listener *listener,
                                              struct tcpip_tcp_owner *owner)
{
    struct tcpip_tcp_connection *child = first(&listener->waiting_list);

    if (child == NULL)
        return NULL;
    tcpip_tcp_leave_list(child);
    child->owner = owner;
    return child;
}

void tcpip_tcp_leave_list(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_listener *listener = connection->listener;

    tcpip_list_remove(&connection->link);
    if (listener == NULL)
        return;
    if (connection->state == TCPIP_TCP_SYN_RECEIVED)
        listener->half_open--;
    else
        listener->waiting--;
    connection->listener = NULL;
}

void tcpip_tcp_passive_open(struct tcpip_tcp_listener *listener,
                            const struct tcpip_tcp_endpoints *endpoints,
                            const struct tcpip_tcp_segment *segment)
{
    struct tcpip_tcp_host *host = listener->host;

    if (listener->waiting >= listener->backlog) {
        host->environment->refused[TCPIP_TCP_REFUSED_LIMIT]++;
        return;
    }
    if (listener->half_open >= listener->backlog) {
        host->environment->refused[TCPIP_TCP_REFUSED_LIMIT]++;
        tcpip_tcp_destroy(first(&listener->half_open_list));
    }
    struct tcpip_tcp_connection *child = tcpip_tcp_create(host, endpoints, listener->settings);
    if (child == NULL)
        return;
    child->state = TCPIP_TCP_SYN_RECEIVED;
    child->passive = true;
    child->listener = listener;
    listener->half_open++;
    tcpip_list_append(&listener->half_open_list, &child->link);

    tcpip_tcp_learn_syn(child, segment);
    tcpip_tcp_send_syn(child);
}

bool tcpip_tcp_child_established(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_listener *listener = connection->listener;

    if (listener == NULL)
        return true; /* a simultaneous open */
    if (listener->waiting >= listener->backlog) {
        connection->host->environment->refused[TCPIP_TCP_REFUSED_LIMIT]++;
        return false;
    }
    if (!tcpip_tcp_allocate_rings(connection))
        return false;
    tcpip_list_remove(&connection->link);
    tcpip_list_append(&listener->waiting_list, &connection->link);
    listener->half_open--;
    listener->waiting++;
    TCPIP_TCP_HOST_COUNT(connection->host, accepted, 1);
    return true;
}
