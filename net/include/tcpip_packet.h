/* SPDX-License-Identifier: MIT */
/*
 * Packet sockets: whole Ethernet frames of one type, or of all, on one interface, for protocols that the
 * stack does not have (LLDP, EtherCAT, PTP, own ones). They see what comes for our station, for groups and
 * for all, as it is; the stack goes on with what it knows itself. Of a tagged network they see the frames
 * without their tags. Needs ipconfigUSE_PACKET_SOCKETS.
 *
 * Such a socket is closed, waited for, put into sets and signalled like any other; of its options it has
 * the time-outs, the semaphore, the callback that wakes, and FREERTOS_SO_UDP_MAX_RX_PACKETS: so many
 * frames wait for the application, further ones are dropped and counted. While one is open the device
 * lets every group through.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "FreeRTOS_Sockets.h"

#ifdef __cplusplus
extern "C" {
#endif

struct xNetworkInterface;

enum { TCPIP_PACKET_ALL = 0 };

/* A socket for the frames with this Ethernet type, 0x0600 to 0xffff in host order, or TCPIP_PACKET_ALL:
 * also those with a length instead. It receives from now on. From tasks; waits for the stack's task.
 * FREERTOS_INVALID_SOCKET: no memory, no such type, no interface, or the stack does not run. */
Socket_t tcpip_packet_socket(struct xNetworkInterface *interface, uint16_t type);

/* Takes the next frame, from its Ethernet header on and without a check sequence, cut to `size`. Waits as
 * long as FREERTOS_SO_RCVTIMEO says, or with FREERTOS_MSG_DONTWAIT not at all. From tasks. Returns its
 * bytes, or -EWOULDBLOCK, -EINTR, -ECLOSED, or -EINVAL: it is no such socket. */
int32_t tcpip_packet_receive(Socket_t socket, void *buffer, size_t size, BaseType_t flags);

/* Sends a frame, from its Ethernet header on, whose source is made our station's, whatever it says. At
 * least 14 bytes, at most the interface's MTU behind the header. Waits for a free frame as long as
 * FREERTOS_SO_SNDTIMEO and ipconfigUDP_MAX_SEND_BLOCK_TIME_TICKS say, or with FREERTOS_MSG_DONTWAIT not
 * at all. From tasks. Returns `size`, or -EINVAL, or -ENOBUFS: no frame was free in time, or the device
 * has no link or no room, which is counted. */
int32_t tcpip_packet_send(Socket_t socket, const void *bytes, size_t size, BaseType_t flags);

/* How many frames the socket had no room for. Any task. */
uint32_t tcpip_packet_lost(Socket_t socket);

#ifdef __cplusplus
}
#endif
