/* SPDX-License-Identifier: MIT */
/*
 * An echo is answered in the frame in which it came, with exactly the bytes that came: no length of
 * its own is ever believed, the IP layer has cut the frame to the packet.
 */
#include "ip/icmp.h"

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "ip/ip.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"

enum { PING_ID = 0x4c4e, LEAST_QUOTED_TRANSPORT = 8, CODE_FRAGMENTATION_NEEDED = 4 };

void (*tcpip_icmp_ping_answered)(uint16_t sequence, bool sound);

static uint8_t pattern(size_t index)
{
    return (uint8_t)('a' + index % 26u);
}

static bool finish_and_send(struct netif_frame *frame, const struct tcpip_address *source,
                            const struct tcpip_address *destination)
{
    tcpip_put_be16(frame->data + ICMP_CHECKSUM_OFFSET, 0);
    tcpip_put_be16(frame->data + ICMP_CHECKSUM_OFFSET,
                   tcpip_checksum_finish(tcpip_checksum_add(0, frame->data, frame->length)));
    return tcpip_ip_output(frame, source, destination, IPV4_PROTOCOL_ICMP);
}

static void answer_echo(const struct tcpip_packet *packet)
{
    if (!ipconfigREPLY_TO_INCOMING_PINGS || packet->to_group || packet->end_point == NULL ||
        tcpip_address_is_any(&packet->source)) {
        tcpip_drop(packet->frame, TCPIP_DROP_ICMP_TYPE);
        return;
    }
    packet->frame->data[0] = ICMP_ECHO_REPLY;
    finish_and_send(packet->frame, &packet->destination, &packet->source);
}

static void take_echo_reply(const struct tcpip_packet *packet, const struct icmp_header *header)
{
    const uint8_t *bytes = packet->frame->data + ICMP_HEADER_SIZE;
    size_t size = packet->frame->length - (size_t)ICMP_HEADER_SIZE;
    bool sound = true;

    if (header->rest_high != PING_ID || tcpip_icmp_ping_answered == NULL) {
        tcpip_drop(packet->frame, TCPIP_DROP_ICMP_TYPE);
        return;
    }
    for (size_t i = 0; i < size; i++)
        sound = sound && bytes[i] == pattern(i);
    tcpip_frame_release(packet->frame);
    tcpip_icmp_ping_answered(header->rest_low, sound);
}

static void take_error(const struct tcpip_packet *packet, const struct icmp_header *header)
{
    const uint8_t *quoted = packet->frame->data + ICMP_HEADER_SIZE;
    size_t size = packet->frame->length - (size_t)ICMP_HEADER_SIZE;
    struct ipv4_header ours;

    if (!tcpip_ipv4_parse_quoted(quoted, size, &ours) || ours.fragment_offset != 0 ||
        size - ours.header_size < LEAST_QUOTED_TRANSPORT) {
        tcpip_drop(packet->frame, TCPIP_DROP_ICMP_SHORT);
        return;
    }
    bool needs_fragments = header->type == ICMP_UNREACHABLE &&
                           header->code == CODE_FRAGMENTATION_NEEDED;
    struct tcpip_unreachable error = {
        .source = tcpip_address_from_ipv4(ours.source),
        .destination = tcpip_address_from_ipv4(ours.destination),
        .protocol = ours.protocol,
        .time_exceeded = header->type == ICMP_TIME_EXCEEDED,
        .code = header->code,
        .mtu = needs_fragments ? header->rest_low : 0,
        .transport = quoted + ours.header_size,
        .transport_size = size - ours.header_size,
    };
    if (tcpip_address_equal(&error.source, &packet->destination))
        tcpip_ip_unreachable(&error);
    tcpip_frame_release(packet->frame);
}

static void input(const struct tcpip_packet *packet)
{
    struct netif_frame *frame = packet->frame;
    bool trusted = (packet->interface->netif->driver->features & NETIF_RX_CHECKSUM_L4) != 0;
    struct icmp_header header;

    if (!icmp_parse(frame->data, frame->length, &header))
        tcpip_drop(frame, TCPIP_DROP_ICMP_SHORT);
    else if (!trusted &&
             tcpip_checksum_finish(tcpip_checksum_add(0, frame->data, frame->length)) != 0)
        tcpip_drop(frame, TCPIP_DROP_ICMP_CHECKSUM);
    else if (header.type == ICMP_ECHO_REQUEST && header.code == 0)
        answer_echo(packet);
    else if (header.type == ICMP_ECHO_REPLY && header.code == 0)
        take_echo_reply(packet, &header);
    else if (header.type == ICMP_UNREACHABLE || header.type == ICMP_TIME_EXCEEDED)
        take_error(packet, &header);
    else
        tcpip_drop(frame, TCPIP_DROP_ICMP_TYPE);
}

static struct tcpip_protocol icmp = {
    .number = IPV4_PROTOCOL_ICMP,
    .time_to_live = ipconfigICMP_TIME_TO_LIVE,
    .input = input,
};

void tcpip_icmp_init(void)
{
    tcpip_ip_register(&icmp);
}

bool tcpip_icmp_ping(const struct tcpip_address *destination, uint16_t sequence, size_t size)
{
    struct icmp_header header = {
        .type = ICMP_ECHO_REQUEST, .rest_high = PING_ID, .rest_low = sequence};
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_HEADROOM, ICMP_HEADER_SIZE + size);

    if (frame == NULL) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_FRAME);
        return false;
    }
    frame->length = (uint16_t)(ICMP_HEADER_SIZE + size);
    if (!icmp_build(frame->data, frame->length, &header)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_TOO_BIG);
        return false;
    }
    for (size_t i = 0; i < size; i++)
        frame->data[ICMP_HEADER_SIZE + i] = pattern(i);
    return finish_and_send(frame, NULL, destination);
}
