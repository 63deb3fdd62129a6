/* SPDX-License-Identifier: MIT */
/*
 * The table of neighbours, as far as an application has to do with it.
 */
#pragma once

#include "FreeRTOS_Routing.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Asks the link for the station of an address (network order). Waits for the stack's task, not for
 * the answer. */
void FreeRTOS_OutputARPRequest(uint32_t address);
void FreeRTOS_OutputARPRequest_Multi(NetworkEndPoint_t *end_point, uint32_t address);

/* Forgets the neighbours of an end-point's interface, or all with NULL. (A macro of the same name may
 * supply the argument.) */
void(FreeRTOS_ClearARP)(const NetworkEndPoint_t *end_point);

/* Prints the table with FreeRTOS_printf. */
void FreeRTOS_PrintARPCache(void);

#ifdef __cplusplus
}
#endif
