/* SPDX-License-Identifier: MIT */
/*
 * A device without hardware: what is handed to it has arrived. It takes no memory beyond the frame itself.
 */
#include "link/loop.h"

#if ipconfigUSE_LOOPBACK

#include "core/end_point.h"
#include "core/stack.h"

static struct netif netif;
static struct tcpip_interface interface;
static struct tcpip_end_point ipv4;
#if ipconfigUSE_IPv6
static struct tcpip_end_point ipv6;
#endif

static bool start(struct netif *started)
{
    return true;
}

static void stop(struct netif *stopped)
{
}

static bool transmit(struct netif *sender, struct netif_frame *frame)
{
    sender->counters.tx_frames++;
    sender->counters.tx_bytes += frame->length;
    sender->counters.rx_frames++;
    sender->counters.rx_bytes += frame->length;
    sender->stack->receive(sender, frame);
    return true;
}

static enum netif_link link_state(struct netif *asked)
{
    return NETIF_LINK_UP;
}

void tcpip_loop_attach(void)
{
    static const struct netif_driver driver = {
        .name = "loop",
        .features = NETIF_RX_CHECKSUM_IP | NETIF_RX_CHECKSUM_L4 | NETIF_TX_CHECKSUM_IP,
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .link = link_state,
    };

    netif = (struct netif){.driver = &driver, .name = "lo", .mtu = ipconfigNETWORK_MTU};
    tcpip_stack_attach(&interface, &netif);
    interface.loops = true;
    ipv4 = (struct tcpip_end_point){
        .defaults = {.address = {TCPIP_IPV4, 0, {127, 0, 0, 1}}, .prefix = 8}};
    tcpip_end_point_link(&interface, &ipv4);
#if ipconfigUSE_IPv6
    ipv6 = (struct tcpip_end_point){
        .defaults = {.address = {TCPIP_IPV6, 0, {[15] = 1}}, .prefix = 128}};
    tcpip_end_point_link(&interface, &ipv6);
#endif
}

struct tcpip_interface *tcpip_loop(void)
{
    return interface.link_up ? &interface : NULL;
}

#endif
