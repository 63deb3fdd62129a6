/* SPDX-License-Identifier: MIT */
/*
 * The inbox and its working off. Everything in the inbox, and the two flags of an interface that
 * drivers set, is read and written with interrupts masked, for a few instructions each.
 */
#include "core/stack.h"

#include <string.h>

#include "client/dhcp.h"
#include "client/dhcp6.h"
#include "client/dns.h"
#include "client/llmnr.h"
#include "client/mdns.h"
#include "client/nbns.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/inbox.h"
#include "core/os.h"
#include "core/path.h"
#include "ip/fragment.h"
#include "ip/group.h"
#include "ip/icmp.h"
#include "ip/ip.h"
#include "ip/raw.h"
#include "ip/router.h"
#include "link/ethernet.h"
#include "link/frame_port.h"
#include "link/neighbour.h"
#include "link/vlan.h"
#include "tcp/tcp_ip.h"
#include "udp/udp.h"

enum { RETRY_START_MS = 3000 };

struct tcpip_inbox tcpip_inbox;

/* With interrupts masked: one more waits. */
static void count_put(void)
{
    if (!ipconfigCHECK_IP_QUEUE_SPACE)
        return;
    tcpip_inbox.put++;
    if (tcpip_inbox.put - tcpip_inbox.done > tcpip_inbox.deepest)
        tcpip_inbox.deepest = tcpip_inbox.put - tcpip_inbox.done;
}

static void count_done(void)
{
    if (ipconfigCHECK_IP_QUEUE_SPACE)
        tcpip_inbox.done++;
}

static void inbox_init(void)
{
    tcpip_inbox.frames = NULL;
    tcpip_inbox.last_frame = &tcpip_inbox.frames;
    tcpip_inbox.requests = NULL;
    tcpip_inbox.last_request = &tcpip_inbox.requests;
    if (ipconfigCHECK_IP_QUEUE_SPACE)
        tcpip_inbox.put = tcpip_inbox.done = tcpip_inbox.deepest = 0;
}

/* Out of line: its two callers differ in how they wake. */
__attribute__((noinline)) static void put_frame(struct netif *netif, struct netif_frame *frame)
{
    uint32_t state = tcpip_os_mask();

    frame->netif = netif;
    frame->next = NULL;
    *tcpip_inbox.last_frame = frame;
    tcpip_inbox.last_frame = &frame->next;
    count_put();
    tcpip_os_unmask(state);
}

static void note(bool *flag)
{
    uint32_t state = tcpip_os_mask();

    *flag = true;
    tcpip_os_unmask(state);
}

/* One that is set a moment later wakes the task again. */
static bool take_note(bool *flag)
{
    if (!*(volatile bool *)flag)
        return false;
    uint32_t state = tcpip_os_mask();
    *flag = false;
    tcpip_os_unmask(state);
    return true;
}

static struct netif_frame *stack_allocate(struct netif *netif, size_t capacity)
{
    return tcpip_frame_allocate(TCPIP_FRAME_ALIGNMENT, capacity);
}

static void stack_receive(struct netif *netif, struct netif_frame *frame)
{
    put_frame(netif, frame);
    tcpip_os_wake();
}

static bool stack_receive_from_isr(struct netif *netif, struct netif_frame *frame)
{
    put_frame(netif, frame);
    return tcpip_os_wake_from_isr();
}

static void stack_schedule_poll(struct netif *netif)
{
    struct tcpip_interface *interface = netif->stack_context;

    note(&interface->wants_poll);
    tcpip_os_wake();
}

static bool stack_schedule_poll_from_isr(struct netif *netif)
{
    struct tcpip_interface *interface = netif->stack_context;

    note(&interface->wants_poll);
    return tcpip_os_wake_from_isr();
}

static void stack_link_changed(struct netif *netif, enum netif_link link)
{
    struct tcpip_interface *interface = netif->stack_context;

    note(&interface->link_changed);
    tcpip_os_wake();
}

static bool stack_link_changed_from_isr(struct netif *netif, enum netif_link link)
{
    struct tcpip_interface *interface = netif->stack_context;

    note(&interface->link_changed);
    return tcpip_os_wake_from_isr();
}

const struct netif_stack tcpip_netif_stack = {
    .allocate = stack_allocate,
    .release = tcpip_frame_release,
    .receive = stack_receive,
    .receive_from_isr = stack_receive_from_isr,
    .schedule_poll = stack_schedule_poll,
    .schedule_poll_from_isr = stack_schedule_poll_from_isr,
    .link_changed = stack_link_changed,
    .link_changed_from_isr = stack_link_changed_from_isr,
};

void tcpip_stack_init(void)
{
    inbox_init();
    tcpip_frames_init();
    tcpip_interfaces_forget();
    tcpip_vlans_init();
    tcpip_frame_ports_init();
    tcpip_neighbours_init();
    tcpip_ip_init();
    tcpip_groups_init();
    tcpip_fragments_init();
    tcpip_raw_init();
    tcpip_router_init();
    tcpip_path_init();
    tcpip_icmp_init();
    tcpip_udp_init();
    tcpip_dns_init();
    tcpip_mdns_init();
    tcpip_llmnr_init();
    tcpip_nbns_init();
}

static void start_interface(void *context)
{
    struct tcpip_interface *interface = context;
    struct netif *netif = interface->netif;

    interface->started = netif->driver->start(netif);
    if (interface->started)
        stack_link_changed(netif, NETIF_LINK_UP); /* the driver is asked which it is */
    else
        tcpip_timer_start(&interface->retry_start, RETRY_START_MS);
}

void tcpip_stack_attach(struct tcpip_interface *interface, struct netif *netif)
{
    *interface = (struct tcpip_interface){.netif = netif,
                                          .features = (uint8_t)netif->driver->features};
    netif->stack = &tcpip_netif_stack;
    netif->stack_context = interface;
    tcpip_timer_init(&interface->retry_start, start_interface, interface);
    tcpip_interface_link(interface);
    tcpip_timer_start(&interface->retry_start, 0);
}

static void tend_interfaces(void)
{
    struct tcpip_interface *interface;

    for (interface = tcpip_interfaces(); interface != NULL; interface = interface->next) {
        struct netif *netif = interface->netif;

        if (!interface->started)
            continue;
        if (take_note(&interface->wants_poll) && netif->driver->poll != NULL)
            netif->driver->poll(netif);
        if (take_note(&interface->link_changed))
            tcpip_interface_set_link(interface, netif->driver->link(netif) == NETIF_LINK_UP);
    }
}

static void work_off_frames(void)
{
    uint32_t state = tcpip_os_mask();
    struct netif_frame *frame = tcpip_inbox.frames;

    tcpip_inbox.frames = NULL;
    tcpip_inbox.last_frame = &tcpip_inbox.frames;
    tcpip_os_unmask(state);
    while (frame != NULL) {
        struct netif_frame *next = frame->next;

        frame->next = NULL;
        count_done();
        tcpip_ethernet_input(frame->netif->stack_context, frame);
        frame = next;
    }
}

static void work_off_requests(void)
{
    if (tcpip_inbox.requests == NULL) /* one that is put now wakes the task again */
        return;
    uint32_t state = tcpip_os_mask();
    struct tcpip_request *request = tcpip_inbox.requests;

    tcpip_inbox.requests = NULL;
    tcpip_inbox.last_request = &tcpip_inbox.requests;
    tcpip_os_unmask(state);
    while (request != NULL) {
        struct tcpip_request *next = request->next; /* run may end its life */

        count_done();
        request->run(request);
        request = next;
    }
}

/* TCP's engine goes by it until it is looked at again. */
static uint32_t look_at_clock(void)
{
    uint32_t now = tcpip_os_now();

    if (ipconfigUSE_TCP)
        tcpip_tcp_host()->now = now;
    return now;
}

uint32_t tcpip_stack_step(void)
{
    (void)look_at_clock();
    tend_interfaces();
    work_off_frames();
    work_off_requests();
    uint32_t wait = tcpip_timers_run(look_at_clock());
    return tcpip_inbox.frames != NULL || tcpip_inbox.requests != NULL ? 0 : wait;
}

void tcpip_stack_put(struct tcpip_request *request)
{
    uint32_t state = tcpip_os_mask();

    request->next = NULL;
    *tcpip_inbox.last_request = request;
    tcpip_inbox.last_request = &request->next;
    count_put();
    tcpip_os_unmask(state);
}

void tcpip_stack_post(struct tcpip_request *request)
{
    tcpip_stack_put(request);
    tcpip_os_wake();
}
