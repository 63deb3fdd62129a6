/* SPDX-License-Identifier: MIT */
#include "name_server.h"

#include <stdlib.h>
#include <string.h>

#include "client/names.h"
#include "core/frame.h"
#include "wire/dns.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"

enum { IP = NETIF_HEADER_SIZE, MESSAGE_SIZE = 1400, RCODE_FAILURE = 2 };

struct name_server name_server;

static void put_name(struct tcpip_writer *writer, const char *text)
{
    struct dns_name name;

    CHECK(tcpip_dns_name_from_text(&name, text, NULL));
    CHECK(tcpip_write_bytes(writer, name.bytes, name.size));
}

static void put_data(struct tcpip_writer *writer, const struct name_entry *entry)
{
    struct tcpip_address address = {0};
    unsigned last = 0;

    if (entry->type == DNS_TYPE_CNAME) {
        put_name(writer, entry->data);
    } else if (entry->type == DNS_TYPE_A) {
        CHECK(tcpip_ipv4_from_text(entry->data, &address));
        tcpip_write_bytes(writer, address.bytes, 4);
    } else if (entry->type == DNS_TYPE_AAAA) { /* 2001:db8::N */
        last = (unsigned)strtoul(entry->data, NULL, 10);
        tcpip_write_be32(writer, 0x20010db8);
        tcpip_write_zeros(writer, 8);
        tcpip_write_be32(writer, last);
    } else { /* SOA */
        tcpip_write_zeros(writer, 2 + 16);
        tcpip_write_be32(writer, (uint32_t)strtoul(entry->data, NULL, 10));
    }
}

static void put_record(struct tcpip_writer *writer, const struct name_entry *entry)
{
    put_name(writer, entry->owner);
    tcpip_write_be16(writer, entry->type);
    tcpip_write_be16(writer, DNS_CLASS_IN);
    tcpip_write_be32(writer, entry->ttl);
    uint8_t *size_at = writer->at;
    tcpip_write_zeros(writer, 2);
    put_data(writer, entry);
    tcpip_put_be16(size_at, (uint16_t)(writer->at - size_at - 2));
}

static bool is_owner(const struct name_entry *entry, const struct dns_message *message, size_t at)
{
    struct dns_name name;

    return tcpip_dns_name_from_text(&name, entry->owner, NULL) &&
           tcpip_dns_is_name(message, at, &name);
}

/* Answers with all records of the name that fit the question; aliases are the client's to follow,
 * unless the alias and what it stands for have the same time to live. */
static void put_records(struct tcpip_writer *writer, uint8_t *bytes,
                        const struct dns_message *query, uint16_t type)
{
    const char *alias = NULL;
    uint32_t ttl = 0;

    for (const struct name_entry *entry = name_server.zone; entry->owner != NULL; entry++) {
        bool mine = is_owner(entry, query, DNS_HEADER_SIZE);

        if (mine && entry->type == DNS_TYPE_CNAME) {
            alias = entry->data;
            ttl = entry->ttl;
        }
        bool follows = alias != NULL && strcmp(entry->owner, alias) == 0 && entry->ttl == ttl;
        if (!(mine || follows) ||
            (entry->type != type && entry->type != DNS_TYPE_CNAME && entry->type != DNS_TYPE_SOA))
            continue;
        uint8_t *count = bytes + (entry->type == DNS_TYPE_SOA ? 9 : 7);
        put_record(writer, entry);
        (*count)++;
    }
}

static bool exists(const struct dns_message *query)
{
    for (const struct name_entry *entry = name_server.zone; entry->owner != NULL; entry++)
        if (entry->type != DNS_TYPE_SOA && is_owner(entry, query, DNS_HEADER_SIZE))
            return true;
    return false;
}

static void note_name(const struct dns_message *query)
{
    struct dns_name name;
    size_t to = 0;

    CHECK(tcpip_dns_read_name(query, DNS_HEADER_SIZE, &name));
    for (size_t at = 0; name.bytes[at] != 0; at += 1u + name.bytes[at]) {
        memcpy(name_server.name + to, name.bytes + at + 1, name.bytes[at]);
        to += name.bytes[at];
        name_server.name[to++] = '.';
    }
    name_server.name[to - 1] = '\0';
}

/* Writes the answer to a query; returns its size. */
static size_t answer(uint8_t *bytes, const struct dns_message *query, uint32_t server,
                     bool over_udp)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, MESSAGE_SIZE);
    struct dns_record question;
    struct dns_header header;
    size_t behind = DNS_HEADER_SIZE;

    CHECK(tcpip_dns_read_header(query, &header));
    CHECK(tcpip_dns_read_question(query, &behind, &question));
    note_name(query);
    name_server.extended += header.additionals > 0;
    tcpip_write_bytes(&writer, query->bytes, behind);
    bytes[2] = 0x81;
    bytes[3] = 0x80;
    memset(bytes + 6, 0, 6);
    for (size_t i = DNS_HEADER_SIZE; name_server.lowers && i < behind - 4; i++)
        bytes[i] |= bytes[i] >= 'A' && bytes[i] <= 'Z' ? 0x20 : 0;
    if (server == name_server.failing_server)
        bytes[3] |= RCODE_FAILURE;
    else if (name_server.plain && header.additionals > 0)
        bytes[3] |= DNS_RCODE_FORMAT;
    else if (name_server.truncates && over_udp)
        bytes[2] |= 2;
    else if (!exists(query))
        bytes[3] |= DNS_RCODE_NO_NAME;
    if ((bytes[3] % 16 == 0 && bytes[2] % 4 < 2) || bytes[3] % 16 == DNS_RCODE_NO_NAME ||
        (name_server.keeps_records && over_udp))
        put_records(&writer, bytes, query, question.type);
    return MESSAGE_SIZE - writer.left;
}

static void datagram_came(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;
    const struct dns_message query = {frame->data, frame->length};
    uint32_t server = tcpip_address_ipv4(&datagram->packet->source);
    struct netif_frame *reply = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, MESSAGE_SIZE);
    struct tcpip_udp_target target = {datagram->packet->source, datagram->source_port, false};

    CHECK(reply != NULL);
    name_server.asked[name_server.datagrams % NAME_SERVER_SEEN] = server;
    name_server.at[name_server.datagrams++ % NAME_SERVER_SEEN] = host_now;
    reply->length = (uint16_t)answer(reply->data, &query, server, true);
    tcpip_frame_release(frame);
    if (server == name_server.silent_server || name_server.ignore > 0) {
        name_server.ignore -= name_server.ignore > 0;
        tcpip_frame_release(reply);
    } else {
        tcpip_udp_send(port, reply, &target);
    }
}

/* --- TCP --------------------------------------------------------------------------------------- */

static void close_stream(struct tcpip_tcp_connection *stream)
{
    tcpip_ring_drop(&stream->receive, tcpip_ring_count(&stream->receive));
    tcpip_tcp_close(stream);
    name_server.stream = NULL;
}

static void answer_stream(struct tcpip_tcp_connection *stream)
{
    uint8_t query[512], reply[2 + MESSAGE_SIZE];
    size_t have = tcpip_ring_copy(&stream->receive, query, sizeof query);

    if (have < 2 || have < 2u + tcpip_get_be16(query) || name_server.mute_stream)
        return;
    tcpip_ring_drop(&stream->receive, (uint32_t)have);
    name_server.streams++;
    const struct dns_message message = {query + 2, tcpip_get_be16(query)};
    size_t size = answer(reply + 2, &message, tcpip_address_ipv4(&stream->ends.remote), false);
    reply[2] ^= name_server.wrong_stream;
    tcpip_put_be16(reply, (uint16_t)size);
    if (name_server.stream_size > 0)
        tcpip_put_be16(reply, name_server.stream_size);
    size = name_server.stream_cut > 0 ? name_server.stream_cut : size + 2;
    CHECK_EQUAL(size, tcpip_ring_write(&stream->send, reply, size));
    tcpip_tcp_service(stream);
    if (name_server.stream_cut > 0)
        close_stream(stream);
}

static void stream_event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *stream,
                         unsigned events)
{
    name_server.stream_resets += (events & TCPIP_TCP_EVENT_ERROR) != 0;
    if ((events & TCPIP_TCP_EVENT_READABLE) != 0)
        answer_stream(stream);
    if (name_server.stream == stream &&
        (events & (TCPIP_TCP_EVENT_ERROR | TCPIP_TCP_EVENT_PEER_CLOSED)) != 0)
        close_stream(stream);
}

static void stream_incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
    name_server.stream = tcpip_tcp_accept(listener, owner);
    answer_stream(name_server.stream);
}

/* --- the wire ---------------------------------------------------------------------------------- */

static bool reflect(struct wire *wire, const uint8_t *bytes, size_t length)
{
    uint8_t back[WIRE_FRAME_SIZE];

    if (wire_answer_arp(wire, bytes, length) || tcpip_get_be16(bytes + 12) != ETHERNET_IPV4)
        return true;
    bool opens = bytes[IP + 9] == 6 && bytes[IP + 20 + 13] == 2;
    if (opens && name_server.refuses_streams)
        return true;
    memcpy(back, bytes, length);
    memcpy(back, wire->netif.mac, NETIF_MAC_SIZE);
    memcpy(back + 6, wire->peer_mac, NETIF_MAC_SIZE);
    memcpy(back + IP + 12, bytes + IP + 16, 4);
    memcpy(back + IP + 16, bytes + IP + 12, 4);
    wire_send(wire, back, length);
    return true;
}

void name_server_begin(const struct name_entry *zone)
{
    static const struct tcpip_tcp_settings settings = {.send_size = 2 + MESSAGE_SIZE,
                                                       .receive_size = 600};

    world_begin(false);
    tcpip_tcp_ip_init();
    name_server = (struct name_server){.zone = zone};
    name_server.port = (struct tcpip_udp_port){.number = DNS_PORT, .input = datagram_came};
    name_server.owner = (struct tcpip_tcp_owner){stream_event, stream_incoming};
    name_server.listener = (struct tcpip_tcp_listener){
        .port = DNS_PORT, .backlog = 4, .settings = &settings, .owner = &name_server.owner};
    CHECK(tcpip_udp_bind(&name_server.port));
    CHECK(tcpip_tcp_listen(tcpip_tcp_host(), &name_server.listener));
    world.wire.peer = reflect;
}

void name_server_end(void)
{
    tcpip_tcp_unlisten(&name_server.listener);
    tcpip_udp_unbind(&name_server.port);
    world_end();
}
