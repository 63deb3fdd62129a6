/* SPDX-License-Identifier: MIT */
/*
 * Two dialects of one language. An echo is answered in the frame in which it came, with exactly the
 * bytes that came: no length of its own is ever believed, the IP layer has cut the frame to the packet.
 */
#include "ip/icmp.h"

#include "core/checksum.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/route.h"
#include "ip/ip.h"
#include "ip/nd.h"
#include "wire/icmp.h"
#include "wire/ipv4.h"
#include "wire/ipv6.h"

enum {
    PING_ID = 0x4c4e,
    LEAST_QUOTED_TRANSPORT = 8,
    ERRORS_AT_ONCE = 10, /* and then one every … (RFC 4443 2.4 (f), RFC 1812 4.3.2.8) */
    ERROR_INTERVAL_MS = 100,
    FIRST_INFORMATIONAL = 128, /* of ICMPv6 */
};

/* Codes of ICMP for IPv4, in which protocols are told of errors. */
enum {
    CODE_HOST = 1,
    CODE_PROTOCOL = 2,
    CODE_PORT = 3,
    CODE_FRAGMENTATION_NEEDED = 4,
};

struct dialect {
    uint8_t protocol;
    uint8_t echo_request, echo_reply;
    uint8_t refusals[3][2]; /* type and code, by enum tcpip_refusal */
    uint16_t quoted;        /* most bytes of a packet that an error is about */
};

static const struct dialect ipv4 = {
    .protocol = IPV4_PROTOCOL_ICMP,
    .echo_request = ICMP_ECHO_REQUEST,
    .echo_reply = ICMP_ECHO_REPLY,
    .refusals = {{ICMP_UNREACHABLE, CODE_PORT},
                 {ICMP_UNREACHABLE, CODE_PROTOCOL},
                 {ICMP_TIME_EXCEEDED, 1}},
    .quoted = 576 - IPV4_HEADER_SIZE - ICMP_HEADER_SIZE, /* RFC 1812 4.3.2.3 */
};

#if ipconfigUSE_IPv6
static const struct dialect ipv6 = {
    .protocol = IPV6_PROTOCOL_ICMP,
    .echo_request = ICMP6_ECHO_REQUEST,
    .echo_reply = ICMP6_ECHO_REPLY,
    .refusals = {{ICMP6_UNREACHABLE, ICMP6_PORT},
                 {ICMP6_PARAMETER_PROBLEM, ICMP6_NEXT_HEADER},
                 {ICMP6_TIME_EXCEEDED, 1}},
    .quoted = IPV6_LEAST_MTU - IPV6_HEADER_SIZE - ICMP_HEADER_SIZE, /* RFC 4443 2.4 (c) */
};
#else
#define ipv6 ipv4
#endif

void (*tcpip_icmp_ping_answered)(uint16_t sequence, bool sound);

static void input(const struct tcpip_packet *packet);

static struct tcpip_protocol icmp[] = {
    {
        .number = IPV4_PROTOCOL_ICMP,
        .family = TCPIP_IPV4,
        .time_to_live = ipconfigICMP_TIME_TO_LIVE,
        .input = input,
    },
#if ipconfigUSE_IPv6
    {
        .number = IPV6_PROTOCOL_ICMP,
        .family = TCPIP_IPV6,
        .time_to_live = ipconfigICMP_TIME_TO_LIVE,
        .input = input,
    },
#endif
};

static const struct dialect *dialect_of(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv6(address) ? &ipv6 : &ipv4;
}

static const struct tcpip_protocol *protocol_of(const struct tcpip_address *address)
{
    return &icmp[tcpip_address_is_ipv6(address)];
}

static uint8_t pattern(size_t index)
{
    return (uint8_t)('a' + index % 26u);
}

/* ICMPv6 alone has a pseudo-header under its checksum. */
static uint32_t checksum_start(const struct tcpip_address *source,
                               const struct tcpip_address *destination, size_t size)
{
    return ipconfigUSE_IPv6 && source->family == TCPIP_IPV6
               ? tcpip_checksum_pseudo(source, destination, IPV6_PROTOCOL_ICMP, size)
               : 0;
}

static bool checksum_and_send(const struct tcpip_route *route, struct netif_frame *frame,
                              const struct tcpip_address *destination)
{
    uint32_t sum = checksum_start(&route->source, destination, frame->length);

    tcpip_put_be16(frame->data + ICMP_CHECKSUM_OFFSET, 0);
    if (!tcpip_route_inserts_checksum(route))
        tcpip_checksum_put(sum, frame->data, frame->length, ICMP_CHECKSUM_OFFSET);
    return tcpip_ip_output_on(route, frame, destination, protocol_of(destination));
}

static bool finish_and_send(struct netif_frame *frame, const struct tcpip_address *source,
                            const struct tcpip_address *destination)
{
    struct tcpip_route route;

    if (!tcpip_route_find(source, destination, &route)) {
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROUTE);
        return false;
    }
    return checksum_and_send(&route, frame, destination);
}

/* To the sender of a packet, from the address that it was sent to where that is one. */
static void answer(const struct tcpip_packet *packet, struct netif_frame *frame)
{
    finish_and_send(frame, packet->to_group ? NULL : &packet->destination, &packet->source);
}

/* A bucket of tokens; each error takes one. */
static bool within_rate(void)
{
    static uint32_t filled_to; /* the time up to which tokens have been handed out */
    uint32_t now = tcpip_os_now(), left = now - filled_to;

    if (left < ERROR_INTERVAL_MS)
        return false;
    if (left > ERRORS_AT_ONCE * ERROR_INTERVAL_MS)
        left = ERRORS_AT_ONCE * ERROR_INTERVAL_MS;
    filled_to = now - left + ERROR_INTERVAL_MS;
    return true;
}

/* RFC 4443 2.4 (e), RFC 1122 3.2.2; of IPv4's messages none is answered with an error. */
static bool may_be_told(const struct tcpip_packet *packet, bool even_to_group)
{
    const struct netif_frame *frame = packet->frame;
    const struct dialect *dialect = dialect_of(&packet->source);
    bool is_error = packet->protocol == dialect->protocol &&
                    (dialect == &ipv4 || frame->length == 0 ||
                     frame->data[0] < FIRST_INFORMATIONAL);

    return (!packet->to_group || even_to_group) && !tcpip_address_is_any(&packet->source) &&
           packet->end_point != NULL && !is_error && within_rate();
}

static void tell(const struct tcpip_packet *packet, const uint8_t type_and_code[2],
                 uint16_t pointer)
{
    const uint8_t *quoted = packet->frame->data - packet->ip_header_size;
    size_t size = (size_t)packet->frame->length + packet->ip_header_size;
    size_t most = dialect_of(&packet->source)->quoted;
    struct icmp_header header = {
        .type = type_and_code[0], .code = type_and_code[1], .rest_low = pointer};
    struct netif_frame *frame;

    if (size > most)
        size = most;
    frame = tcpip_frame_outgoing(TCPIP_HEADROOM, ICMP_HEADER_SIZE + size);
    if (frame == NULL)
        return;
    icmp_build(frame->data, ICMP_HEADER_SIZE, &header);
    memcpy(frame->data + ICMP_HEADER_SIZE, quoted, size);
    answer(packet, frame);
}

void tcpip_icmp_refuse(const struct tcpip_packet *packet, enum tcpip_refusal refusal)
{
    if (may_be_told(packet, false))
        tell(packet, dialect_of(&packet->source)->refusals[refusal],
             ipconfigUSE_IPv6 && refusal == TCPIP_REFUSED_PROTOCOL ? packet->protocol_at : 0);
}

#if ipconfigUSE_IPv6
void tcpip_icmp_problem(const struct tcpip_packet *packet, uint8_t code, uint16_t pointer,
                        bool even_to_group)
{
    uint8_t type_and_code[2] = {ICMP6_PARAMETER_PROBLEM, code};

    if (may_be_told(packet, even_to_group))
        tell(packet, type_and_code, pointer);
}

#endif

/* To a group only IPv6 answers, and not often (RFC 4443 4.2). */
static void answer_echo(const struct tcpip_packet *packet, const struct dialect *dialect)
{
    if (!ipconfigREPLY_TO_INCOMING_PINGS || packet->end_point == NULL ||
        tcpip_address_is_any(&packet->source) ||
        (packet->to_group && (dialect == &ipv4 || !within_rate()))) {
        tcpip_drop(packet->frame, TCPIP_DROP_ICMP_TYPE);
        return;
    }
    packet->frame->data[0] = dialect->echo_reply;
    answer(packet, packet->frame);
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

/* Reads a quoted IPv4 header. Returns its size, 0 if it is not sound. */
static size_t read_quoted_ipv4(const uint8_t *quoted, size_t size, struct tcpip_unreachable *error)
{
    struct ipv4_header ours;

    if (tcpip_ipv4_parse_quoted(quoted, size, &ours) != IPV4_OK ||
        ours.fragment % IPV4_OFFSETS != 0)
        return 0;
    tcpip_address_set_ipv4(&error->source, ours.source);
    tcpip_address_set_ipv4(&error->destination, ours.destination);
    error->protocol = ours.protocol;
    return ours.header_size;
}

static void translate_ipv4(const struct icmp_header *header, struct tcpip_unreachable *error)
{
    error->time_exceeded = header->type == ICMP_TIME_EXCEEDED;
    error->code = header->code;
    if (!error->time_exceeded && error->code == CODE_FRAGMENTATION_NEEDED)
        error->mtu = header->rest_low;
}

#if ipconfigUSE_IPv6

static size_t read_quoted_ipv6(const uint8_t *quoted, size_t size, struct tcpip_unreachable *error)
{
    struct ipv6_chain chain = {.next_at = IPV6_NEXT_AT, .offset = IPV6_HEADER_SIZE};
    struct ipv6_header ours;

    if (tcpip_ipv6_parse(quoted, size, &ours) != IPV6_OK ||
        tcpip_ipv6_walk(quoted, size, &chain) != IPV6_OK)
        return 0;
    tcpip_address_set_ipv6(&error->source, ours.source);
    tcpip_address_set_ipv6(&error->destination, ours.destination);
    error->protocol = chain.protocol;
    return chain.offset;
}

/* Of the codes just those that nothing helps against are told apart. */
static void translate_ipv6(const struct icmp_header *header, struct tcpip_unreachable *error)
{
    error->time_exceeded = header->type == ICMP6_TIME_EXCEEDED;
    error->code = CODE_HOST;
    if (header->type == ICMP6_UNREACHABLE && header->code == ICMP6_PORT)
        error->code = CODE_PORT;
    if (header->type == ICMP6_PARAMETER_PROBLEM && header->code == ICMP6_NEXT_HEADER)
        error->code = CODE_PROTOCOL;
    if (header->type == ICMP6_TOO_BIG) {
        error->code = CODE_FRAGMENTATION_NEEDED;
        error->mtu = header->rest_high != 0 ? UINT16_MAX : header->rest_low;
        if (error->mtu < IPV6_LEAST_MTU) /* RFC 8201 4 */
            error->mtu = IPV6_LEAST_MTU;
    }
}

#else
#define read_quoted_ipv6 read_quoted_ipv4
#define translate_ipv6   translate_ipv4
#endif

static void take_error(const struct tcpip_packet *packet, const struct icmp_header *header)
{
    const uint8_t *quoted = packet->frame->data + ICMP_HEADER_SIZE;
    size_t size = packet->frame->length - (size_t)ICMP_HEADER_SIZE;
    bool is_ipv6 = tcpip_address_is_ipv6(&packet->source);
    struct tcpip_unreachable error = {.interface = packet->interface};
    size_t header_size = is_ipv6 ? read_quoted_ipv6(quoted, size, &error)
                                 : read_quoted_ipv4(quoted, size, &error);

    if (header_size == 0 || size - header_size < LEAST_QUOTED_TRANSPORT) {
        tcpip_drop(packet->frame, TCPIP_DROP_ICMP_SHORT);
        return;
    }
    error.transport = quoted + header_size;
    error.transport_size = size - header_size;
    if (is_ipv6)
        translate_ipv6(header, &error);
    else
        translate_ipv4(header, &error);
    if (tcpip_address_equal(&error.source, &packet->destination))
        tcpip_ip_unreachable(&error);
    tcpip_frame_release(packet->frame);
}

static bool is_error(const struct dialect *dialect, uint8_t type)
{
    if (dialect == &ipv4)
        return type == ICMP_UNREACHABLE || type == ICMP_TIME_EXCEEDED;
    return type >= ICMP6_UNREACHABLE && type <= ICMP6_PARAMETER_PROBLEM;
}

static bool checksum_is_right(const struct tcpip_packet *packet)
{
    const struct netif_frame *frame = packet->frame;
    uint32_t sum = checksum_start(&packet->source, &packet->destination, frame->length);

    return (packet->interface->features & NETIF_RX_CHECKSUM_L4) != 0 ||
           tcpip_checksum_finish(tcpip_checksum_add(sum, frame->data, frame->length)) == 0;
}

static void input(const struct tcpip_packet *packet)
{
    const struct dialect *dialect = dialect_of(&packet->source);
    struct netif_frame *frame = packet->frame;
    struct icmp_header header;

    if (!icmp_parse(frame->data, frame->length, &header))
        tcpip_drop(frame, TCPIP_DROP_ICMP_SHORT);
    else if (!checksum_is_right(packet))
        tcpip_drop(frame, TCPIP_DROP_ICMP_CHECKSUM);
    else if (header.type == dialect->echo_request && header.code == 0)
        answer_echo(packet, dialect);
    else if (ipconfigSUPPORT_OUTGOING_PINGS && header.type == dialect->echo_reply &&
             header.code == 0)
        take_echo_reply(packet, &header);
    else if (is_error(dialect, header.type))
        take_error(packet, &header);
    else if (dialect == &ipv4 || !tcpip_nd_input(packet, header.type))
        tcpip_drop(frame, TCPIP_DROP_ICMP_TYPE);
}

void tcpip_icmp_init(void)
{
    for (size_t i = 0; i < sizeof icmp / sizeof icmp[0]; i++)
        tcpip_ip_register(&icmp[i]);
}

#if ipconfigSUPPORT_OUTGOING_PINGS
bool tcpip_icmp_ping(const struct tcpip_address *destination, uint16_t sequence, size_t size)
{
    struct icmp_header header = {
        .type = dialect_of(destination)->echo_request, .rest_high = PING_ID, .rest_low = sequence};
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_HEADROOM, ICMP_HEADER_SIZE + size);

    if (frame == NULL)
        return false;
    icmp_build(frame->data, ICMP_HEADER_SIZE, &header);
    for (size_t i = 0; i < size; i++)
        frame->data[ICMP_HEADER_SIZE + i] = pattern(i);
    return finish_and_send(frame, NULL, destination);
}
#endif
