/* SPDX-License-Identifier: MIT */
/*
 * The table of neighbours: which station has which address on the link. The same for every family;
 * how one asks (ARP, neighbour discovery) is the family's.
 *
 * What keeps the table honest: an answer counts only while a question is open; nothing that was not
 * asked for replaces a live entry, it only has the entry verified at the station known so far; an
 * entry learnt unasked takes a free place or one long unused, never a gateway's. The table and the
 * frames waiting in it are bounded. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/address.h"
#include "netif.h"
#include "tcpip_end_point.h"

enum { TCPIP_NEIGHBOUR_WAITING_FRAMES = 3 };

/* How a pair of addresses came to our knowledge. */
enum tcpip_neighbour_news {
    TCPIP_NEIGHBOUR_ANSWERED, /* a reply */
    TCPIP_NEIGHBOUR_ASKED_US, /* a request for our address */
    TCPIP_NEIGHBOUR_SPOKE,    /* anything else, such as a gratuitous announcement */
};

/* How the neighbours of a family are asked. */
struct tcpip_neighbour_pace {
    uint32_t reachable_ms; /* so long an answer is believed */
    uint32_t delay_ms;     /* then, when a frame is sent, so long before asking again */
    uint32_t interval_ms;  /* between questions */
    uint8_t questions;     /* without an answer, and the neighbour is absent */
};

void tcpip_neighbours_init(void);

/* Sends an IP packet to a neighbour, as soon as its station is known. Takes the frame; false when
 * it was dropped at once. */
bool tcpip_neighbour_send(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                          struct netif_frame *frame);

/* Starts asking, unless the station is known or is being asked for. NULL: there is no room. */
struct neighbour *tcpip_neighbour_resolve(struct tcpip_end_point *end_point,
                                          const struct tcpip_address *address);

/* Takes in that `mac` says it has `address`; NULL: it does not say by which station. False: it was
 * not believed. */
bool tcpip_neighbour_learn(struct tcpip_end_point *end_point, const struct tcpip_address *address,
                           const uint8_t mac[NETIF_MAC_SIZE], enum tcpip_neighbour_news news);

/* The station, if it is known. */
bool tcpip_neighbour_lookup(const struct tcpip_interface *interface,
                            const struct tcpip_address *address, uint8_t mac[NETIF_MAC_SIZE]);

/* Drops the entries of one interface, or of all with NULL, and the frames that wait for them. */
void tcpip_neighbours_forget(const struct tcpip_interface *interface);

/* For a listing: entry `index` from 0; false behind the last place of the table. An empty place has
 * no family. */
bool tcpip_neighbour_at(size_t index, struct tcpip_address *address, uint8_t mac[NETIF_MAC_SIZE],
                        bool *known);
