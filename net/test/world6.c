/* SPDX-License-Identifier: MIT */
#include "world6.h"

#include <string.h>

#include "core/checksum.h"
#include "core/drop.h"
#include "core/stack.h"
#include "core/text6.h"
#include "link/neighbour.h"
#include "wire/ethernet.h"
#include "wire/udp.h"

struct world6 world6;

struct tcpip_address ip6(const char *text)
{
    uint8_t bytes[16];

    CHECK(tcpip_ipv6_from_text(text, bytes));
    struct tcpip_address address = tcpip_address_from_ipv6(bytes);
    return address;
}

static bool record(struct wire *wire, const uint8_t *bytes, size_t length)
{
    if (world6.sent_count < SENT_MOST) {
        struct sent6 *sent = &world6.sent[world6.sent_count++];

        sent->length = length;
        memcpy(sent->bytes, bytes, length);
    }
    return true;
}

void world6_forget(void)
{
    world6.sent_count = 0;
}

/* The type of the message of ICMPv6 in a frame, behind a header with router alert or not; 0: none. */
static uint8_t type_in(const struct sent6 *sent)
{
    const uint8_t *ip = sent->bytes + IP6_AT;

    if (tcpip_get_be16(sent->bytes + 12) != ETHERNET_IPV6)
        return 0;
    if (ip[6] == IPV6_HOP_BY_HOP && ip[40] == IPV6_PROTOCOL_ICMP)
        return ip[48];
    return ip[6] == IPV6_PROTOCOL_ICMP ? ip[40] : 0;
}

const uint8_t *world6_sent(uint8_t type, unsigned index)
{
    for (unsigned i = 0; i < world6.sent_count; i++)
        if (type_in(&world6.sent[i]) == type && index-- == 0)
            return world6.sent[i].bytes;
    return NULL;
}

unsigned world6_count(uint8_t type)
{
    unsigned count = 0;

    while (world6_sent(type, count) != NULL)
        count++;
    return count;
}

void world6_begin(bool wants_ra)
{
    host_seed(1);
    world_begin(false);
    wire_set_cut(&world.wire, true);
    host_run(0);
    world6_forget();
    world.wire.peer = record;
    world6.end_point = (struct tcpip_end_point){.wants_ra = wants_ra};
    world6.end_point.defaults.address.family = TCPIP_IPV6;
    if (!wants_ra)
        world6.end_point.defaults = (struct tcpip_configuration){
            .address = ip6(OWN6), .gateway = ip6(ROUTER6), .prefix = 64};
    tcpip_end_point_link(&world.interface, &world6.end_point);
    wire_set_cut(&world.wire, false);
    host_run(0);
}

void world6_settle(bool wants_ra)
{
    world6_begin(wants_ra);
    host_run(60000);
    tcpip_drops_reset();
    world6_forget();
}

void world6_end(void)
{
    world_end();
}

size_t world6_packet(uint8_t *bytes, const char *source, const char *destination, uint8_t next,
                     uint8_t hop_limit, const uint8_t *payload, size_t size)
{
    uint8_t packet[WIRE_FRAME_SIZE];
    struct tcpip_address from = ip6(source);
    struct tcpip_address to = ip6(destination);
    struct ipv6_header header = {.payload_size = (uint16_t)size,
                                 .next = next,
                                 .hop_limit = hop_limit,
                                 .source = from.bytes,
                                 .destination = to.bytes};

    ipv6_build(packet, sizeof packet, &header);
    if (size > 0)
        memcpy(packet + IPV6_HEADER_SIZE, payload, size);
    size_t length = world_ethernet(bytes, ETHERNET_IPV6, packet, IPV6_HEADER_SIZE + size);
    if (tcpip_address_is_multicast(&to))
        memcpy(bytes,
               (uint8_t[]){0x33, 0x33, to.bytes[12], to.bytes[13], to.bytes[14], to.bytes[15]},
               NETIF_MAC_SIZE);
    return length;
}

size_t world6_udp(uint8_t *bytes, const char *source, uint16_t source_port, const char *destination,
                  uint16_t destination_port, const uint8_t *payload, size_t size)
{
    uint8_t datagram[WIRE_FRAME_SIZE];
    struct udp_header header = {source_port, destination_port, (uint16_t)(UDP_HEADER_SIZE + size),
                                0};
    struct tcpip_address from = ip6(source);
    struct tcpip_address to = ip6(destination);

    udp_build(datagram, sizeof datagram, &header);
    if (size > 0)
        memcpy(datagram + UDP_HEADER_SIZE, payload, size);
    uint32_t sum = tcpip_checksum_pseudo(&from, &to, 17, header.length);
    uint16_t checksum = tcpip_checksum_finish(tcpip_checksum_add(sum, datagram, header.length));
    tcpip_put_be16(datagram + UDP_CHECKSUM_OFFSET, checksum == 0 ? 0xffff : checksum);
    return world6_packet(bytes, source, destination, 17, 64, datagram, header.length);
}

void world6_icmp_far(const char *source, const char *destination, uint8_t hop_limit,
                     uint8_t *message, size_t size)
{
    uint8_t frame[WIRE_FRAME_SIZE];
    struct tcpip_address from = ip6(source);
    struct tcpip_address to = ip6(destination);

    if (size >= 4) {
        uint32_t sum = tcpip_checksum_pseudo(&from, &to, IPV6_PROTOCOL_ICMP, size);

        tcpip_put_be16(message + 2, 0);
        tcpip_put_be16(message + 2, tcpip_checksum_finish(tcpip_checksum_add(sum, message, size)));
    }
    world_receive(frame, world6_packet(frame, source, destination, IPV6_PROTOCOL_ICMP, hop_limit,
                                       message, size));
}

void world6_icmp(const char *source, const char *destination, uint8_t *message, size_t size)
{
    world6_icmp_far(source, destination, ND_HOP_LIMIT, message, size);
}

static void about(uint8_t type, uint8_t option, uint8_t flags, const char *source,
                  const char *destination, const char *target, const uint8_t *mac)
{
    uint8_t message[ND_NEIGHBOUR_SIZE + ND_LINK_OPTION_SIZE] = {type};
    struct tcpip_address about_it = ip6(target);

    message[4] = flags;
    memcpy(message + ND_TARGET_AT, about_it.bytes, 16);
    if (mac != NULL)
        tcpip_nd_put_station(message + ND_NEIGHBOUR_SIZE, option, mac);
    world6_icmp(source, destination, message,
                mac != NULL ? sizeof message : (size_t)ND_NEIGHBOUR_SIZE);
}

void world6_solicit(const char *source, const char *destination, const char *target,
                    const uint8_t *mac)
{
    about(ND_NEIGHBOUR_SOLICITATION, ND_OPTION_SOURCE, 0, source, destination, target, mac);
}

void world6_advertise(const char *source, const char *destination, const char *target,
                      uint8_t flags, const uint8_t *mac)
{
    about(ND_NEIGHBOUR_ADVERTISEMENT, ND_OPTION_TARGET, flags, source, destination, target, mac);
}

struct advertisement router_says(uint16_t lifetime, uint8_t flags)
{
    struct advertisement said = {{ND_ROUTER_ADVERTISEMENT, 0, 0, 0, 64, flags}, 16};

    tcpip_put_be16(said.bytes + 6, lifetime);
    return said;
}

void says_prefix(struct advertisement *to, const char *prefix, uint8_t length, uint8_t flags,
                 uint32_t valid, uint32_t preferred)
{
    uint8_t *option = to->bytes + to->size;
    struct tcpip_address network = ip6(prefix);

    option[0] = ND_OPTION_PREFIX;
    option[1] = 4;
    option[2] = length;
    option[3] = flags;
    tcpip_put_be32(option + 4, valid);
    tcpip_put_be32(option + 8, preferred);
    memcpy(option + 16, network.bytes, 16);
    to->size += 32;
}

void says_mtu(struct advertisement *to, uint32_t mtu)
{
    to->bytes[to->size] = ND_OPTION_MTU;
    to->bytes[to->size + 1] = 1;
    tcpip_put_be32(to->bytes + to->size + 4, mtu);
    to->size += 8;
}

void says_dns(struct advertisement *to, const char *server, uint32_t lifetime)
{
    struct tcpip_address address = ip6(server);
    uint8_t *option = to->bytes + to->size;

    option[0] = ND_OPTION_DNS;
    option[1] = 3;
    tcpip_put_be32(option + 4, lifetime);
    memcpy(option + 8, address.bytes, 16);
    to->size += 24;
}

void says_station(struct advertisement *to, const uint8_t *mac)
{
    tcpip_nd_put_station(to->bytes + to->size, ND_OPTION_SOURCE, mac);
    to->size += ND_LINK_OPTION_SIZE;
}

void world6_hear(const char *router, struct advertisement *said)
{
    world6_icmp(router, "ff02::1", said->bytes, said->size);
}

const char *solicited_node(const char *address)
{
    static char text[TCPIP_IPV6_TEXT_SIZE];
    struct tcpip_address about_it = ip6(address);
    uint8_t group[16] = {0xff, 2, [11] = 1, 0xff};

    memcpy(group + 13, about_it.bytes + 13, 3);
    tcpip_ipv6_to_text(group, text);
    return text;
}

bool world6_knows(const char *address, const uint8_t *mac)
{
    struct tcpip_address wanted = ip6(address);
    uint8_t known[NETIF_MAC_SIZE];

    return tcpip_neighbour_lookup(&world.interface, &wanted, known) &&
           (mac == NULL || memcmp(known, mac, sizeof known) == 0);
}
