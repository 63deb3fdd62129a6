/* SPDX-License-Identifier: MIT */
/*
 * Every option of the stack: the default, and the range that is checked when it is compiled.
 *
 * The values come from FreeRTOSIPConfig.h; what it leaves out is defined here. Include this header,
 * never FreeRTOSIPConfig.h itself. Options whose value is a duration in ticks belong to the
 * sockets' API; the stack inside counts in milliseconds.
 */
#pragma once

/* C++ spells it otherwise. */
#if defined(__cplusplus) && !defined(_Static_assert)
#define _Static_assert static_assert
#endif

#define ipconfigENABLE              1
#define ipconfigDISABLE             0
#define ipconfigIS_ENABLED(option)  ((option) != ipconfigDISABLE)
#define ipconfigIS_DISABLED(option) ((option) == ipconfigDISABLE)

#include "FreeRTOSIPConfig.h"
#include "tcpip_renamed.h"

#include "tcpip_refused.h"

/* Frames */

/* Payload bytes of a frame: what stands behind the Ethernet header. */
#ifndef ipconfigNETWORK_MTU
#define ipconfigNETWORK_MTU 1500
#endif
_Static_assert(ipconfigNETWORK_MTU >= 576 && ipconfigNETWORK_MTU <= 9000,
               "ipconfigNETWORK_MTU: 576 to 9000 (RFC 1122 3.3.3: every host takes 576)");

/* Frames that exist, for receiving and sending together; each has room for a whole MTU. */
#ifndef ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS
#define ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS 24
#endif
_Static_assert(ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS >= 4 &&
                   ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS <= 4096,
               "ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS: 4 to 4096");

/* Bytes of a buffer in front of a received frame: room for a driver's pointer, and a filler that
 * puts the IP header behind the Ethernet header at a multiple of four. 0: 8 and the filler. */
#ifndef ipconfigPACKET_FILLER_SIZE
#define ipconfigPACKET_FILLER_SIZE 2
#endif
#ifndef ipconfigBUFFER_PADDING
#define ipconfigBUFFER_PADDING 0
#endif
#define ipBUFFER_PADDING                                                                           \
    (ipconfigBUFFER_PADDING != 0 ? ipconfigBUFFER_PADDING : 8 + ipconfigPACKET_FILLER_SIZE)
_Static_assert(ipconfigPACKET_FILLER_SIZE >= 0 && ipconfigPACKET_FILLER_SIZE <= 64,
               "ipconfigPACKET_FILLER_SIZE: 0 to 64");
_Static_assert(ipconfigBUFFER_PADDING >= 0 && ipconfigBUFFER_PADDING <= 256,
               "ipconfigBUFFER_PADDING: 0 to 256");

/* A padding without room for a driver's pointer is an error, unless this says that no driver needs
 * one. */
#ifndef ipconfigSUPPRESS_BUFFER_PADDING_CHECK
#define ipconfigSUPPRESS_BUFFER_PADDING_CHECK 0
#endif
_Static_assert(ipconfigSUPPRESS_BUFFER_PADDING_CHECK ||
                   ipBUFFER_PADDING >= sizeof(void *) + ipconfigPACKET_FILLER_SIZE,
               "ipconfigBUFFER_PADDING: a pointer and ipconfigPACKET_FILLER_SIZE at least");

/* One interface only, however many there is room for. */
#ifndef ipconfigCOMPATIBLE_WITH_SINGLE
#define ipconfigCOMPATIBLE_WITH_SINGLE 0
#endif

/* Interfaces that tcpip_add_interface and FreeRTOS_AddNetworkInterface can take together. */
#ifndef ipconfigMAX_INTERFACES
#define ipconfigMAX_INTERFACES 2
#endif
_Static_assert(ipconfigMAX_INTERFACES >= 1 && ipconfigMAX_INTERFACES <= 16,
               "ipconfigMAX_INTERFACES: 1 to 16");

/* An interface for what is sent to 127.0.0.1, ::1 and our own addresses. */
#ifndef ipconfigUSE_LOOPBACK
#define ipconfigUSE_LOOPBACK 0
#endif

/* Interfaces that share the device of another one by a tag (IEEE 802.1Q), of those above. */
#ifndef ipconfigVLANS
#define ipconfigVLANS 0
#endif
_Static_assert(ipconfigVLANS >= 0 && ipconfigVLANS <= 16, "ipconfigVLANS: 0 to 16");

/* The stack's task */

#ifndef ipconfigIP_TASK_PRIORITY
#define ipconfigIP_TASK_PRIORITY (configMAX_PRIORITIES - 2)
#endif
#ifndef ipconfigIP_TASK_STACK_SIZE_WORDS
#define ipconfigIP_TASK_STACK_SIZE_WORDS 512
#endif
/* The longest that the stack's task sleeps, in ticks, however long nothing is due; and what it does
 * each time that it has woken. */
#ifndef ipconfigMAX_IP_TASK_SLEEP_TIME
#define ipconfigMAX_IP_TASK_SLEEP_TIME (portMAX_DELAY / 2)
#endif
#ifndef ipconfigWATCHDOG_TIMER
#define ipconfigWATCHDOG_TIMER() ((void)0)
#endif

/* Memory of sockets, and all other memory that is taken while running. */
#ifndef pvPortMallocSocket
#define pvPortMallocSocket(size) pvPortMalloc(size)
#endif
#ifndef vPortFreeSocket
#define vPortFreeSocket(memory) vPortFree(memory)
#endif
#ifndef pvPortMallocLarge
#define pvPortMallocLarge(size) pvPortMalloc(size)
#endif
#ifndef vPortFreeLarge
#define vPortFreeLarge(memory) vPortFree(memory)
#endif

/* Whether a handler of the application's can be called. */
#ifndef ipconfigIS_VALID_PROG_ADDRESS
#define ipconfigIS_VALID_PROG_ADDRESS(handler) ((handler) != NULL)
#endif

#ifndef ipconfigUSE_NETWORK_EVENT_HOOK
#define ipconfigUSE_NETWORK_EVENT_HOOK 0
#endif
#ifndef ipconfigIPv4_BACKWARD_COMPATIBLE
#define ipconfigIPv4_BACKWARD_COMPATIBLE 0
#endif

/* Names of types and members from before 2016. */
#ifndef ipconfigENABLE_BACKWARD_COMPATIBILITY
#define ipconfigENABLE_BACKWARD_COMPATIBILITY 1
#endif

/* The number from which uxGetMinimumIPQueueSpace counts down; the inbox itself has no limit. */
#ifndef ipconfigCHECK_IP_QUEUE_SPACE
#define ipconfigCHECK_IP_QUEUE_SPACE 0
#endif
#ifndef ipconfigEVENT_QUEUE_LENGTH
#define ipconfigEVENT_QUEUE_LENGTH (ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 5)
#endif
_Static_assert(ipconfigEVENT_QUEUE_LENGTH >= ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 5,
               "ipconfigEVENT_QUEUE_LENGTH: the network buffers and 5 at least");

/* Drivers written for FreeRTOS+TCP */

/* What such drivers' devices do: check IP, TCP, UDP and ICMP checksums of what they receive, and
 * insert them into what they send. */
#ifndef ipconfigDRIVER_INCLUDED_RX_IP_CHECKSUM
#define ipconfigDRIVER_INCLUDED_RX_IP_CHECKSUM 0
#endif
#ifndef ipconfigDRIVER_INCLUDED_TX_IP_CHECKSUM
#define ipconfigDRIVER_INCLUDED_TX_IP_CHECKSUM 0
#endif

/* Whether an eNetworkRxEvent may bring a chain of frames, linked by pxNextBuffer. */
#ifndef ipconfigUSE_LINKED_RX_MESSAGES
#define ipconfigUSE_LINKED_RX_MESSAGES 0
#endif

/* Frames that are neither ARP nor IP are shown to eApplicationProcessCustomFrameHook. */
#ifndef ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES
#define ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES 0
#endif

/* Asks such drivers, by pfGetPhyLinkStatus, every so many ms whether there still is a link; if not, it
 * is as if they had called FreeRTOS_NetworkDown. */
#ifndef ipconfigSUPPORT_NETWORK_DOWN_EVENT
#define ipconfigSUPPORT_NETWORK_DOWN_EVENT 0
#endif
#ifndef ipconfigPHY_LS_LOW_CHECK_TIME_MS
#define ipconfigPHY_LS_LOW_CHECK_TIME_MS 1000
#endif
_Static_assert(ipconfigPHY_LS_LOW_CHECK_TIME_MS >= 1 && ipconfigPHY_LS_LOW_CHECK_TIME_MS <= 3600000,
               "ipconfigPHY_LS_LOW_CHECK_TIME_MS: 1 ms to an hour");

/* What ipCONSIDER_FRAME_FOR_PROCESSING, which such drivers may use, does: with 1 every frame passes,
 * since the driver filters; with 0 it is eConsiderFrameForProcessing. */
#ifndef ipconfigETHERNET_DRIVER_FILTERS_FRAME_TYPES
#define ipconfigETHERNET_DRIVER_FILTERS_FRAME_TYPES 1
#endif

/* Such drivers are given no frame shorter than this; the rest is zeros. */
#ifndef ipconfigETHERNET_MINIMUM_PACKET_BYTES
#define ipconfigETHERNET_MINIMUM_PACKET_BYTES 0
#endif
_Static_assert(ipconfigETHERNET_MINIMUM_PACKET_BYTES >= 0 &&
                   ipconfigETHERNET_MINIMUM_PACKET_BYTES <= 64,
               "ipconfigETHERNET_MINIMUM_PACKET_BYTES: 0 to 64");

/* eConsiderFrameForProcessing refuses frames with an 802.3 length instead of a type. */
#ifndef ipconfigFILTER_OUT_NON_ETHERNET_II_FRAMES
#define ipconfigFILTER_OUT_NON_ETHERNET_II_FRAMES 1
#endif

/* Neighbours */

#ifndef ipconfigARP_CACHE_ENTRIES
#define ipconfigARP_CACHE_ENTRIES 10
#endif
_Static_assert(ipconfigARP_CACHE_ENTRIES >= 2 && ipconfigARP_CACHE_ENTRIES <= 255,
               "ipconfigARP_CACHE_ENTRIES: 2 to 255");

/* Requests without an answer before a neighbour counts as absent. */
#ifndef ipconfigMAX_ARP_RETRANSMISSIONS
#define ipconfigMAX_ARP_RETRANSMISSIONS 5
#endif
_Static_assert(ipconfigMAX_ARP_RETRANSMISSIONS >= 1 && ipconfigMAX_ARP_RETRANSMISSIONS <= 255,
               "ipconfigMAX_ARP_RETRANSMISSIONS: 1 to 255");

/* Life of an entry, in units of ten seconds. */
#ifndef ipconfigMAX_ARP_AGE
#define ipconfigMAX_ARP_AGE 150
#endif
_Static_assert(ipconfigMAX_ARP_AGE >= 2 && ipconfigMAX_ARP_AGE <= 255,
               "ipconfigMAX_ARP_AGE: 2 to 255");

#ifndef ipconfigARP_USE_CLASH_DETECTION
#define ipconfigARP_USE_CLASH_DETECTION 0
#endif

/* IPv6 */

#ifndef ipconfigUSE_IPv6
#define ipconfigUSE_IPv6 1
#endif

/* Neighbours of IPv6 for which there is room besides those of IPv4. */
#ifndef ipconfigND_CACHE_ENTRIES
#define ipconfigND_CACHE_ENTRIES 10
#endif
_Static_assert(ipconfigND_CACHE_ENTRIES >= 2 && ipconfigND_CACHE_ENTRIES <= 255,
               "ipconfigND_CACHE_ENTRIES: 2 to 255");

/* Addresses from prefixes that routers advertise. */
#ifndef ipconfigUSE_RA
#define ipconfigUSE_RA 1
#endif

/* DNS servers that routers name (RFC 8106). */
#ifndef ipconfigRA_DNS
#define ipconfigRA_DNS 1
#endif

/* Better first hops that routers name (RFC 4861 8). */
#ifndef ipconfigUSE_REDIRECTS
#define ipconfigUSE_REDIRECTS 1
#endif

/* Addresses of IPv6 from a server, and what else it knows. */
#ifndef ipconfigUSE_DHCPv6
#define ipconfigUSE_DHCPv6 0
#endif

/* Questions for a router, and the ms between them, before an end-point uses its defaults. */
#ifndef ipconfigRA_SEARCH_COUNT
#define ipconfigRA_SEARCH_COUNT 3
#endif
_Static_assert(ipconfigRA_SEARCH_COUNT >= 1 && ipconfigRA_SEARCH_COUNT <= 255,
               "ipconfigRA_SEARCH_COUNT: 1 to 255");
#ifndef ipconfigRA_SEARCH_TIME_OUT_MSEC
#define ipconfigRA_SEARCH_TIME_OUT_MSEC 4000
#endif
_Static_assert(ipconfigRA_SEARCH_TIME_OUT_MSEC >= 1000 &&
                   ipconfigRA_SEARCH_TIME_OUT_MSEC <= 3600000,
               "ipconfigRA_SEARCH_TIME_OUT_MSEC: a second to an hour");

/* Questions, and the ms after each, whether another host has an address that we are about to use. */
#ifndef ipconfigRA_IP_TEST_COUNT
#define ipconfigRA_IP_TEST_COUNT 1
#endif
_Static_assert(ipconfigRA_IP_TEST_COUNT >= 0 && ipconfigRA_IP_TEST_COUNT <= 255,
               "ipconfigRA_IP_TEST_COUNT: 0 to 255");
#ifndef ipconfigRA_IP_TEST_TIME_OUT_MSEC
#define ipconfigRA_IP_TEST_TIME_OUT_MSEC 1000
#endif
_Static_assert(ipconfigRA_IP_TEST_TIME_OUT_MSEC >= 1 && ipconfigRA_IP_TEST_TIME_OUT_MSEC <= 60000,
               "ipconfigRA_IP_TEST_TIME_OUT_MSEC: 1 to 60000");

/* Routers remembered. */
#ifndef ipconfigIPv6_ROUTERS
#define ipconfigIPv6_ROUTERS 2
#endif
_Static_assert(ipconfigIPv6_ROUTERS >= 1 && ipconfigIPv6_ROUTERS <= 16,
               "ipconfigIPv6_ROUTERS: 1 to 16");

/* Destinations of which something special is remembered: another first hop, a smaller MTU. */
#ifndef ipconfigIPv6_DESTINATIONS
#define ipconfigIPv6_DESTINATIONS 4
#endif
_Static_assert(ipconfigIPv6_DESTINATIONS >= 0 && ipconfigIPv6_DESTINATIONS <= 64,
               "ipconfigIPv6_DESTINATIONS: 0 to 64");

/* Fragments */

/* Puts fragments of either family together; without it they are dropped. */
#ifndef ipconfigUSE_REASSEMBLY
#define ipconfigUSE_REASSEMBLY 0
#endif

/* Packets that are put together at a time, and the bytes that each can have behind its headers. */
#ifndef ipconfigREASSEMBLY_PACKETS
#define ipconfigREASSEMBLY_PACKETS 2
#endif
_Static_assert(ipconfigREASSEMBLY_PACKETS >= 1 && ipconfigREASSEMBLY_PACKETS <= 64,
               "ipconfigREASSEMBLY_PACKETS: 1 to 64");
#ifndef ipconfigREASSEMBLY_SIZE
#define ipconfigREASSEMBLY_SIZE 4096
#endif
_Static_assert(ipconfigREASSEMBLY_SIZE >= 1500 && ipconfigREASSEMBLY_SIZE <= 65000,
               "ipconfigREASSEMBLY_SIZE: 1500 to 65000 (RFC 8200 5: every host takes 1500)");

/* Groups */

/* Tells routers, and switches that listen, of groups of IPv4. */
#ifndef ipconfigUSE_IGMP
#define ipconfigUSE_IGMP 0
#endif

/* UDP and raw sockets can join groups: TCPIP_SO_JOIN_GROUP. */
#ifndef ipconfigUSE_SOCKET_GROUPS
#define ipconfigUSE_SOCKET_GROUPS 0
#endif

/* Groups of all interfaces together; each address of IPv6 takes one. */
#ifndef ipconfigMULTICAST_GROUPS
#define ipconfigMULTICAST_GROUPS 8
#endif
_Static_assert(ipconfigMULTICAST_GROUPS >= 1 && ipconfigMULTICAST_GROUPS <= 255,
               "ipconfigMULTICAST_GROUPS: 1 to 255");

/* IP, ICMP and UDP */

#ifndef ipconfigICMP_TIME_TO_LIVE
#define ipconfigICMP_TIME_TO_LIVE 64
#endif
#ifndef ipconfigUDP_TIME_TO_LIVE
#define ipconfigUDP_TIME_TO_LIVE 128
#endif
#ifndef ipconfigTCP_TIME_TO_LIVE
#define ipconfigTCP_TIME_TO_LIVE 128
#endif
#ifndef ipconfigFORCE_IP_DONT_FRAGMENT
#define ipconfigFORCE_IP_DONT_FRAGMENT 0
#endif
#ifndef ipconfigIP_PASS_PACKETS_WITH_IP_OPTIONS
#define ipconfigIP_PASS_PACKETS_WITH_IP_OPTIONS 1
#endif
#ifndef ipconfigREPLY_TO_INCOMING_PINGS
#define ipconfigREPLY_TO_INCOMING_PINGS 1
#endif
#ifndef ipconfigSUPPORT_OUTGOING_PINGS
#define ipconfigSUPPORT_OUTGOING_PINGS 0
#endif
#ifndef ipconfigUDP_PASS_ZERO_CHECKSUM_PACKETS
#define ipconfigUDP_PASS_ZERO_CHECKSUM_PACKETS 0
#endif

/* Datagrams that wait on a socket for the application. */
#ifndef ipconfigUDP_MAX_RX_PACKETS
#define ipconfigUDP_MAX_RX_PACKETS 4
#endif
_Static_assert(ipconfigUDP_MAX_RX_PACKETS >= 1, "ipconfigUDP_MAX_RX_PACKETS: at least 1");

/* Sockets */

#ifndef ipconfigSOCK_DEFAULT_RECEIVE_BLOCK_TIME
#define ipconfigSOCK_DEFAULT_RECEIVE_BLOCK_TIME portMAX_DELAY
#endif
#ifndef ipconfigSOCK_DEFAULT_SEND_BLOCK_TIME
#define ipconfigSOCK_DEFAULT_SEND_BLOCK_TIME portMAX_DELAY
#endif
#ifndef ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS
#define ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS pdMS_TO_TICKS(20)
#endif
#ifndef ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND
#define ipconfigALLOW_SOCKET_SEND_WITHOUT_BIND 1
#endif
#ifndef ipconfigSOCKET_HAS_USER_SEMAPHORE
#define ipconfigSOCKET_HAS_USER_SEMAPHORE 0
#endif
#ifndef ipconfigSOCKET_HAS_USER_WAKE_CALLBACK
#define ipconfigSOCKET_HAS_USER_WAKE_CALLBACK 0
#endif
#ifndef ipconfigUSE_CALLBACKS
#define ipconfigUSE_CALLBACKS 0
#endif
#ifndef ipconfigSUPPORT_SELECT_FUNCTION
#define ipconfigSUPPORT_SELECT_FUNCTION 0
#endif
#ifndef ipconfigSUPPORT_SIGNALS
#define ipconfigSUPPORT_SIGNALS 0
#endif
#ifndef ipconfigUSE_RAW_SOCKETS
#define ipconfigUSE_RAW_SOCKETS 0
#endif

/* Whole Ethernet frames of one type, or of all: tcpip_packet.h. */
#ifndef ipconfigUSE_PACKET_SOCKETS
#define ipconfigUSE_PACKET_SOCKETS 0
#endif
_Static_assert(ipconfigUSE_PACKET_SOCKETS == 0 || ipconfigUSE_PACKET_SOCKETS == 1,
               "ipconfigUSE_PACKET_SOCKETS: 0 or 1");

#ifndef ipconfigUSE_TCP
#define ipconfigUSE_TCP 1
#endif

/* Descriptors of tcpip_berkeley.h, and the number of the first; 0 to 2 are often used otherwise. */
#ifndef ipconfigBERKELEY_DESCRIPTORS
#define ipconfigBERKELEY_DESCRIPTORS 16
#endif
_Static_assert(ipconfigBERKELEY_DESCRIPTORS >= 1 && ipconfigBERKELEY_DESCRIPTORS <= 1024,
               "ipconfigBERKELEY_DESCRIPTORS: 1 to 1024");
#ifndef ipconfigBERKELEY_FIRST_DESCRIPTOR
#define ipconfigBERKELEY_FIRST_DESCRIPTOR 3
#endif
_Static_assert(ipconfigBERKELEY_FIRST_DESCRIPTOR >= 0 && ipconfigBERKELEY_FIRST_DESCRIPTOR <= 1024,
               "ipconfigBERKELEY_FIRST_DESCRIPTOR: 0 to 1024");

/* TCP */

/* Largest segment that is offered to a peer; a smaller MTU of the route makes it smaller. */
#ifndef ipconfigTCP_MSS
#define ipconfigTCP_MSS (ipconfigNETWORK_MTU - 40)
#endif
_Static_assert(ipconfigTCP_MSS >= 64 && ipconfigTCP_MSS <= 65495, "ipconfigTCP_MSS: 64 to 65495");

/* Bytes of a connection's two buffers; the first is also the window. */
#ifndef ipconfigTCP_RX_BUFFER_LENGTH
#define ipconfigTCP_RX_BUFFER_LENGTH (4 * ipconfigTCP_MSS)
#endif
#ifndef ipconfigTCP_TX_BUFFER_LENGTH
#define ipconfigTCP_TX_BUFFER_LENGTH (4 * ipconfigTCP_MSS)
#endif
_Static_assert(ipconfigTCP_RX_BUFFER_LENGTH >= 1 && ipconfigTCP_TX_BUFFER_LENGTH >= 1,
               "ipconfigTCP_RX_BUFFER_LENGTH, ipconfigTCP_TX_BUFFER_LENGTH: at least 1");

/* Connections in all states together, those that only wait for late segments included. */
#ifndef ipconfigTCP_MAX_CONNECTIONS
#define ipconfigTCP_MAX_CONNECTIONS 32
#endif
_Static_assert(ipconfigTCP_MAX_CONNECTIONS >= 1 && ipconfigTCP_MAX_CONNECTIONS <= 65535,
               "ipconfigTCP_MAX_CONNECTIONS: 1 to 65535");

/* Several segments under way at a time, and a place for what comes early. Without it each segment waits
 * for the acknowledgement of the one before. */
#ifndef ipconfigUSE_TCP_WIN
#define ipconfigUSE_TCP_WIN 1
#endif
_Static_assert(ipconfigUSE_TCP_WIN == 0 || ipconfigUSE_TCP_WIN == 1, "ipconfigUSE_TCP_WIN: 0 or 1");

/* Options of RFC 7323 and RFC 2018, each used where both ends have it; without one there is no code for
 * it. */
#ifndef ipconfigUSE_TCP_WINDOW_SCALING
#define ipconfigUSE_TCP_WINDOW_SCALING 0
#endif
_Static_assert(ipconfigUSE_TCP_WINDOW_SCALING == 0 || ipconfigUSE_TCP_WINDOW_SCALING == 1,
               "ipconfigUSE_TCP_WINDOW_SCALING: 0 or 1");
#ifndef ipconfigUSE_TCP_TIMESTAMPS
#define ipconfigUSE_TCP_TIMESTAMPS 0
#endif
_Static_assert(ipconfigUSE_TCP_TIMESTAMPS == 0 || ipconfigUSE_TCP_TIMESTAMPS == 1,
               "ipconfigUSE_TCP_TIMESTAMPS: 0 or 1");
#ifndef ipconfigUSE_TCP_SACK
#define ipconfigUSE_TCP_SACK 0
#endif
_Static_assert(ipconfigUSE_TCP_SACK == 0 || ipconfigUSE_TCP_SACK == 1,
               "ipconfigUSE_TCP_SACK: 0 or 1");
_Static_assert(ipconfigUSE_TCP_WIN || !ipconfigUSE_TCP_SACK,
               "ipconfigUSE_TCP_SACK reports what came early: it needs ipconfigUSE_TCP_WIN");

/* Options of TCP sockets that few applications set: FREERTOS_SO_SNDBUF, _RCVBUF, _WIN_PROPERTIES,
 * _SET_LOW_HIGH_WATER, _STOP_RX, _SET_FULL_SIZE, _CLOSE_AFTER_SEND, _REUSE_LISTEN_SOCKET, and
 * TCPIP_SO_USER_TIMEOUT of tcpip.h. Without them these are answered with -ENOPROTOOPT. */
#ifndef ipconfigUSE_TCP_MORE_OPTIONS
#define ipconfigUSE_TCP_MORE_OPTIONS 1
#endif
_Static_assert(ipconfigUSE_TCP_MORE_OPTIONS == 0 || ipconfigUSE_TCP_MORE_OPTIONS == 1,
               "ipconfigUSE_TCP_MORE_OPTIONS: 0 or 1");

/* Counts what each connection carries, tcpip_tcp_get_statistics of tcpip.h, and what TCP as a whole
 * has sent, taken and dropped. */
#ifndef ipconfigUSE_TCP_STATISTICS
#define ipconfigUSE_TCP_STATISTICS 0
#endif
_Static_assert(ipconfigUSE_TCP_STATISTICS == 0 || ipconfigUSE_TCP_STATISTICS == 1,
               "ipconfigUSE_TCP_STATISTICS: 0 or 1");

/* Gathers small writes while earlier ones are unacknowledged (RFC 9293 3.7.4). Without it each
 * call of FreeRTOS_send leaves at once, as applications of this API expect. */
#ifndef ipconfigTCP_NAGLE
#define ipconfigTCP_NAGLE 0
#endif

/* Probes an idle peer every so many seconds. */
#ifndef ipconfigTCP_KEEP_ALIVE
#define ipconfigTCP_KEEP_ALIVE 0
#endif
#ifndef ipconfigTCP_KEEP_ALIVE_INTERVAL
#define ipconfigTCP_KEEP_ALIVE_INTERVAL 20
#endif
_Static_assert(ipconfigTCP_KEEP_ALIVE_INTERVAL >= 1 && ipconfigTCP_KEEP_ALIVE_INTERVAL <= 86400,
               "ipconfigTCP_KEEP_ALIVE_INTERVAL: 1 s to a day");

/* The shortest retransmission time-out, in ms. */
#ifndef ipconfigTCP_SRTT_MINIMUM_VALUE_MS
#define ipconfigTCP_SRTT_MINIMUM_VALUE_MS 300
#endif
_Static_assert(ipconfigTCP_SRTT_MINIMUM_VALUE_MS >= 1 && ipconfigTCP_SRTT_MINIMUM_VALUE_MS <= 60000,
               "ipconfigTCP_SRTT_MINIMUM_VALUE_MS: 1 to 60000");

/* Segments that belong to no connection get no RST. */
#ifndef ipconfigIGNORE_UNKNOWN_PACKETS
#define ipconfigIGNORE_UNKNOWN_PACKETS 0
#endif

/* How many seconds a connection that was closed here waits for its peer's end; without protection an
 * hour. */
#ifndef ipconfigTCP_HANG_PROTECTION
#define ipconfigTCP_HANG_PROTECTION 1
#endif
#ifndef ipconfigTCP_HANG_PROTECTION_TIME
#define ipconfigTCP_HANG_PROTECTION_TIME 60
#endif
_Static_assert(ipconfigTCP_HANG_PROTECTION_TIME >= 1 && ipconfigTCP_HANG_PROTECTION_TIME <= 86400,
               "ipconfigTCP_HANG_PROTECTION_TIME: 1 s to a day");

/* Messages about what happens, for developers: an application that defines
 * FreeRTOS_debug_printf((format, ...)) gets them there. */
#ifndef ipconfigHAS_DEBUG_PRINTF
#define ipconfigHAS_DEBUG_PRINTF 0
#endif
#if ipconfigHAS_DEBUG_PRINTF == 1 && !defined(FreeRTOS_debug_printf)
#define FreeRTOS_debug_printf(arguments) configPRINTF(arguments)
#endif
#ifndef FreeRTOS_debug_printf
#define FreeRTOS_debug_printf(arguments) ((void)0)
#endif
#ifndef FreeRTOS_flush_logging
#define FreeRTOS_flush_logging() ((void)0)
#endif

/* Listings: an application that defines FreeRTOS_printf((format, ...)) gets them there. */
#ifndef ipconfigHAS_PRINTF
#define ipconfigHAS_PRINTF 0
#endif
#if ipconfigHAS_PRINTF == 1 && !defined(FreeRTOS_printf)
#define FreeRTOS_printf(arguments) configPRINTF(arguments)
#endif
#ifndef FreeRTOS_printf
#define FreeRTOS_printf(arguments) ((void)0)
#endif

/* DHCP */

#ifndef ipconfigUSE_DHCP
#define ipconfigUSE_DHCP 1
#endif
#ifndef ipconfigUSE_DHCP_HOOK
#define ipconfigUSE_DHCP_HOOK 0
#endif
#ifndef ipconfigDHCP_REGISTER_HOSTNAME
#define ipconfigDHCP_REGISTER_HOSTNAME 0
#endif

/* Asks the link whether somebody has an address before it is used (RFC 2131 4.4.1). */
#ifndef ipconfigDHCP_CHECK_ADDRESS
#define ipconfigDHCP_CHECK_ADDRESS 1
#endif

/* Takes a link-local address (169.254.0.0/16) when no server answers and nothing else is configured. */
#ifndef ipconfigDHCP_FALL_BACK_AUTO_IP
#define ipconfigDHCP_FALL_BACK_AUTO_IP 0
#endif

/* The longest pause between two DISCOVER, in ticks; then the static configuration is used. */
#ifndef ipconfigMAXIMUM_DISCOVER_TX_PERIOD
#define ipconfigMAXIMUM_DISCOVER_TX_PERIOD pdMS_TO_TICKS(64000)
#endif

/* DNS */

#ifndef ipconfigUSE_DNS
#define ipconfigUSE_DNS 1
#endif
#ifndef ipconfigDNS_USE_CALLBACKS
#define ipconfigDNS_USE_CALLBACKS 0
#endif
#ifndef ipconfigUSE_DNS_CACHE
#define ipconfigUSE_DNS_CACHE 1
#endif

/* Remembers as well that a name has no addresses, as long as its zone says (RFC 2308). */
#ifndef ipconfigDNS_CACHE_ABSENCE
#define ipconfigDNS_CACHE_ABSENCE 1
#endif

#ifndef ipconfigDNS_CACHE_ENTRIES
#define ipconfigDNS_CACHE_ENTRIES 4
#endif
_Static_assert(ipconfigDNS_CACHE_ENTRIES >= 1 && ipconfigDNS_CACHE_ENTRIES <= 255,
               "ipconfigDNS_CACHE_ENTRIES: 1 to 255");

/* Addresses kept of one answer. */
#ifndef ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY
#define ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY 4
#endif
_Static_assert(ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY >= 1 &&
                   ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY <= 32,
               "ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY: 1 to 32");

/* Longest name that is kept or asked for, with its final zero. */
#ifndef ipconfigDNS_CACHE_NAME_LENGTH
#define ipconfigDNS_CACHE_NAME_LENGTH 254
#endif
_Static_assert(ipconfigDNS_CACHE_NAME_LENGTH >= 2 && ipconfigDNS_CACHE_NAME_LENGTH <= 254,
               "ipconfigDNS_CACHE_NAME_LENGTH: 2 to 254 (RFC 1035 2.3.4)");

/* Rounds through all servers before a name counts as not to be resolved. */
#ifndef ipconfigDNS_REQUEST_ATTEMPTS
#define ipconfigDNS_REQUEST_ATTEMPTS 5
#endif
_Static_assert(ipconfigDNS_REQUEST_ATTEMPTS >= 1 && ipconfigDNS_REQUEST_ATTEMPTS <= 255,
               "ipconfigDNS_REQUEST_ATTEMPTS: 1 to 255");

/* The longest wait for one answer, in ticks: a question waits a second at first, in each round
 * twice as long as in the last, up to this. */
#ifndef ipconfigDNS_RECEIVE_BLOCK_TIME_TICKS
#define ipconfigDNS_RECEIVE_BLOCK_TIME_TICKS pdMS_TO_TICKS(5000)
#endif

/* After how many ticks a question is asked again that could not be sent. */
#ifndef ipconfigDNS_SEND_BLOCK_TIME_TICKS
#define ipconfigDNS_SEND_BLOCK_TIME_TICKS pdMS_TO_TICKS(500)
#endif

/* Bytes of an answer in a datagram that servers are told we can take (EDNS0), as far as a packet
 * holds them; 512: they are told nothing. */
#ifndef ipconfigDNS_UDP_SIZE
#define ipconfigDNS_UDP_SIZE 1232
#endif
_Static_assert(ipconfigDNS_UDP_SIZE >= 512 && ipconfigDNS_UDP_SIZE <= 4096,
               "ipconfigDNS_UDP_SIZE: 512 to 4096");

/* The longest answer that is taken over TCP when it did not fit into a datagram; 0: none. */
#ifndef ipconfigDNS_TCP_SIZE
#define ipconfigDNS_TCP_SIZE 4096
#endif
_Static_assert(ipconfigDNS_TCP_SIZE == 0 ||
                   (ipconfigDNS_TCP_SIZE >= 512 && ipconfigDNS_TCP_SIZE <= 65535),
               "ipconfigDNS_TCP_SIZE: 0, or 512 to 65535");

/* Asks for an alias with which a server's answer ends (RFC 1034 5.3.3), up to four times. */
#ifndef ipconfigDNS_ASK_ALIASES
#define ipconfigDNS_ASK_ALIASES 1
#endif

/* Mixes the case of a question's letters at random and wants them back: against forged answers. */
#ifndef ipconfigDNS_MIX_CASE
#define ipconfigDNS_MIX_CASE 0
#endif

/* Domains that tcpip_dns_search_add can take. */
#ifndef ipconfigDNS_SEARCH_DOMAINS
#define ipconfigDNS_SEARCH_DOMAINS 0
#endif
_Static_assert(ipconfigDNS_SEARCH_DOMAINS >= 0 && ipconfigDNS_SEARCH_DOMAINS <= 16,
               "ipconfigDNS_SEARCH_DOMAINS: 0 to 16");

/* Such domains that are taken from DHCP, DHCPv6 and routers. */
#ifndef ipconfigDNS_LEARNT_DOMAINS
#define ipconfigDNS_LEARNT_DOMAINS 0
#endif
_Static_assert(ipconfigDNS_LEARNT_DOMAINS >= 0 && ipconfigDNS_LEARNT_DOMAINS <= 16,
               "ipconfigDNS_LEARNT_DOMAINS: 0 to 16");

/* Takes "192.0.2.1" as a name. */
#ifndef ipconfigINCLUDE_FULL_INET_ADDR
#define ipconfigINCLUDE_FULL_INET_ADDR 1
#endif

/* DNS servers that an end-point remembers. */
#ifndef ipconfigENDPOINT_DNS_ADDRESS_COUNT
#define ipconfigENDPOINT_DNS_ADDRESS_COUNT 5
#endif
_Static_assert(ipconfigENDPOINT_DNS_ADDRESS_COUNT >= 1 && ipconfigENDPOINT_DNS_ADDRESS_COUNT <= 16,
               "ipconfigENDPOINT_DNS_ADDRESS_COUNT: 1 to 16");

/* Names that tcpip_host_add can take. */
#ifndef ipconfigMAX_STATIC_HOSTS
#define ipconfigMAX_STATIC_HOSTS 4
#endif
_Static_assert(ipconfigMAX_STATIC_HOSTS >= 0 && ipconfigMAX_STATIC_HOSTS <= 255,
               "ipconfigMAX_STATIC_HOSTS: 0 to 255");

/* Names of the link */

#ifndef ipconfigUSE_LLMNR
#define ipconfigUSE_LLMNR 0
#endif
#ifndef ipconfigUSE_NBNS
#define ipconfigUSE_NBNS 0
#endif

/* Multicast DNS and service discovery */

#ifndef ipconfigUSE_MDNS
#define ipconfigUSE_MDNS 0
#endif

/* Services that this host offers. */
#ifndef ipconfigMDNS_SERVICES
#define ipconfigMDNS_SERVICES 4
#endif
_Static_assert(ipconfigMDNS_SERVICES >= 1 && ipconfigMDNS_SERVICES <= 32,
               "ipconfigMDNS_SERVICES: 1 to 32");

/* Services of others that are remembered while they are browsed. */
#ifndef ipconfigMDNS_INSTANCES
#define ipconfigMDNS_INSTANCES 8
#endif
_Static_assert(ipconfigMDNS_INSTANCES >= 1 && ipconfigMDNS_INSTANCES <= 255,
               "ipconfigMDNS_INSTANCES: 1 to 255");
