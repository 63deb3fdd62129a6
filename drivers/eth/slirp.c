/* SPDX-License-Identifier: MIT */
/*
 * The netif driver: the queue of frames to send, the ring of frames received, counters, link, and
 * the capture. Whoever touches `device` has interrupts masked: tasks by lock(), the simulated
 * interrupts `send_queued` and `service` by being interrupts.
 */
#include "slirp.h"

#include "capture.h"
#include "slirp_wire.h"

#include <sim_device.h>

#include <stdio.h>
#include <string.h>

#define MTU            1500
#define FRAME_SIZE_MAX (NETIF_HEADER_SIZE + MTU)
#define TX_QUEUE_MAX   64
#define RX_RING_SIZE   64
#define FORWARDS_MAX   8

struct received {
    size_t size;
    uint8_t bytes[FRAME_SIZE_MAX];
};

struct device {
    bool started;
    bool link_up;
    bool kicked; /* send_queued is pending */
    struct netif_frame *tx_first, **tx_last;
    unsigned tx_count;
    struct received ring[RX_RING_SIZE];
    unsigned ring_first, ring_count;
    struct sim_device poller;
    struct eth_capture capture;
    struct eth_slirp_port forwards[FORWARDS_MAX];
    unsigned forward_count;
};

static struct device device;
static struct netif interface;

static void count(uint32_t *frames, uint32_t *bytes, size_t size)
{
    ++*frames;
    *bytes += (uint32_t)size;
}

bool eth_slirp_capture_failed(void)
{
    return device.capture.failed;
}

/* --- from the network ------------------------------------------------------------------------ */

static void on_receive(void *context, const uint8_t *frame, size_t size)
{
    struct netif *netif = context;

    if (!device.link_up)
        return;
    if (size < NETIF_HEADER_SIZE || size > FRAME_SIZE_MAX) {
        netif->counters.rx_errors++;
        return;
    }
    eth_capture_frame(&device.capture, sim_time_us(), frame, size);
    if (device.ring_count == RX_RING_SIZE) {
        netif->counters.rx_overruns++;
        return;
    }
    struct received *slot = &device.ring[(device.ring_first + device.ring_count) % RX_RING_SIZE];
    slot->size = size;
    memcpy(slot->bytes, frame, size);
    device.ring_count++;
}

/* Hands over what the stack has buffers for; the rest waits for the next service. As an
 * interrupt. */
static void deliver(struct netif *netif)
{
    bool switch_due = false;

    while (device.ring_count > 0) {
        const struct received *slot = &device.ring[device.ring_first];
        struct netif_frame *frame = netif->stack->allocate(netif, slot->size);
        if (frame == NULL)
            break;
        memcpy(frame->data, slot->bytes, slot->size);
        frame->length = (uint16_t)slot->size;
        frame->netif = netif;
        count(&netif->counters.rx_frames, &netif->counters.rx_bytes, slot->size);
        device.ring_first = (device.ring_first + 1) % RX_RING_SIZE;
        device.ring_count--;
        switch_due |= netif->stack->receive_from_isr(netif, frame);
    }
    if (switch_due)
        sim_yield_from_isr();
}

/* --- to the network -------------------------------------------------------------------------- */

static struct netif_frame *tx_take(void)
{
    struct netif_frame *frame = device.tx_first;

    if (frame == NULL)
        return NULL;
    device.tx_first = frame->next;
    if (device.tx_first == NULL)
        device.tx_last = &device.tx_first;
    device.tx_count--;
    frame->next = NULL;
    return frame;
}

static void send_one(struct netif *netif, const struct netif_frame *frame)
{
    uint8_t joined[FRAME_SIZE_MAX];
    size_t size = (size_t)frame->length + frame->more_length;

    if (size < NETIF_HEADER_SIZE || size > FRAME_SIZE_MAX || !device.link_up) {
        netif->counters.tx_errors++;
        return;
    }
    memcpy(joined, frame->data, frame->length);
    if (frame->more_length > 0)
        memcpy(joined + frame->length, frame->more, frame->more_length);
    eth_capture_frame(&device.capture, sim_time_us(), joined, size);
    count(&netif->counters.tx_frames, &netif->counters.tx_bytes, size);
    eth_slirp_wire_send(joined, size);
}

static void send_queued(void *context)
{
    struct netif *netif = context;

    device.kicked = false;
    for (struct netif_frame *frame; (frame = tx_take()) != NULL;) {
        if (device.started)
            send_one(netif, frame);
        netif->stack->release(frame);
    }
    if (device.started)
        deliver(netif);
}

static size_t fill(struct sim_device *poller, struct pollfd *polls, size_t room,
                   uint64_t *timeout_us)
{
    (void)poller;
    return eth_slirp_wire_fill(polls, room, timeout_us);
}

static void service(struct sim_device *poller, const struct pollfd *polls, size_t poll_count)
{
    eth_slirp_wire_service(polls, poll_count);
    send_queued(poller->context);
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    unsigned long state = sim_interrupts_mask();
    bool taken = device.started && device.tx_count < TX_QUEUE_MAX;

    if (taken) {
        frame->next = NULL;
        *device.tx_last = frame;
        device.tx_last = &frame->next;
        device.tx_count++;
        if (!device.kicked)
            device.kicked = sim_raise(send_queued, netif);
    } else {
        netif->counters.tx_no_room++;
    }
    sim_interrupts_restore(state);
    return taken;
}

/* --- start, stop, link ----------------------------------------------------------------------- */

static void open_forwards(void)
{
    for (unsigned i = 0; i < device.forward_count; i++) {
        const struct eth_slirp_port *forward = &device.forwards[i];
        if (eth_slirp_wire_forward(forward))
            continue;
        perror("slirp: forwarded port");
        fprintf(stderr, "slirp: port %u of the host does not lead to the device; choose another\n",
                forward->host_port);
    }
}

static bool start(struct netif *netif)
{
    unsigned long state = sim_interrupts_mask();

    if (!device.started && eth_slirp_wire_open(on_receive, netif)) {
        device.started = true;
        device.link_up = true;
        device.tx_last = &device.tx_first;
        open_forwards();
        sim_device_register(&device.poller);
    }
    sim_interrupts_restore(state);
    if (device.started)
        netif->stack->link_changed(netif, NETIF_LINK_UP);
    return device.started;
}

static void stop(struct netif *netif)
{
    unsigned long state = sim_interrupts_mask();

    if (device.started) {
        device.started = false;
        device.link_up = false;
        sim_device_remove(&device.poller);
        eth_slirp_wire_close();
        device.ring_first = device.ring_count = 0;
        for (struct netif_frame *frame; (frame = tx_take()) != NULL;)
            netif->stack->release(frame);
    }
    sim_interrupts_restore(state);
}

static enum netif_link link_state(struct netif *netif)
{
    (void)netif;
    return device.link_up ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

static void tell_link(void *context)
{
    struct netif *netif = context;

    if (netif->stack->link_changed_from_isr(netif, link_state(netif)))
        sim_yield_from_isr();
}

void eth_slirp_set_link(bool up)
{
    unsigned long state = sim_interrupts_mask();

    if (device.started && device.link_up != up) {
        device.link_up = up;
        device.ring_first = device.ring_count = 0;
        sim_raise(tell_link, &interface);
    }
    sim_interrupts_restore(state);
}

/* --- creation -------------------------------------------------------------------------------- */

bool eth_slirp_forward(bool udp, uint16_t host_port, uint16_t device_port)
{
    if (host_port == 0 || device_port == 0 || device.forward_count == FORWARDS_MAX)
        return false;
    device.forwards[device.forward_count++] = (struct eth_slirp_port){udp, host_port, device_port};
    return true;
}

static bool set_mac(const uint8_t mac[NETIF_MAC_SIZE])
{
    static const uint8_t none[NETIF_MAC_SIZE];
    static const uint8_t local[NETIF_MAC_SIZE] = {0x02, 0x4c, 0x4e, 0x00, 0x00, 0x01};

    if (mac[0] % 2 != 0) {
        fputs("slirp: a multicast address cannot be the device's own; its first byte must be "
              "even\n",
              stderr);
        return false;
    }
    memcpy(interface.mac, memcmp(mac, none, sizeof none) == 0 ? local : mac, sizeof local);
    return true;
}

struct netif *eth_slirp_create(const struct eth_slirp_config *config)
{
    static const struct netif_driver driver = {.name = "slirp",
                                               .features = NETIF_GATHER,
                                               .start = start,
                                               .stop = stop,
                                               .transmit = transmit,
                                               .link = link_state};

    if (!set_mac(config->mac))
        return NULL;
    interface.driver = &driver;
    interface.device = &device;
    interface.name = config->name;
    interface.mtu = MTU;
    device.tx_last = &device.tx_first;
    device.poller = (struct sim_device){
        .name = config->name, .context = &interface, .fill = fill, .service = service};
    if (!eth_capture_open(&device.capture, config->pcap_path, config->epoch_us))
        return NULL;
    return &interface;
}
