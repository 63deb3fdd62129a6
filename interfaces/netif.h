/* SPDX-License-Identifier: MIT */
/*
 * The seam between a TCP/IP stack and an Ethernet driver.
 *
 * A driver fills a `struct netif` and is given a `struct netif_stack`; from then on frames change
 * hands by pointer and are never copied on the way. Whoever holds a frame owns it: the stack hands
 * it over with `transmit`, the driver gives it back with `release` when the hardware is done with
 * it; a driver that receives hands a frame over with `receive` and takes a fresh one for its ring
 * with `allocate`. Frames carry no preamble and no frame check sequence.
 *
 * Functions of the driver are called from the stack's task, one at a time. Functions of the stack
 * named …_from_isr may be called from an interrupt and return true when a task of higher priority
 * than the interrupted one became ready; all others are called from the driver's functions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NETIF_MAC_SIZE    6
#define NETIF_HEADER_SIZE 14 /* Ethernet II header */

/* What a driver can do beyond the plain contract. */
enum netif_feature {
    NETIF_GATHER = 1u << 0,         /* transmit takes frames whose `more` part is not empty */
    NETIF_RX_CHECKSUM_IP = 1u << 1, /* a received frame's IPv4 header checksum was verified */
    NETIF_RX_CHECKSUM_L4 = 1u << 2, /* and its TCP, UDP and ICMP checksums */
    NETIF_TX_CHECKSUM_IP = 1u << 3, /* the device inserts the IPv4 header checksum */
    NETIF_TX_CHECKSUM_L4 = 1u << 4, /* and TCP, UDP and ICMP checksums */
};

struct netif;

/* One frame. `data … data + length` are its bytes; with NETIF_GATHER `more` follows them on the
 * wire. The bytes from `buffer` to `buffer + capacity` may be written by the owner, so a header can
 * be put in front of `data` where there is room. Bytes behind `more` stay valid and unchanged until
 * the frame is released. */
struct netif_frame {
    struct netif_frame *next; /* for queues of whoever owns the frame */
    struct netif *netif;      /* where it came from */
    uint8_t *buffer;
    uint8_t *data;
    const uint8_t *more;
    uint16_t capacity;
    uint16_t length;
    uint16_t more_length;
    uint16_t private_flags; /* the allocator's */
};

/* Counted by the driver; read by anybody, without a lock. */
struct netif_counters {
    uint32_t rx_frames, rx_bytes;
    uint32_t rx_errors;    /* bad check sequence, bad length, alignment */
    uint32_t rx_overruns;  /* lost in the device because nobody fetched them in time */
    uint32_t rx_no_buffer; /* lost because the stack had no frame to spare */
    uint32_t tx_frames, tx_bytes;
    uint32_t tx_errors;
    uint32_t tx_no_room; /* refused by `transmit`: the ring was full */
};

/* Which multicast addresses pass. The device may let more through: the stack checks again. */
struct netif_filter {
    const uint8_t (*addresses)[NETIF_MAC_SIZE];
    size_t count;
    bool all_multicast;
    bool promiscuous;
};

enum netif_link { NETIF_LINK_DOWN, NETIF_LINK_UP };

struct netif_driver {
    const char *name;
    uint32_t features; /* of enum netif_feature */

    /* Resets the device, sets netif->mac if the device knows its address, starts receiving. May
     * block for as long as the device needs. False: the device does not answer; may be tried
     * again. The link may come up later: link_changed tells. */
    bool (*start)(struct netif *netif);

    /* Stops receiving and gives every frame back with `release`. */
    void (*stop)(struct netif *netif);

    /* Takes a frame to send. True: the driver owns it now and releases it once sent. False: no
     * room; the caller still owns it. Never blocks. */
    bool (*transmit)(struct netif *netif, struct netif_frame *frame);

    /* Does what an interrupt put off with schedule_poll: fetches received frames, releases sent
     * ones, reads the link. NULL where the interrupt does it all. */
    void (*poll)(struct netif *netif);

    /* Programs the receive filter. False: not possible, the device is now promiscuous or was so
     * already. NULL: the device filters nothing. */
    bool (*set_filter)(struct netif *netif, const struct netif_filter *filter);

    enum netif_link (*link)(struct netif *netif);
};

/* What a stack offers to a driver. */
struct netif_stack {
    /* A frame of at least `capacity` bytes with data == buffer + the stack's headroom and length 0,
     * or NULL when none is free: count rx_no_buffer and go on. Also from an interrupt. */
    struct netif_frame *(*allocate)(struct netif *netif, size_t capacity);

    /* Gives a frame back. Also from an interrupt. */
    void (*release)(struct netif_frame *frame);

    /* Hands a received frame over: from the driver's functions, or from an interrupt. */
    void (*receive)(struct netif *netif, struct netif_frame *frame);
    bool (*receive_from_isr)(struct netif *netif, struct netif_frame *frame);

    /* Asks for driver->poll to be called soon from the stack's task. */
    void (*schedule_poll)(struct netif *netif);
    bool (*schedule_poll_from_isr)(struct netif *netif);

    void (*link_changed)(struct netif *netif, enum netif_link link);
    bool (*link_changed_from_isr)(struct netif *netif, enum netif_link link);
};

struct netif {
    const struct netif_driver *driver;
    void *device;                    /* the driver's own state */
    const struct netif_stack *stack; /* set by the stack before `start` */
    void *stack_context;             /* the stack's own state for this interface */
    struct netif *next;              /* the stack's list */
    const char *name;                /* "eth0" */
    uint8_t mac[NETIF_MAC_SIZE];
    /* Payload bytes behind the Ethernet header, normally 1500. As many stand behind a VLAN tag, so a
     * frame can be four bytes longer. */
    uint16_t mtu;
    struct netif_counters counters;
};
