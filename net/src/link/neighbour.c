/* SPDX-License-Identifier: MIT */
/*
 * An entry's life: free → asking (broadcast, frames wait) → known → verifying (asks the known
 * station alone) → known, or free again. RFC 1122 2.3.2.1 on time-outs, RFC 4861 7.3 for the shape.
 */
#include "link/neighbour.h"

#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/timer.h"
#include "ip/ip.h"
#include "link/ethernet.h"

enum state { FREE, ASKING, KNOWN, VERIFYING };

enum { ASK_INTERVAL_MS = 1000, LONG_UNUSED_MS = 60000 };

#define LIFE_MS (ipconfigMAX_ARP_AGE * 10000u)

struct neighbour {
    enum state state;
    uint8_t asked; /* times since the state was entered */
    uint8_t mac[NETIF_MAC_SIZE];
    uint8_t waiting_count;
    bool used; /* since it was last verified */
    uint32_t last_used;
    struct tcpip_end_point *end_point;
    struct tcpip_address address;
    struct netif_frame *waiting;
    struct tcpip_timer timer;
};

static struct neighbour table[ipconfigARP_CACHE_ENTRIES];

static void timed_out(void *context);

void tcpip_neighbours_init(void)
{
    for (size_t i = 0; i < ipconfigARP_CACHE_ENTRIES; i++) {
        table[i] = (struct neighbour){.state = FREE};
        tcpip_timer_init(&table[i].timer, timed_out, &table[i]);
    }
}

static struct neighbour *find(const struct tcpip_interface *interface,
                              const struct tcpip_address *address)
{
    for (size_t i = 0; i < ipconfigARP_CACHE_ENTRIES; i++)
        if (table[i].state != FREE && table[i].end_point->interface == interface &&
            tcpip_address_equal(&table[i].address, address))
            return &table[i];
    return NULL;
}

static void clear(struct neighbour *entry, enum tcpip_drop reason)
{
    while (entry->waiting != NULL) {
        struct netif_frame *frame = entry->waiting;

        entry->waiting = frame->next;
        tcpip_drop(frame, reason);
    }
    entry->waiting_count = 0;
    entry->state = FREE;
    tcpip_timer_stop(&entry->timer);
}

static bool is_gateway(const struct neighbour *entry)
{
    return tcpip_address_equal(&entry->address, &entry->end_point->active.gateway);
}

static uint32_t unused_for(const struct neighbour *entry)
{
    return tcpip_os_now() - entry->last_used;
}

/* A free entry, or the one unused for longest and for at least `unused`, cleared; never one that
 * leads to a gateway. NULL if there is none. */
static struct neighbour *make_room(uint32_t unused)
{
    struct neighbour *oldest = NULL;

    for (size_t i = 0; i < ipconfigARP_CACHE_ENTRIES; i++) {
        struct neighbour *entry = &table[i];

        if (entry->state == FREE)
            return entry;
        if (!is_gateway(entry) && unused_for(entry) >= unused &&
            (oldest == NULL || unused_for(entry) > unused_for(oldest)))
            oldest = entry;
    }
    if (oldest != NULL)
        clear(oldest, TCPIP_DROP_NEIGHBOUR_TABLE);
    return oldest;
}

static void enter(struct neighbour *entry, struct tcpip_end_point *end_point,
                  const struct tcpip_address *address)
{
    entry->end_point = end_point;
    entry->address = *address;
    entry->asked = 0;
    entry->used = false;
    entry->last_used = tcpip_os_now();
}

static void ask(struct neighbour *entry)
{
    entry->asked++;
    tcpip_ip_solicit(entry->end_point, &entry->address,
                     entry->state == VERIFYING ? entry->mac : NULL);
    tcpip_timer_start(&entry->timer, ASK_INTERVAL_MS);
}

static void verify(struct neighbour *entry)
{
    entry->state = VERIFYING;
    entry->asked = 0;
    ask(entry);
}

static void know(struct neighbour *entry, const uint8_t mac[NETIF_MAC_SIZE])
{
    memcpy(entry->mac, mac, NETIF_MAC_SIZE);
    entry->state = KNOWN;
    entry->used = false;
    tcpip_timer_start(&entry->timer, LIFE_MS);
}

static void send_waiting(struct neighbour *entry)
{
    struct netif_frame *frame = entry->waiting;

    entry->waiting = NULL;
    entry->waiting_count = 0;
    while (frame != NULL) {
        struct netif_frame *next = frame->next;

        frame->next = NULL;
        tcpip_ethernet_output(entry->end_point->interface, frame, entry->mac,
                              tcpip_ip_ethernet_type(entry->address.family));
        frame = next;
    }
}

static void timed_out(void *context)
{
    struct neighbour *entry = context;

    if (entry->state == KNOWN && (entry->used || is_gateway(entry)))
        verify(entry);
    else if (entry->state == KNOWN || entry->asked >= ipconfigMAX_ARP_RETRANSMISSIONS)
        clear(entry, TCPIP_DROP_NEIGHBOUR_ABSENT);
    else
        ask(entry);
}

static struct neighbour *find_or_ask(struct tcpip_end_point *end_point,
                                     const struct tcpip_address *address)
{
    struct neighbour *entry = find(end_point->interface, address);

    if (entry != NULL)
        return entry;
    entry = make_room(0);
    if (entry != NULL) {
        enter(entry, end_point, address);
        entry->state = ASKING;
        ask(entry);
    }
    return entry;
}

static bool keep_waiting(struct neighbour *entry, struct netif_frame *frame)
{
    struct netif_frame **last = &entry->waiting;

    if (entry->waiting_count >= TCPIP_NEIGHBOUR_WAITING_FRAMES || !tcpip_frame_gather(frame)) {
        tcpip_drop(frame, TCPIP_DROP_NEIGHBOUR_QUEUE);
        return false;
    }
    while (*last != NULL)
        last = &(*last)->next;
    frame->next = NULL;
    *last = frame;
    entry->waiting_count++;
    return true;
}

bool tcpip_neighbour_send(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                          struct netif_frame *frame)
{
    struct neighbour *entry = find_or_ask(end_point, address);

    if (entry == NULL) {
        tcpip_drop(frame, TCPIP_DROP_NEIGHBOUR_TABLE);
        return false;
    }
    entry->used = true;
    entry->last_used = tcpip_os_now();
    if (entry->state == ASKING)
        return keep_waiting(entry, frame);
    return tcpip_ethernet_output(end_point->interface, frame, entry->mac,
                                 tcpip_ip_ethernet_type(address->family));
}

void tcpip_neighbour_resolve(struct tcpip_end_point *end_point, const struct tcpip_address *address)
{
    find_or_ask(end_point, address);
}

/* Unasked-for knowledge about an address that has no entry. */
static bool learn_new(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                      const uint8_t mac[NETIF_MAC_SIZE], enum tcpip_neighbour_news news)
{
    struct neighbour *entry = news == TCPIP_NEIGHBOUR_ASKED_US ? make_room(LONG_UNUSED_MS) : NULL;

    if (entry == NULL)
        return false;
    enter(entry, end_point, address);
    know(entry, mac);
    return true;
}

bool tcpip_neighbour_learn(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                           const uint8_t mac[NETIF_MAC_SIZE], enum tcpip_neighbour_news news)
{
    struct neighbour *entry = find(end_point->interface, address);

    if (entry == NULL)
        return learn_new(end_point, address, mac, news);
    if (entry->state == ASKING) {
        if (news == TCPIP_NEIGHBOUR_SPOKE)
            return false;
        know(entry, mac);
        send_waiting(entry);
        return true;
    }
    if (ethernet_equal(entry->mac, mac)) {
        if (entry->state == VERIFYING && news == TCPIP_NEIGHBOUR_ANSWERED)
            know(entry, mac);
        return true;
    }
    if (entry->state == KNOWN)
        verify(entry);
    return false;
}

bool tcpip_neighbour_lookup(const struct tcpip_interface *interface,
                            const struct tcpip_address *address, uint8_t mac[NETIF_MAC_SIZE])
{
    const struct neighbour *entry = find(interface, address);

    if (entry == NULL || entry->state == ASKING)
        return false;
    memcpy(mac, entry->mac, NETIF_MAC_SIZE);
    return true;
}

void tcpip_neighbours_forget(const struct tcpip_interface *interface)
{
    for (size_t i = 0; i < ipconfigARP_CACHE_ENTRIES; i++)
        if (table[i].state != FREE &&
            (interface == NULL || table[i].end_point->interface == interface))
            clear(&table[i], TCPIP_DROP_NEIGHBOUR_ABSENT);
}

bool tcpip_neighbour_at(size_t index, struct tcpip_address *address, uint8_t mac[NETIF_MAC_SIZE],
                        bool *known)
{
    if (index >= ipconfigARP_CACHE_ENTRIES)
        return false;
    const struct neighbour *entry = &table[index];
    *known = entry->state == KNOWN || entry->state == VERIFYING;
    *address = entry->state == FREE ? (struct tcpip_address){0} : entry->address;
    memcpy(mac, entry->mac, NETIF_MAC_SIZE);
    return true;
}
