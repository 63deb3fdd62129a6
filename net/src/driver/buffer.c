/* SPDX-License-Identifier: MIT */
/*
 * Descriptors, and where the frames' bytes lie when there are such drivers. The list of free
 * descriptors is changed with interrupts masked for a few instructions.
 */
#include "driver/driver.h"

#include <string.h>

#include "FreeRTOS_IP_Private.h"
#include "NetworkInterface.h"
#include "core/os.h"

#define COUNT ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS

static NetworkBufferDescriptor_t descriptors[COUNT];
static NetworkBufferDescriptor_t *free_descriptors; /* by pxNextBuffer */
static struct {
    struct tcpip_request request;
    bool taken;
} own[COUNT]; /* what drivers need not see */

static size_t number_of(const NetworkBufferDescriptor_t *descriptor)
{
    uintptr_t distance = (uintptr_t)descriptor - (uintptr_t)descriptors;

    return distance < sizeof descriptors && distance % sizeof descriptors[0] == 0
               ? distance / sizeof descriptors[0]
               : COUNT;
}

bool tcpip_descriptor_is_taken(const NetworkBufferDescriptor_t *descriptor)
{
    size_t number = number_of(descriptor);

    return number < COUNT && own[number].taken;
}

struct tcpip_request *tcpip_descriptor_request(NetworkBufferDescriptor_t *descriptor)
{
    return &own[number_of(descriptor)].request;
}

NetworkBufferDescriptor_t *tcpip_descriptor_of_request(struct tcpip_request *request)
{
    size_t distance = (size_t)((uintptr_t)request - (uintptr_t)&own[0].request);

    return &descriptors[distance / sizeof own[0]];
}

static void free_all(void)
{
    free_descriptors = NULL;
    for (size_t i = COUNT; i > 0; i--) {
        descriptors[i - 1].pucEthernetBuffer = NULL;
        descriptors[i - 1].pxNextBuffer = free_descriptors;
        free_descriptors = &descriptors[i - 1];
        own[i - 1].taken = false;
    }
}

/* What the driver's function returns may or may not count the padding, so no more is used than
 * every driver has to provide. */
static void driver_memory(void)
{
#if ipconfigIPv4_BACKWARD_COMPATIBLE
    vNetworkInterfaceAllocateRAMToBuffers(descriptors);
#else
    size_t room = uxNetworkInterfaceAllocateRAMToBuffers(descriptors);

    configASSERT(room >= ipTOTAL_ETHERNET_FRAME_SIZE);
    (void)room;
#endif
}

void tcpip_frames_memory(tcpip_frames_take *take)
{
    driver_memory();
    for (size_t i = 0; i < COUNT; i++) {
        configASSERT(descriptors[i].pucEthernetBuffer != NULL);
        take(i, descriptors[i].pucEthernetBuffer - ipBUFFER_PADDING,
             ipBUFFER_PADDING + ipTOTAL_ETHERNET_FRAME_SIZE);
    }
    free_all();
}

NetworkBufferDescriptor_t *tcpip_descriptor_take(void)
{
    uint32_t state = tcpip_os_mask();
    NetworkBufferDescriptor_t *descriptor = free_descriptors;

    if (descriptor != NULL) {
        free_descriptors = descriptor->pxNextBuffer;
        own[number_of(descriptor)].taken = true;
    }
    tcpip_os_unmask(state);
    if (descriptor == NULL)
        return NULL;
    memset(descriptor, 0, sizeof *descriptor);
    vListInitialiseItem(&descriptor->xBufferListItem);
    listSET_LIST_ITEM_OWNER(&descriptor->xBufferListItem, descriptor);
    return descriptor;
}

/* Drivers that keep only a buffer's place find the descriptor by what stands in its padding. */
void tcpip_descriptor_lend(NetworkBufferDescriptor_t *descriptor, struct netif_frame *frame)
{
    if (ipBUFFER_PADDING >= sizeof descriptor && tcpip_frame_headroom(frame) >= ipBUFFER_PADDING)
        memcpy(frame->data - ipBUFFER_PADDING, &descriptor, sizeof descriptor);
    descriptor->pucEthernetBuffer = frame->data;
    descriptor->xDataLength = frame->length;
}

NetworkBufferDescriptor_t *pxPacketBuffer_to_NetworkBuffer(const void *buffer)
{
    const struct netif_frame *frame = tcpip_frame_of(buffer);
    NetworkBufferDescriptor_t *descriptor;

    if (frame == NULL || ipBUFFER_PADDING < sizeof descriptor ||
        (size_t)((const uint8_t *)buffer - frame->buffer) < ipBUFFER_PADDING)
        return NULL;
    memcpy(&descriptor, (const uint8_t *)buffer - ipBUFFER_PADDING, sizeof descriptor);
    return tcpip_descriptor_is_taken(descriptor) ? descriptor : NULL;
}

/* False: it was free already. */
static bool put_back(NetworkBufferDescriptor_t *descriptor)
{
    size_t number = number_of(descriptor);
    uint32_t state = tcpip_os_mask();
    bool taken = number < COUNT && own[number].taken;

    if (taken) {
        own[number].taken = false;
        descriptor->pxNextBuffer = free_descriptors;
        free_descriptors = descriptor;
    }
    tcpip_os_unmask(state);
    return taken;
}

struct netif_frame *tcpip_descriptor_return(NetworkBufferDescriptor_t *descriptor)
{
    uint8_t *start = descriptor->pucEthernetBuffer;
    size_t length = descriptor->xDataLength;
    struct netif_frame *frame = start == NULL ? NULL : tcpip_frame_of(start);

    if (!put_back(descriptor) || frame == NULL)
        return NULL;
    if (length > frame->capacity - (size_t)(start - frame->buffer)) {
        tcpip_frame_release(frame);
        return NULL;
    }
    frame->data = start;
    frame->length = (uint16_t)length;
    return frame;
}

static NetworkBufferDescriptor_t *get(size_t size)
{
    NetworkBufferDescriptor_t *descriptor = tcpip_descriptor_take();

    if (descriptor == NULL || size == 0)
        return descriptor;
    struct netif_frame *frame = tcpip_frame_allocate(ipBUFFER_PADDING, size);
    if (frame == NULL) {
        (void)put_back(descriptor);
        return NULL;
    }
    frame->length = (uint16_t)size;
    tcpip_descriptor_lend(descriptor, frame);
    return descriptor;
}

BaseType_t xNetworkBuffersInitialise(void)
{
    return tcpip_frame_capacity() > 0 ? pdPASS : pdFAIL;
}

NetworkBufferDescriptor_t *pxGetNetworkBufferWithDescriptor(size_t size, TickType_t ticks_to_wait)
{
    NetworkBufferDescriptor_t *descriptor;
    TimeOut_t since;

    if (size > ipTOTAL_ETHERNET_FRAME_SIZE)
        return NULL;
    vTaskSetTimeOutState(&since);
    while ((descriptor = get(size)) == NULL) {
        if (ticks_to_wait == 0 || xTaskCheckForTimeOut(&since, &ticks_to_wait) != pdFALSE) {
            iptraceFAILED_TO_OBTAIN_NETWORK_BUFFER();
            return NULL;
        }
        vTaskDelay(1);
    }
    iptraceNETWORK_BUFFER_OBTAINED(descriptor);
    return descriptor;
}

NetworkBufferDescriptor_t *pxNetworkBufferGetFromISR(size_t size)
{
    NetworkBufferDescriptor_t *descriptor = get(size);

    if (descriptor != NULL) {
        iptraceNETWORK_BUFFER_OBTAINED_FROM_ISR(descriptor);
    } else {
        iptraceFAILED_TO_OBTAIN_NETWORK_BUFFER_FROM_ISR();
    }
    return descriptor;
}

void vReleaseNetworkBufferAndDescriptor(NetworkBufferDescriptor_t *const descriptor)
{
    bool taken = tcpip_descriptor_is_taken(descriptor);

    configASSERT(taken);
    if (!taken)
        return;
    iptraceNETWORK_BUFFER_RELEASED(descriptor);
    vReleaseNetworkBuffer(descriptor->pucEthernetBuffer);
    (void)put_back(descriptor);
}

void vNetworkBufferReleaseFromISR(NetworkBufferDescriptor_t *const descriptor)
{
    vReleaseNetworkBufferAndDescriptor(descriptor);
}

uint8_t *pucGetNetworkBuffer(size_t *size)
{
    struct netif_frame *frame = tcpip_frame_allocate(ipBUFFER_PADDING, *size);

    if (frame == NULL)
        return NULL;
    *size = tcpip_frame_room(frame);
    return frame->data;
}

void vReleaseNetworkBuffer(uint8_t *buffer)
{
    struct netif_frame *frame = buffer == NULL ? NULL : tcpip_frame_of(buffer);

    if (frame != NULL)
        tcpip_frame_release(frame);
}

UBaseType_t uxGetNumberOfFreeNetworkBuffers(void)
{
    return (UBaseType_t)tcpip_frames_free();
}

UBaseType_t uxGetMinimumFreeNetworkBuffers(void)
{
    return (UBaseType_t)tcpip_frames_lowest();
}

NetworkBufferDescriptor_t *pxDuplicateNetworkBufferWithDescriptor(
    const NetworkBufferDescriptor_t *const descriptor, size_t new_length)
{
    size_t length = descriptor->xDataLength < new_length ? descriptor->xDataLength : new_length;
    NetworkBufferDescriptor_t *copy = pxGetNetworkBufferWithDescriptor(new_length, 0);

    if (copy == NULL)
        return NULL;
    if (length > 0)
        memcpy(copy->pucEthernetBuffer, descriptor->pucEthernetBuffer, length);
    copy->xIPAddress = descriptor->xIPAddress;
    copy->usPort = descriptor->usPort;
    copy->usBoundPort = descriptor->usBoundPort;
    copy->pxInterface = descriptor->pxInterface;
    copy->pxEndPoint = descriptor->pxEndPoint;
    return copy;
}

NetworkBufferDescriptor_t *pxResizeNetworkBufferWithDescriptor(
    NetworkBufferDescriptor_t *descriptor, size_t new_size)
{
    const uint8_t *start = descriptor->pucEthernetBuffer;
    const struct netif_frame *frame = start == NULL ? NULL : tcpip_frame_of(start);

    if (frame == NULL || new_size > frame->capacity - (size_t)(start - frame->buffer))
        return NULL;
    descriptor->xDataLength = new_size;
    return descriptor;
}

UBaseType_t bIsValidNetworkDescriptor(const NetworkBufferDescriptor_t *descriptor)
{
    return number_of(descriptor) < COUNT ? pdTRUE : pdFALSE;
}

UBaseType_t prvIsFreeBuffer(const NetworkBufferDescriptor_t *descriptor)
{
    return number_of(descriptor) < COUNT && !tcpip_descriptor_is_taken(descriptor) ? pdTRUE
                                                                                   : pdFALSE;
}
