/* SPDX-License-Identifier: MIT */
/* The end of the stack. */
#include "core/inbox.h"

#include "client/dhcp.h"
#include "client/dhcp6.h"
#include "client/dns.h"
#include "client/llmnr.h"
#include "client/mdns.h"
#include "client/nbns.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "tcp/tcp_ip.h"

void tcpip_stack_shutdown(void)
{
    struct tcpip_interface *interface;

    tcpip_dns_shutdown();
    tcpip_mdns_shutdown();
    tcpip_llmnr_shutdown();
    tcpip_nbns_shutdown();
    if (ipconfigUSE_TCP)
        tcpip_tcp_deinit(tcpip_tcp_host());
    for (interface = tcpip_interfaces(); interface != NULL; interface = interface->next) {
        tcpip_timer_stop(&interface->retry_start);
        tcpip_interface_set_link(interface, false);
        if (interface->started)
            interface->netif->driver->stop(interface->netif);
        interface->started = false;
        for (struct tcpip_end_point *end_point = interface->end_points; end_point != NULL;
             end_point = end_point->next) {
            tcpip_dhcp_stop(end_point);
            tcpip_dhcp6_stop(end_point);
        }
    }
    while (tcpip_inbox.frames != NULL) {
        struct netif_frame *frame = tcpip_inbox.frames;

        tcpip_inbox.frames = frame->next;
        tcpip_frame_release(frame);
    }
    tcpip_inbox.last_frame = &tcpip_inbox.frames;
    tcpip_interfaces_forget();
}
