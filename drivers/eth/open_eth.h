/* SPDX-License-Identifier: MIT */
/*
 * The Ethernet MAC of OpenCores (IP core specification, revision 1.19), on a bus of 32 bits. The device
 * moves frames by itself, through a ring of descriptors each way.
 *
 * The interrupt only masks itself and asks the stack for a poll; everything else happens in the stack's
 * task, so the driver needs no lock. The device has no interrupt for the link: it is looked at whenever
 * the stack asks and at every poll.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

enum { OPEN_ETH_TX_RING = 8, OPEN_ETH_RX_RING = 8, OPEN_ETH_RX_SIZE = 1536 };

struct open_eth_config {
    uintptr_t base;                /* of its registers; the descriptors are 0x400 behind it */
    const char *name;              /* "eth0" */
    uint8_t mac[NETIF_MAC_SIZE];   /* where the device was given none before */
    uint8_t phy;                   /* the PHY's address */
    void (*enable_line)(bool yes); /* lets the device's interrupt in, or holds it off */
};

/* What else than netif_counters went wrong, for whoever looks. */
struct open_eth_counters {
    uint32_t bad_crc, runts, giants, bad_symbols, collisions, underruns;
};

struct open_eth {
    struct netif netif;
    const struct open_eth_config *config;
    struct open_eth_counters counters;
    struct netif_frame *sent[OPEN_ETH_TX_RING]; /* NULL: the descriptor is free */
    _Alignas(4) uint8_t rx[OPEN_ETH_RX_RING][OPEN_ETH_RX_SIZE];
    unsigned tx_next, tx_oldest, rx_next;
    uint32_t filter; /* bits of MODER */
    enum netif_link link;
    bool started;
};

/* An interface over the device, not yet started. Both structures must stay. */
struct netif *open_eth_create(struct open_eth *device, const struct open_eth_config *config);

/* The device's interrupt handler calls this. True: a task of higher priority became ready. */
bool open_eth_interrupt(struct open_eth *device);
