/* SPDX-License-Identifier: MIT */
/*
 * A scripted stack of a few buffers, for tests of drivers: keeps what it receives, and knows whether
 * every buffer came back.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stddef.h>

enum { SCRIPTED_BUFFERS = 8, SCRIPTED_RECEIVED = 32 };

struct scripted_stack {
    struct netif_frame *received[SCRIPTED_RECEIVED];
    unsigned received_count;
    unsigned allocate_refusals; /* as many calls of allocate get nothing */
    enum netif_link told_link;
    unsigned link_changes;
    unsigned polls_wanted; /* how often the driver asked for a poll */
};

extern struct scripted_stack scripted;
extern const struct netif_stack scripted_stack;

/* As a driver and as the driver's user. */
struct netif_frame *scripted_allocate(struct netif *netif, size_t capacity);
void scripted_release(struct netif_frame *frame);

/* Attaches the stack and starts the driver. */
struct netif *scripted_start(struct netif *netif);

/* Gives back what was received and stops the driver, which must have nothing left. */
void scripted_stop(struct netif *netif);

/* What the CPU and the stack's task do until the device is silent: `interrupt` whenever it asks, which
 * must silence it, and polls. Returns how many interrupts it took. */
unsigned scripted_serve(struct netif *netif, bool (*asks)(void), void (*interrupt)(void));

void scripted_give_back(void); /* all that was received */

/* A frame of so many bytes, told apart by a number; it stays until the next call. */
enum { SCRIPTED_FRAME_SIZE = 4096 };
const uint8_t *scripted_frame(unsigned size, uint8_t number);

/* Waits up to five seconds. */
bool scripted_wait(unsigned count);
