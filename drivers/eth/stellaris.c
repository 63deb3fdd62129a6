/* SPDX-License-Identifier: MIT */
/*
 * The driver. In both FIFOs a frame lies behind a length of 16 bits, so that its words are those of the
 * frame two bytes off; the check sequence is the device's to make and to judge.
 */
#include "stellaris.h"

#include "stellaris_registers.h"

#ifndef STELLARIS_BUS
#define STELLARIS_BUS "stellaris_bus.h"
#endif
#include STELLARIS_BUS

#include <string.h>

#define INTERRUPTS                                                                                 \
    ((uint32_t)INT_RECEIVED | INT_TX_ERROR | INT_TX_EMPTY | INT_OVERRUN | INT_RX_ERROR | INT_PHY)
#define LENGTH_SIZE 2u
#define FCS_SIZE    4u
#define FRAME_MOST  (NETIF_HEADER_SIZE + 1500u + 4u) /* with a VLAN tag */
#define LENGTH_MOST 2048u                            /* the FIFO holds no more */
#define BURST       16
#define QUEUE_MOST  4
#define PATIENCE    100000

static struct stellaris *device_of(struct netif *netif)
{
    return netif->device;
}

static uint32_t get(const struct stellaris *device, enum stellaris_register offset)
{
    return stellaris_bus_read(device->config->base, offset);
}

static void put(const struct stellaris *device, enum stellaris_register offset, uint32_t value)
{
    stellaris_bus_write(device->config->base, offset, value);
}

/* --- the PHY ------------------------------------------------------------------------------------- */

static void phy_run(const struct stellaris *device, unsigned number, uint32_t command)
{
    put(device, MCTL, number * 8u | command | MCTL_START);
    for (int i = 0; i < PATIENCE && (get(device, MCTL) & MCTL_START); i++) {
    }
}

static uint32_t phy_read(const struct stellaris *device, unsigned number)
{
    phy_run(device, number, 0);
    return get(device, MRXD) % 0x10000u;
}

static void phy_write(const struct stellaris *device, unsigned number, uint32_t value)
{
    put(device, MTXD, value);
    phy_run(device, number, MCTL_WRITE);
}

/* Emulators leave the PHY out; the link counts as up then. The link bit remembers that the link was
 * down: the second reading tells how it is. */
static void look_at_link(struct stellaris *device)
{
    uint32_t control = TCTL_ENABLE | TCTL_PAD | TCTL_CRC;

    device->link = NETIF_LINK_UP;
    if (device->has_phy) {
        (void)phy_read(device, PHY_INTERRUPT); /* which ends its interrupt */
        (void)phy_read(device, PHY_STATUS);
        if ((phy_read(device, PHY_STATUS) & PHY_LINK) == 0)
            device->link = NETIF_LINK_DOWN;
        if (phy_read(device, PHY_DIAGNOSTIC) & PHY_FULL_DUPLEX)
            control |= TCTL_FULL_DUPLEX;
    }
    put(device, TCTL, control);
}

static void on_link_change(struct stellaris *device)
{
    const enum netif_link before = device->link;

    look_at_link(device);
    if (device->link != before)
        device->netif.stack->link_changed(&device->netif, device->link);
}

static enum netif_link link(struct netif *netif)
{
    return device_of(netif)->link;
}

static void start_phy(struct stellaris *device)
{
    put(device, MDV, MII_DIVISOR);
    const uint32_t id = phy_read(device, PHY_ID);

    device->has_phy = id != 0 && id != 0xffffu;
    if (!device->has_phy)
        return;
    phy_write(device, PHY_CONTROL, PHY_NEGOTIATE);
    phy_write(device, PHY_INTERRUPT, PHY_LINK_INTERRUPTS);
}

/* --- sending ------------------------------------------------------------------------------------- */

/* Gathers bytes into words, whatever parts they come in. */
struct packer {
    const struct stellaris *device;
    uint32_t word;
    unsigned bits;
};

static void pack(struct packer *packer, const uint8_t *bytes, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        packer->word |= (uint32_t)bytes[i] << packer->bits;
        packer->bits += 8;
        if (packer->bits == 32) {
            put(packer->device, DATA, packer->word);
            packer->word = 0;
            packer->bits = 0;
        }
    }
}

static void write_frame(struct stellaris *device, const struct netif_frame *frame)
{
    const uint32_t size = (uint32_t)frame->length + frame->more_length;
    /* The length does not count the Ethernet header. */
    struct packer packer = {.device = device, .word = size - NETIF_HEADER_SIZE, .bits = 16};

    pack(&packer, frame->data, frame->length);
    if (frame->more_length > 0)
        pack(&packer, frame->more, frame->more_length);
    if (packer.bits > 0)
        put(device, DATA, packer.word);
    put(device, TR, 1);
    device->netif.counters.tx_frames++;
    device->netif.counters.tx_bytes += size;
}

/* Whatever waits, as long as the device takes it. */
static void send_waiting(struct stellaris *device)
{
    while (device->first != NULL && (get(device, TR) & 1u) == 0) {
        struct netif_frame *frame = device->first;

        device->first = frame->next;
        device->waiting--;
        write_frame(device, frame);
        device->netif.stack->release(frame);
    }
}

static void drop_waiting(struct stellaris *device)
{
    while (device->first != NULL) {
        struct netif_frame *frame = device->first;

        device->first = frame->next;
        device->netif.stack->release(frame);
    }
    device->waiting = 0;
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct stellaris *device = device_of(netif);
    const uint32_t size = (uint32_t)frame->length + frame->more_length;

    if (!device->started || device->waiting == QUEUE_MOST) {
        netif->counters.tx_no_room++;
        return false;
    }
    if (size < NETIF_HEADER_SIZE || size > FRAME_MOST || device->link != NETIF_LINK_UP) {
        netif->counters.tx_errors++;
        netif->stack->release(frame);
        return true;
    }
    frame->next = NULL;
    if (device->first == NULL)
        device->first = frame;
    else
        device->last->next = frame;
    device->last = frame;
    device->waiting++;
    send_waiting(device);
    return true;
}

/* --- receiving ----------------------------------------------------------------------------------- */

static void skip_words(const struct stellaris *device, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++)
        (void)get(device, DATA);
}

/* `first` is the word that held the length, and in its upper half two bytes of the frame. */
static void read_frame(const struct stellaris *device, uint32_t first, uint8_t *bytes,
                       uint32_t size, uint32_t words)
{
    bytes[0] = (uint8_t)(first >> 16);
    bytes[1] = (uint8_t)(first >> 24);
    bytes += LENGTH_SIZE;
    size -= LENGTH_SIZE;
    for (uint32_t i = 0; i < words; i++) {
        const uint32_t word = get(device, DATA), part = size < 4 ? size : 4;

        memcpy(bytes, &word, part);
        bytes += part;
        size -= part;
    }
}

static void restart_receiver(struct stellaris *device)
{
    device->restarts++;
    put(device, RCTL, 0);
    put(device, RCTL, RCTL_RESET);
    put(device, RCTL, device->receive_control | RCTL_ENABLE);
}

/* False: the lengths are out of step with the data. */
static bool receive_one(struct stellaris *device)
{
    struct netif *netif = &device->netif;
    const uint32_t first = get(device, DATA), length = first % 0x10000u;

    if (length < LENGTH_SIZE + FCS_SIZE || length > LENGTH_MOST) {
        netif->counters.rx_errors++;
        return false;
    }
    const uint32_t size = length - LENGTH_SIZE - FCS_SIZE, words = (length + 3u) / 4u - 1u;
    if (size < NETIF_HEADER_SIZE || size > FRAME_MOST) {
        netif->counters.rx_errors++;
        skip_words(device, words);
        return true;
    }
    struct netif_frame *frame = netif->stack->allocate(netif, size);
    if (frame == NULL) {
        netif->counters.rx_no_buffer++;
        skip_words(device, words);
        return true;
    }
    read_frame(device, first, frame->data, size, words);
    frame->netif = netif;
    frame->length = (uint16_t)size;
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += size;
    netif->stack->receive(netif, frame);
    return true;
}

/* Up to a burst of them; false: there are more. */
static bool receive_all(struct stellaris *device)
{
    for (int i = 0; i < BURST; i++) {
        if (get(device, NP) % 64u == 0)
            return true;
        if (!receive_one(device)) {
            restart_receiver(device);
            return true;
        }
    }
    return false;
}

/* --- polling, start and stop --------------------------------------------------------------------- */

static void look_at_causes(struct stellaris *device, uint32_t causes)
{
    struct netif_counters *counters = &device->netif.counters;

    counters->rx_errors += (causes & INT_RX_ERROR) != 0;
    counters->tx_errors += (causes & INT_TX_ERROR) != 0;
    if (causes & INT_PHY)
        on_link_change(device);
}

/* Causes are acknowledged before they are looked after: what comes meanwhile interrupts again. After an
 * overrun what is whole is taken, and the FIFO begins anew. */
static void poll(struct netif *netif)
{
    struct stellaris *device = device_of(netif);

    if (!device->started)
        return;
    const uint32_t causes = get(device, RIS) & INTERRUPTS;

    put(device, RIS, causes);
    look_at_causes(device, causes);
    send_waiting(device);
    const bool all = receive_all(device);

    if (causes & INT_OVERRUN) {
        netif->counters.rx_overruns++;
        restart_receiver(device);
    } else if (!all) {
        netif->stack->schedule_poll(netif);
        return;
    }
    put(device, IM, INTERRUPTS);
}

bool stellaris_interrupt(struct stellaris *device)
{
    put(device, IM, 0);
    return device->netif.stack->schedule_poll_from_isr(&device->netif);
}

/* The address that the device was given before, by the emulator or a boot loader, or else the board's. */
static void take_address(struct stellaris *device)
{
    const uint32_t low = get(device, IA0), high = get(device, IA1) % 0x10000u;
    const uint8_t *mac = device->config->mac;

    if ((low == 0 && high == 0) || low % 2 == 1) {
        memcpy(device->netif.mac, mac, NETIF_MAC_SIZE);
        put(device, IA0, mac[0] | mac[1] * 0x100u | mac[2] * 0x10000u | mac[3] * 0x1000000u);
        put(device, IA1, mac[4] | mac[5] * 0x100u);
        return;
    }
    for (unsigned i = 0; i < 4; i++)
        device->netif.mac[i] = (uint8_t)(low >> 8 * i);
    device->netif.mac[4] = (uint8_t)high;
    device->netif.mac[5] = (uint8_t)(high >> 8);
}

static bool start(struct netif *netif)
{
    struct stellaris *device = device_of(netif);

    device->config->enable_line(false);
    put(device, IM, 0);
    take_address(device);
    start_phy(device);
    look_at_link(device);
    device->receive_control = RCTL_NO_BAD;
    restart_receiver(device);
    device->restarts = 0;
    device->started = true;
    put(device, RIS, INTERRUPTS);
    device->config->enable_line(true);
    put(device, IM, INTERRUPTS);
    return true;
}

static void stop(struct netif *netif)
{
    struct stellaris *device = device_of(netif);

    device->config->enable_line(false);
    device->started = false;
    put(device, IM, 0);
    put(device, RCTL, 0);
    put(device, TCTL, 0);
    drop_waiting(device);
    device->link = NETIF_LINK_DOWN;
}

/* The device knows all groups or none. */
static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    struct stellaris *device = device_of(netif);

    device->receive_control = RCTL_NO_BAD;
    if (filter->count > 0 || filter->all_multicast)
        device->receive_control |= RCTL_GROUPS;
    if (filter->promiscuous)
        device->receive_control |= RCTL_PROMISCUOUS;
    put(device, RCTL, device->receive_control | (device->started ? (uint32_t)RCTL_ENABLE : 0u));
    return true;
}

struct netif *stellaris_create(struct stellaris *device, const struct stellaris_config *config)
{
    static const struct netif_driver driver = {
        .name = "stellaris",
        .features = NETIF_GATHER,
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .poll = poll,
        .set_filter = set_filter,
        .link = link,
    };

    *device = (struct stellaris){.config = config, .link = NETIF_LINK_DOWN};
    device->netif = (struct netif){
        .driver = &driver, .device = device, .name = config->name, .mtu = 1500};
    memcpy(device->netif.mac, config->mac, NETIF_MAC_SIZE);
    return &device->netif;
}
