/* SPDX-License-Identifier: MIT */
/*
 * A driver of netif.h for a controller with one ring of descriptors each way and one interrupt. Frames
 * go without copying: the ring for receiving holds frames of the stack's pool.
 */
#include <netif.h>

#include <string.h>

#include "controller.h" /* registers, ring[], how to start and stop it: the chip vendor's */

enum { RING = 8, FRAME_SIZE = 1514 };

struct device {
    struct controller *registers;
    struct netif_frame *receiving[RING]; /* what each descriptor of the ring points to */
    struct netif_frame *sending[RING];
    unsigned next_received, next_free, next_sent;
};

/* Gives the controller a frame to fill. False: the stack has none to spare. */
static bool refill(struct netif *netif, unsigned i)
{
    struct device *device = netif->device;
    struct netif_frame *frame = netif->stack->allocate(netif, FRAME_SIZE);

    if (frame == NULL)
        return false;
    device->receiving[i] = frame;
    controller_receive_into(device->registers, i, frame->data);
    return true;
}

/* A frame that is full goes up only when another can take its place: the ring never runs dry. */
static void fetch_received(struct netif *netif)
{
    struct device *device = netif->device;

    for (unsigned i = device->next_received; controller_has_received(device->registers, i);
         i = (i + 1) % RING) {
        struct netif_frame *frame = device->receiving[i];

        frame->length = controller_received_length(device->registers, i);
        if (refill(netif, i)) {
            netif->counters.rx_frames++;
            netif->counters.rx_bytes += frame->length;
            netif->stack->receive(netif, frame);
        } else {
            netif->counters.rx_no_buffer++;
            controller_receive_into(device->registers, i, frame->data);
        }
        device->next_received = (i + 1) % RING;
    }
}

static void release_sent(struct netif *netif)
{
    struct device *device = netif->device;

    while (device->sending[device->next_sent] != NULL &&
           controller_has_sent(device->registers, device->next_sent)) {
        netif->stack->release(device->sending[device->next_sent]);
        device->sending[device->next_sent] = NULL;
        device->next_sent = (device->next_sent + 1) % RING;
    }
}

/* In the stack's task, one at a time with the functions below: no lock is needed. */
static void poll(struct netif *netif)
{
    release_sent(netif);
    fetch_received(netif);
}

/* The interrupt only asks for that; true when a task switch is due. */
bool driver_interrupt(struct netif *netif)
{
    struct device *device = netif->device;

    controller_clear_interrupt(device->registers);
    return netif->stack->schedule_poll_from_isr(netif);
}

static bool start(struct netif *netif)
{
    struct device *device = netif->device;

    if (!controller_reset(device->registers, netif->mac))
        return false;
    for (unsigned i = 0; i < RING; i++)
        if (!refill(netif, i))
            return false;
    controller_enable(device->registers);
    return true;
}

static void stop(struct netif *netif)
{
    struct device *device = netif->device;

    controller_disable(device->registers);
    for (unsigned i = 0; i < RING; i++) {
        if (device->receiving[i] != NULL)
            netif->stack->release(device->receiving[i]);
        if (device->sending[i] != NULL)
            netif->stack->release(device->sending[i]);
        device->receiving[i] = device->sending[i] = NULL;
    }
    device->next_received = device->next_free = device->next_sent = 0;
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct device *device = netif->device;
    unsigned i = device->next_free;

    if (device->sending[i] != NULL) {
        netif->counters.tx_no_room++;
        return false; /* the frame stays the stack's */
    }
    device->sending[i] = frame;
    device->next_free = (i + 1) % RING;
    netif->counters.tx_frames++;
    netif->counters.tx_bytes += frame->length;
    controller_send(device->registers, i, frame->data, frame->length);
    return true;
}

static enum netif_link link_state(struct netif *netif)
{
    struct device *device = netif->device;

    return controller_has_link(device->registers) ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

struct netif *driver_create(struct controller *registers)
{
    static const struct netif_driver functions = {.name = "example",
                                                  .start = start,
                                                  .stop = stop,
                                                  .transmit = transmit,
                                                  .poll = poll,
                                                  .link = link_state};
    static struct device device;
    static struct netif netif = {
        .driver = &functions, .device = &device, .name = "eth0", .mtu = 1500};

    device.registers = registers;
    return &netif;
}
