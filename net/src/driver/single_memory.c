/* SPDX-License-Identifier: MIT */
/*
 * The older name of the function that brings memory leads to the newer one, unless the driver has
 * it. Weak, in a file of its own.
 */
#include "NetworkInterface.h"

#if ipconfigIPv4_BACKWARD_COMPATIBLE

__attribute__((weak)) void vNetworkInterfaceAllocateRAMToBuffers(
    NetworkBufferDescriptor_t descriptors[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS])
{
    (void)uxNetworkInterfaceAllocateRAMToBuffers(descriptors);
}

#endif
