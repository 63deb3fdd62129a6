/* SPDX-License-Identifier: MIT */
/*
 * The Ethernet controller LAN9118 and its relatives (LAN9115 … LAN9221) on a 32-bit bus, with their
 * internal PHY. Frames are moved by the CPU, straight between the stack's frames and the device's
 * FIFOs.
 *
 * The interrupt only masks itself and asks the stack for a poll; everything else happens in the stack's
 * task, so the driver needs no lock.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

struct lan9118_config {
    uintptr_t base;                /* of its registers */
    const char *name;              /* "eth0" */
    uint8_t mac[NETIF_MAC_SIZE];   /* where the device has none of its own */
    void (*enable_line)(bool yes); /* lets the device's interrupt in, or holds it off */
};

/* What else than netif_counters went wrong, for whoever looks. */
struct lan9118_counters {
    uint32_t bad_crc, runts, giants, bad_lengths, filtered;
    uint32_t receiver_restarts, transmitter_restarts;
};

struct lan9118 {
    struct netif netif;
    const struct lan9118_config *config;
    struct lan9118_counters counters;
    uint32_t mac_control; /* MAC_CR without the enabling bits */
    enum netif_link link;
    bool started;
};

/* An interface over the device, not yet started. Both structures must stay. */
struct netif *lan9118_create(struct lan9118 *device, const struct lan9118_config *config);

/* The device's interrupt handler calls this. True: a task of higher priority became ready. */
bool lan9118_interrupt(struct lan9118 *device);
