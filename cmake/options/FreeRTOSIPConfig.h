/* SPDX-License-Identifier: MIT */
/*
 * The stack's options for the simulator, where they differ from the defaults of
 * FreeRTOSIPConfigDefaults.h.
 */
#pragma once

#define ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS 64
#define ipconfigIP_TASK_STACK_SIZE_WORDS       16384
#define ipconfigUSE_NETWORK_EVENT_HOOK         1
#define ipconfigUSE_DHCP_HOOK                  1
#define ipconfigDHCP_REGISTER_HOSTNAME         1
#define ipconfigSUPPORT_OUTGOING_PINGS         1
#define ipconfigSOCKET_HAS_USER_SEMAPHORE      1
#define ipconfigSOCKET_HAS_USER_WAKE_CALLBACK  1
#define ipconfigUSE_CALLBACKS                  1
#define ipconfigSUPPORT_SELECT_FUNCTION        1
#define ipconfigSUPPORT_SIGNALS                1
#define ipconfigDNS_USE_CALLBACKS              1
