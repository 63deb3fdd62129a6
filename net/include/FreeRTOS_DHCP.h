/* SPDX-License-Identifier: MIT */
/*
 * The application's say in DHCP, with ipconfigUSE_DHCP_HOOK.
 */
#pragma once

#include "FreeRTOS_IP.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum eDHCP_PHASE {
    eDHCPPhasePreDiscover, /* a search for servers is about to be sent */
    eDHCPPhasePreRequest,  /* the address offered is about to be requested */
} eDHCPCallbackPhase_t;

typedef enum eDHCP_ANSWERS {
    eDHCPContinue,
    eDHCPUseDefaults,   /* stop; the end-point's defaults are used */
    eDHCPStopNoChanges, /* stop; the configuration in use last stays */
} eDHCPCallbackAnswer_t;

/* Called from the stack's task, also when a search is repeated. `address` is the one offered, in
 * network order; 0 before there is one. */
eDHCPCallbackAnswer_t xApplicationDHCPHook(eDHCPCallbackPhase_t phase, uint32_t address);
eDHCPCallbackAnswer_t xApplicationDHCPHook_Multi(eDHCPCallbackPhase_t phase,
                                                 struct xNetworkEndPoint *end_point,
                                                 IP_Address_t *address);

#ifdef __cplusplus
}
#endif
