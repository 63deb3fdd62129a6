/* SPDX-License-Identifier: MIT */
/*
 * The network device of MIPS's simulator, which QEMU's machine mipssim has: bytes through two registers,
 * room for one frame each way, no address, no filter, no PHY.
 *
 * The device cannot mask its interrupt, so the interrupt's line is held off; everything else happens in
 * the stack's task, so the driver needs no lock.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

struct mipsnet_config {
    uintptr_t base;                /* of its registers */
    const char *name;              /* "eth0" */
    uint8_t mac[NETIF_MAC_SIZE];   /* the device has none of its own */
    void (*enable_line)(bool yes); /* lets the device's interrupt in, or holds it off */
};

/* What else than netif_counters went wrong, for whoever looks. */
struct mipsnet_counters {
    uint32_t runts, giants, restarts;
};

struct mipsnet {
    struct netif netif;
    const struct mipsnet_config *config;
    struct mipsnet_counters counters;
    bool started, line_open;
};

/* An interface over the device, not yet started. Both structures must stay. */
struct netif *mipsnet_create(struct mipsnet *device, const struct mipsnet_config *config);

/* The device's interrupt handler calls this. True: a task of higher priority became ready. */
bool mipsnet_interrupt(struct mipsnet *device);
