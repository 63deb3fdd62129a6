/* SPDX-License-Identifier: MIT */
/*
 * Hooks that the application need not have although their options are on.
 */
#include "FreeRTOS_DHCP.h"
#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"

#define DEFAULT __attribute__((weak))

DEFAULT void vApplicationIPNetworkEventHook(eIPCallbackEvent_t event)
{
}

DEFAULT void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t event,
                                                  struct xNetworkEndPoint *end_point)
{
}

DEFAULT void vApplicationPingReplyHook(ePingReplyStatus_t status, uint16_t identifier)
{
}

DEFAULT const char *pcApplicationHostnameHook(void)
{
    return "linnet";
}

DEFAULT eDHCPCallbackAnswer_t xApplicationDHCPHook(eDHCPCallbackPhase_t phase, uint32_t address)
{
    return eDHCPContinue;
}

DEFAULT eDHCPCallbackAnswer_t xApplicationDHCPHook_Multi(eDHCPCallbackPhase_t phase,
                                                         struct xNetworkEndPoint *end_point,
                                                         IP_Address_t *address)
{
    return eDHCPContinue;
}

DEFAULT BaseType_t xApplicationDNSQueryHook_Multi(struct xNetworkEndPoint *end_point,
                                                  const char *name)
{
    return pdFALSE;
}

DEFAULT BaseType_t xApplicationDNSQueryHook(const char *name)
{
    return pdFALSE;
}
