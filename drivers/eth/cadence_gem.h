/* SPDX-License-Identifier: MIT */
/*
 * Cadence's Gigabit Ethernet MAC as the Zynq-7000 has it, with a PHY at its management port. Frames are
 * sent from where they lie. They are received into the device's ring, whose buffers have the size that
 * its DMA wants, and copied once.
 *
 * The interrupt only ends and masks itself and asks the stack for a poll; everything else happens in the stack's
 * task, so the driver needs no lock. Memory must be the same for the CPU and for the device: not cached,
 * or coherent.
 *
 * The device does not interrupt when the cable is pulled out: whoever has it asks for a poll from time
 * to time (netif->stack->schedule_poll), at which the link is looked at.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

enum { GEM_RX_SLOTS = 16, GEM_TX_SLOTS = 32, GEM_BUFFER_SIZE = 1536 };

struct cadence_gem_config {
    uintptr_t base;   /* of its registers */
    const char *name; /* "eth0" */
    uint8_t mac[NETIF_MAC_SIZE];
    void (*enable_line)(bool yes);        /* lets the device's interrupt in, or holds it off */
    void (*set_speed)(unsigned megabits); /* sets the clock that the speed needs; or NULL */
};

/* What else than netif_counters went wrong, for whoever looks. */
struct cadence_gem_counters {
    uint32_t bad_fcs, runts, giants, bad_lengths, fragments;
    uint32_t receiver_restarts, transmitter_restarts;
};

struct gem_descriptor {
    volatile uint32_t address, control;
};

struct cadence_gem {
    struct gem_descriptor rx_ring[GEM_RX_SLOTS] __attribute__((aligned(8)));
    struct gem_descriptor tx_ring[GEM_TX_SLOTS];
    uint8_t buffers[GEM_RX_SLOTS][GEM_BUFFER_SIZE] __attribute__((aligned(64)));
    struct netif netif;
    const struct cadence_gem_config *config;
    struct cadence_gem_counters counters;
    struct netif_frame *sending[GEM_TX_SLOTS]; /* at the last descriptor of each frame */
    unsigned rx_next, tx_next, tx_oldest, tx_used;
    uint32_t net_config;
    unsigned phy; /* its address */
    enum netif_link link;
    bool started;
};

/* An interface over the device, not yet started. Both structures must stay. */
struct netif *cadence_gem_create(struct cadence_gem *device,
                                 const struct cadence_gem_config *config);

/* The device's interrupt handler calls this. True: a task of higher priority became ready. */
bool cadence_gem_interrupt(struct cadence_gem *device);
