/* SPDX-License-Identifier: MIT */
/*
 * Frames of types that the stack does not know, for the application to judge. A file of its own, so
 * that descriptors are linked only where the option, or a driver, needs them.
 */
#include "driver/driver.h"

#include "FreeRTOS_IP_Private.h"
#include "api/api.h"
#include "link/ethernet.h"

#if ipconfigPROCESS_CUSTOM_ETHERNET_FRAMES

static NetworkInterface_t *interface_of(const struct tcpip_interface *core)
{
    NetworkInterface_t *interface = FreeRTOS_FirstNetworkInterface();

    while (interface != NULL && &interface->core != core)
        interface = interface->pxNext;
    return interface;
}

static bool judge(struct tcpip_interface *core, struct netif_frame *frame)
{
    NetworkBufferDescriptor_t *descriptor = tcpip_descriptor_take();

    if (descriptor == NULL)
        return false;
    tcpip_descriptor_lend(descriptor, frame);
    descriptor->pxInterface = interface_of(core);
    descriptor->pxEndPoint = descriptor->pxInterface->pxEndPoint;
    switch (eApplicationProcessCustomFrameHook(descriptor)) {
    case eFrameConsumed:
        return true;
    case eReturnEthernetFrame:
        vReturnEthernetFrame(descriptor, pdTRUE);
        return true;
    default:
        return tcpip_descriptor_return(descriptor) == NULL; /* then it is dropped, and counted */
    }
}

void tcpip_api_watch_other_frames(void)
{
    tcpip_ethernet_other = judge;
}

#endif
