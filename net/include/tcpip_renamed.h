/* SPDX-License-Identifier: MIT */
/*
 * Options under the names that they had before 2017. A configuration may still use them.
 */
#pragma once

#if defined(ipconfigNUM_NETWORK_BUFFERS) && !defined(ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS)
#define ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS ipconfigNUM_NETWORK_BUFFERS
#endif
#if defined(ipconfigUDP_TASK_PRIORITY) && !defined(ipconfigIP_TASK_PRIORITY)
#define ipconfigIP_TASK_PRIORITY ipconfigUDP_TASK_PRIORITY
#endif
#if defined(ipconfigUDP_TASK_STACK_SIZE_WORDS) && !defined(ipconfigIP_TASK_STACK_SIZE_WORDS)
#define ipconfigIP_TASK_STACK_SIZE_WORDS ipconfigUDP_TASK_STACK_SIZE_WORDS
#endif
#if defined(ipconfigMAX_SEND_BLOCK_TIME_TICKS) && !defined(ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS)
#define ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS ipconfigMAX_SEND_BLOCK_TIME_TICKS
#endif
#if defined(ipconfigUSE_RECEIVE_CONNECT_CALLBACKS) && !defined(ipconfigUSE_CALLBACKS)
#define ipconfigUSE_CALLBACKS ipconfigUSE_RECEIVE_CONNECT_CALLBACKS
#endif
#if defined(ipconfigDHCP_USES_USER_HOOK) && !defined(ipconfigUSE_DHCP_HOOK)
#define ipconfigUSE_DHCP_HOOK ipconfigDHCP_USES_USER_HOOK
#endif
#if defined(ipconfigTCP_RX_BUF_LEN) && !defined(ipconfigTCP_RX_BUFFER_LENGTH)
#define ipconfigTCP_RX_BUFFER_LENGTH ipconfigTCP_RX_BUF_LEN
#endif
#if defined(ipconfigTCP_TX_BUF_LEN) && !defined(ipconfigTCP_TX_BUFFER_LENGTH)
#define ipconfigTCP_TX_BUFFER_LENGTH ipconfigTCP_TX_BUF_LEN
#endif
#if defined(ipconfigTCP_HANG_PROT) && !defined(ipconfigTCP_HANG_PROTECTION)
#define ipconfigTCP_HANG_PROTECTION ipconfigTCP_HANG_PROT
#endif
#if defined(ipconfigTCP_HANG_PROT_TIME) && !defined(ipconfigTCP_HANG_PROTECTION_TIME)
#define ipconfigTCP_HANG_PROTECTION_TIME ipconfigTCP_HANG_PROT_TIME
#endif
#if defined(ipconfigNIC_SEND_PASSES_DMA) && !defined(ipconfigZERO_COPY_TX_DRIVER)
#define ipconfigZERO_COPY_TX_DRIVER ipconfigNIC_SEND_PASSES_DMA
#endif
#if defined(ipconfigDRIVER_INCLUDED_RX_IP_FILTERING) &&                                            \
    !defined(ipconfigETHERNET_DRIVER_FILTERS_PACKETS)
#define ipconfigETHERNET_DRIVER_FILTERS_PACKETS ipconfigDRIVER_INCLUDED_RX_IP_FILTERING
#endif
