/* SPDX-License-Identifier: MIT */
/*
 * Ethernet: which frames are for us, and the header of those we send. Only the stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tcpip_end_point.h"
#include "wire/ethernet.h"

/* A received frame goes to ARP or IP, or is dropped with its reason. Takes the frame. */
void tcpip_ethernet_input(struct tcpip_interface *interface, struct netif_frame *frame);

/* When not NULL: called with a frame, from its Ethernet header on, whose type nobody knows. True: it
 * has taken the frame. */
extern bool (*tcpip_ethernet_other)(struct tcpip_interface *interface, struct netif_frame *frame);

/* Puts the header in front and gives the frame to the driver. Takes the frame in any case; false
 * when it was dropped. */
bool tcpip_ethernet_output(struct tcpip_interface *interface, struct netif_frame *frame,
                           const uint8_t destination[NETIF_MAC_SIZE], uint16_t type);
