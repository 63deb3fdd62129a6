/* SPDX-License-Identifier: MIT */
/*
 * Raw Ethernet frames into the whole stack. The input is a sequence of steps: a byte of flags, a
 * byte of length in units of eight, and the frame. Flags mend what random bytes rarely get right
 * (addresses, groups, lengths, pieces, checksums, the ports of services, the numbers of a TCP
 * connection or of a lease), let time pass, or start a question to a DNS server; some frames get the
 * tag of a network that has an interface of its own, or of none. A TCP port listens and takes what
 * comes, the host has names, and a ping is under way. At the end the stack shuts down
 * and nothing may be left allocated.
 */
#include <stdlib.h>
#include <string.h>

#include "client/dns.h"
#include "client/names.h"
#include "core/checksum.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/stack.h"
#include "host_os.h"
#include "ip/icmp.h"
#include "link/vlan.h"
#include "tcp/tcp_ip.h"
#include "wire/ethernet.h"
#include "wire/vlan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    MEND_LINK = 1,
    MEND_IP = 2,
    MEND_TRANSPORT = 4,
    PASS_TIME = 8,
    ASK = 16,
    USE_DHCP = 32, /* of the first step: the end-points are configured by others … */
    USE_IPV6 = 64, /* … and there are two of IPv6 */
    MEND_PORT = 128,
};

enum { IP_AT = NETIF_HEADER_SIZE, FRAME_MAX = 1514, OWN = 0x0a000001, STEPS_MAX = 64 };
enum { TAGGED_OWN = 0x0a050001, TAGGED_ID = 5, TAGGED_SOURCE = 5 };

static struct netif netif;
static struct tcpip_interface interface, tagged;
static struct tcpip_end_point end_point, end_point6, leased6, tagged_end_point;
static uint32_t own; /* of the network that the frame is for */
static const struct tcpip_address own6 = {TCPIP_IPV6, 0, {0x20, 1, 0x0d, 0xb8, [15] = 1}};
static struct tcpip_udp_port port;
static struct tcpip_dns_lookup lookup;
static bool asking;
static struct tcpip_tcp_listener listener;
static uint32_t tcp_next, tcp_expected; /* the stack's numbers, seen in its last segment */
static uint32_t lease_xid, lease6_xid;  /* of its last messages to servers of leases */

static bool start(struct netif *started)
{
    return true;
}

static void stop(struct netif *stopped)
{
}

/* What everybody on the link sees. */
static void overhear(const uint8_t *bytes, size_t length)
{
    const uint8_t *udp = bytes + IP_AT + 20, *udp6 = bytes + IP_AT + 40;

    if (length > IP_AT + 20 + 16 && tcpip_get_be16(bytes + 12) == ETHERNET_IPV4 &&
        bytes[IP_AT + 9] == 17 && tcpip_get_be16(udp + 2) == 67)
        lease_xid = tcpip_get_be32(udp + 12);
    if (length > IP_AT + 40 + 12 && tcpip_get_be16(bytes + 12) == ETHERNET_IPV6 &&
        bytes[IP_AT + 6] == 17 && tcpip_get_be16(udp6 + 2) == 547)
        lease6_xid = tcpip_get_be32(udp6 + 8) % 0x1000000u;
}

static bool transmit(struct netif *sender, struct netif_frame *frame)
{
    const uint8_t *tcp = frame->data + IP_AT + 20;

    if (frame->length < NETIF_HEADER_SIZE || frame->more_length != 0)
        abort();
    if (frame->length >= IP_AT + 40 && tcpip_get_be16(frame->data + 12) == ETHERNET_IPV4 &&
        frame->data[IP_AT + 9] == 6) {
        tcp_next = tcpip_get_be32(tcp + 4) + 1;
        tcp_expected = tcpip_get_be32(tcp + 8);
    }
    overhear(frame->data, frame->length);
    sender->stack->release(frame);
    return true;
}

static enum netif_link link_state(struct netif *asked)
{
    return NETIF_LINK_UP;
}

static const struct netif_driver driver = {
    .name = "fuzz", .start = start, .stop = stop, .transmit = transmit, .link = link_state};

static void take_datagram(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    const struct netif_frame *frame = datagram->packet->frame;

    if (frame->data + frame->length > frame->buffer + frame->capacity)
        abort();
    tcpip_frame_release(datagram->packet->frame);
}

static void accepted_event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                           unsigned events)
{
    if ((events & (TCPIP_TCP_EVENT_PEER_CLOSED | TCPIP_TCP_EVENT_ERROR)) != 0)
        tcpip_tcp_close(connection);
}

static void accept_all(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *from)
{
    tcpip_tcp_accept(from, owner);
}

static struct tcpip_tcp_owner taker = {accepted_event, accept_all};

static void listen(void)
{
    static const struct tcpip_tcp_settings settings = {2000, 2000, 0};

    tcpip_tcp_ip_init();
    listener = (struct tcpip_tcp_listener){
        .port = 80, .backlog = 2, .settings = &settings, .owner = &taker};
    if (!tcpip_tcp_listen(tcpip_tcp_host(), &listener))
        abort();
}

static bool is_ours(struct tcpip_end_point *at, const char *name)
{
    return name[0] == 'l' || name[0] == 'L';
}

static void answered(uint16_t sequence, bool sound)
{
    if (sequence != 7)
        abort();
}

/* With their hooks, so that what answers is reached. */
static void be_known(void)
{
    const struct tcpip_address peer = tcpip_address_from_ipv4(OWN + 1);

    tcpip_names_hook = is_ours;
    tcpip_icmp_ping_answered = answered;
    (void)tcpip_icmp_ping(&peer, 7, 20);
}

static void add_tagged(void)
{
    struct netif *network = tcpip_vlan_make(&interface, TAGGED_ID, 0);

    tcpip_stack_attach(&tagged, network);
    tcpip_vlan_attached(&tagged);
    tagged_end_point = (struct tcpip_end_point){
        .defaults = {.address = tcpip_address_from_ipv4(TAGGED_OWN), .prefix = 24}};
    tcpip_end_point_link(&tagged, &tagged_end_point);
}

static void begin(bool dhcp, bool with_ipv6)
{
    netif = (struct netif){
        .driver = &driver, .name = "fuzz", .mac = {2, 0, 0, 0, 0, 1}, .mtu = 1500};
    host_seed(1);
    tcpip_stack_init();
    tcpip_stack_attach(&interface, &netif);
    end_point = (struct tcpip_end_point){.wants_dhcp = dhcp,
                                         .defaults = {.address = tcpip_address_from_ipv4(OWN),
                                                      .gateway = tcpip_address_from_ipv4(OWN + 1),
                                                      .dns = {tcpip_address_from_ipv4(OWN + 1)},
                                                      .dns_count = 1,
                                                      .prefix = 24}};
    tcpip_end_point_link(&interface, &end_point);
    end_point6 = (struct tcpip_end_point){
        .wants_ra = dhcp, .defaults = {.address = own6, .gateway = own6, .prefix = 64}};
    end_point6.defaults.gateway.bytes[15] = 2;
    if (with_ipv6)
        tcpip_end_point_link(&interface, &end_point6);
    leased6 = (struct tcpip_end_point){.wants_dhcp = true,
                                       .defaults = {.address = {.family = TCPIP_IPV6}}};
    if (with_ipv6 && dhcp)
        tcpip_end_point_link(&interface, &leased6);
    add_tagged();
    port = (struct tcpip_udp_port){.number = 4000, .input = take_datagram};
    tcpip_udp_bind(&port);
    listen();
    asking = false;
    be_known();
    host_run(with_ipv6 && !dhcp ? 3000 : 0);
}

static void done(struct tcpip_dns_lookup *ended, const struct tcpip_address *addresses,
                 size_t count)
{
    asking = false;
}

static void ask(void)
{
    if (asking)
        return;
    asking = true;
    lookup = (struct tcpip_dns_lookup){.name = "a.example", .family = TCPIP_IPV4, .done = done};
    tcpip_dns_resolve(&lookup);
    host_run(0);
}

static void mend_link(uint8_t *frame)
{
    static const uint8_t peer[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 2};

    memcpy(frame, netif.mac, NETIF_MAC_SIZE);
    memcpy(frame + 6, peer, NETIF_MAC_SIZE);
    if (frame[12] % 4 >= 2 && frame[13] % 2 == 0) /* to a group */
        memcpy(frame, (uint8_t[]){0x33, 0x33, 0, 0, 0, 1}, NETIF_MAC_SIZE);
    tcpip_put_be16(frame + 12, frame[12] % 4 >= 2   ? ETHERNET_IPV6
                               : frame[12] % 2 == 0 ? ETHERNET_IPV4
                                                    : ETHERNET_ARP);
}

/* Adds to the segment's own numbers, which are mostly small, what makes them matter. */
static void mend_tcp(uint8_t *tcp)
{
    tcpip_put_be16(tcp + 2, 80);
    tcp[0] = 0;
    tcp[1] %= 4;
    tcpip_put_be32(tcp + 4, tcp_expected + tcp[4] % 16u);
    tcpip_put_be32(tcp + 8, tcp_next + tcp[8] % 4u);
    tcp[12] = (uint8_t)(80 + tcp[12] % 32u);
}

static const uint8_t magic[4] = {0x63, 0x82, 0x53, 0x63};

/* A message of a server of leases as far as its fixed part goes. */
static void mend_lease(uint8_t *message, size_t size)
{
    if (size < 244)
        return;
    memcpy(message, (uint8_t[]){2, 1, 6}, 3);
    tcpip_put_be32(message + 4, lease_xid);
    memcpy(message + 28, netif.mac, NETIF_MAC_SIZE);
    memcpy(message + 236, magic, sizeof magic);
}

static void mend_lease6(uint8_t *message, size_t size)
{
    static const uint8_t client[] = {0, 1, 0, 10, 0, 3, 0, 1};

    if (size < 18)
        return;
    tcpip_put_be16(message + 1, (uint16_t)(lease6_xid / 256));
    message[3] = (uint8_t)lease6_xid;
    memcpy(message + 4, client, sizeof client);
    memcpy(message + 12, netif.mac, NETIF_MAC_SIZE);
}

/* The ports of a service, as the datagram's own bytes choose. */
static void mend_port(uint8_t *udp, size_t length)
{
    static const struct {
        uint16_t from, to;
    } services[] = {{67, 68},   {547, 546}, {5353, 5353}, {5355, 5355},
                    {137, 137}, {9, 4000},  {53, 0},      {50000, 5353}};
    unsigned choice = udp[3] % 8u;
    uint16_t asker = asking ? lookup.port.number : 4000;

    tcpip_put_be16(udp, services[choice].from);
    tcpip_put_be16(udp + 2, services[choice].to != 0 ? services[choice].to : asker);
    if (choice == 0)
        mend_lease(udp + 8, length - 8);
    if (choice == 1)
        mend_lease6(udp + 8, length - 8);
}

static void mend_transport(uint8_t *ip, size_t size, bool to_service)
{
    struct tcpip_address source = tcpip_address_from_ipv4(tcpip_get_be32(ip + 12));
    struct tcpip_address destination = tcpip_address_from_ipv4(tcpip_get_be32(ip + 16));
    size_t offset = ip[9] == 17 ? 6 : ip[9] == 6 ? 16 : 2;
    uint8_t *transport = ip + 20;
    size_t length = size - 20;

    if (length < 20)
        return;
    if (ip[9] == 17) {
        tcpip_put_be16(transport + 4, (uint16_t)length);
        if (asking && transport[2] % 2 == 0) /* an answer to the question */
            tcpip_put_be16(transport + 2, lookup.port.number);
        if (to_service)
            mend_port(transport, length);
    }
    if (ip[9] == 6)
        mend_tcp(transport);
    tcpip_put_be16(transport + offset, 0);
    uint32_t sum = ip[9] == 1 ? 0 : tcpip_checksum_pseudo(&source, &destination, ip[9], length);
    tcpip_put_be16(transport + offset,
                   tcpip_checksum_finish(tcpip_checksum_add(sum, transport, length)));
}

/* Ours, or a group or everybody that hears of it. */
static void mend_destination(uint8_t *frame, unsigned choice)
{
    static const uint32_t groups[] = {0xe0000001, 0xe00000fb, 0xe00000fc, 0x0a0000ff, 0xffffffff};
    uint32_t group = groups[choice % 5];

    tcpip_put_be32(frame + IP_AT + 16, choice < 250 ? own : group);
    if (choice < 250)
        return;
    memset(frame, 0xff, NETIF_MAC_SIZE);
    if (choice % 5 < 3)
        memcpy(frame, (uint8_t[]){1, 0, 0x5e, 0, 0, (uint8_t)group}, NETIF_MAC_SIZE);
}

static void mend_ip(uint8_t *frame, size_t length, unsigned flags)
{
    uint8_t *ip = frame + IP_AT;

    if (length < IP_AT + 20)
        return;
    if (ip[9] % 2 == 0)
        tcpip_put_be32(ip + 12, own + 1);
    ip[0] = 0x45;
    tcpip_put_be16(ip + 2, (uint16_t)(length - IP_AT));
    tcpip_put_be16(ip + 6, ip[1] % 4 == 3 ? tcpip_get_be16(ip + 6) & 0x2007 : 0); /* a piece */
    mend_destination(frame, ip[8]);
    if ((flags & MEND_TRANSPORT) != 0)
        mend_transport(ip, length - IP_AT, (flags & MEND_PORT) != 0);
    tcpip_put_be16(ip + 10, 0);
    tcpip_put_be16(ip + 10, tcpip_checksum_finish(tcpip_checksum_add(0, ip, 20)));
}

/* The address that the stack asks about, or has, as the packet's own bytes choose. */
static void mend_address6(uint8_t *at, unsigned choice)
{
    static const uint8_t near[16] = {0xfe, 0x80, [15] = 9};
    static const uint8_t all[16] = {0xff, 2, [15] = 1};
    static const uint8_t groups[4] = {1, 0xfb, 0x16, 1};

    switch (choice % 4) {
    case 0:
        memcpy(at, near, sizeof near);
        break;
    case 1:
        memcpy(at, end_point6.active.address.bytes, 16);
        break;
    case 2:
        memcpy(at, all, sizeof all);
        at[15] = groups[choice / 4 % 4];
        break;
    default:
        break;
    }
}

/* Checksums of what stands right behind the header, or behind one extension of eight bytes. */
static void mend_transport6(uint8_t *ip, size_t size, bool to_service)
{
    size_t at = ip[6] == 58 || ip[6] == 17 || ip[6] == 6 ? 40 : 48;
    uint8_t protocol = at == 40 ? ip[6] : ip[40];
    size_t offset = at + (protocol == 17 ? 6u : protocol == 6 ? 16u : 2u);
    struct tcpip_address source = tcpip_address_from_ipv6(ip + 8);
    struct tcpip_address destination = tcpip_address_from_ipv6(ip + 24);

    if (size < at + 20)
        return;
    if (protocol == 58 && ip[at] >= 133 && ip[at] <= 137) {
        ip[7] = 255;
        ip[at + 1] = 0;
        if (size >= at + 24)
            mend_address6(ip + at + 8, ip[at + 5]);
    }
    if (protocol == 17)
        tcpip_put_be16(ip + at + 4, (uint16_t)(size - at));
    if (protocol == 17 && to_service)
        mend_port(ip + at, size - at);
    if (protocol == 6)
        mend_tcp(ip + at);
    tcpip_put_be16(ip + offset, 0);
    uint32_t sum = tcpip_checksum_pseudo(&source, &destination, protocol, size - at);
    tcpip_put_be16(ip + offset, tcpip_checksum_finish(tcpip_checksum_add(sum, ip + at, size - at)));
}

static void mend_ip6(uint8_t *frame, size_t length, unsigned flags)
{
    uint8_t *ip = frame + IP_AT;

    if (length < IP_AT + 40)
        return;
    mend_address6(ip + 8, ip[1] % 4 == 1 ? 3u : ip[1]);
    mend_address6(ip + 24, ip[2] % 4 == 0 ? 1u : ip[2]);
    ip[0] = 0x60;
    tcpip_put_be16(ip + 4, (uint16_t)(length - IP_AT - 40));
    if ((flags & MEND_TRANSPORT) != 0)
        mend_transport6(ip, length - IP_AT, (flags & MEND_PORT) != 0);
    if (ip[24] == 0xff)
        memcpy(frame, (uint8_t[]){0x33, 0x33, 0, 0, 0, ip[39]}, NETIF_MAC_SIZE);
}

static void put_tag(struct netif_frame *frame, unsigned id)
{
    memmove(frame->data + VLAN_TAG_SIZE, frame->data, frame->length);
    frame->length = (uint16_t)(frame->length + VLAN_TAG_SIZE);
    vlan_insert(frame->data, vlan_tag((uint16_t)id, 0));
}

/* Mended or not, a frame from one of these sources comes by a tag. */
static bool comes_tagged(const uint8_t *bytes, size_t size)
{
    return size >= NETIF_HEADER_SIZE && bytes[6] % 16 == TAGGED_SOURCE;
}

static void receive(const uint8_t *bytes, size_t size, unsigned flags)
{
    struct netif_frame *frame = netif.stack->allocate(&netif, FRAME_MAX + VLAN_TAG_SIZE);

    if (frame == NULL)
        return;
    memcpy(frame->data, bytes, size);
    frame->length = (uint16_t)size;
    own = comes_tagged(bytes, size) ? TAGGED_OWN : OWN;
    if ((flags & MEND_LINK) != 0 && size >= NETIF_HEADER_SIZE)
        mend_link(frame->data);
    if ((flags & MEND_IP) != 0 && size >= NETIF_HEADER_SIZE &&
        tcpip_get_be16(frame->data + 12) == ETHERNET_IPV6)
        mend_ip6(frame->data, size, flags);
    else if ((flags & MEND_IP) != 0)
        mend_ip(frame->data, size, flags);
    if (comes_tagged(bytes, size))
        put_tag(frame, bytes[7] < 192 ? TAGGED_ID : bytes[7]);
    netif.stack->receive(&netif, frame);
    host_run(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    begin(size > 0 && (data[0] & USE_DHCP) != 0, size > 0 && (data[0] & USE_IPV6) != 0);
    for (int steps = 0; size >= 2 && steps < STEPS_MAX; steps++) {
        unsigned flags = data[0];
        size_t length = data[1] * 8u;

        data += 2;
        size -= 2;
        if (length > size)
            length = size;
        if (length > FRAME_MAX)
            length = FRAME_MAX;
        if ((flags & ASK) != 0)
            ask();
        receive(data, length, flags);
        if ((flags & PASS_TIME) != 0)
            host_run(1000);
        data += length;
        size -= length;
    }
    tcpip_tcp_unlisten(&listener);
    tcpip_stack_shutdown();
    if (!tcpip_frames_all_free() || !tcpip_timers_idle() || host_allocations != 0 || asking)
        abort();
    return 0;
}
