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

/* Waits up to five seconds. */
bool scripted_wait(unsigned count);
