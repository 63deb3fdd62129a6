/* SPDX-License-Identifier: MIT */
/*
 * lwIP's options: the protocols of the benchmark's set, windows as ours, everything else as it comes.
 * BENCH_WINDOW is the window and the send buffer of a connection; BENCH_LIBC_MEMORY leaves all memory
 * to the C library, so that what is in use can be counted.
 */
#pragma once

#include <stddef.h>

#define NO_SYS               1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN         0
#define LWIP_SOCKET          0
#define LWIP_STATS           0
#define MEM_ALIGNMENT        4

#define LWIP_IPV4            1
#define LWIP_IPV6            BENCH_IPV6
#define LWIP_ICMP            1
#define LWIP_UDP             1
#define LWIP_TCP             1
#define LWIP_DHCP            1
#define LWIP_DNS             1
#define LWIP_TCP_KEEPALIVE   1
#define IP_REASSEMBLY        0
#define IP_FRAG              0
#define ARP_TABLE_SIZE       10
#define ARP_QUEUEING         1
#define DNS_TABLE_SIZE       4

/* What the set does not name. */
#define LWIP_DHCP_DOES_ACD_CHECK 0

#define TCP_MSS                  1460
#define TCP_WND                  BENCH_WINDOW
#define TCP_SND_BUF              BENCH_WINDOW
#define TCP_SND_QUEUELEN         (4 * (TCP_SND_BUF) / (TCP_MSS) + 4)
#define LWIP_WND_SCALE           0
#define LWIP_TCP_TIMESTAMPS      0
#define LWIP_TCP_SACK_OUT        0

/* Pools for the benchmark's connections and a full window each way. */
#define MEMP_NUM_TCP_PCB        4
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_UDP_PCB        4
#define MEMP_NUM_TCP_SEG        (TCP_SND_QUEUELEN)
#define MEMP_NUM_ARP_QUEUE      6
#define PBUF_POOL_SIZE          ((TCP_WND) / (TCP_MSS) + 8)
#define MEM_SIZE                ((TCP_SND_BUF)*3 + 8192)

#if BENCH_LIBC_MEMORY
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#endif

unsigned bench_random(void);
#define LWIP_RAND() bench_random()
