/* SPDX-License-Identifier: MIT */
/* Where the payload of a segment would go, for who copies it there while summing it. */
#include "tcp/internal.h"

uint8_t *tcpip_tcp_place(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *ends,
                         const struct tcpip_tcp_segment *segment)
{
    struct tcpip_tcp_connection *connection = tcpip_tcp_find(host, ends);
    size_t room;

    if (connection == NULL || !tcpip_tcp_may_receive_data(connection) ||
        segment->header.sequence != connection->expected || connection->reassembly.has_fin ||
        connection->reassembly.early.count > 0)
        return NULL;
    uint8_t *place = tcpip_ring_free_span(&connection->receive, &room);
    return segment->payload_size <= room ? place : NULL;
}
