/* SPDX-License-Identifier: MIT */
/*
 * Drivers of a single interface, whose two functions have fixed names. Weak, so that a driver of
 * several interfaces with a pxFillInterfaceDescriptor of its own goes before; its functions are
 * referred to weakly, for applications that have neither.
 */
#include "NetworkInterface.h"
#include "api/api.h"

#if ipconfigIPv4_BACKWARD_COMPATIBLE

extern __attribute__((weak)) BaseType_t xNetworkInterfaceInitialise(void);
extern __attribute__((weak)) BaseType_t xNetworkInterfaceOutput(
    NetworkBufferDescriptor_t *const descriptor, BaseType_t release_after_send);
extern __attribute__((weak)) BaseType_t xGetPhyLinkStatus(void);

static BaseType_t initialise(NetworkInterface_t *interface)
{
    (void)interface;
    return xNetworkInterfaceInitialise();
}

static BaseType_t output(NetworkInterface_t *interface, NetworkBufferDescriptor_t *const descriptor,
                         BaseType_t release_after_send)
{
    (void)interface;
    return xNetworkInterfaceOutput(descriptor, release_after_send);
}

static BaseType_t link_status(NetworkInterface_t *interface)
{
    (void)interface;
    return xGetPhyLinkStatus();
}

__attribute__((weak)) NetworkInterface_t *pxFillInterfaceDescriptor(BaseType_t emac_index,
                                                                    NetworkInterface_t *interface)
{
    if (emac_index != 0 || xNetworkInterfaceInitialise == NULL || xNetworkInterfaceOutput == NULL)
        return NULL;
    *interface = (NetworkInterface_t){
        .pcName = "eth0", .pfInitialise = initialise, .pfOutput = output};
    if (xGetPhyLinkStatus != NULL)
        interface->pfGetPhyLinkStatus = link_status;
    return FreeRTOS_AddNetworkInterface(interface);
}

void tcpip_api_add_driver(void)
{
    static NetworkInterface_t interface;

    (void)pxFillInterfaceDescriptor(0, &interface);
}

#endif
