/* SPDX-License-Identifier: MIT */
/* With what others leave out, and some names from long ago. */
#pragma once

#include <stddef.h>

extern void vLoggingPrintf(const char *pcFormat, ...);
extern void *pvSocketMemory(size_t uxSize);
extern void vSocketMemoryFree(void *pvMemory);
extern void vWatchdog(void);
extern unsigned long ulRandom(void);

#define ipconfigHAS_DEBUG_PRINTF               1
#define FreeRTOS_debug_printf(X)               vLoggingPrintf X
#define ipconfigHAS_PRINTF                     0

#define ipconfigNUM_NETWORK_BUFFERS            20
#define ipconfigUDP_TASK_PRIORITY              (configMAX_PRIORITIES - 2)
#define ipconfigUDP_TASK_STACK_SIZE_WORDS      (configMINIMAL_STACK_SIZE * 2)
#define ipconfigTCP_RX_BUF_LEN                 2000
#define ipconfigTCP_TX_BUF_LEN                 2000

#define ipconfigRAND32()                       ulRandom()
#define ipconfigWATCHDOG_TIMER()               vWatchdog()
#define ipconfigMAX_IP_TASK_SLEEP_TIME         pdMS_TO_TICKS(500)
#define pvPortMallocSocket(size)               pvSocketMemory(size)
#define vPortFreeSocket(memory)                vSocketMemoryFree(memory)

#define ipconfigUSE_NETWORK_EVENT_HOOK         1
#define ipconfigUSE_DHCP                       ipconfigENABLE
#define ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES 1
#define ipconfigSUPPORT_NETWORK_DOWN_EVENT     1
#define ipconfigPHY_LS_LOW_CHECK_TIME_MS       200
#define ipconfigUSE_LINKED_RX_MESSAGES         1
#define ipconfigIGNORE_UNKNOWN_PACKETS         1
#define ipconfigCOMPATIBLE_WITH_SINGLE         1
#define ipconfigUSE_TCP_WIN                    0
#define ipconfigTCP_WIN_SEG_COUNT              8
