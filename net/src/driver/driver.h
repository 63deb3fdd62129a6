/* SPDX-License-Identifier: MIT */
/*
 * The layer that serves drivers written for FreeRTOS+TCP over interfaces/netif.h.
 *
 * Frames and descriptors have pools of their own; a descriptor is taken when a frame goes to the
 * driver and free again when it comes back. Which frame a descriptor means is told by the place
 * that it points to, so a driver may exchange the buffers of its descriptors as it likes.
 */
#pragma once

#include "FreeRTOS_Routing.h"
#include "NetworkBufferManagement.h"
#include "core/frame.h"
#include "core/stack.h"

/* A free descriptor without a buffer, or NULL. Task or interrupt. */
NetworkBufferDescriptor_t *tcpip_descriptor_take(void);

/* Has the descriptor mean the frame, from its first byte on. */
void tcpip_descriptor_lend(NetworkBufferDescriptor_t *descriptor, struct netif_frame *frame);

/* Frees the descriptor; the frame that its buffer belongs to, with data and length as it says, is
 * the caller's. NULL: it has none, or says more bytes than its buffer has. Task or interrupt. */
struct netif_frame *tcpip_descriptor_return(NetworkBufferDescriptor_t *descriptor);

bool tcpip_descriptor_is_taken(const NetworkBufferDescriptor_t *descriptor);

/* A request of the stack's that goes with the descriptor; only while it is taken. */
struct tcpip_request *tcpip_descriptor_request(NetworkBufferDescriptor_t *descriptor);
NetworkBufferDescriptor_t *tcpip_descriptor_of_request(struct tcpip_request *request);

/* The interface that a driver means by this, where NULL means the first; NULL: not one of ours. */
NetworkInterface_t *tcpip_driver_interface(NetworkInterface_t *interface);
