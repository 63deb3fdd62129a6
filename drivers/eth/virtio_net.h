/* SPDX-License-Identifier: MIT */
/*
 * The virtio network device (OASIS Virtual I/O Device 1.1, 5.1), modern and legacy. Frames are not
 * copied: the device writes into, and reads from, the stack's own.
 *
 * The interrupt acknowledges itself and asks the stack for a poll; everything else happens in the
 * stack's task, so the driver needs no lock. A device that breaks its own rules, or asks for it, is reset
 * and started again.
 */
#pragma once

#include <netif.h>

#include <virtio.h>

/* At most: each place for a frame to receive holds one of the stack's. */
enum { VIRTIO_NET_RX_SLOTS = 16, VIRTIO_NET_TX_SLOTS = 16, VIRTIO_NET_GROUPS = 32 };

struct virtio_net_config {
    uintptr_t base;
    const char *name;              /* "eth0" */
    unsigned rx_slots;             /* places for frames to receive, each of which holds one */
    uint8_t mac[NETIF_MAC_SIZE];   /* where the device has none of its own */
    void (*enable_line)(bool yes); /* lets the device's interrupt in, or holds it off */
};

/* What else than netif_counters went wrong, for whoever looks. */
struct virtio_net_counters {
    uint32_t runts, giants, restarts;
};

/* What stands before each frame; legacy devices have two bytes less. */
struct virtio_net_header {
    uint8_t flags, gso_type;
    uint16_t header_length, gso_size, checksum_start, checksum_offset, buffers;
};

/* A request to the device's control queue. */
struct virtio_net_request {
    uint8_t class, command;
    uint8_t acknowledged;
    uint8_t data[2 * 4 + VIRTIO_NET_GROUPS * NETIF_MAC_SIZE];
};

struct virtio_net {
    struct virtio_queue rx, tx, control;
    struct netif netif;
    const struct virtio_net_config *config;
    struct virtio_net_counters counters;
    struct virtio_device device;
    struct netif_frame *rx_frames[VIRTIO_NET_RX_SLOTS];
    struct netif_frame *tx_frames[VIRTIO_NET_TX_SLOTS];
    struct virtio_net_header rx_headers[VIRTIO_NET_RX_SLOTS];
    struct virtio_net_header tx_header; /* all zeros, for each */
    struct virtio_net_request request;
    enum netif_link link;
    volatile bool config_changed;
    bool started;
};

/* An interface over the device, not yet started. Both structures must stay. */
struct netif *virtio_net_create(struct virtio_net *device, const struct virtio_net_config *config);

/* The device's interrupt handler calls this. True: a task of higher priority became ready. */
bool virtio_net_interrupt(struct virtio_net *device);
