/* SPDX-License-Identifier: MIT */
/*
 * The inbox of the stack's task: read and written with interrupts masked.
 */
#pragma once

#include "core/stack.h"

struct tcpip_inbox {
    struct netif_frame *frames;
    struct netif_frame **last_frame;
    struct tcpip_request *requests;
    struct tcpip_request **last_request;
    uint32_t put;           /* of frames and requests, ever */
    uint32_t deepest;       /* most of them that waited at once */
    volatile uint32_t done; /* the stack's task counts it, and nobody else writes it */
};

extern struct tcpip_inbox tcpip_inbox;

/* Puts a request into it, and wakes nobody. */
void tcpip_stack_put(struct tcpip_request *request);
