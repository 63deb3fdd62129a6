/* SPDX-License-Identifier: MIT */
/*
 * Trace macros around drivers of the known API: an application defines those that it wants in
 * FreeRTOSIPConfig.h; the others are empty. They must be short and must not wait.
 */
#pragma once

#include "FreeRTOSIPConfigDefaults.h"

/* Called by drivers. */
#ifndef iptraceNETWORK_INTERFACE_RECEIVE
#define iptraceNETWORK_INTERFACE_RECEIVE()
#endif
#ifndef iptraceNETWORK_INTERFACE_TRANSMIT
#define iptraceNETWORK_INTERFACE_TRANSMIT()
#endif
#ifndef iptraceETHERNET_RX_EVENT_LOST
#define iptraceETHERNET_RX_EVENT_LOST()
#endif
#ifndef iptraceWAITING_FOR_TX_DMA_DESCRIPTOR
#define iptraceWAITING_FOR_TX_DMA_DESCRIPTOR()
#endif

/* Called with descriptors, in the task or interrupt that gets or releases one. */
#ifndef iptraceNETWORK_BUFFER_OBTAINED
#define iptraceNETWORK_BUFFER_OBTAINED(descriptor)
#endif
#ifndef iptraceNETWORK_BUFFER_OBTAINED_FROM_ISR
#define iptraceNETWORK_BUFFER_OBTAINED_FROM_ISR(descriptor)
#endif
#ifndef iptraceNETWORK_BUFFER_RELEASED
#define iptraceNETWORK_BUFFER_RELEASED(descriptor)
#endif
#ifndef iptraceFAILED_TO_OBTAIN_NETWORK_BUFFER
#define iptraceFAILED_TO_OBTAIN_NETWORK_BUFFER()
#endif
#ifndef iptraceFAILED_TO_OBTAIN_NETWORK_BUFFER_FROM_ISR
#define iptraceFAILED_TO_OBTAIN_NETWORK_BUFFER_FROM_ISR()
#endif

/* Called in the stack's task for frames to and from such drivers, and when one has lost its network. */
#ifndef iptraceNETWORK_INTERFACE_OUTPUT
#define iptraceNETWORK_INTERFACE_OUTPUT(length, buffer)
#endif
#ifndef iptraceNETWORK_INTERFACE_INPUT
#define iptraceNETWORK_INTERFACE_INPUT(length, buffer)
#endif
#ifndef iptraceNETWORK_DOWN
#define iptraceNETWORK_DOWN()
#endif
