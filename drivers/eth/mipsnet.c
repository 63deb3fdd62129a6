/* SPDX-License-Identifier: MIT */
/*
 * The driver. While one of its causes is not acknowledged the device takes no frame from the wire; so a
 * received one is fetched whole before its cause is acknowledged, and is the only one there. What waits
 * meanwhile waits on the wire's side: the device cannot tell of an overrun.
 */
#include "mipsnet.h"

#include "mipsnet_registers.h"

#ifndef MIPSNET_BUS
#define MIPSNET_BUS "mipsnet_bus.h"
#endif
#include MIPSNET_BUS

#include <string.h>

#define FRAME_MOST  (NETIF_HEADER_SIZE + 1500u + 4u) /* with a VLAN tag */
#define FRAME_LEAST 60u                              /* the device fills none up */
#define MTU         1499u /* QEMU's takes no frame of 1514 bytes, nor any after it */
#define ROOM        4096u /* more than any such device has */
#define BURST       16

static struct mipsnet *device_of(struct netif *netif)
{
    return netif->device;
}

static uint32_t get(const struct mipsnet *device, enum mipsnet_register offset)
{
    return mipsnet_bus_read(device->config->base, offset);
}

static void put(const struct mipsnet *device, enum mipsnet_register offset, uint32_t value)
{
    mipsnet_bus_write(device->config->base, offset, value);
}

static void open_line(struct mipsnet *device, bool yes)
{
    device->line_open = yes;
    device->config->enable_line(yes);
}

/* --- start and stop ------------------------------------------------------------------------------ */

static void reset(struct mipsnet *device)
{
    put(device, MIPSNET_INTERRUPT, MIPSNET_RESET);
    (void)get(device, MIPSNET_INTERRUPT);
}

static void restart(struct mipsnet *device)
{
    device->counters.restarts++;
    reset(device);
    put(device, MIPSNET_INTERRUPT, 0);
}

static void stop(struct netif *netif)
{
    struct mipsnet *device = device_of(netif);

    open_line(device, false);
    device->started = false;
    reset(device); /* and busy from now on */
}

static bool start(struct netif *netif)
{
    struct mipsnet *device = device_of(netif);

    stop(netif);
    put(device, MIPSNET_INTERRUPT, 0);
    if (get(device, MIPSNET_ID) != MIPSNET_NAME)
        return false; /* nobody is there */
    device->started = true;
    open_line(device, true);
    return true;
}

static enum netif_link link(struct netif *netif)
{
    return device_of(netif)->started ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

/* --- sending ------------------------------------------------------------------------------------- */

static void put_bytes(const struct mipsnet *device, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        put(device, MIPSNET_TX_BYTE, bytes[i]);
}

/* The frame is gone with its last byte; a slower device interrupts. */
static void acknowledge_sent(const struct mipsnet *device)
{
    if (get(device, MIPSNET_INTERRUPT) & MIPSNET_SENT)
        put(device, MIPSNET_INTERRUPT, MIPSNET_SENT);
}

static void send(struct mipsnet *device, const struct netif_frame *frame)
{
    static const uint8_t padding[FRAME_LEAST];
    const size_t size = (size_t)frame->length + frame->more_length;
    const size_t missing = size < FRAME_LEAST ? FRAME_LEAST - size : 0;

    put(device, MIPSNET_TX_COUNT, (uint32_t)(size + missing));
    put_bytes(device, frame->data, frame->length);
    put_bytes(device, frame->more, frame->more_length);
    put_bytes(device, padding, missing);
    device->netif.counters.tx_frames++;
    device->netif.counters.tx_bytes += (uint32_t)size;
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct mipsnet *device = device_of(netif);
    const size_t size = (size_t)frame->length + frame->more_length;
    const bool open = device->line_open;

    if (!device->started || get(device, MIPSNET_TX_COUNT) != 0) {
        netif->counters.tx_no_room++;
        return false;
    }
    if (size < NETIF_HEADER_SIZE || size > FRAME_MOST) {
        netif->counters.tx_errors++;
        netif->stack->release(frame);
        return true;
    }
    open_line(device, false); /* no interrupt for what is looked after here */
    send(device, frame);
    acknowledge_sent(device);
    open_line(device, open);
    netif->stack->release(frame);
    return true;
}

/* --- receiving ----------------------------------------------------------------------------------- */

static void skip(const struct mipsnet *device, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        (void)get(device, MIPSNET_RX_BYTE);
}

static void count_bad(struct mipsnet *device, uint32_t length)
{
    device->netif.counters.rx_errors++;
    device->counters.runts += length < NETIF_HEADER_SIZE;
    device->counters.giants += length > FRAME_MOST;
}

static void receive_one(struct mipsnet *device, uint32_t length)
{
    struct netif *netif = &device->netif;
    struct netif_frame *frame = NULL;

    if (length < NETIF_HEADER_SIZE || length > FRAME_MOST) {
        count_bad(device, length);
    } else {
        frame = netif->stack->allocate(netif, length);
        netif->counters.rx_no_buffer += frame == NULL;
    }
    if (frame == NULL) {
        skip(device, length);
        return;
    }
    for (uint32_t i = 0; i < length; i++)
        frame->data[i] = (uint8_t)get(device, MIPSNET_RX_BYTE);
    frame->netif = netif;
    frame->length = (uint16_t)length;
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += length;
    netif->stack->receive(netif, frame);
}

/* The frame whose cause is there. */
static void receive_next(struct mipsnet *device)
{
    const uint32_t length = get(device, MIPSNET_RX_COUNT);

    if (length > ROOM) {
        count_bad(device, length);
        restart(device);
        return;
    }
    receive_one(device, length);
    put(device, MIPSNET_INTERRUPT, MIPSNET_RECEIVED);
}

/* Up to a burst of frames; then the stack has a turn. */
static void poll(struct netif *netif)
{
    struct mipsnet *device = device_of(netif);

    if (!device->started)
        return;
    acknowledge_sent(device);
    for (int i = 0; i < BURST; i++) {
        if ((get(device, MIPSNET_INTERRUPT) & MIPSNET_RECEIVED) == 0) {
            open_line(device, true);
            return;
        }
        receive_next(device);
    }
    netif->stack->schedule_poll(netif);
}

bool mipsnet_interrupt(struct mipsnet *device)
{
    open_line(device, false);
    return device->netif.stack->schedule_poll_from_isr(&device->netif);
}

struct netif *mipsnet_create(struct mipsnet *device, const struct mipsnet_config *config)
{
    static const struct netif_driver driver = {
        .name = "mipsnet",
        .features = NETIF_GATHER,
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .poll = poll,
        .link = link,
    };

    *device = (struct mipsnet){.config = config};
    device->netif = (struct netif){
        .driver = &driver, .device = device, .name = config->name, .mtu = MTU};
    memcpy(device->netif.mac, config->mac, NETIF_MAC_SIZE);
    return &device->netif;
}
