/* SPDX-License-Identifier: MIT */
/*
 * Listings through the application's FreeRTOS_printf. Lines are printed in the stack's task, so that
 * what they show belongs together.
 */
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/stack.h"
#include "core/task.h"
#include "netif.h"
#include "socket/socket.h"
#include "tcpip.h"

static void print_interface(const NetworkInterface_t *interface)
{
    const struct netif_counters *c = &interface->core.netif->counters;

    FreeRTOS_printf(("%s in %lu frames %lu bytes, lost %lu errors %lu overruns %lu no buffer\n",
                     interface->pcName, (unsigned long)c->rx_frames, (unsigned long)c->rx_bytes,
                     (unsigned long)c->rx_errors, (unsigned long)c->rx_overruns,
                     (unsigned long)c->rx_no_buffer));
    FreeRTOS_printf(("%s out %lu frames %lu bytes, lost %lu errors %lu no room\n",
                     interface->pcName, (unsigned long)c->tx_frames, (unsigned long)c->tx_bytes,
                     (unsigned long)c->tx_errors, (unsigned long)c->tx_no_room));
    (void)c; /* where printing is off */
}

static void print_drops(void)
{
    const char *name;
    uint32_t count;

    for (size_t i = 0; tcpip_drop_count(i, &name, &count); i++)
        if (count > 0) {
            FreeRTOS_printf(("dropped %lu: %s\n", (unsigned long)count, name));
        }
}

static int32_t print_all(void *object, struct tcpip_call *call)
{
    tcpip_sockets_print();
    for (const NetworkInterface_t *i = FreeRTOS_FirstNetworkInterface(); i != NULL; i = i->pxNext)
        print_interface(i);
    print_drops();
    return 0;
}

void FreeRTOS_netstat(void)
{
    struct tcpip_call call;

    if (tcpip_task_handle() == NULL)
        return;
    if (xTaskGetCurrentTaskHandle() == tcpip_task_handle())
        (void)print_all(NULL, NULL);
    else
        (void)tcpip_call(&call, print_all, NULL, NULL, 0);
}
