/* SPDX-License-Identifier: MIT */
/*
 * The one event loop. Interrupts, drivers and tasks leave frames, requests and notes in an inbox
 * and wake the stack's task; that task alone works them off with tcpip_stack_step and so is the
 * only one that touches the stack's state.
 *
 * The inbox cannot overflow: frames are limited by the pool, requests by the tasks that wait for
 * them, notes are flags.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/timer.h"
#include "netif.h"
#include "tcpip_end_point.h"

/* Something that the stack's task shall do; belongs to the poster until it is run. */
struct tcpip_request {
    struct tcpip_request *next;
    void (*run)(struct tcpip_request *request);
};

/* Resets all state and registers the protocols. Before everything else. */
void tcpip_stack_init(void);

/* Makes `netif` one of the stack's interfaces: before tcpip_stack_init's first step, or from the
 * stack's task. `interface` must stay as long as the stack runs. */
void tcpip_stack_attach(struct tcpip_interface *interface, struct netif *netif);

/* The interface's device has lost its network: takes the link down, then starts the driver anew. The
 * stack's task. */
void tcpip_stack_restart(struct tcpip_interface *interface);

/* Works off what is in the inbox, then one timer that is due; returns the ms until there is more to do,
 * or TCPIP_TIMER_FOREVER. The stack's task. */
uint32_t tcpip_stack_step(void);

/* Stops the drivers and gives back every frame. The stack's task. */
void tcpip_stack_shutdown(void);

/* From any task; the second from an interrupt, true when a switch is due. */
void tcpip_stack_post(struct tcpip_request *request);
bool tcpip_stack_post_from_isr(struct tcpip_request *request);

/* The most frames and requests that ever waited at once, with ipconfigCHECK_IP_QUEUE_SPACE. */
uint32_t tcpip_stack_deepest(void);

/* From any task or interrupt: `netif` was set up by tcpip_stack_attach. */
extern const struct netif_stack tcpip_netif_stack;
