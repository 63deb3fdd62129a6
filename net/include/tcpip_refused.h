/* SPDX-License-Identifier: MIT */
/*
 * Options of the API that this stack does not have. First those whose feature is not there: a
 * configuration may name them as off; one that relies on them is told so at the first compilation,
 * instead of running without. Then those that tune something which this stack has no need of: they
 * may have any value, which changes nothing.
 */
#pragma once

/* --- refused ------------------------------------------------------------------------------------ */

#ifndef ipconfigARP_STORES_REMOTE_ADDRESSES
#define ipconfigARP_STORES_REMOTE_ADDRESSES 0
#endif
#if ipconfigARP_STORES_REMOTE_ADDRESSES == 1
#error "ipconfigARP_STORES_REMOTE_ADDRESSES must be 0: answers go by the routes; set a gateway"
#endif

#ifndef ipconfigUSE_ARP_REMOVE_ENTRY
#define ipconfigUSE_ARP_REMOVE_ENTRY 0
#endif
#if ipconfigUSE_ARP_REMOVE_ENTRY == 1
#error "ipconfigUSE_ARP_REMOVE_ENTRY must be 0: entries leave by age, or by FreeRTOS_ClearARP"
#endif

#ifndef ipconfigUSE_ARP_REVERSED_LOOKUP
#define ipconfigUSE_ARP_REVERSED_LOOKUP 0
#endif
#if ipconfigUSE_ARP_REVERSED_LOOKUP == 1
#error "ipconfigUSE_ARP_REVERSED_LOOKUP must be 0: no look-up goes from station to address"
#endif

#ifndef ipconfigUSE_IPv4
#define ipconfigUSE_IPv4 1
#endif
#if ipconfigUSE_IPv4 != 1
#error "ipconfigUSE_IPv4 must be 1: IPv4 cannot be left out"
#endif

#ifndef ipconfigUSE_TCP_MEM_STATS
#define ipconfigUSE_TCP_MEM_STATS 0
#endif
#if ipconfigUSE_TCP_MEM_STATS == 1
#error "ipconfigUSE_TCP_MEM_STATS must be 0: vPrintResourceStats shows the memory in use"
#endif

#ifndef ipconfigUSE_DUMP_PACKETS
#define ipconfigUSE_DUMP_PACKETS 0
#endif
#if ipconfigUSE_DUMP_PACKETS == 1
#error "ipconfigUSE_DUMP_PACKETS must be 0: tcpip_capture.h captures packets, at run time"
#endif

#ifndef ipconfigINCLUDE_EXAMPLE_FREERTOS_PLUS_TRACE_CALLS
#define ipconfigINCLUDE_EXAMPLE_FREERTOS_PLUS_TRACE_CALLS 0
#endif
#if ipconfigINCLUDE_EXAMPLE_FREERTOS_PLUS_TRACE_CALLS == 1
#error "ipconfigINCLUDE_EXAMPLE_FREERTOS_PLUS_TRACE_CALLS must be 0: the macros are yours"
#endif

/* The processor's order is known to the compiler; a configuration that says otherwise is wrong. */
#if defined(ipconfigBYTE_ORDER) && defined(pdFREERTOS_LITTLE_ENDIAN) && defined(__BYTE_ORDER__)
#if (ipconfigBYTE_ORDER == pdFREERTOS_LITTLE_ENDIAN) != (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
#error "ipconfigBYTE_ORDER contradicts the compiler"
#endif
#endif

/* --- nothing to tune ---------------------------------------------------------------------------- */

/* There is no pool of segment descriptors, and what is in flight is bounded by the buffers. */
#ifndef ipconfigUSE_TCP_WIN
#define ipconfigUSE_TCP_WIN 1
#endif
#ifndef ipconfigTCP_WIN_SEG_COUNT
#define ipconfigTCP_WIN_SEG_COUNT 256
#endif
#ifndef ipconfigTCP_MEM_STATS_MAX_ALLOCATION
#define ipconfigTCP_MEM_STATS_MAX_ALLOCATION 128
#endif

/* Every frame is checked in full, whatever a driver has looked at. */
#ifndef ipconfigETHERNET_DRIVER_FILTERS_PACKETS
#define ipconfigETHERNET_DRIVER_FILTERS_PACKETS 0
#endif
#ifndef ipconfigTCP_IP_SANITY
#define ipconfigTCP_IP_SANITY 0
#endif

/* Frames go without copying from and to every driver that does not copy itself. */
#ifndef ipconfigZERO_COPY_RX_DRIVER
#define ipconfigZERO_COPY_RX_DRIVER 0
#endif
#ifndef ipconfigZERO_COPY_TX_DRIVER
#define ipconfigZERO_COPY_TX_DRIVER 0
#endif

/* A set is waited for in one way only; on one core a task has no choice of cores. */
#ifndef ipconfigSELECT_USES_NOTIFY
#define ipconfigSELECT_USES_NOTIFY 0
#endif
#ifndef ipconfigIP_TASK_AFFINITY
#define ipconfigIP_TASK_AFFINITY (-1)
#endif

/* Of compilers and of drivers: defaults for drivers that read them. */
#ifndef ipconfigPORT_SUPPRESS_WARNING
#define ipconfigPORT_SUPPRESS_WARNING 0
#endif
#ifndef ipconfigHAS_INLINE_FUNCTIONS
#define ipconfigHAS_INLINE_FUNCTIONS 1
#endif
#ifndef ipconfigISO_STRICTNESS_VIOLATION_START
#define ipconfigISO_STRICTNESS_VIOLATION_START
#endif
#ifndef ipconfigISO_STRICTNESS_VIOLATION_END
#define ipconfigISO_STRICTNESS_VIOLATION_END
#endif
#ifndef ipconfigHAS_TX_CRC_OFFLOADING
#define ipconfigHAS_TX_CRC_OFFLOADING 0
#endif
#ifndef ipconfigPHY_LS_HIGH_CHECK_TIME_MS
#define ipconfigPHY_LS_HIGH_CHECK_TIME_MS 15000
#endif
#ifndef ipconfigPHY_MAX_PORTS
#define ipconfigPHY_MAX_PORTS 4
#endif
#ifndef ipconfigTCP_MAY_LOG_PORT
#define ipconfigTCP_MAY_LOG_PORT(port) ((port) != 23U)
#endif
