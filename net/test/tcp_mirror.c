/* SPDX-License-Identifier: MIT */
/* The mirror: see tcp_mirror.h. A checksum does not change when addresses swap places. */
#include "tcp_mirror.h"

#include <stdlib.h>
#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "linnet_test.h"
#include "tcpip.h"

enum { DELAY_MS = 2, WIRE_PRIORITY = 4, FRAME_MAX = 1600, ETHERNET_ARP = 0x0806 };

struct flying {
    struct flying *next;
    TickType_t due;
    uint16_t length;
    uint8_t bytes[FRAME_MAX];
};

static struct {
    struct flying *frames;
    struct mirror_faults faults;
    struct test_random random;
    TaskHandle_t task;
    bool is_cut, stopping, stopped;
} wire;

static NetworkEndPoint_t end_point;

static bool chance(unsigned percent)
{
    return percent > 0 && test_random_below(&wire.random, 100) < percent;
}

static void fly(const uint8_t *bytes, uint16_t length, TickType_t delay)
{
    struct flying *frame = malloc(sizeof *frame);
    struct flying **at = &wire.frames;

    CHECK(frame != NULL);
    memcpy(frame->bytes, bytes, length);
    frame->length = length;
    frame->due = xTaskGetTickCount() + delay;
    taskENTER_CRITICAL();
    while (*at != NULL && (*at)->due <= frame->due)
        at = &(*at)->next;
    frame->next = *at;
    *at = frame;
    taskEXIT_CRITICAL();
    xTaskNotifyGive(wire.task);
}

static void swap(uint8_t *a, uint8_t *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = a[i];
        a[i] = b[i];
        b[i] = byte;
    }
}

/* Frames are from a host whose station address differs from ours in the last byte. */
static void reflect(uint8_t *bytes)
{
    bool arp = bytes[12] * 256 + bytes[13] == ETHERNET_ARP;

    memcpy(bytes, mirror_netif.mac, NETIF_MAC_SIZE);
    memcpy(bytes + 6, mirror_netif.mac, NETIF_MAC_SIZE);
    bytes[11] ^= 0x55;
    if (arp) { /* a reply; sender and target change places */
        bytes[21] = 2;
        swap(bytes + 28, bytes + 38, 4);
        memcpy(bytes + 32, bytes, NETIF_MAC_SIZE);
        memcpy(bytes + 22, bytes + 6, NETIF_MAC_SIZE);
        return;
    }
    swap(bytes + 26, bytes + 30, 4);
}
/* An ARP request for our own address (a probe) must not be answered. */
static bool is_own_probe(const uint8_t *bytes)
{
    return bytes[12] * 256 + bytes[13] == ETHERNET_ARP &&
           (bytes[21] != 1 || bytes[41] != 2 || bytes[38] != 10);
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    uint8_t bytes[FRAME_MAX];
    uint16_t length = frame->length;
    TickType_t delay = DELAY_MS;
    bool ip;

    CHECK(length >= 34 && length <= sizeof bytes && frame->more_length == 0);
    memcpy(bytes, frame->data, length);
    netif->stack->release(frame);
    ip = bytes[12] * 256 + bytes[13] == 0x0800;
    if (wire.is_cut || is_own_probe(bytes) || (ip && chance(wire.faults.lose)))
        return true;
    reflect(bytes);
    if (ip && chance(wire.faults.damage))
        bytes[14 + test_random_below(&wire.random, length - 14u)] ^=
            (uint8_t)(1 + test_random_below(&wire.random, 255));
    if (ip && chance(wire.faults.reorder))
        delay += 1 + test_random_below(&wire.random, 10);
    fly(bytes, length, delay);
    if (ip && chance(wire.faults.repeat))
        fly(bytes, length, delay + 1);
    return true;
}

static void land(struct flying *flying)
{
    struct netif_frame *frame = mirror_netif.stack->allocate(&mirror_netif, flying->length);

    if (frame != NULL) {
        memcpy(frame->data, flying->bytes, flying->length);
        frame->length = flying->length;
        mirror_netif.stack->receive(&mirror_netif, frame);
    }
    free(flying);
}

static struct flying *take_due(TickType_t *wait)
{
    struct flying *frame;

    taskENTER_CRITICAL();
    frame = wire.frames;
    *wait = portMAX_DELAY;
    if (frame != NULL && frame->due > xTaskGetTickCount()) {
        *wait = frame->due - xTaskGetTickCount();
        frame = NULL;
    }
    if (frame != NULL)
        wire.frames = frame->next;
    taskEXIT_CRITICAL();
    return frame;
}

static void wire_task(void *parameter)
{
    TickType_t wait;

    while (!wire.stopping) {
        struct flying *frame = take_due(&wait);
        if (frame != NULL)
            land(frame);
        else
            ulTaskNotifyTake(pdTRUE, wait);
    }
    wire.stopped = true;
    vTaskDelete(NULL);
}

static bool start(struct netif *netif)
{
    return true;
}

static void stop(struct netif *netif)
{
}

static enum netif_link link_state(struct netif *netif)
{
    return NETIF_LINK_UP;
}

static const struct netif_driver driver = {
    .name = "mirror",
    .start = start,
    .stop = stop,
    .transmit = transmit,
    .link = link_state,
};

struct netif mirror_netif = {.driver = &driver, .name = "mirror0", .mtu = 1500};

static bool entropy(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&wire.random);
    return true;
}

void mirror_start(void)
{
    static const uint8_t mac[6] = {2, 0, 0, 0, 0, 1}, address[4] = {10, 0, 0, 1},
                         mask[4] = {255, 255, 255, 0}, none[4] = {0};

    memset(&wire, 0, sizeof wire);
    memset(&end_point, 0, sizeof end_point);
    wire.random.state = 4711;
    CHECK_EQUAL(pdPASS, xTaskCreate(wire_task, "wire", configMINIMAL_STACK_SIZE * 4, NULL,
                                    WIRE_PRIORITY, &wire.task));
    tcpip_set_entropy(entropy);
    NetworkInterface_t *interface = tcpip_add_interface(&mirror_netif, mac);
    CHECK(interface != NULL);
    FreeRTOS_FillEndPoint(interface, &end_point, address, mask, none, none, mac);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    for (unsigned i = 0; FreeRTOS_IsNetworkUp() == pdFALSE; i++) {
        CHECK(i < 10000);
        vTaskDelay(1);
    }
}

void mirror_stop(void)
{
    mirror_cut(true);
    vTaskDelay(20);
    tcpip_stop();
    CHECK(tcpip_nothing_left());
    wire.stopping = true;
    xTaskNotifyGive(wire.task);
    while (!wire.stopped)
        vTaskDelay(1);
    while (wire.frames != NULL) {
        struct flying *frame = wire.frames;
        wire.frames = frame->next;
        free(frame);
    }
}

void mirror_set_faults(struct mirror_faults faults)
{
    wire.faults = faults;
}

void mirror_cut(bool cut)
{
    wire.is_cut = cut;
}
