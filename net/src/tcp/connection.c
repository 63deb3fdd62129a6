/* SPDX-License-Identifier: MIT */
/*
 * Connections: made, found by their four addresses, handed to and taken from their owner, freed.
 *
 * The table is hashed with secret odd factors (multiply and shift: the sum's upper bits count), so
 * that nobody outside can aim at one bucket. A connection in state CLOSED is still in the table (its
 * owner has it) but is not found.
 */
#include "tcp/internal.h"

#include <string.h>

#include "wire/bytes.h"

#define HAS_TABLE (TCPIP_TCP_BUCKETS > 1)

void tcpip_tcp_init(struct tcpip_tcp_host *host, const struct tcpip_tcp_environment *environment,
                    const struct tcpip_tcp_config *config)
{
    memset(host, 0, sizeof *host);
    host->environment = environment;
    host->config = config;
    tcpip_link_init(&host->time_wait_list);
}

/* With the first connection: until then the source of entropy may not have been set up. */
static void draw_secret(struct tcpip_tcp_host *host)
{
    const struct tcpip_tcp_environment *environment = host->environment;

    for (size_t i = 0; i < sizeof host->secret; i += 4) {
        uint32_t word = environment->random(environment->context);
        memcpy(&host->secret[i], &word, sizeof word);
    }
    for (size_t i = 0; HAS_TABLE && i < sizeof host->keys / sizeof host->keys[0]; i++)
        host->keys[i] = environment->random(environment->context) | 1u;
    host->has_secret = true;
}

static size_t bucket_of(const struct tcpip_tcp_host *host,
                        const struct tcpip_tcp_endpoints *endpoints)
{
    if (!HAS_TABLE)
        return 0;
    unsigned words = (unsigned)tcpip_address_size(&endpoints->remote) / 4;
    uint32_t sum = host->keys[TCPIP_ADDRESS_SIZE / 4] *
                   (endpoints->remote_port * UINT32_C(65536) + endpoints->local_port);

    for (unsigned i = 0; i < words; i++)
        sum += host->keys[i] * tcpip_get_be32(&endpoints->remote.bytes[4 * i]);
    return (size_t)((uint64_t)sum * TCPIP_TCP_BUCKETS / UINT64_C(0x100000000));
}

static bool is_between(const struct tcpip_tcp_connection *connection,
                       const struct tcpip_tcp_endpoints *ends)
{
    return connection->ends.remote_port == ends->remote_port &&
           connection->ends.local_port == ends->local_port &&
           tcpip_address_equal(&connection->ends.remote, &ends->remote) &&
           tcpip_address_equal(&connection->ends.local, &ends->local) &&
           connection->state != TCPIP_TCP_CLOSED;
}

struct tcpip_tcp_connection *tcpip_tcp_find(struct tcpip_tcp_host *host,
                                            const struct tcpip_tcp_endpoints *ends)
{
    struct tcpip_tcp_connection *c = host->recent;

    if (HAS_TABLE && c != NULL && is_between(c, ends))
        return c;
    c = host->buckets[bucket_of(host, ends)];
    while (c != NULL && !is_between(c, ends))
        c = c->bucket_next;
    if (HAS_TABLE && c != NULL)
        host->recent = c;
    return c;
}

struct tcpip_tcp_connection *tcpip_tcp_each(const struct tcpip_tcp_host *host,
                                            struct tcpip_tcp_connection *previous)
{
    size_t bucket = 0;

    if (previous != NULL) {
        if (previous->bucket_next != NULL)
            return previous->bucket_next;
        bucket = bucket_of(host, &previous->ends) + 1;
    }
    while (bucket < TCPIP_TCP_BUCKETS && host->buckets[bucket] == NULL)
        bucket++;
    return bucket < TCPIP_TCP_BUCKETS ? host->buckets[bucket] : NULL;
}

/* Room for one more; a connection that only waits out its TIME-WAIT gives way. */
static bool has_room(struct tcpip_tcp_host *host)
{
    if (host->connections < host->config->connections_max)
        return true;
    for (struct tcpip_link *link = host->time_wait_list.next; link != &host->time_wait_list;
         link = link->next) {
        struct tcpip_tcp_connection *oldest = TCPIP_CONTAINER(link, struct tcpip_tcp_connection,
                                                              link);
        if (oldest->closed_by_owner) {
            tcpip_tcp_destroy(oldest);
            return true;
        }
    }
    host->environment->refused[TCPIP_TCP_REFUSED_LIMIT]++;
    return false;
}

static void *allocate(struct tcpip_tcp_host *host, size_t size)
{
    void *memory = host->environment->allocate(host->environment->context, size);

    if (memory == NULL)
        host->environment->refused[TCPIP_TCP_REFUSED_LIMIT]++;
    return memory;
}

struct tcpip_tcp_connection *tcpip_tcp_create(struct tcpip_tcp_host *host,
                                              const struct tcpip_tcp_endpoints *endpoints,
                                              const struct tcpip_tcp_settings *settings)
{
    if (!host->has_secret)
        draw_secret(host);
    if (!has_room(host))
        return NULL;
    struct tcpip_tcp_connection *connection = allocate(host, sizeof *connection);
    if (connection == NULL)
        return NULL;

    memset(connection, 0, sizeof *connection);
    connection->host = host;
    connection->ends = *endpoints;
    connection->options = settings->options;
    connection->send.size = settings->send_size;
    connection->receive.size = settings->receive_size;
    connection->initial_sequence = tcpip_tcp_initial_sequence(host->secret, endpoints, host->now);
    connection->unacknowledged = connection->initial_sequence;
    connection->own_mss = host->environment->route_mss(host->environment->context,
                                                       &connection->ends.remote);
    connection->mss = connection->own_mss;
    connection->last_heard = connection->last_sent = host->now;
    tcpip_link_init(&connection->link);
    connection->keep_alive = &host->config->keep_alive;
    connection->rtt.timeout = host->config->rto_initial;
    connection->timer.fire = tcpip_tcp_due;
    connection->timer.context = connection;
    if (ipconfigUSE_TCP_TIMESTAMPS)
        tcpip_tcp_timestamps_init(connection, endpoints);

    struct tcpip_tcp_connection **bucket = &host->buckets[bucket_of(host, endpoints)];
    connection->bucket_next = *bucket;
    *bucket = connection;
    host->connections++;
    return connection;
}

/* Both in one piece. */
bool tcpip_tcp_allocate_rings(struct tcpip_tcp_connection *connection)
{
    size_t receive_size = connection->receive.size;

    connection->receive.bytes = allocate(connection->host, receive_size + connection->send.size);
    if (connection->receive.bytes == NULL)
        return false;
    connection->send.bytes = connection->receive.bytes + receive_size;
    return true;
}

void tcpip_tcp_release_rings(struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_environment *environment = connection->host->environment;

    if (connection->receive.bytes != NULL)
        environment->release(environment->context, connection->receive.bytes);
    connection->receive.bytes = NULL;
}

void tcpip_tcp_destroy(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_host *host = connection->host;
    struct tcpip_tcp_connection **at = &host->buckets[bucket_of(host, &connection->ends)];

    tcpip_tcp_to_closed(connection);
    if (HAS_TABLE && host->recent == connection)
        host->recent = NULL;
    while (*at != connection)
        at = &(*at)->bucket_next;
    *at = connection->bucket_next;
    host->connections--;
    tcpip_tcp_release_rings(connection);
    host->environment->release(host->environment->context, connection);
}

void tcpip_tcp_settle(struct tcpip_tcp_connection *connection)
{
    struct tcpip_tcp_listener *listener = connection->listener;
    struct tcpip_tcp_owner *owner = connection->owner;
    unsigned events = connection->events;

    connection->events = 0;
    if (connection->state == TCPIP_TCP_CLOSED && owner == NULL)
        tcpip_tcp_destroy(connection);
    else if (listener != NULL && (events & TCPIP_TCP_EVENT_CONNECTED) != 0)
        listener->owner->incoming(listener->owner, listener);
    else if (owner != NULL && events != 0)
        owner->event(owner, connection, events);
}

struct tcpip_tcp_connection *tcpip_tcp_open(struct tcpip_tcp_host *host,
                                            struct tcpip_tcp_endpoints *endpoints,
                                            const struct tcpip_tcp_settings *settings,
                                            struct tcpip_tcp_owner *owner)
{
    if (endpoints->local_port == 0 ? !tcpip_tcp_pick_port(host, endpoints)
                                   : tcpip_tcp_find(host, endpoints) != NULL)
        return NULL;

    struct tcpip_tcp_connection *connection = tcpip_tcp_create(host, endpoints, settings);
    if (connection == NULL)
        return NULL;
    connection->owner = owner;
    if (!tcpip_tcp_allocate_rings(connection)) {
        tcpip_tcp_destroy(connection);
        return NULL;
    }
    connection->state = TCPIP_TCP_SYN_SENT;
    TCPIP_TCP_HOST_COUNT(host, opened, 1);
    tcpip_tcp_send_syn(connection);
    return connection;
}

void tcpip_tcp_service(struct tcpip_tcp_connection *connection)
{
    if (connection->state >= TCPIP_TCP_ESTABLISHED)
        tcpip_tcp_keep_alive_arm(connection);
    if (tcpip_tcp_may_receive_data(connection) && tcpip_tcp_window_update_due(connection))
        connection->ack_now = true;
    tcpip_tcp_output(connection);
    tcpip_tcp_settle(connection);
}

void tcpip_tcp_shutdown(struct tcpip_tcp_connection *connection)
{
    if (connection->state == TCPIP_TCP_SYN_SENT)
        tcpip_tcp_fail(connection, TCPIP_TCP_ABORTED);
    tcpip_tcp_queue_fin(connection);
    tcpip_tcp_output(connection);
    tcpip_tcp_settle(connection);
}

/* RFC 9293 section 3.10.5. */
static bool peer_expects_more(const struct tcpip_tcp_connection *connection)
{
    return connection->state >= TCPIP_TCP_SYN_RECEIVED && connection->state != TCPIP_TCP_CLOSING &&
           connection->state != TCPIP_TCP_LAST_ACK && connection->state != TCPIP_TCP_TIME_WAIT;
}

void tcpip_tcp_abort(struct tcpip_tcp_connection *connection)
{
    if (peer_expects_more(connection))
        tcpip_tcp_send_reset(connection);
    tcpip_tcp_destroy(connection);
}

void tcpip_tcp_close(struct tcpip_tcp_connection *connection)
{
    bool unread = tcpip_ring_count(&connection->receive) > 0;

    connection->closed_by_owner = true;
    connection->owner = NULL;
    connection->keep_alive = &connection->host->config->keep_alive;
    if (connection->state == TCPIP_TCP_SYN_SENT || connection->state == TCPIP_TCP_CLOSED) {
        tcpip_tcp_destroy(connection);
        return;
    }
    if (unread && connection->state != TCPIP_TCP_TIME_WAIT) {
        tcpip_tcp_abort(connection); /* RFC 1122 section 4.2.2.13: data was lost, say so */
        return;
    }
    if (connection->state == TCPIP_TCP_TIME_WAIT)
        tcpip_tcp_release_rings(connection);
    if (connection->state == TCPIP_TCP_FIN_WAIT_2)
        tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_LIFETIME, connection->host->config->fin_wait);
    tcpip_tcp_shutdown(connection);
}

void tcpip_tcp_address_lost(struct tcpip_tcp_host *host, const struct tcpip_address *address)
{
    struct tcpip_tcp_connection *connection = tcpip_tcp_each(host, NULL);

    while (connection != NULL) {
        if (connection->state != TCPIP_TCP_CLOSED &&
            tcpip_address_equal(&connection->ends.local, address)) {
            tcpip_tcp_fail(connection, TCPIP_TCP_ABORTED);
            tcpip_tcp_settle(connection);
            connection = NULL; /* the handler may have changed the table: begin again */
        }
        connection = tcpip_tcp_each(host, connection);
    }
}
