/* SPDX-License-Identifier: MIT */
/*
 * Neighbour Discovery of IPv6, as far as an application has to do with it.
 */
#pragma once

#include "FreeRTOS_Routing.h"

#if ipconfigUSE_IPv6

#ifdef __cplusplus
extern "C" {
#endif

/* An address from the first `prefix_length` bits of `prefix`; the rest is random with `do_random`, else
 * zero but for the last bit. pdFAIL: more than 128 bits, or no random numbers. Any task. */
BaseType_t FreeRTOS_CreateIPv6Address(IPv6_Address_t *address, const IPv6_Address_t *prefix,
                                      size_t prefix_length, BaseType_t do_random);

/* Like FreeRTOS_SendPingRequest. */
BaseType_t FreeRTOS_SendPingRequestIPv6(const IPv6_Address_t *address, size_t size,
                                        TickType_t ticks_to_wait);

/* Tells the link that the end-point's address is at our station. Waits for the stack's task. */
void FreeRTOS_OutputAdvertiseIPv6(NetworkEndPoint_t *end_point);

/* Forgets the neighbours of an end-point's interface, or all with NULL. */
void FreeRTOS_ClearND(const NetworkEndPoint_t *end_point);

/* Prints the neighbours with FreeRTOS_printf. */
void FreeRTOS_PrintNDCache(void);

#ifdef __cplusplus
}
#endif

#endif
