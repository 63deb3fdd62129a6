/* SPDX-License-Identifier: MIT */
/*
 * A question over TCP (RFC 7766): two bytes of length before each message. The answer is read where
 * it lies: nothing is taken out of the connection's ring before it is whole, so it begins at the
 * ring's start and is in one piece.
 */
#include "client/dns_lookup.h"

#include "core/container.h"
#include "core/os.h"

#if ipconfigUSE_DNS && TCPIP_DNS_USES_TCP

enum {
    PREFIX = 2,
    SEND_SIZE = PREFIX + DNS_QUERY_MAX,
    RECEIVE_SIZE = PREFIX + ipconfigDNS_TCP_SIZE
};

void tcpip_dns_stream_close(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_tcp_connection *connection = lookup->connection;

    lookup->connection = NULL;
    if (connection == NULL)
        return;
    tcpip_ring_drop(&connection->receive, tcpip_ring_count(&connection->receive));
    tcpip_tcp_close(connection);
}

/* Whether the answer is whole; false also while it can become so. */
static bool whole(const struct tcpip_tcp_connection *connection, struct dns_message *message,
                  bool *hopeless)
{
    struct tcpip_span spans[2];
    size_t have = tcpip_ring_peek(&connection->receive, 0, RECEIVE_SIZE, spans);

    if (have < PREFIX)
        return false;
    *message = (struct dns_message){spans[0].bytes + PREFIX, tcpip_get_be16(spans[0].bytes)};
    *hopeless = *hopeless || message->size > ipconfigDNS_TCP_SIZE;
    return message->size <= have - PREFIX;
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events)
{
    struct tcpip_dns_lookup *lookup = TCPIP_CONTAINER(owner, struct tcpip_dns_lookup, stream);
    bool hopeless = (events & (TCPIP_TCP_EVENT_ERROR | TCPIP_TCP_EVENT_PEER_CLOSED)) != 0;
    struct dns_message message;

    if (whole(connection, &message, &hopeless))
        hopeless = !tcpip_dns_take(lookup, &message, false);
    if (hopeless)
        tcpip_dns_server_failed(lookup);
}

/* The ring is empty, so all its memory is in one piece. */
static void put_question(const struct tcpip_dns_lookup *lookup, struct tcpip_ring *ring)
{
    size_t room, size = 0;
    uint8_t *at = tcpip_ring_free_span(ring, &room);

    if (tcpip_dns_recall(lookup))
        size = tcpip_dns_build_query(at + PREFIX, room - PREFIX, &tcpip_dns_asked);
    tcpip_put_be16(at, (uint16_t)size);
    tcpip_ring_publish(ring, (uint32_t)(size + PREFIX));
}

bool tcpip_dns_stream_ask(struct tcpip_dns_lookup *lookup)
{
    static const struct tcpip_tcp_settings settings = {SEND_SIZE, RECEIVE_SIZE, 0};
    struct tcpip_tcp_endpoints endpoints = {.remote = lookup->server.address,
                                            .remote_port = DNS_PORT};
    struct tcpip_route route;

    if (!tcpip_route_find(NULL, &lookup->server.address, &route))
        return false;
    endpoints.local = route.source;
    lookup->stream.event = event;
    lookup->connection = tcpip_tcp_open(tcpip_tcp_host(), &endpoints, &settings, &lookup->stream);
    if (lookup->connection == NULL)
        return false;
    put_question(lookup, &lookup->connection->send);
    tcpip_timer_start(&lookup->timer, tcpip_os_dns_longest_wait());
    return true;
}

#endif
