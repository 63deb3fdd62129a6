/* SPDX-License-Identifier: MIT */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif
extern void vLoggingPrintf(const char *pcFormat, ...);
#ifdef __cplusplus
}
#endif

#define ipconfigHAS_DEBUG_PRINTF                  0
#define ipconfigHAS_PRINTF                        1
#define FreeRTOS_printf(X)                        vLoggingPrintf X

#define ipconfigBYTE_ORDER                        pdFREERTOS_LITTLE_ENDIAN
#define ipconfigDRIVER_INCLUDED_TX_IP_CHECKSUM    (0)
#define ipconfigDRIVER_INCLUDED_RX_IP_CHECKSUM    (0)
#define ipconfigZERO_COPY_RX_DRIVER               (1)
#define ipconfigZERO_COPY_TX_DRIVER               (1)
#define ipconfigUSE_LINKED_RX_MESSAGES            (1)
#define ipconfigSOCK_DEFAULT_RECEIVE_BLOCK_TIME   (5000)
#define ipconfigSOCK_DEFAULT_SEND_BLOCK_TIME      (5000)
#define ipconfigUSE_IPv4                          (1)
#define ipconfigUSE_IPv6                          (0)
#define ipconfigIPv4_BACKWARD_COMPATIBLE          (0)
#define ipconfigUSE_DNS                           (1)
#define ipconfigUSE_DNS_CACHE                     (1)
#define ipconfigDNS_REQUEST_ATTEMPTS              (2)
#define ipconfigDNS_USE_CALLBACKS                 (1)
#define ipconfigUSE_MDNS                          (1)
#define ipconfigUSE_LLMNR                         (1)
#define ipconfigIP_TASK_PRIORITY                  (configMAX_PRIORITIES - 2)
#define ipconfigIP_TASK_STACK_SIZE_WORDS          (configMINIMAL_STACK_SIZE * 2)
#define ipconfigUSE_NETWORK_EVENT_HOOK            1
#define ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS     pdMS_TO_TICKS(5000U)
#define ipconfigUSE_DHCP                          1
#define ipconfigDHCP_REGISTER_HOSTNAME            1
#define ipconfigUSE_DHCP_HOOK                     1
#define ipconfigMAXIMUM_DISCOVER_TX_PERIOD        (pdMS_TO_TICKS(30000U))
#define ipconfigARP_CACHE_ENTRIES                 6
#define ipconfigMAX_ARP_RETRANSMISSIONS           (5)
#define ipconfigMAX_ARP_AGE                       150
#define ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS    32
#define ipconfigEVENT_QUEUE_LENGTH                (ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 5)
#define ipconfigCHECK_IP_QUEUE_SPACE              1
#define ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND    1
#define ipconfigUDP_TIME_TO_LIVE                  128
#define ipconfigTCP_TIME_TO_LIVE                  128
#define ipconfigUSE_TCP                           (1)
#define ipconfigUSE_TCP_WIN                       (1)
#define ipconfigNETWORK_MTU                       1500U
#define ipconfigREPLY_TO_INCOMING_PINGS           1
#define ipconfigSUPPORT_OUTGOING_PINGS            1
#define ipconfigSUPPORT_SELECT_FUNCTION           1
#define ipconfigFILTER_OUT_NON_ETHERNET_II_FRAMES 1
#define ipconfigPACKET_FILLER_SIZE                2
#define ipconfigTCP_WIN_SEG_COUNT                 64
#define ipconfigTCP_RX_BUFFER_LENGTH              (8 * 1460)
#define ipconfigTCP_TX_BUFFER_LENGTH              (8 * 1460)
#define ipconfigTCP_KEEP_ALIVE                    (1)
#define ipconfigTCP_KEEP_ALIVE_INTERVAL           (20)
#define ipconfigUSE_CALLBACKS                     1
#define ipconfigSOCKET_HAS_USER_SEMAPHORE         1
