/* SPDX-License-Identifier: MIT */
/* The layer under drivers of the known API, with a driver that does as it is told. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_ARP.h"
#include "FreeRTOS_IP_Private.h"
#include "NetworkInterface.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/stack.h"
#include "tcpip.h"
#include "wire/arp.h"

static NetworkInterface_t interface;
static NetworkEndPoint_t end_point;
static struct test_random entropy = {3};

static struct {
    BaseType_t initialised; /* what initialising returns */
    unsigned initialisations;
    BaseType_t sent; /* what output returns */
    NetworkBufferDescriptor_t *held[8];
    size_t held_count;
    bool keep; /* instead of releasing */
    uint8_t last[ipTOTAL_ETHERNET_FRAME_SIZE];
    size_t last_length;
    int allowed;
} driver;

static bool fill(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&entropy);
    return true;
}

static BaseType_t initialise(NetworkInterface_t *which)
{
    CHECK(which == &interface);
    driver.initialisations++;
    return driver.initialised;
}

static BaseType_t output(NetworkInterface_t *which, NetworkBufferDescriptor_t *const descriptor,
                         BaseType_t release_after_send)
{
    CHECK(which == &interface && descriptor->pxInterface == &interface);
    CHECK_EQUAL(pdTRUE, release_after_send);
    CHECK(pxPacketBuffer_to_NetworkBuffer(descriptor->pucEthernetBuffer) == descriptor);
    driver.last_length = descriptor->xDataLength;
    memcpy(driver.last, descriptor->pucEthernetBuffer, descriptor->xDataLength);
    if (driver.keep && driver.held_count < 8)
        driver.held[driver.held_count++] = descriptor;
    else
        vReleaseNetworkBufferAndDescriptor(descriptor);
    return driver.sent;
}

static void allow(NetworkInterface_t *which, const uint8_t *mac)
{
    driver.allowed++;
}

static void forbid(NetworkInterface_t *which, const uint8_t *mac)
{
    driver.allowed--;
}

static void begin(void)
{
    static const uint8_t own[4] = {10, 0, 0, 1}, mask[4] = {255, 255, 255, 0}, none[4] = {0};
    static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1};

    memset(&driver, 0, sizeof driver);
    driver.initialised = driver.sent = pdPASS;
    tcpip_set_entropy(fill);
    interface = (NetworkInterface_t){.pcName = "drv0",
                                     .pfInitialise = initialise,
                                     .pfOutput = output,
                                     .pfAddAllowedMAC = allow,
                                     .pfRemoveAllowedMAC = forbid};
    CHECK(FreeRTOS_AddNetworkInterface(&interface) == &interface);
    CHECK(FreeRTOS_AddNetworkInterface(&interface) == &interface); /* once is enough */
    FreeRTOS_FillEndPoint(&interface, &end_point, own, mask, none, none, mac);
    CHECK_EQUAL(0, memcmp(mac, end_point.xMACAddress.ucBytes, 6));
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    vTaskDelay(10);
    CHECK(FreeRTOS_IsNetworkUp());
    driver.last_length = 0;
}

static void end(void)
{
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

/* An ARP request for 10.0.0.1, which the stack answers. */
static NetworkBufferDescriptor_t *question(void)
{
    NetworkBufferDescriptor_t *descriptor = pxGetNetworkBufferWithDescriptor(60, 0);
    const struct arp_packet packet = {.operation = ARP_REQUEST,
                                      .sender_mac = {2, 0, 0, 0, 0, 9},
                                      .sender = 0x0a000009,
                                      .target = 0x0a000001};
    uint8_t *bytes = descriptor->pucEthernetBuffer;

    memset(bytes, 0xff, 6);
    memcpy(bytes + 6, packet.sender_mac, 6);
    bytes[12] = 8;
    bytes[13] = 6;
    CHECK(tcpip_arp_build(bytes + 14, ARP_PACKET_SIZE, &packet));
    descriptor->pxInterface = &interface;
    descriptor->pxEndPoint = FreeRTOS_MatchingEndpoint(&interface, bytes);
    CHECK(descriptor->pxEndPoint == &end_point);
    return descriptor;
}

static BaseType_t send_event(eIPEvent_t type, void *data)
{
    const IPStackEvent_t event = {type, data};
    BaseType_t result = xSendEventStructToIPTask(&event, 0);

    vTaskDelay(1);
    return result;
}

static void check_answered(void)
{
    CHECK_EQUAL(42, driver.last_length);
    CHECK_EQUAL(ARP_REPLY, driver.last[21]);
    driver.last_length = 0;
}

TEST(a_frame_goes_in_and_its_answer_comes_out)
{
    begin();
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, question()));
    check_answered();
    CHECK_EQUAL(1, interface.core.netif->counters.rx_frames);
    CHECK_EQUAL(60, interface.core.netif->counters.rx_bytes);
    end();
}

TEST(buffers_may_be_exchanged_between_descriptors)
{
    begin();
    NetworkBufferDescriptor_t *one = question();
    NetworkBufferDescriptor_t *other = pxGetNetworkBufferWithDescriptor(100, 0);
    uint8_t *buffer = one->pucEthernetBuffer;

    one->pucEthernetBuffer = other->pucEthernetBuffer;
    other->pucEthernetBuffer = buffer;
    other->xDataLength = 60;
    other->pxInterface = &interface;
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, other));
    check_answered();
    vReleaseNetworkBufferAndDescriptor(one);
    end();
}

TEST(a_descriptor_without_buffer_takes_one)
{
    size_t size = 1000;

    begin();
    NetworkBufferDescriptor_t *full = question();
    NetworkBufferDescriptor_t *empty = pxGetNetworkBufferWithDescriptor(0, 0);
    CHECK(empty != NULL && empty->pucEthernetBuffer == NULL && empty->xDataLength == 0);
    uint8_t *spare = pucGetNetworkBuffer(&size);
    CHECK(spare != NULL && size >= 1000);
    memcpy(spare, full->pucEthernetBuffer, 60);
    empty->pucEthernetBuffer = spare;
    empty->xDataLength = 60;
    empty->pxInterface = &interface;
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, empty));
    check_answered();
    vReleaseNetworkBufferAndDescriptor(full);
    end();
}

TEST(a_driver_may_keep_the_buffer_and_give_the_descriptor_back)
{
    begin();
    driver.keep = true;
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, question()));
    CHECK_EQUAL(1, driver.held_count);
    uint8_t *buffer = driver.held[0]->pucEthernetBuffer;
    UBaseType_t free = uxGetNumberOfFreeNetworkBuffers();

    driver.held[0]->pucEthernetBuffer = NULL;
    vReleaseNetworkBufferAndDescriptor(driver.held[0]);
    CHECK(prvIsFreeBuffer(driver.held[0]));
    CHECK_EQUAL(free, uxGetNumberOfFreeNetworkBuffers());
    vReleaseNetworkBuffer(buffer);
    CHECK_EQUAL(free + 1, uxGetNumberOfFreeNetworkBuffers());
    end();
}

TEST(a_length_beyond_the_buffer_is_refused_and_counted)
{
    begin();
    NetworkBufferDescriptor_t *descriptor = question();

    descriptor->xDataLength = ipTOTAL_ETHERNET_FRAME_SIZE + 1;
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, descriptor));
    CHECK_EQUAL(0, driver.last_length);
    CHECK_EQUAL(1, interface.core.netif->counters.rx_errors);
    end();
}

TEST(what_is_no_taken_descriptor_is_refused)
{
    NetworkBufferDescriptor_t foreign = {.xDataLength = 60};

    begin();
    NetworkBufferDescriptor_t *descriptor = question();
    vReleaseNetworkBufferAndDescriptor(descriptor);
    CHECK_EQUAL(pdFAIL, send_event(eNetworkRxEvent, descriptor));
    CHECK_EQUAL(pdFAIL, send_event(eNetworkRxEvent, &foreign));
    CHECK_EQUAL(pdFAIL, send_event(eNetworkRxEvent, NULL));
    CHECK(!bIsValidNetworkDescriptor(&foreign));
    CHECK(bIsValidNetworkDescriptor(descriptor));
    CHECK(!bIsValidNetworkDescriptor((void *)((char *)descriptor + 1)));
    CHECK_EQUAL(pdFAIL, send_event(eStackTxEvent, NULL));
    CHECK_EQUAL(pdPASS, xSendEventToIPTask(eNoEvent));
    end();
    CHECK_EQUAL(pdFAIL, xSendEventToIPTask(eNoEvent)); /* the stack does not run */
}

TEST(the_pool_runs_dry_and_fills_again)
{
    static NetworkBufferDescriptor_t *all[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 1];
    size_t count = 0;

    begin();
    while ((all[count] = pxGetNetworkBufferWithDescriptor(1, 0)) != NULL)
        count++;
    CHECK_EQUAL(ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS, count);
    CHECK_EQUAL(0, uxGetNumberOfFreeNetworkBuffers());
    CHECK_EQUAL(0, uxGetMinimumFreeNetworkBuffers());
    CHECK(pxNetworkBufferGetFromISR(1) == NULL);
    TickType_t before = xTaskGetTickCount();
    CHECK(pxGetNetworkBufferWithDescriptor(1, 5) == NULL);
    CHECK_EQUAL(5, xTaskGetTickCount() - before);
    CHECK(pxGetNetworkBufferWithDescriptor(ipTOTAL_ETHERNET_FRAME_SIZE + 1, 5) == NULL);
    while (count > 0)
        vNetworkBufferReleaseFromISR(all[--count]);
    end();
}

TEST(duplicates_and_sizes)
{
    begin();
    NetworkBufferDescriptor_t *descriptor = question();
    descriptor->usPort = 7;
    descriptor->xIPAddress.ulIP_IPv4 = 8;
    NetworkBufferDescriptor_t *copy = pxDuplicateNetworkBufferWithDescriptor(descriptor, 100);
    CHECK(copy != NULL && copy->pucEthernetBuffer != descriptor->pucEthernetBuffer);
    CHECK_EQUAL(100, copy->xDataLength);
    CHECK_EQUAL(0, memcmp(copy->pucEthernetBuffer, descriptor->pucEthernetBuffer, 60));
    CHECK(copy->usPort == 7 && copy->ulIPAddress == 8 && copy->pxInterface == &interface);
    CHECK(pxResizeNetworkBufferWithDescriptor(copy, ipTOTAL_ETHERNET_FRAME_SIZE) == copy);
    CHECK_EQUAL(ipTOTAL_ETHERNET_FRAME_SIZE, copy->xDataLength);
    CHECK(pxResizeNetworkBufferWithDescriptor(copy, 2000) == NULL);
    CHECK_EQUAL(ipTOTAL_ETHERNET_FRAME_SIZE, copy->xDataLength);
    vReleaseNetworkBufferAndDescriptor(copy);
    vReleaseNetworkBufferAndDescriptor(descriptor);
    end();
}

TEST(frames_are_sent_raw_and_returned)
{
    begin();
    NetworkBufferDescriptor_t *descriptor = question();
    CHECK_EQUAL(pdPASS, send_event(eNetworkTxEvent, descriptor));
    CHECK_EQUAL(60, driver.last_length);
    descriptor = question();
    vReturnEthernetFrame(descriptor, pdFALSE);
    vTaskDelay(1);
    CHECK_EQUAL(9, driver.last[5]);                      /* to where it came from */
    CHECK_EQUAL(1, driver.last[11]);                     /* from us */
    CHECK_EQUAL(0xff, descriptor->pucEthernetBuffer[0]); /* a copy was sent */
    vReturnEthernetFrame(descriptor, pdTRUE);
    vTaskDelay(1);
    end();
}

TEST(a_network_that_is_lost_is_initialised_anew)
{
    begin();
    CHECK_EQUAL(1, driver.initialisations);
    driver.initialised = pdFAIL;
    vTaskSuspendAll(); /* so that the stack's task does not come in between */
    FreeRTOS_NetworkDown(&interface);
    CHECK(xIsNetworkDownEventPending());
    FreeRTOS_NetworkDown(&interface); /* is one and the same */
    xTaskResumeAll();
    vTaskDelay(10);
    CHECK(!xIsNetworkDownEventPending());
    CHECK(!FreeRTOS_IsNetworkUp());
    CHECK_EQUAL(2, driver.initialisations);
    vTaskDelay(pdMS_TO_TICKS(3010));
    CHECK_EQUAL(3, driver.initialisations);
    driver.initialised = pdPASS;
    vTaskDelay(pdMS_TO_TICKS(3010));
    CHECK(FreeRTOS_IsNetworkUp());
    CHECK_EQUAL(pdPASS, send_event(eNetworkDownEvent, NULL)); /* the first interface */
    vTaskDelay(10);
    CHECK_EQUAL(5, driver.initialisations);
    CHECK(FreeRTOS_IsNetworkUp());
    end();
}

TEST(frames_that_the_driver_could_not_send_are_counted)
{
    begin();
    driver.sent = pdFAIL;
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, question()));
    CHECK_EQUAL(1, interface.core.netif->counters.tx_errors);
    end();
}

TEST(a_driver_that_keeps_every_descriptor_does_not_stop_the_stack)
{
    static NetworkBufferDescriptor_t *empty[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS + 1];
    size_t count = 0;

    begin();
    NetworkBufferDescriptor_t *asking = question();
    while ((empty[count] = pxGetNetworkBufferWithDescriptor(0, 0)) != NULL)
        count++;
    vReleaseNetworkBufferAndDescriptor(empty[--count]);
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, asking)); /* takes the one for its answer */
    check_answered();
    empty[count] = pxGetNetworkBufferWithDescriptor(0, 0);
    empty[count + 1] = pxGetNetworkBufferWithDescriptor(0, 0);
    CHECK(empty[count + 1] != NULL);
    CHECK(pxGetNetworkBufferWithDescriptor(0, 0) == NULL);
    FreeRTOS_OutputARPRequest(0x0900000a);
    CHECK_EQUAL(1, interface.core.netif->counters.tx_no_room);
    for (size_t i = 0; i < count + 2; i++)
        vReleaseNetworkBufferAndDescriptor(empty[i]);
    end();
}

TEST(the_filter_is_told_in_differences)
{
    static const uint8_t groups[3][6] = {{1, 0, 0x5e, 0, 0, 1}, {1, 0, 0x5e, 0, 0, 2}, {3}};
    struct netif_filter filter = {.addresses = groups, .count = 3};

    begin();
    const struct netif_driver *functions = interface.core.netif->driver;
    int before = driver.allowed;
    CHECK(functions->set_filter(interface.core.netif, &filter));
    CHECK_EQUAL(3, driver.allowed);
    filter.count = 1;
    CHECK(functions->set_filter(interface.core.netif, &filter));
    CHECK_EQUAL(1, driver.allowed);
    filter.all_multicast = true; /* cannot be said */
    CHECK(!functions->set_filter(interface.core.netif, &filter));
    CHECK_EQUAL(1, driver.allowed);
    CHECK(before >= 0);
    end();
}

TEST(frames_of_no_interest_are_told_apart)
{
    uint8_t frame[60] = {2, 0, 0, 0, 0, 1};

    begin();
    frame[12] = 8;
    CHECK_EQUAL(eProcessBuffer, eConsiderFrameForProcessing(frame));
    CHECK(FreeRTOS_MatchingEndpoint(&interface, frame) == &end_point);
    frame[12] = 5; /* an 802.3 length */
    CHECK_EQUAL(eReleaseBuffer, eConsiderFrameForProcessing(frame));
    frame[12] = 8;
    frame[5] = 7; /* another station */
    CHECK_EQUAL(eReleaseBuffer, eConsiderFrameForProcessing(frame));
    CHECK(FreeRTOS_MatchingEndpoint(&interface, frame) == NULL);
    memcpy(frame, (const uint8_t[]){1, 0, 0x5e, 0, 0, 251}, 6);
    CHECK_EQUAL(eProcessBuffer, eConsiderFrameForProcessing(frame));
    memcpy(frame, (const uint8_t[]){1, 0x80, 0xc2, 0, 0, 0}, 6); /* spanning tree */
    CHECK_EQUAL(eReleaseBuffer, eConsiderFrameForProcessing(frame));
    CHECK_EQUAL(eReleaseBuffer, eConsiderFrameForProcessing(NULL));
    end();
}

TEST(a_packet_of_an_unknown_station_asks_for_it)
{
    static const uint8_t packet[34] = {2,  0,  0, 0, 0,  1, 2, 0, 0, 0,  0,  9, 8,
                                       0,  69, 0, 0, 20, 0, 0, 0, 0, 64, 17, 0, 0, /* IPv4 */
                                       10, 0,  0, 9, 10, 0, 0, 1};

    begin();
    NetworkBufferDescriptor_t *descriptor = pxGetNetworkBufferWithDescriptor(sizeof packet, 0);
    memcpy(descriptor->pucEthernetBuffer, packet, sizeof packet);
    driver.last_length = 0;
    CHECK_EQUAL(pdTRUE, xCheckRequiresResolution(descriptor));
    CHECK_EQUAL(42, driver.last_length);
    CHECK_EQUAL(ARP_REQUEST, driver.last[21]);
    CHECK_EQUAL(9, driver.last[41]);
    CHECK_EQUAL(pdPASS, send_event(eNetworkRxEvent, question())); /* 10.0.0.9 makes itself known */
    CHECK_EQUAL(pdFALSE, xCheckRequiresResolution(descriptor));
    descriptor->pucEthernetBuffer[26] = 11; /* beyond the link */
    CHECK_EQUAL(pdFALSE, xCheckRequiresResolution(descriptor));
    descriptor->xDataLength = 20;
    CHECK_EQUAL(pdFALSE, xCheckRequiresResolution(descriptor));
    vReleaseNetworkBufferAndDescriptor(descriptor);
    end();
}

TEST(an_interface_needs_its_functions_and_room)
{
    static NetworkInterface_t others[ipconfigMAX_INTERFACES + 1];
    NetworkInterface_t lame = {.pcName = "x", .pfInitialise = initialise};

    CHECK(FreeRTOS_AddNetworkInterface(NULL) == NULL);
    CHECK(FreeRTOS_AddNetworkInterface(&lame) == NULL);
    for (size_t i = 0; i <= ipconfigMAX_INTERFACES; i++) {
        others[i] = (NetworkInterface_t){.pfInitialise = initialise, .pfOutput = output};
        CHECK((FreeRTOS_AddNetworkInterface(&others[i]) != NULL) == (i < ipconfigMAX_INTERFACES));
    }
    CHECK(FreeRTOS_NextNetworkInterface(&others[0]) == &others[1]);
    tcpip_stop();
    CHECK(FreeRTOS_FirstNetworkInterface() == NULL);
}
