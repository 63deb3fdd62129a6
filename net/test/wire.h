/* SPDX-License-Identifier: MIT */
/*
 * A simulated Ethernet: a netif whose other end is the test. What the stack sends goes to `peer`;
 * what the peer sends goes through the faults to the stack. With `mirror` on, packets to
 * WIRE_MIRROR or WIRE_MIRROR6 come back as if that host had sent the same to us: the stack talks to itself.
 *
 * Frames on their way are kept here, not in the stack's pool; time is that of the stack's timers.
 * All happens in the stack's task: a peer's functions are called from the driver's transmit.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/timer.h"
#include "linnet_test.h"
#include "netif.h"

#define WIRE_OWN    0x0a000001u /* 10.0.0.1 */
#define WIRE_MIRROR 0x0a000002u /* 10.0.0.2 */

/* 2001:db8::2 */
#define WIRE_MIRROR6                                                                               \
    {                                                                                              \
        0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2                                 \
    }

enum { WIRE_FRAMES = 256, WIRE_FRAME_SIZE = 1518 /* with a tag */ };

/* Chances are in parts of a thousand. */
struct wire_faults {
    unsigned lose;
    unsigned duplicate;
    unsigned corrupt; /* one random bit behind the Ethernet header */
    unsigned reorder; /* held back by up to reorder_ms */
    unsigned reorder_ms;
    unsigned delay_ms; /* of every frame */
};

struct wire_frame {
    struct tcpip_timer timer;
    struct wire *wire;
    bool in_use;
    uint16_t length;
    uint8_t bytes[WIRE_FRAME_SIZE];
};

struct wire {
    struct netif netif;
    struct wire_faults faults;
    struct test_random random;
    bool mirror;
    bool cut;        /* the link is down */
    bool jammed;     /* transmit refuses */
    unsigned refuse; /* transmit refuses the frame with this number from now on, from 1 */
    unsigned drop;   /* that frame to the stack is lost */
    bool (*peer)(struct wire *wire, const uint8_t *bytes, size_t length); /* true: dealt with */
    void *peer_context;
    uint8_t peer_mac[NETIF_MAC_SIZE];
    unsigned sent;     /* by the stack */
    unsigned received; /* by the stack */
    unsigned starved;  /* the stack had no frame */
    uint8_t last[WIRE_FRAME_SIZE];
    size_t last_length;
    struct wire_frame frames[WIRE_FRAMES];
};

/* A wire whose netif has the station 02:00:00:00:00:01 and whose peer has …:02. */
void wire_init(struct wire *wire, uint64_t seed);

/* Puts a frame on the wire towards the stack, through the faults. */
void wire_send(struct wire *wire, const uint8_t *bytes, size_t length);

/* Hands a frame to the stack at once, whatever the faults. False: the stack has no room. */
bool wire_deliver(struct wire *wire, const uint8_t *bytes, size_t length);

/* Pulls the plug, or puts it in again. */
void wire_set_cut(struct wire *wire, bool cut);

/* Answers neighbour solicitations but those of nobody. True: it was ICMPv6. */
bool wire_answer_nd(struct wire *wire, const uint8_t *bytes, size_t length);

/* Answers ARP requests for everything but the asker's own address and probes. True: it was one. */
bool wire_answer_arp(struct wire *wire, const uint8_t *bytes, size_t length);
