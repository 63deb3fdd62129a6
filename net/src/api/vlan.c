/* SPDX-License-Identifier: MIT */
#include "api/api.h"

#include "link/vlan.h"
#include "tcpip.h"

#if ipconfigVLANS > 0

struct xNetworkInterface *tcpip_add_vlan(struct xNetworkInterface *under, uint16_t id,
                                         uint8_t priority)
{
    struct netif *netif = under == NULL ? NULL : tcpip_vlan_make(&under->core, id, priority);
    NetworkInterface_t *interface = netif == NULL ? NULL : tcpip_add_interface(netif, NULL);

    if (interface != NULL)
        tcpip_vlan_attached(&interface->core);
    return interface;
}

#endif
