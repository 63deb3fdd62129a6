/* SPDX-License-Identifier: MIT */
/*
 * Buffers of frames, for drivers written for FreeRTOS+TCP.
 *
 * A descriptor leads to a buffer; both come from the stack's pool, whose frames the stack itself
 * uses as well, so that nothing is copied on the way. In front of the buffer's first byte lie
 * ipBUFFER_PADDING bytes; at their start stands the address of the descriptor. Whoever holds a
 * descriptor owns its buffer. A driver may give a descriptor another buffer (one of
 * pucGetNetworkBuffer, or another descriptor's) or, by setting pucEthernetBuffer to NULL, none; the
 * buffer that it took away is its own until it gives it back.
 *
 * There are ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS of either. Each buffer has room for
 * ipTOTAL_ETHERNET_FRAME_SIZE bytes, whatever size is asked for.
 */
#pragma once

#include "FreeRTOS_IP.h"

#ifdef __cplusplus
extern "C" {
#endif

/* pdPASS once the pool is there, which it is after the first interface was added. */
BaseType_t xNetworkBuffersInitialise(void);

/* A descriptor with a buffer whose xDataLength is `size`; with a size of 0 without a buffer. Waits
 * up to so many ticks for one to become free. NULL: none became free, or none is that big. Task. */
NetworkBufferDescriptor_t *pxGetNetworkBufferWithDescriptor(size_t size, TickType_t ticks_to_wait);

/* The same from an interrupt; never waits. */
NetworkBufferDescriptor_t *pxNetworkBufferGetFromISR(size_t size);

/* Gives a descriptor back, and its buffer if it has one. Task; the second from an interrupt.
 * Releasing what is not a taken descriptor is a mistake that configASSERT reports. */
void vReleaseNetworkBufferAndDescriptor(NetworkBufferDescriptor_t *const descriptor);
void vNetworkBufferReleaseFromISR(NetworkBufferDescriptor_t *const descriptor);

/* A buffer without a descriptor, and in *size the bytes that it has. NULL: none is free, or none is
 * that big. To be given back with the second, unless a descriptor takes it. */
uint8_t *pucGetNetworkBuffer(size_t *size);
void vReleaseNetworkBuffer(uint8_t *buffer);

/* Buffers that are free now, and the fewest that ever were. */
UBaseType_t uxGetNumberOfFreeNetworkBuffers(void);
UBaseType_t uxGetMinimumFreeNetworkBuffers(void);

/* Another descriptor with a copy of up to `new_length` bytes, which becomes its xDataLength, and of
 * the addresses. NULL: none is free. The first stays its owner's. */
NetworkBufferDescriptor_t *pxDuplicateNetworkBufferWithDescriptor(
    const NetworkBufferDescriptor_t *const descriptor, size_t new_length);

/* The same descriptor with xDataLength set, or NULL, and nothing changed, when the buffer is not
 * that big. */
NetworkBufferDescriptor_t *pxResizeNetworkBufferWithDescriptor(
    NetworkBufferDescriptor_t *descriptor, size_t new_size);

/* pdTRUE when this is one of the descriptors, and when it is free. */
UBaseType_t bIsValidNetworkDescriptor(const NetworkBufferDescriptor_t *descriptor);
UBaseType_t prvIsFreeBuffer(const NetworkBufferDescriptor_t *descriptor);

#ifdef __cplusplus
}
#endif
