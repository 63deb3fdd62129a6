/* SPDX-License-Identifier: MIT */
#pragma once

#include "FreeRTOS_Routing.h"

NetworkInterface_t *pxEMAC_FillInterfaceDescriptor(BaseType_t xEMACIndex,
                                                   NetworkInterface_t *pxInterface);

/* Whether a place is in the memory that the controller reaches. */
BaseType_t xIsPacketMemory(const void *pvPlace);

/* Events that brought frames, and the most frames of one. */
extern volatile UBaseType_t uxChains, uxLongestChain;
