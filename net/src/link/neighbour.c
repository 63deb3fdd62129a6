/* SPDX-License-Identifier: MIT */
/*
 * An entry's life (RFC 4861 7.3, RFC 1122 2.3.2.1): free → asking (everybody; frames wait) → known →
 * stale, after a time without news → delayed, when a frame is sent → verifying (asks the known
 * station alone) → known, or free again. A stale entry lasts until its place is needed. With ARP the
 * delay is nothing.
 */
#include "link/neighbour.h"

#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"
#include "core/path.h"
#include "ip/ip.h"
#include "ip/nd.h"
#include "ip/router.h"
#include "link/arp.h"
#include "link/ethernet.h"
#include "link/neighbour_table.h"

enum { LONG_UNUSED_MS = 60000, ARP_INTERVAL_MS = 1000 };

struct neighbour tcpip_neighbours[TCPIP_NEIGHBOURS];

#define BEHIND (tcpip_neighbours + TCPIP_NEIGHBOURS) /* the last */

static struct tcpip_timer timer; /* of the entry that is due first */

static void timed_out(void *context);

void tcpip_neighbours_init(void)
{
    memset(tcpip_neighbours, 0, sizeof tcpip_neighbours);
    tcpip_timer_init(&timer, timed_out, NULL);
}

struct neighbour *tcpip_neighbour_find(const struct tcpip_interface *interface,
                                       const struct tcpip_address *address)
{
    for (struct neighbour *entry = tcpip_neighbours; entry < BEHIND; entry++)
        if (entry->state != FREE && entry->end_point->interface == interface &&
            tcpip_address_equal(&entry->address, address))
            return entry;
    return NULL;
}

static void clear(struct neighbour *entry, enum tcpip_drop reason)
{
    while (entry->waiting != NULL) {
        struct netif_frame *frame = entry->waiting;

        entry->waiting = frame->next;
        tcpip_drop(frame, reason);
    }
    entry->state = FREE;
}

static bool is_gateway(const struct neighbour *entry)
{
    return tcpip_address_equal(&entry->address, &entry->end_point->active.gateway) ||
           tcpip_router_is(entry->end_point->interface, &entry->address);
}

static const struct tcpip_neighbour_pace arp_pace = {
    .reachable_ms = ipconfigMAX_ARP_AGE * 10000u,
    .interval_ms = ARP_INTERVAL_MS,
    .questions = ipconfigMAX_ARP_RETRANSMISSIONS,
};

static const struct tcpip_neighbour_pace *pace_of(const struct neighbour *entry)
{
    return tcpip_address_is_ipv6(&entry->address) ? tcpip_nd_pace(entry->end_point->interface)
                                                  : &arp_pace;
}

/* A free entry, or the one unused for longest and for at least `unused`, cleared; never one that
 * leads to a gateway. NULL if there is none. */
static struct neighbour *make_room(uint32_t now, uint32_t unused)
{
    struct neighbour *oldest = NULL;
    uint32_t longest = unused;

    for (struct neighbour *entry = tcpip_neighbours; entry < BEHIND; entry++) {
        if (entry->state == FREE)
            return entry;
        if (!is_gateway(entry) && now - entry->last_used >= longest) {
            longest = now - entry->last_used;
            oldest = entry;
        }
    }
    if (oldest != NULL)
        clear(oldest, TCPIP_DROP_NEIGHBOUR_TABLE);
    return oldest;
}

static bool has_end(const struct neighbour *entry)
{
    return entry->state != FREE && entry->state != STALE;
}

/* The timer may come for an entry that has changed since: then it finds nothing to do. */
static void end_after(struct neighbour *entry, uint32_t ms)
{
    entry->due = tcpip_os_now() + ms;
    if (!tcpip_timer_running(&timer) || !tcpip_time_reached(entry->due, timer.deadline.when))
        tcpip_timer_start(&timer, ms);
}

/* In a place for which there is room; NULL: there is none. */
static struct neighbour *enter(struct tcpip_end_point *end_point,
                               const struct tcpip_address *address, uint32_t unused)
{
    uint32_t now = tcpip_os_now();
    struct neighbour *entry = make_room(now, unused);

    if (entry == NULL)
        return NULL;
    entry->end_point = end_point;
    entry->address = *address;
    entry->asked = 0;
    entry->last_used = now;
    return entry;
}

static void ask(struct neighbour *entry)
{
    entry->asked++;
    end_after(entry, pace_of(entry)->interval_ms);
    tcpip_ip_solicit(entry->end_point, &entry->address,
                     entry->state == VERIFYING ? entry->mac : NULL);
}

static void verify(struct neighbour *entry)
{
    entry->state = VERIFYING;
    entry->asked = 0;
    ask(entry);
}

static void know(struct neighbour *entry, const uint8_t mac[NETIF_MAC_SIZE])
{
    memmove(entry->mac, mac, NETIF_MAC_SIZE); /* perhaps its own */
    entry->state = KNOWN;
    end_after(entry, pace_of(entry)->reachable_ms);
}

static void send_waiting(struct neighbour *entry)
{
    struct netif_frame *frame = entry->waiting;

    entry->waiting = NULL;
    while (frame != NULL) {
        struct netif_frame *next = frame->next;

        frame->next = NULL;
        tcpip_ethernet_output(entry->end_point->interface, frame, entry->mac,
                              tcpip_ip_ethernet_type(entry->address.family));
        frame = next;
    }
}

static void give_up(struct neighbour *entry)
{
    clear(entry, TCPIP_DROP_NEIGHBOUR_ABSENT);
    tcpip_path_hop_lost(entry->end_point->interface, &entry->address);
}

static void end_state(struct neighbour *entry)
{
    if (entry->state == KNOWN)
        entry->state = STALE;
    else if (entry->state == DELAYED)
        verify(entry);
    else if (entry->asked >= pace_of(entry)->questions)
        give_up(entry);
    else
        ask(entry);
}

static void timed_out(void *context)
{
    uint32_t now = tcpip_os_now();

    tcpip_timer_stop(&timer);
    for (size_t i = 0; i < TCPIP_NEIGHBOURS; i++) {
        struct neighbour *entry = &tcpip_neighbours[i];

        if (has_end(entry) && tcpip_time_reached(now, entry->due))
            end_state(entry);
        else if (has_end(entry))
            end_after(entry, entry->due - now);
    }
}

struct neighbour *tcpip_neighbour_resolve(struct tcpip_end_point *end_point,
                                          const struct tcpip_address *address)
{
    struct neighbour *entry = tcpip_neighbour_find(end_point->interface, address);

    if (entry != NULL)
        return entry;
    entry = enter(end_point, address, 0);
    if (entry != NULL) {
        entry->state = ASKING;
        ask(entry);
    }
    return entry;
}

static bool keep_waiting(struct neighbour *entry, struct netif_frame *frame)
{
    struct netif_frame **last = &entry->waiting;
    int count = 0;

    for (; *last != NULL; last = &(*last)->next)
        count++;
    if (count >= TCPIP_NEIGHBOUR_WAITING_FRAMES || !tcpip_frame_gather(frame)) {
        tcpip_drop(frame, TCPIP_DROP_NEIGHBOUR_QUEUE);
        return false;
    }
    frame->next = NULL;
    *last = frame;
    return true;
}

bool tcpip_neighbour_send(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                          struct netif_frame *frame)
{
    struct neighbour *entry = tcpip_neighbour_resolve(end_point, address);

    if (entry == NULL) {
        tcpip_drop(frame, TCPIP_DROP_NEIGHBOUR_TABLE);
        return false;
    }
    entry->last_used = tcpip_os_now();
    if (entry->state == ASKING)
        return keep_waiting(entry, frame);
    if (entry->state == STALE) {
        entry->state = DELAYED;
        end_after(entry, pace_of(entry)->delay_ms);
    }
    return tcpip_ethernet_output(end_point->interface, frame, entry->mac,
                                 tcpip_ip_ethernet_type(address->family));
}

/* Unasked-for knowledge about an address that has no entry. */
static bool learn_new(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t mac[NETIF_MAC_SIZE], enum tcpip_neighbour_news news)
{
    struct neighbour *entry = NULL;

    if (news == TCPIP_NEIGHBOUR_ASKED_US)
        entry = enter(end_point, address, LONG_UNUSED_MS);
    if (entry == NULL)
        return false;
    know(entry, mac);
    if (tcpip_address_is_ipv6(address)) /* RFC 4861 7.2.3: heard, but not known to hear us */
        entry->state = STALE;
    return true;
}

bool tcpip_neighbour_learn(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                           const uint8_t mac[NETIF_MAC_SIZE], enum tcpip_neighbour_news news)
{
    struct neighbour *entry = tcpip_neighbour_find(end_point->interface, address);

    if (entry == NULL)
        return mac != NULL && learn_new(end_point, address, mac, news);
    if (entry->state == ASKING) {
        if (mac == NULL || news == TCPIP_NEIGHBOUR_SPOKE)
            return false;
        know(entry, mac);
        send_waiting(entry);
        return true;
    }
    if (mac == NULL || ethernet_equal(entry->mac, mac)) {
        if (entry->state == VERIFYING && news == TCPIP_NEIGHBOUR_ANSWERED)
            know(entry, entry->mac);
        return true;
    }
    if (entry->state != VERIFYING)
        verify(entry);
    return false;
}

void tcpip_neighbours_forget(const struct tcpip_interface *interface)
{
    for (struct neighbour *entry = tcpip_neighbours; entry < BEHIND; entry++)
        if (entry->state != FREE && (interface == NULL || entry->end_point->interface == interface))
            clear(entry, TCPIP_DROP_NEIGHBOUR_ABSENT);
    timed_out(NULL); /* for those that are left */
}
