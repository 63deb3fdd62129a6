/* SPDX-License-Identifier: MIT */
/*
 * Memory for the buffers of drivers that bring none. Weak, in a file of its own.
 */
#include "NetworkInterface.h"

#define BUFFER_SIZE ((ipBUFFER_PADDING + ipTOTAL_ETHERNET_FRAME_SIZE + 7) / 8 * 8)

__attribute__((weak)) size_t uxNetworkInterfaceAllocateRAMToBuffers(
    NetworkBufferDescriptor_t descriptors[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS])
{
    static _Alignas(8) uint8_t buffers[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS][BUFFER_SIZE];

    for (size_t i = 0; i < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; i++)
        descriptors[i].pucEthernetBuffer = buffers[i] + ipBUFFER_PADDING;
    return ipTOTAL_ETHERNET_FRAME_SIZE;
}
