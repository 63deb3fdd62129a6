/* SPDX-License-Identifier: MIT */
/*
 * A switch of two ports, for kernels without 8021q: a wire on which the frames of one network have a tag,
 * and a TAP of its own on which they have none.
 */
#include "peer.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { FRAME_MAX = 2000, STATIONS = 12, TAG = 4, ID_MASK = 0xfff };

static int open_tap(const char *name)
{
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    int tap = open("/dev/net/tun", O_RDWR);

    snprintf(request.ifr_name, sizeof request.ifr_name, "%s", name);
    if (tap < 0 || ioctl(tap, TUNSETIFF, &request) != 0)
        peer_fail("the TAP");
    return tap;
}

static int open_wire(const char *name)
{
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
    int wire = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), yes = 1;

    address.sll_ifindex = (int)if_nametoindex(name);
    if (wire < 0 || setsockopt(wire, SOL_PACKET, PACKET_AUXDATA, &yes, sizeof yes) != 0 ||
        bind(wire, (struct sockaddr *)&address, sizeof address) != 0)
        peer_fail("the wire");
    return wire;
}

/* The kernel takes a tag off and tells it beside the frame. -1: there was none. */
static int tag_beside(struct msghdr *message)
{
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL;
         part = CMSG_NXTHDR(message, part)) {
        struct tpacket_auxdata data;

        if (part->cmsg_level != SOL_PACKET || part->cmsg_type != PACKET_AUXDATA)
            continue;
        memcpy(&data, CMSG_DATA(part), sizeof data);
        if ((data.tp_status & TP_STATUS_VLAN_VALID) != 0)
            return data.tp_vlan_tci;
    }
    return -1;
}

static void from_wire(int wire, int tap, uint32_t id)
{
    uint8_t bytes[FRAME_MAX];
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
    struct sockaddr_ll from;
    struct iovec part = {bytes, sizeof bytes};
    struct msghdr message = {.msg_name = &from,
                             .msg_namelen = sizeof from,
                             .msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    ssize_t size = recvmsg(wire, &message, 0);
    int tag = size > 0 ? tag_beside(&message) : -1;

    if (tag < 0 || from.sll_pkttype == PACKET_OUTGOING || (uint32_t)(tag & ID_MASK) != id)
        return;
    if (write(tap, bytes, (size_t)size) != size)
        peer_fail("write to the TAP");
}

static void from_tap(int wire, int tap, uint32_t id)
{
    uint8_t bytes[FRAME_MAX];
    ssize_t size = read(tap, bytes + TAG, sizeof bytes - TAG);

    if (size < STATIONS)
        return;
    memmove(bytes, bytes + TAG, STATIONS);
    bytes[STATIONS] = ETH_P_8021Q / 256;
    bytes[STATIONS + 1] = ETH_P_8021Q % 256;
    bytes[STATIONS + 2] = (uint8_t)(id / 256);
    bytes[STATIONS + 3] = (uint8_t)id;
    (void)!send(wire, bytes, (size_t)size + TAG, 0); /* a wire may lose what it has no room for */
}

int peer_trunk(void)
{
    int tap = open_tap(peer_text("tap", "")), wire = open_wire(peer_text("wire", ""));
    uint32_t id = peer_number("id", 1);
    struct pollfd waits[] = {{.fd = wire, .events = POLLIN}, {.fd = tap, .events = POLLIN}};

    peer_say_ready();
    while (poll(waits, 2, -1) > 0) {
        if (waits[0].revents != 0)
            from_wire(wire, tap, id);
        if (waits[1].revents != 0)
            from_tap(wire, tap, id);
    }
    peer_fail("poll");
}
