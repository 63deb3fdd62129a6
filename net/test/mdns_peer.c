/* SPDX-License-Identifier: MIT */
#include "mdns_peer.h"

#include <string.h>

#include "core/frame.h"
#include "wire/ethernet.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

enum { IP = NETIF_HEADER_SIZE, GROUP = 0xe00000fb };

struct peer_heard peer_heard[PEER_HEARD_MAX];
size_t peer_count;
struct dns_writer peer_writer;

static uint8_t said[1472];

static bool hear(struct wire *wire, const uint8_t *bytes, size_t length)
{
    struct ipv4_header ip;
    struct udp_header udp;

    if (wire_answer_arp(wire, bytes, length) || tcpip_get_be16(bytes + 12) != ETHERNET_IPV4 ||
        tcpip_ipv4_parse(bytes + IP, length - IP, &ip) != IPV4_OK ||
        ip.protocol != IPV4_PROTOCOL_UDP || !udp_parse(bytes + IP + 20, ip.total_size - 20u, &udp))
        return true;
    CHECK(peer_count < PEER_HEARD_MAX);
    struct peer_heard *heard = &peer_heard[peer_count++];
    size_t size = udp.length - (size_t)UDP_HEADER_SIZE;
    memcpy(heard->bytes, bytes + IP + 28, size);
    heard->at = host_now;
    heard->destination = tcpip_address_from_ipv4(ip.destination);
    heard->source_port = udp.source_port;
    heard->destination_port = udp.destination_port;
    heard->time_to_live = ip.ttl;
    heard->message = (struct dns_message){heard->bytes, size};
    (void)tcpip_dns_read_header(&heard->message, &heard->header);
    return true;
}

void peer_forget(void)
{
    peer_count = 0;
}

void peer_begin(void)
{
    world_begin(false);
    world.wire.peer = hear;
    peer_forget();
}

bool peer_is_name(size_t index, size_t at, const char *text)
{
    struct dns_name name;

    return tcpip_dns_name_from_text(&name, text, NULL) &&
           tcpip_dns_is_name(&peer_heard[index].message, at, &name);
}

bool peer_find(size_t index, enum dns_section section, const char *owner, uint16_t type,
               struct dns_record *record)
{
    CHECK(index < peer_count);
    const struct peer_heard *heard = &peer_heard[index];
    struct dns_cursor cursor = tcpip_dns_cursor(&heard->header);

    while (tcpip_dns_next(&heard->message, &cursor, record))
        if (cursor.section == section && record->type == type &&
            (owner == NULL || peer_is_name(index, record->owner, owner)))
            return true;
    return false;
}

bool peer_has(size_t index, enum dns_section section, const char *owner, uint16_t type)
{
    struct dns_record record;

    return peer_find(index, section, owner, type, &record);
}

/* --- saying ------------------------------------------------------------------------------------- */

static struct dns_name name_of(const char *text)
{
    struct dns_name name;

    CHECK(tcpip_dns_name_from_text(&name, text, NULL));
    return name;
}

void peer_say(uint16_t id, uint16_t flags)
{
    tcpip_dns_write_header(&peer_writer, said, sizeof said, id, flags);
}

void peer_question(const char *name, uint16_t type, uint16_t class)
{
    struct dns_name wire = name_of(name);

    CHECK(tcpip_dns_write_question(&peer_writer, &wire, type, class));
}

static void open(const char *name, uint16_t type, uint16_t class, uint32_t ttl)
{
    struct dns_name wire = name_of(name);

    tcpip_dns_open_record(&peer_writer, &wire, type, class, ttl);
}

void peer_record(enum dns_section section, const char *name, uint16_t type, uint16_t class,
                 uint32_t ttl, const void *data, size_t size)
{
    open(name, type, class, ttl);
    tcpip_dns_put_bytes(&peer_writer, data, size);
    CHECK(tcpip_dns_close_record(&peer_writer, section));
}

void peer_address(enum dns_section section, const char *name, uint16_t class, uint32_t ttl,
                  uint32_t address)
{
    uint8_t bytes[4];

    tcpip_put_be32(bytes, address);
    peer_record(section, name, DNS_TYPE_A, class, ttl, bytes, sizeof bytes);
}

void peer_pointer(enum dns_section section, const char *name, uint32_t ttl, const char *to)
{
    struct dns_name wire = name_of(to);

    open(name, DNS_TYPE_PTR, DNS_CLASS_IN, ttl);
    tcpip_dns_put_name(&peer_writer, &wire);
    CHECK(tcpip_dns_close_record(&peer_writer, section));
}

void peer_srv(enum dns_section section, const char *name, uint16_t class, uint32_t ttl,
              uint16_t port, const char *host)
{
    struct dns_name wire = name_of(host);
    uint8_t fixed[6] = {0};

    tcpip_put_be16(fixed + 4, port);
    open(name, DNS_TYPE_SRV, class, ttl);
    tcpip_dns_put_bytes(&peer_writer, fixed, sizeof fixed);
    tcpip_dns_put_name(&peer_writer, &wire);
    CHECK(tcpip_dns_close_record(&peer_writer, section));
}

void peer_send_to(uint32_t address, uint16_t port, uint32_t destination, uint16_t destination_port)
{
    uint8_t frame[WIRE_FRAME_SIZE];

    world_receive(frame, world_udp(frame, address, port, destination, destination_port, said,
                                   peer_writer.at));
}

void peer_send_from(uint32_t address, uint16_t port, uint32_t destination)
{
    peer_send_to(address, port, destination, MDNS_PORT);
}

void peer_send(void)
{
    peer_send_from(PEER_ADDRESS, MDNS_PORT, GROUP);
}

void peer_taint(void)
{
    struct netif_frame *frames[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS];
    size_t count = 0;

    while (count < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS &&
           (frames[count] = tcpip_frame_allocate(0, TCPIP_FRAME_CAPACITY)) != NULL) {
        memset(frames[count]->buffer, PEER_TAINT, frames[count]->capacity);
        count++;
    }
    while (count > 0)
        tcpip_frame_release(frames[--count]);
}

void peer_check_clean(void)
{
    for (size_t i = 0; i < peer_count; i++)
        CHECK(memchr(peer_heard[i].bytes, PEER_TAINT, peer_heard[i].message.size) == NULL);
}
