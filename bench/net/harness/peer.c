/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include "stack.h"
#include "wire.h"

#include "core/checksum.h"
#include "tcp/tcp.h"
#include "wire/arp.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

#include <stdlib.h>
#include <string.h>

enum {
    ETHERNET = 14,
    TYPE_AT = 12,
    TYPE_IPV4 = 0x0800,
    TYPE_ARP = 0x0806,
    IP_CHECKSUM_AT = 10,
    TCP_CHECKSUM_AT = 16,
    MSS = 1460,
    BUFFERS = 65535,
    MESSAGE_MAX = 65536
};

static const uint8_t station[6] = {2, 0, 0, 0, 0, 2};

uint64_t peer_udp_received, peer_tcp_received;

static uint8_t stack_station[6];
static struct tcpip_tcp_host host;
static struct tcpip_deadline *timers;
static uint32_t refused[TCPIP_TCP_REFUSED_REASONS];
static struct tcpip_tcp_listener listener;
static struct tcpip_tcp_connection *connection;
static uint64_t to_send;
static uint32_t message_size;
static uint8_t message[MESSAGE_MAX];

static uint32_t now_ms(void)
{
    return (uint32_t)(wire_now / 1000);
}

/* --- frames ---------------------------------------------------------------------------------- */

/* Puts the headers in front of what stands behind them, and sends. */
static void send_packet(uint8_t *frame, uint8_t protocol, size_t size)
{
    struct ipv4_header header = {.total_size = (uint16_t)(IPV4_HEADER_SIZE + size),
                                 .fragment = IPV4_DONT_FRAGMENT,
                                 .ttl = 64,
                                 .protocol = protocol,
                                 .source = BENCH_PEER_ADDRESS,
                                 .destination = BENCH_STACK_ADDRESS};
    uint8_t *ip = frame + ETHERNET;

    memcpy(frame, stack_station, sizeof station);
    memcpy(frame + 6, station, sizeof station);
    tcpip_put_be16(frame + TYPE_AT, TYPE_IPV4);
    (void)ipv4_build(ip, IPV4_HEADER_SIZE, &header);
    tcpip_put_be16(ip + IP_CHECKSUM_AT,
                   tcpip_checksum_finish(tcpip_checksum_add(0, ip, IPV4_HEADER_SIZE)));
    wire_send(WIRE_STACK, frame, ETHERNET + IPV4_HEADER_SIZE + size);
}

static uint16_t checksum(uint8_t protocol, const uint8_t *bytes, size_t size)
{
    struct tcpip_address from = tcpip_address_from_ipv4(BENCH_PEER_ADDRESS);
    struct tcpip_address to = tcpip_address_from_ipv4(BENCH_STACK_ADDRESS);
    uint32_t sum = tcpip_checksum_pseudo(&from, &to, protocol, size);

    return tcpip_checksum_finish(tcpip_checksum_add(sum, bytes, size));
}

void peer_udp_send(const void *bytes, size_t size)
{
    uint8_t frame[WIRE_FRAME_MAX];
    uint8_t *udp = frame + ETHERNET + IPV4_HEADER_SIZE;
    struct udp_header header = {BENCH_UDP_PORT, BENCH_UDP_PORT, (uint16_t)(UDP_HEADER_SIZE + size),
                                0};

    udp_build(udp, UDP_HEADER_SIZE, &header);
    memcpy(udp + UDP_HEADER_SIZE, bytes, size);
    uint16_t sum = checksum(IPV4_PROTOCOL_UDP, udp, header.length);
    tcpip_put_be16(udp + UDP_CHECKSUM_OFFSET, sum == 0 ? UINT16_MAX : sum);
    send_packet(frame, IPV4_PROTOCOL_UDP, header.length);
}

static void answer_arp(const uint8_t *bytes, size_t size)
{
    uint8_t frame[ETHERNET + ARP_PACKET_SIZE];
    struct arp_packet question, reply = {.operation = ARP_REPLY, .sender = BENCH_PEER_ADDRESS};

    if (!tcpip_arp_parse(bytes, size, &question) || question.operation != ARP_REQUEST ||
        question.target != BENCH_PEER_ADDRESS)
        return;
    memcpy(stack_station, question.sender_mac, sizeof stack_station);
    memcpy(reply.sender_mac, station, sizeof station);
    memcpy(reply.target_mac, question.sender_mac, sizeof station);
    reply.target = question.sender;
    memcpy(frame, question.sender_mac, sizeof station);
    memcpy(frame + 6, station, sizeof station);
    tcpip_put_be16(frame + TYPE_AT, TYPE_ARP);
    tcpip_arp_build(frame + ETHERNET, ARP_PACKET_SIZE, &reply);
    wire_send(WIRE_STACK, frame, sizeof frame);
}

static void tcp_input(const struct ipv4_header *header, const uint8_t *bytes, size_t size)
{
    struct tcpip_address from = tcpip_address_from_ipv4(header->source);
    struct tcpip_address to = tcpip_address_from_ipv4(header->destination);
    struct tcpip_tcp_segment segment;

    host.now = now_ms();
    if (tcpip_tcp_parse(&segment, bytes, size)) {
        struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&to, &from, &segment);
        tcpip_tcp_input(&host, &ends, &segment);
    }
}

void peer_input(const uint8_t *bytes, size_t size)
{
    struct ipv4_header header;

    if (size < ETHERNET)
        return;
    uint16_t type = tcpip_get_be16(bytes + TYPE_AT);
    bytes += ETHERNET;
    size -= ETHERNET;
    if (type == TYPE_ARP)
        answer_arp(bytes, size);
    if (type != TYPE_IPV4 || tcpip_ipv4_parse(bytes, size, &header) != IPV4_OK ||
        header.destination != BENCH_PEER_ADDRESS)
        return;
    bytes += header.header_size;
    size = header.total_size - (size_t)header.header_size;
    if (header.protocol == IPV4_PROTOCOL_UDP)
        peer_udp_received += size - UDP_HEADER_SIZE;
    else if (header.protocol == IPV4_PROTOCOL_TCP)
        tcp_input(&header, bytes, size);
}

/* --- the connection -------------------------------------------------------------------------- */

static bool transmit(void *context, const struct tcpip_tcp_outgoing *segment)
{
    uint8_t frame[WIRE_FRAME_MAX];
    uint8_t *tcp = frame + ETHERNET + IPV4_HEADER_SIZE;
    size_t size = tcpip_tcp_header_size(&segment->options);

    tcpip_tcp_put_header(tcp, size, &segment->header, &segment->options);
    for (unsigned i = 0; i < 2; i++) {
        if (segment->payload[i].size > 0)
            memcpy(tcp + size, segment->payload[i].bytes, segment->payload[i].size);
        size += segment->payload[i].size;
    }
    tcpip_put_be16(tcp + TCP_CHECKSUM_AT, checksum(IPV4_PROTOCOL_TCP, tcp, size));
    send_packet(frame, IPV4_PROTOCOL_TCP, size);
    return true;
}

static uint16_t route_mss(void *context, const struct tcpip_address *remote)
{
    return MSS;
}

static void *allocate(void *context, size_t size)
{
    return malloc(size);
}

static void release(void *context, void *memory)
{
    free(memory);
}

static uint32_t draw(void *context)
{
    static uint32_t state = 1;

    state = state * 1664525u + 1013904223u;
    return state;
}

/* How much of the message may be written now. A small one goes out as a segment of its own: it waits
 * until the window takes it whole, or it would be joined with others. */
static size_t writable(void)
{
    size_t room = tcpip_ring_free(&connection->send), queued = tcpip_ring_count(&connection->send);
    size_t size = to_send < message_size ? (size_t)to_send : message_size;

    if (message_size >= MSS)
        return room < to_send ? room : (size_t)to_send;
    return room >= size && (queued == 0 || queued + size <= connection->window) ? size : 0;
}

/* Takes what has come, and sends message by message. */
static void pump(void)
{
    uint32_t got;
    size_t size;

    if (connection == NULL)
        return;
    got = tcpip_ring_count(&connection->receive);
    tcpip_ring_drop(&connection->receive, got);
    peer_tcp_received += got;
    while (to_send > 0 && (size = writable()) > 0) {
        to_send -= tcpip_ring_write(&connection->send, message, size);
        tcpip_tcp_service(connection);
    }
    if (got > 0)
        tcpip_tcp_service(connection);
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *about,
                  unsigned events)
{
    pump();
}

static void incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *from)
{
    connection = tcpip_tcp_accept(from, owner);
    pump();
}

void peer_tcp_send(uint64_t count, uint32_t size)
{
    to_send = count;
    message_size = size;
    host.now = now_ms();
    pump();
}

void peer_begin(void)
{
    static const struct tcpip_tcp_environment environment = {
        NULL, transmit, route_mss, allocate, release, draw, .timers = &timers, .refused = refused};
    static struct tcpip_tcp_owner owner = {event, incoming};
    static const struct tcpip_tcp_settings settings = {BUFFERS, BUFFERS, TCPIP_TCP_NO_DELAY};
    static const struct tcpip_tcp_config config = {
        TCPIP_TCP_CONFIG_COMMON, .connections_max = 32, .data_retries = 30,
        .syn_retries = 20,       .rto_minimum = 300,    .fin_wait = 60000,
    };

    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (uint8_t)(i * 7 + i / 256);
    tcpip_tcp_init(&host, &environment, &config);
    listener = (struct tcpip_tcp_listener){
        .port = BENCH_TCP_PORT, .backlog = 1, .settings = &settings, .owner = &owner};
    if (!tcpip_tcp_listen(&host, &listener))
        abort();
}

void peer_poll(void)
{
    host.now = now_ms();
    tcpip_tcp_run_timers(&host);
}

uint64_t peer_next(void)
{
    uint32_t when;

    if (!tcpip_tcp_next_deadline(&host, &when))
        return UINT64_MAX;
    return (int32_t)(when - now_ms()) <= 0 ? 0 : ((uint64_t)(when - now_ms())) * 1000;
}
