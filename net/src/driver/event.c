/* SPDX-License-Identifier: MIT */
/*
 * What drivers hand to the stack: frames, one by one or in chains, and events.
 */
#include "driver/driver.h"

#include "FreeRTOS_IP_Private.h"
#include "core/drop.h"
#include "core/task.h"
#include "wire/ethernet.h"

/* A frame goes the way of every received frame; its counters are those of the interface. */
static void receive(NetworkBufferDescriptor_t *descriptor)
{
    NetworkInterface_t *interface = tcpip_driver_interface(descriptor->pxInterface);
    struct netif_frame *frame = tcpip_descriptor_return(descriptor);

    if (interface == NULL) {
        if (frame != NULL)
            tcpip_frame_release(frame);
        return;
    }
    struct netif *netif = interface->core.netif;
    if (frame == NULL) {
        netif->counters.rx_errors++;
        return;
    }
    iptraceNETWORK_INTERFACE_INPUT(frame->length, frame->data);
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += frame->length;
    netif->stack->receive(netif, frame);
}

static void receive_chain(NetworkBufferDescriptor_t *descriptor)
{
    while (descriptor != NULL) {
        NetworkBufferDescriptor_t *next = ipconfigUSE_LINKED_RX_MESSAGES ? descriptor->pxNextBuffer
                                                                         : NULL;

        if (!tcpip_descriptor_is_taken(descriptor))
            return; /* not one of ours: what follows it is not known either */
        receive(descriptor);
        descriptor = next;
    }
}

static void send_raw(struct tcpip_request *request)
{
    NetworkBufferDescriptor_t *descriptor = tcpip_descriptor_of_request(request);
    NetworkInterface_t *interface = tcpip_driver_interface(descriptor->pxInterface);
    struct netif_frame *frame = tcpip_descriptor_return(descriptor);

    if (frame == NULL)
        return;
    struct netif *netif = interface != NULL ? interface->core.netif : NULL;
    if (netif == NULL || !interface->core.link_up || !netif->driver->transmit(netif, frame))
        tcpip_drop(frame, TCPIP_DROP_OUT_NO_ROOM);
}

static void post_raw(NetworkBufferDescriptor_t *descriptor)
{
    struct tcpip_request *request = tcpip_descriptor_request(descriptor);

    request->run = send_raw;
    tcpip_stack_post(request);
}

BaseType_t xSendEventStructToIPTask(const IPStackEvent_t *event, TickType_t ticks_to_wait)
{
    NetworkBufferDescriptor_t *descriptor = event->pvData;
    bool with_descriptor = event->eEventType == eNetworkRxEvent ||
                           event->eEventType == eNetworkTxEvent;

    (void)ticks_to_wait;
    if (tcpip_task_handle() == NULL || (with_descriptor && !tcpip_descriptor_is_taken(descriptor)))
        return pdFAIL;
    switch (event->eEventType) {
    case eNoEvent:
        break;
    case eNetworkDownEvent:
        FreeRTOS_NetworkDown(event->pvData);
        break;
    case eNetworkRxEvent:
        receive_chain(descriptor);
        break;
    case eNetworkTxEvent:
        post_raw(descriptor);
        break;
    default:
        return pdFAIL;
    }
    return pdPASS;
}

BaseType_t xSendEventToIPTask(eIPEvent_t event)
{
    const IPStackEvent_t message = {event, NULL};

    return xSendEventStructToIPTask(&message, 0);
}

void vReturnEthernetFrame(NetworkBufferDescriptor_t *descriptor, BaseType_t release_after_send)
{
    NetworkInterface_t *interface = tcpip_driver_interface(descriptor->pxInterface);
    NetworkBufferDescriptor_t *sent = descriptor;

    if (release_after_send == pdFALSE)
        sent = pxDuplicateNetworkBufferWithDescriptor(descriptor, descriptor->xDataLength);
    if (sent == NULL)
        return;
    if (interface == NULL || tcpip_task_handle() == NULL || sent->xDataLength < NETIF_HEADER_SIZE) {
        vReleaseNetworkBufferAndDescriptor(sent);
        return;
    }
    uint8_t *bytes = sent->pucEthernetBuffer;
    memcpy(bytes, bytes + NETIF_MAC_SIZE, NETIF_MAC_SIZE);
    memcpy(bytes + NETIF_MAC_SIZE, interface->core.netif->mac, NETIF_MAC_SIZE);
    post_raw(sent);
}

static bool is_own(const uint8_t *mac)
{
    const NetworkInterface_t *interface = FreeRTOS_FirstNetworkInterface();

    while (interface != NULL && !ethernet_equal(mac, interface->core.netif->mac))
        interface = interface->pxNext;
    return interface != NULL;
}

/* Of groups, those to which IPv4 and IPv6 map theirs, and all stations. */
static bool is_group_of_ip(const uint8_t *mac)
{
    static const uint8_t all[NETIF_MAC_SIZE] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

    return ethernet_equal(mac, all) || (mac[0] == 1 && mac[1] == 0 && mac[2] == 0x5e) ||
           (mac[0] == 0x33 && mac[1] == 0x33);
}

eFrameProcessingResult_t eConsiderFrameForProcessing(const uint8_t *const ethernet_buffer)
{
    if (ethernet_buffer == NULL || (!is_own(ethernet_buffer) && !is_group_of_ip(ethernet_buffer)))
        return eReleaseBuffer;
    if (ipconfigFILTER_OUT_NON_ETHERNET_II_FRAMES &&
        tcpip_get_be16(ethernet_buffer + ETHERNET_TYPE_AT) < ETHERNET_TYPE_LOWEST)
        return eReleaseBuffer;
    return eProcessBuffer;
}

BaseType_t xIsCallingFromIPTask(void)
{
    return xTaskGetCurrentTaskHandle() == tcpip_task_handle() ? pdTRUE : pdFALSE;
}

BaseType_t xIPIsNetworkTaskReady(void)
{
    return tcpip_task_handle() != NULL ? pdTRUE : pdFALSE;
}
