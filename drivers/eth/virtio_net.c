/* SPDX-License-Identifier: MIT */
#include "virtio_net.h"

#include <string.h>

#define FRAME_MOST    (NETIF_HEADER_SIZE + 1500u + 4u) /* with a VLAN tag */
#define BURST         16                               /* frames that one poll takes */
#define PATIENCE      1000000                          /* looks at a request that is to be done */
#define HEADER_SIZE   12u
#define LEGACY_HEADER 10u

#define F_MAC         (UINT64_C(1) << 5)
#define F_STATUS      (UINT64_C(1) << 16)
#define F_CONTROL     (UINT64_C(1) << 17)
#define F_CONTROL_RX  (UINT64_C(1) << 18)

enum { QUEUE_RX, QUEUE_TX, QUEUE_CONTROL };
enum { CONFIG_STATUS = 6, STATUS_LINK_UP = 1 };
enum { CLASS_RX = 0, RX_PROMISCUOUS = 0, RX_ALL_MULTICAST = 1, CLASS_MAC = 1, MAC_TABLE = 0 };

/* Descriptors of a slot: header and frame; header, data and what follows it. */
enum { RX_PARTS = 2, TX_PARTS = 3, CONTROL_SIZE = 4 };
_Static_assert(VIRTIO_NET_RX_SLOTS *RX_PARTS <= VIRTIO_QUEUE_MOST, "too many slots");
_Static_assert(VIRTIO_NET_TX_SLOTS *TX_PARTS <= VIRTIO_QUEUE_MOST, "too many slots");

static struct virtio_net *device_of(struct netif *netif)
{
    return netif->device;
}

static uint32_t header_size(const struct virtio_net *device)
{
    return device->device.modern ? HEADER_SIZE : LEGACY_HEADER;
}

/* --- slots --------------------------------------------------------------------------------------- */

static void offer_rx(struct virtio_net *device, unsigned slot)
{
    struct netif_frame *frame = device->rx_frames[slot];
    const struct virtio_part parts[RX_PARTS] = {
        {&device->rx_headers[slot], header_size(device), true}, {frame->data, FRAME_MOST, true}};

    virtio_offer(&device->rx, slot * RX_PARTS, parts, RX_PARTS);
}

/* Gives every empty slot a frame, as far as the stack has some. */
static void fill_rx(struct virtio_net *device)
{
    bool offered = false;

    for (unsigned slot = 0; slot < device->config->rx_slots; slot++) {
        if (device->rx_frames[slot] != NULL)
            continue;
        device->rx_frames[slot] = device->netif.stack->allocate(&device->netif, FRAME_MOST);
        if (device->rx_frames[slot] == NULL)
            break;
        offer_rx(device, slot);
        offered = true;
    }
    if (offered)
        virtio_notify(&device->rx);
}

static void release_all(struct virtio_net *device, struct netif_frame **frames, unsigned count)
{
    for (unsigned slot = 0; slot < count; slot++) {
        if (frames[slot] != NULL)
            device->netif.stack->release(frames[slot]);
        frames[slot] = NULL;
    }
}

/* --- start and stop ------------------------------------------------------------------------------ */

static enum netif_link look_at_link(const struct virtio_net *device)
{
    if ((device->device.features & F_STATUS) == 0)
        return NETIF_LINK_UP;
    return virtio_config(&device->device, CONFIG_STATUS) & STATUS_LINK_UP ? NETIF_LINK_UP
                                                                          : NETIF_LINK_DOWN;
}

static void take_address(struct virtio_net *device)
{
    const bool has_one = (device->device.features & F_MAC) != 0;

    for (unsigned i = 0; i < NETIF_MAC_SIZE; i++)
        device->netif.mac[i] = has_one ? virtio_config(&device->device, i) : device->config->mac[i];
}

static bool begin_queues(struct virtio_net *device)
{
    const bool control = (device->device.features & (F_CONTROL | F_CONTROL_RX)) ==
                         (F_CONTROL | F_CONTROL_RX);

    return virtio_queue_begin(&device->rx, &device->device, QUEUE_RX, VIRTIO_QUEUE_MOST) &&
           virtio_queue_begin(&device->tx, &device->device, QUEUE_TX, VIRTIO_QUEUE_MOST) &&
           (!control || virtio_queue_begin(&device->control, &device->device, QUEUE_CONTROL,
                                           VIRTIO_QUEUE_MOST));
}

static bool start_device(struct virtio_net *device)
{
    if (device->config->rx_slots > VIRTIO_NET_RX_SLOTS ||
        !virtio_is(device->config->base, VIRTIO_NET) ||
        !virtio_begin(&device->device, device->config->base,
                      F_MAC | F_STATUS | F_CONTROL | F_CONTROL_RX) ||
        !begin_queues(device))
        return false;
    take_address(device);
    device->link = look_at_link(device);
    device->started = true;
    if (device->device.features & F_CONTROL_RX)
        (void)virtio_interrupts(&device->control, false);
    virtio_ready(&device->device);
    fill_rx(device);
    device->config->enable_line(true);
    return true;
}

static void stop_device(struct virtio_net *device)
{
    device->config->enable_line(false);
    device->started = false;
    virtio_reset(&device->device);
    release_all(device, device->rx_frames, VIRTIO_NET_RX_SLOTS);
    release_all(device, device->tx_frames, VIRTIO_NET_TX_SLOTS);
}

static bool start(struct netif *netif)
{
    return start_device(device_of(netif));
}

static void stop(struct netif *netif)
{
    struct virtio_net *device = device_of(netif);

    if (device->started)
        stop_device(device);
    device->link = NETIF_LINK_DOWN;
}

static enum netif_link link(struct netif *netif)
{
    return device_of(netif)->link;
}

/* --- the receive filter -------------------------------------------------------------------------- */

/* The device answers while the CPU waits; it is as quick as a call. */
static bool request(struct virtio_net *device, uint8_t class, uint8_t command, uint32_t size)
{
    struct virtio_net_request *words = &device->request;
    const struct virtio_part parts[] = {
        {&words->class, 2, false}, {words->data, size, false}, {&words->acknowledged, 1, true}};
    unsigned first;
    uint32_t written;

    words->class = class;
    words->command = command;
    words->acknowledged = UINT8_MAX;
    virtio_offer(&device->control, 0, parts, 3);
    virtio_notify(&device->control);
    for (int i = 0; i < PATIENCE && !device->control.broken; i++)
        if (virtio_take(&device->control, &first, &written))
            return *(volatile uint8_t *)&words->acknowledged == 0;
    return false;
}

static bool request_switch(struct virtio_net *device, uint8_t command, bool on)
{
    device->request.data[0] = on;
    return request(device, CLASS_RX, command, 1);
}

/* No addresses of its own besides that of the device, then the groups; each list has its length before
 * it. */
static bool request_groups(struct virtio_net *device, const struct netif_filter *filter)
{
    uint8_t *data = device->request.data;

    memset(data, 0, 8);
    data[4] = (uint8_t)filter->count;
    for (size_t i = 0; i < filter->count; i++)
        memcpy(data + 8 + i * NETIF_MAC_SIZE, filter->addresses[i], NETIF_MAC_SIZE);
    return request(device, CLASS_MAC, MAC_TABLE, (uint32_t)(8 + filter->count * NETIF_MAC_SIZE));
}

static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    struct virtio_net *device = device_of(netif);
    const bool too_many = filter->count > VIRTIO_NET_GROUPS;

    if (!device->started || (device->device.features & F_CONTROL_RX) == 0)
        return false;
    return (too_many || request_groups(device, filter)) &&
           request_switch(device, RX_ALL_MULTICAST, filter->all_multicast || too_many) &&
           request_switch(device, RX_PROMISCUOUS, filter->promiscuous);
}

/* --- sending ------------------------------------------------------------------------------------- */

static void collect_sent(struct virtio_net *device)
{
    unsigned first;
    uint32_t written;

    while (virtio_take(&device->tx, &first, &written)) {
        const unsigned slot = first / TX_PARTS;

        device->netif.stack->release(device->tx_frames[slot]);
        device->tx_frames[slot] = NULL;
    }
}

static unsigned free_slot(const struct virtio_net *device)
{
    unsigned slot = 0;

    while (slot < VIRTIO_NET_TX_SLOTS && device->tx_frames[slot] != NULL)
        slot++;
    return slot;
}

static void send(struct virtio_net *device, struct netif_frame *frame, unsigned slot)
{
    const bool more = frame->more_length > 0;
    const struct virtio_part parts[TX_PARTS] = {
        {&device->tx_header, header_size(device), false},
        {frame->data, frame->length, false},
        {(void *)(uintptr_t)frame->more, frame->more_length, false}};

    device->tx_frames[slot] = frame;
    virtio_offer(&device->tx, slot * TX_PARTS, parts, more ? TX_PARTS : TX_PARTS - 1);
    virtio_notify(&device->tx);
    device->netif.counters.tx_frames++;
    device->netif.counters.tx_bytes += (uint32_t)frame->length + frame->more_length;
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct virtio_net *device = device_of(netif);
    const uint32_t size = (uint32_t)frame->length + frame->more_length;

    if (device->started)
        collect_sent(device);
    const unsigned slot = free_slot(device);

    if (!device->started || device->tx.broken || slot == VIRTIO_NET_TX_SLOTS) {
        netif->counters.tx_no_room++;
        return false;
    }
    if (size < NETIF_HEADER_SIZE || size > FRAME_MOST || device->link != NETIF_LINK_UP) {
        netif->counters.tx_errors++;
        netif->stack->release(frame);
        return true;
    }
    send(device, frame, slot);
    return true;
}

/* --- receiving ----------------------------------------------------------------------------------- */

static void hand_over(struct virtio_net *device, unsigned slot, uint32_t length)
{
    struct netif *netif = &device->netif;
    struct netif_frame *frame = device->rx_frames[slot];

    device->rx_frames[slot] = netif->stack->allocate(netif, FRAME_MOST);
    if (device->rx_frames[slot] == NULL) {
        /* The frame is lost; its place in the ring is not. */
        netif->counters.rx_no_buffer++;
        device->rx_frames[slot] = frame;
        return;
    }
    frame->netif = netif;
    frame->length = (uint16_t)length;
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += length;
    netif->stack->receive(netif, frame);
}

/* `written` counts the header. A slot is offered again whatever was in it. */
static void receive_one(struct virtio_net *device, unsigned first, uint32_t written)
{
    const unsigned slot = first / RX_PARTS;
    const uint32_t header = header_size(device);

    if (written < header + NETIF_HEADER_SIZE) {
        device->netif.counters.rx_errors++;
        device->counters.runts++;
    } else if (written > header + FRAME_MOST) {
        device->netif.counters.rx_errors++;
        device->counters.giants++;
    } else {
        hand_over(device, slot, written - header);
    }
    offer_rx(device, slot);
}

/* Up to a burst of them; false: there are more. */
static bool receive_all(struct virtio_net *device)
{
    unsigned first, count = 0;
    uint32_t written;

    while (count < BURST && virtio_take(&device->rx, &first, &written)) {
        receive_one(device, first, written);
        count++;
    }
    if (count > 0)
        virtio_notify(&device->rx);
    return count < BURST;
}

/* --- trouble ------------------------------------------------------------------------------------- */

static void on_config_change(struct virtio_net *device)
{
    const enum netif_link now = look_at_link(device);

    device->config_changed = false;
    if (now == device->link)
        return;
    device->link = now;
    device->netif.stack->link_changed(&device->netif, now);
}

static bool is_broken(const struct virtio_net *device)
{
    return device->rx.broken || device->tx.broken || virtio_needs_reset(&device->device);
}

/* Everything in flight is lost. The stack sets its filter again when the link comes back. */
static void restart(struct virtio_net *device)
{
    struct netif *netif = &device->netif;

    device->counters.restarts++;
    netif->counters.rx_errors++;
    stop_device(device);
    device->link = NETIF_LINK_DOWN;
    netif->stack->link_changed(netif, NETIF_LINK_DOWN);
    if (start_device(device) && device->link == NETIF_LINK_UP)
        netif->stack->link_changed(netif, NETIF_LINK_UP);
}

static void poll(struct netif *netif)
{
    struct virtio_net *device = device_of(netif);

    if (!device->started)
        return;
    if (device->config_changed)
        on_config_change(device);
    collect_sent(device);
    const bool all = receive_all(device);

    fill_rx(device);
    if (is_broken(device))
        restart(device);
    else if (!all || virtio_interrupts(&device->rx, true))
        netif->stack->schedule_poll(netif);
}

/* While a poll is due, frames that arrive need not say so. */
bool virtio_net_interrupt(struct virtio_net *device)
{
    const uint32_t causes = virtio_interrupt_causes(&device->device);

    if (causes & VIRTIO_CAUSE_CONFIG)
        device->config_changed = true;
    (void)virtio_interrupts(&device->rx, false);
    return device->netif.stack->schedule_poll_from_isr(&device->netif);
}

struct netif *virtio_net_create(struct virtio_net *device, const struct virtio_net_config *config)
{
    static const struct netif_driver driver = {
        .name = "virtio-net",
        .features = NETIF_GATHER,
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .poll = poll,
        .set_filter = set_filter,
        .link = link,
    };

    memset(device, 0, sizeof *device);
    device->config = config;
    device->link = NETIF_LINK_DOWN;
    device->netif = (struct netif){
        .driver = &driver, .device = device, .name = config->name, .mtu = 1500};
    memcpy(device->netif.mac, config->mac, NETIF_MAC_SIZE);
    return &device->netif;
}
