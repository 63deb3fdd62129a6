/* SPDX-License-Identifier: MIT */
#include "servers.h"

#include <string.h>

#include "core/checksum.h"
#include "wire/arp.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

enum { IP_AT = NETIF_HEADER_SIZE, ECHO_PORT = 7, DHCP_OPTIONS_AT = 236 };

size_t servers_datagram(struct wire *wire, uint8_t *frame, uint32_t source, uint16_t source_port,
                        uint32_t destination, uint16_t destination_port, const uint8_t *payload,
                        size_t size)
{
    uint8_t *ip = frame + IP_AT;
    uint8_t *udp = ip + IPV4_HEADER_SIZE;
    struct tcpip_address from = tcpip_address_from_ipv4(source);
    struct tcpip_address to = tcpip_address_from_ipv4(destination);
    struct udp_header header = {source_port, destination_port, (uint16_t)(UDP_HEADER_SIZE + size),
                                0};
    struct ipv4_header packet = {.total_size = (uint16_t)(IPV4_HEADER_SIZE + header.length),
                                 .ttl = 64,
                                 .protocol = IPV4_PROTOCOL_UDP,
                                 .source = source,
                                 .destination = destination};

    memmove(udp + UDP_HEADER_SIZE, payload, size);
    memcpy(frame, wire->netif.mac, NETIF_MAC_SIZE);
    memcpy(frame + 6, wire->peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be16(frame + 12, ETHERNET_IPV4);
    ipv4_build(ip, IPV4_HEADER_SIZE, &packet);
    tcpip_put_be16(ip + 10, tcpip_checksum_finish(tcpip_checksum_add(0, ip, IPV4_HEADER_SIZE)));
    udp_build(udp, UDP_HEADER_SIZE, &header);
    uint32_t sum = tcpip_checksum_pseudo(&from, &to, IPV4_PROTOCOL_UDP, header.length);
    tcpip_put_be16(udp + UDP_CHECKSUM_OFFSET,
                   tcpip_checksum_finish(tcpip_checksum_add(sum, udp, header.length)));
    return IP_AT + packet.total_size;
}

static void option(struct tcpip_writer *writer, uint8_t code, uint32_t value)
{
    if (value == 0)
        return;
    tcpip_write_u8(writer, code);
    tcpip_write_u8(writer, 4);
    tcpip_write_be32(writer, value);
}

size_t servers_dhcp_reply(uint8_t *bytes, size_t size, const struct dhcp_reply *reply)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);

    memset(bytes, 0, size);
    tcpip_write_be32(&writer, 0x02010600);
    tcpip_write_be32(&writer, reply->xid);
    tcpip_write_skip(&writer, 8);
    tcpip_write_be32(&writer, reply->your_address);
    tcpip_write_skip(&writer, 8);
    tcpip_write_bytes(&writer, reply->mac, NETIF_MAC_SIZE);
    tcpip_write_skip(&writer, DHCP_OPTIONS_AT - 34);
    tcpip_write_be32(&writer, 0x63825363);
    tcpip_write_u8(&writer, 53);
    tcpip_write_u8(&writer, 1);
    tcpip_write_u8(&writer, (uint8_t)reply->type);
    option(&writer, 54, reply->numbers[DHCP_SERVER]);
    option(&writer, 1, reply->numbers[DHCP_MASK]);
    option(&writer, 3, reply->numbers[DHCP_ROUTER]);
    if (reply->numbers[DHCP_LEASE_TIME] != 0) {
        tcpip_write_u8(&writer, 51);
        tcpip_write_u8(&writer, 4);
        tcpip_write_be32(&writer, reply->numbers[DHCP_LEASE_TIME]);
    }
    option(&writer, 58, reply->numbers[DHCP_RENEWAL_TIME]);
    option(&writer, 59, reply->numbers[DHCP_REBINDING_TIME]);
    for (size_t i = 0; i < DHCP_DNS_MAX && reply->numbers[DHCP_DNS + i] != 0; i++)
        option(&writer, 6, reply->numbers[DHCP_DNS + i]);
    tcpip_write_u8(&writer, 255);
    return size - writer.left;
}

/* In front of the end of the options. */
static size_t put_domain(uint8_t *message, size_t size, const char *domain)
{
    size_t length = domain != NULL ? strlen(domain) : 0;

    if (length == 0)
        return size;
    message[size - 1] = 15;
    message[size] = (uint8_t)length;
    memcpy(message + size + 1, domain, length);
    message[size + 1 + length] = 255;
    return size + length + 2;
}

static void answer_dhcp(struct servers *servers, struct wire *wire, const uint8_t *bytes,
                        enum dhcp_type type, bool renewal)
{
    struct dhcp_reply reply = {.type = type == DHCP_DISCOVER ? DHCP_OFFER
                                       : servers->nak        ? DHCP_NAK
                                                             : DHCP_ACK,
                               .xid = tcpip_get_be32(bytes + 4) + servers->xid_change,
                               .your_address = SERVERS_CLIENT + servers->address_change,
                               .numbers[DHCP_SERVER] = SERVERS_ADDRESS,
                               .numbers[DHCP_MASK] = 0xffffff00,
                               .numbers[DHCP_ROUTER] = SERVERS_ADDRESS,
                               .numbers[DHCP_DNS] = SERVERS_DNS,
                               .numbers[DHCP_LEASE_TIME] = servers->lease};
    uint8_t payload[400];
    uint8_t frame[WIRE_FRAME_SIZE];

    memcpy(reply.mac, bytes + 28, NETIF_MAC_SIZE);
    reply.mac[5] = (uint8_t)(reply.mac[5] + servers->mac_change);
    if (type == DHCP_REQUEST)
        servers->nak = false;
    size_t size = servers_dhcp_reply(payload, sizeof payload, &reply);
    size = put_domain(payload, size, servers->domain);
    wire_send(wire, frame,
              servers_datagram(wire, frame, SERVERS_ADDRESS, DHCP_SERVER_PORT,
                               renewal ? SERVERS_CLIENT : UINT32_MAX, DHCP_CLIENT_PORT, payload,
                               size));
}

/* The number in an option of 4 bytes; 0: it is not there. */
static uint32_t option_in(const uint8_t *bytes, size_t size, uint8_t code)
{
    for (size_t at = DHCP_OPTIONS_AT + 4; at + 6 <= size && bytes[at] != 255;
         at += 2u + bytes[at + 1])
        if (bytes[at] == code)
            return tcpip_get_be32(bytes + at + 2);
    return 0;
}

static void serve_dhcp(struct servers *servers, struct wire *wire, const uint8_t *bytes,
                       size_t size)
{
    CHECK_EQUAL(DHCP_MESSAGE_SIZE, size);
    enum dhcp_type type = (enum dhcp_type)bytes[242];
    bool renewal = tcpip_get_be32(bytes + 12) != 0;

    servers->discovers += type == DHCP_DISCOVER;
    servers->requests += type == DHCP_REQUEST;
    servers->declines += type == DHCP_DECLINE;
    servers->renewals += renewal && type == DHCP_REQUEST;
    servers->releases += type == DHCP_RELEASE;
    if (type != DHCP_DISCOVER)
        servers->last_server_id = option_in(bytes, size, 54);
    if (servers->dhcp_silent || type == DHCP_DECLINE || type == DHCP_RELEASE)
        return;
    if (servers->dhcp_ignore > 0)
        servers->dhcp_ignore--;
    else
        answer_dhcp(servers, wire, bytes, type, renewal);
}

static void put_record(struct tcpip_writer *writer, uint16_t owner, uint16_t type, uint32_t ttl,
                       const uint8_t *data, uint16_t size)
{
    tcpip_write_be16(writer, owner);
    tcpip_write_be16(writer, type);
    tcpip_write_be16(writer, 1);
    tcpip_write_be32(writer, ttl);
    tcpip_write_be16(writer, size);
    tcpip_write_bytes(writer, data, size);
}

size_t servers_dns_answer(uint8_t *bytes, size_t size, const uint8_t *query, size_t query_size,
                          unsigned count, const struct servers *servers)
{
    static const uint8_t alias[] = {5, 'a', 'l', 'i', 'a', 's', 0};
    const struct dns_message message = {query, query_size};
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);
    size_t behind = DNS_HEADER_SIZE;
    uint16_t owner = 0xc00c;
    struct dns_record question = {0};

    /* What follows the question is not repeated. */
    CHECK(tcpip_dns_read_question(&message, &behind, &question));
    bool six = question.type == DNS_TYPE_AAAA;
    if (six ? !servers->dns_six : servers->dns_no_four)
        count = 0;
    tcpip_write_bytes(&writer, query, behind);
    bytes[11] = 0;
    bytes[2] = 0x81;
    bytes[3] = (uint8_t)(0x80 + servers->dns_rcode);
    tcpip_put_be16(bytes + 6, (uint16_t)(count + servers->dns_alias));
    if (servers->dns_alias) {
        put_record(&writer, owner, DNS_TYPE_CNAME, servers->dns_ttl, alias, sizeof alias);
        owner = (uint16_t)(0xc000 + (size - writer.left) - sizeof alias);
    }
    for (unsigned i = 0; i < count; i++) {
        uint8_t four[4] = {192, 0, 2, (uint8_t)(i + 1)};
        uint8_t sixteen[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = (uint8_t)(i + 1)};

        put_record(&writer, owner, question.type, servers->dns_ttl, six ? sixteen : four,
                   six ? 16 : 4);
    }
    return size - writer.left;
}

static void serve_dns(struct servers *servers, struct wire *wire, const uint8_t *bytes, size_t size,
                      uint32_t from, uint16_t port, uint32_t to)
{
    uint8_t answer[512];
    uint8_t frame[WIRE_FRAME_SIZE];

    servers->queries++;
    servers->last_id = tcpip_get_be16(bytes);
    servers->last_port = port;
    servers->last_server = to;
    servers->last_query_size = size;
    memcpy(servers->last_query, bytes, size);
    if (servers->dns_silent)
        return;
    if (servers->dns_ignore > 0) {
        servers->dns_ignore--;
        return;
    }
    size_t answer_size = servers_dns_answer(answer, sizeof answer, bytes, size,
                                            servers->dns_rcode == 0 ? 2 : 0, servers);
    wire_send(wire, frame,
              servers_datagram(wire, frame, to, DNS_PORT, from, port, answer, answer_size));
}

static bool is_probe_for_lease(const uint8_t *bytes, size_t length)
{
    struct arp_packet packet;

    return length >= IP_AT && tcpip_get_be16(bytes + 12) == ETHERNET_ARP &&
           tcpip_arp_parse(bytes + IP_AT, length - IP_AT, &packet) && packet.sender == 0 &&
           packet.target == SERVERS_CLIENT;
}

static void answer_probe(struct wire *wire, const uint8_t *bytes)
{
    uint8_t frame[IP_AT + ARP_PACKET_SIZE];
    struct arp_packet reply = {.operation = ARP_REPLY, .sender = SERVERS_CLIENT};

    memcpy(reply.sender_mac, wire->peer_mac, NETIF_MAC_SIZE);
    memcpy(frame, bytes + 6, NETIF_MAC_SIZE);
    memcpy(frame + 6, wire->peer_mac, NETIF_MAC_SIZE);
    tcpip_put_be16(frame + 12, ETHERNET_ARP);
    tcpip_arp_build(frame + IP_AT, ARP_PACKET_SIZE, &reply);
    wire_send(wire, frame, sizeof frame);
}

static bool serve(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct servers *servers = wire->peer_context;
    struct ipv4_header ip;
    struct udp_header udp;

    if (servers->address_taken && is_probe_for_lease(bytes, length)) {
        answer_probe(wire, bytes);
        return true;
    }
    if (wire_answer_arp(wire, bytes, length) ||
        tcpip_ipv4_parse(bytes + IP_AT, length - IP_AT, &ip) != IPV4_OK ||
        ip.protocol != IPV4_PROTOCOL_UDP ||
        !udp_parse(bytes + IP_AT + 20, ip.total_size - 20u, &udp))
        return true;
    const uint8_t *payload = bytes + IP_AT + 28;
    size_t size = udp.length - (size_t)UDP_HEADER_SIZE;
    if (udp.destination_port == DHCP_SERVER_PORT) {
        serve_dhcp(servers, wire, payload, size);
    } else if (udp.destination_port == DNS_PORT) {
        serve_dns(servers, wire, payload, size, ip.source, udp.source_port, ip.destination);
    } else if (udp.destination_port == ECHO_PORT) {
        uint8_t frame[WIRE_FRAME_SIZE];

        servers->echoes++;
        wire_send(wire, frame,
                  servers_datagram(wire, frame, ip.destination, ECHO_PORT, ip.source,
                                   udp.source_port, payload, size));
    }
    return true;
}

void servers_begin(struct servers *servers, struct wire *wire)
{
    *servers = (struct servers){.lease = 3600, .dns_ttl = 300};
    wire->peer = serve;
    wire->peer_context = servers;
}
