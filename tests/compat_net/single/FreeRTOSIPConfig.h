/* SPDX-License-Identifier: MIT */
#pragma once

#define ipconfigIPv4_BACKWARD_COMPATIBLE            1

#define ipconfigHAS_PRINTF                          0
#define ipconfigBYTE_ORDER                          pdFREERTOS_LITTLE_ENDIAN
#define ipconfigDRIVER_INCLUDED_RX_IP_CHECKSUM      1
#define ipconfigSOCK_DEFAULT_RECEIVE_BLOCK_TIME     (2000)
#define ipconfigSOCK_DEFAULT_SEND_BLOCK_TIME        (2000)
#define ipconfigZERO_COPY_RX_DRIVER                 0
#define ipconfigZERO_COPY_TX_DRIVER                 0
#define ipconfigUSE_LLMNR                           1
#define ipconfigUSE_NBNS                            1
#define ipconfigUSE_DNS_CACHE                       1
#define ipconfigDNS_CACHE_NAME_LENGTH               64
#define ipconfigDNS_CACHE_ENTRIES                   4
#define ipconfigDNS_REQUEST_ATTEMPTS                2
#define ipconfigIP_TASK_PRIORITY                    (configMAX_PRIORITIES - 2)
#define ipconfigIP_TASK_STACK_SIZE_WORDS            (configMINIMAL_STACK_SIZE * 2)
#define ipconfigUSE_NETWORK_EVENT_HOOK              1
#define ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS       (500U / portTICK_PERIOD_MS)
#define ipconfigUSE_DHCP                            0
#define ipconfigARP_CACHE_ENTRIES                   6
#define ipconfigMAX_ARP_RETRANSMISSIONS             (5)
#define ipconfigMAX_ARP_AGE                         150
#define ipconfigINCLUDE_FULL_INET_ADDR              1
#define ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS      12
#define ipconfigEVENT_QUEUE_LENGTH                  (ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 5)
#define ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND      1
#define ipconfigUDP_TIME_TO_LIVE                    128
#define ipconfigTCP_TIME_TO_LIVE                    128
#define ipconfigUSE_TCP                             1
#define ipconfigUSE_TCP_WIN                         1
#define ipconfigNETWORK_MTU                         1500
#define ipconfigUSE_DNS                             1
#define ipconfigREPLY_TO_INCOMING_PINGS             1
#define ipconfigSUPPORT_OUTGOING_PINGS              1
#define ipconfigSUPPORT_SELECT_FUNCTION             0
#define ipconfigFILTER_OUT_NON_ETHERNET_II_FRAMES   1
#define ipconfigETHERNET_DRIVER_FILTERS_FRAME_TYPES 1
#define ipconfigETHERNET_MINIMUM_PACKET_BYTES       60
#define ipconfigTCP_MSS                             1460
#define ipconfigTCP_TX_BUFFER_LENGTH                (2 * 1460)
#define ipconfigTCP_RX_BUFFER_LENGTH                (2 * 1460)
#define ipconfigTCP_KEEP_ALIVE                      1
#define ipconfigTCP_KEEP_ALIVE_INTERVAL             20
#define ipconfigDNS_USE_CALLBACKS                   1
