/* SPDX-License-Identifier: MIT */
/*
 * The stack's options in the benchmark: those of the set (bench/README.md) at their defaults; what is
 * on or off is said by the build, one symbol for each variant.
 */
#pragma once

#define ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS BENCH_FRAMES
#define ipconfigTCP_RX_BUFFER_LENGTH           BENCH_WINDOW
#define ipconfigTCP_TX_BUFFER_LENGTH           BENCH_WINDOW
#define ipconfigUSE_DHCP                       1
#define ipconfigUSE_DNS                        1
#define ipconfigUSE_DNS_CACHE                  1
#define ipconfigUSE_TCP                        1

/* What the set does not name. */
#define ipconfigDHCP_CHECK_ADDRESS     0
#define ipconfigINCLUDE_FULL_INET_ADDR 0

/* What lwIP's options leave out as well, or have so many of. */
#define ipconfigDNS_ASK_ALIASES      0
#define ipconfigDNS_CACHE_ABSENCE    0
#define ipconfigDNS_TCP_SIZE         0
#define ipconfigDNS_UDP_SIZE         512
#define ipconfigMAX_STATIC_HOSTS     0
#define ipconfigTCP_MAX_CONNECTIONS  4
#define ipconfigUSE_TCP_MORE_OPTIONS 0

/* Of IPv6. */
#define ipconfigRA_DNS            0
#define ipconfigIPv6_DESTINATIONS 0

#ifndef ipconfigUSE_IPv6
#define ipconfigUSE_IPv6 0
#endif
