/* SPDX-License-Identifier: MIT */
/*
 * The Ethernet controller of Stellaris LM3S (Texas Instruments SPMS034, 15): one frame to send at a
 * time, a few received ones, no filter for single groups. Frames are moved by the CPU, straight between
 * the stack's frames and the device's FIFOs; what is to be sent waits in a short queue.
 *
 * The interrupt only masks itself and asks the stack for a poll; everything else happens in the stack's
 * task, so the driver needs no lock.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

struct stellaris_config {
    uintptr_t base;                /* of its registers */
    const char *name;              /* "eth0" */
    uint8_t mac[NETIF_MAC_SIZE];   /* where the device has none of its own */
    void (*enable_line)(bool yes); /* lets the device's interrupt in, or holds it off */
};

struct stellaris {
    struct netif netif;
    const struct stellaris_config *config;
    struct netif_frame *first, *last; /* waiting to be sent */
    unsigned waiting;
    uint32_t receive_control; /* RCTL without the enabling bit */
    uint32_t restarts;        /* of the receiver, after an overrun */
    enum netif_link link;
    bool has_phy;
    bool started;
};

/* An interface over the device, not yet started. Both structures must stay. */
struct netif *stellaris_create(struct stellaris *device, const struct stellaris_config *config);

/* The device's interrupt handler calls this. True: a task of higher priority became ready. */
bool stellaris_interrupt(struct stellaris *device);
