/* SPDX-License-Identifier: MIT */
/*
 * Asks for the station that sent a frame's packet, if it is not known.
 */
#include "driver/driver.h"

#include "core/end_point.h"
#include "core/task.h"
#include "link/neighbour.h"
#include "socket/socket.h"
#include "wire/locate.h"

struct question {
    struct tcpip_call call;
    struct tcpip_address address;
};

/* The end-point on whose link the address is; NULL: on none. */
static struct tcpip_end_point *on_link(const struct tcpip_address *address)
{
    struct tcpip_end_point *end_point = NULL;

    while ((end_point = tcpip_end_point_next(end_point)) != NULL)
        if (end_point->state == TCPIP_END_POINT_UP &&
            end_point->active.address.family == address->family &&
            tcpip_address_same_prefix(&end_point->active.address, address,
                                      end_point->active.prefix))
            break;
    return end_point;
}

static int32_t ask(void *object, struct tcpip_call *call)
{
    const struct tcpip_address *address = &((struct question *)call)->address;
    struct tcpip_end_point *end_point = on_link(address);
    uint8_t mac[NETIF_MAC_SIZE];

    if (end_point == NULL || tcpip_neighbour_lookup(end_point->interface, address, mac))
        return pdFALSE;
    tcpip_neighbour_resolve(end_point, address);
    return pdTRUE;
}

BaseType_t xCheckRequiresResolution(const NetworkBufferDescriptor_t *descriptor)
{
    struct question question;
    struct located located;

    if (tcpip_task_handle() == NULL || descriptor == NULL ||
        descriptor->pucEthernetBuffer == NULL ||
        tcpip_locate(descriptor->pucEthernetBuffer, descriptor->xDataLength, &located) != LOCATE_OK)
        return pdFALSE;
    question.address = located.source;
    return xTaskGetCurrentTaskHandle() == tcpip_task_handle()
               ? ask(NULL, &question.call)
               : tcpip_call(&question.call, ask, NULL, NULL, 0);
}
