/* SPDX-License-Identifier: MIT */
/*
 * The cache of the DNS client.
 */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An address of a name that needs no server now, in network order; 0: none. */
uint32_t FreeRTOS_dnslookup(const char *name);

/* Forgets all answers. The static table stays. */
void FreeRTOS_dnsclear(void);

#ifdef __cplusplus
}
#endif
