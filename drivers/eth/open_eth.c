/* SPDX-License-Identifier: MIT */
/*
 * The driver. What is sent goes out of the stack's frames. The device writes what it receives, the check
 * sequence too, into memory of the driver's, which is larger than the stack's frames need to be; a frame
 * that the stack has no room for is dropped and counted. The device never stops receiving, so nothing has
 * to be started again after an overrun.
 */
#include "open_eth.h"

#include "open_eth_registers.h"

#ifndef OPEN_ETH_BUS
#define OPEN_ETH_BUS "open_eth_bus.h"
#endif
#include OPEN_ETH_BUS

#include <string.h>

#define FCS_SIZE   4u
#define RUNT       60u    /* the device fills shorter frames */
#define FRAME_MOST 1518u  /* with a VLAN tag */
#define PATIENCE   100000 /* looks at a bit that is to change */

#define RX_BAD                                                                                     \
    ((uint32_t)RX_OVERRUN | RX_BAD_SYMBOL | RX_DRIBBLE | RX_GIANT | RX_RUNT | RX_BAD_CRC |         \
     RX_LATE_COLLISION)
#define TX_BAD     ((uint32_t)TX_UNDERRUN | TX_RETRY_LIMIT | TX_LATE_COLLISION | TX_CARRIER_LOST)
#define INTERRUPTS ((uint32_t)INT_TX | INT_TX_ERROR | INT_RX | INT_RX_ERROR | INT_BUSY)

static struct open_eth *device_of(struct netif *netif)
{
    return netif->device;
}

static uint32_t get(const struct open_eth *device, unsigned offset)
{
    return open_eth_bus_read(device->config->base, offset);
}

static void put(const struct open_eth *device, unsigned offset, uint32_t value)
{
    open_eth_bus_write(device->config->base, offset, value);
}

static unsigned tx_descriptor(unsigned index)
{
    return DESCRIPTORS + 8u * index;
}

static unsigned rx_descriptor(unsigned index)
{
    return DESCRIPTORS + 8u * (OPEN_ETH_TX_RING + index);
}

/* --- the link ------------------------------------------------------------------------------------ */

static uint32_t phy_read(const struct open_eth *device, unsigned number)
{
    put(device, MIIADDRESS, device->config->phy | number * 0x100u);
    put(device, MIICOMMAND, MII_READ);
    for (int i = 0; i < PATIENCE && get(device, MIISTATUS) & MII_BUSY; i++) {
    }
    put(device, MIICOMMAND, 0);
    return get(device, MIIRX_DATA) % 0x10000u;
}

/* The link bit remembers that the link was down: the second reading tells how it is. */
static enum netif_link read_link(const struct open_eth *device)
{
    (void)phy_read(device, PHY_STATUS);
    const bool up = (phy_read(device, PHY_STATUS) & PHY_STATUS_LINK) != 0;

    return up ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

static void look_at_link(struct open_eth *device)
{
    const enum netif_link before = device->link;

    device->link = read_link(device);
    if (device->link != before)
        device->netif.stack->link_changed(&device->netif, device->link);
}

static enum netif_link link(struct netif *netif)
{
    return device_of(netif)->link;
}

/* --- the rings ----------------------------------------------------------------------------------- */

static void offer(struct open_eth *device, unsigned index)
{
    const uint32_t wrap = index + 1 == OPEN_ETH_RX_RING ? (uint32_t)RX_WRAP : 0u;

    put(device, rx_descriptor(index) + 4u, open_eth_bus_address(device->rx[index]));
    put(device, rx_descriptor(index), RX_EMPTY | RX_IRQ | wrap);
}

static void release_all(struct open_eth *device)
{
    const struct netif_stack *stack = device->netif.stack;

    for (unsigned i = 0; i < OPEN_ETH_TX_RING; i++) {
        if (device->sent[i] != NULL)
            stack->release(device->sent[i]);
        device->sent[i] = NULL;
    }
    device->tx_next = device->tx_oldest = device->rx_next = 0;
}

/* --- start and stop ------------------------------------------------------------------------------ */

static void enable(const struct open_eth *device, uint32_t enabled)
{
    put(device, MODER, (uint32_t)MODE_FULL_DUPLEX | MODE_CRC | MODE_PAD | device->filter | enabled);
}

/* An address that somebody wrote before; none reads as zeros. */
static void take_address(struct open_eth *device)
{
    const uint32_t low = get(device, MAC_ADDR0), high = get(device, MAC_ADDR1) % 0x10000u;
    uint8_t *mac = device->netif.mac;

    if ((low | high) == 0 || high / 0x100u % 2u == 1) {
        memcpy(mac, device->config->mac, NETIF_MAC_SIZE);
    } else {
        mac[0] = (uint8_t)(high >> 8);
        mac[1] = (uint8_t)high;
        for (unsigned i = 0; i < 4; i++)
            mac[2 + i] = (uint8_t)(low >> (24 - 8 * i));
    }
    put(device, MAC_ADDR0, mac[2] * 0x1000000u + mac[3] * 0x10000u + mac[4] * 0x100u + mac[5]);
    put(device, MAC_ADDR1, mac[0] * 0x100u + mac[1]);
}

static void stop(struct netif *netif)
{
    struct open_eth *device = device_of(netif);

    device->config->enable_line(false);
    device->started = false;
    put(device, INT_MASK, 0);
    put(device, MODER, MODE_RESET);
    put(device, MODER, 0);
    release_all(device);
    device->link = NETIF_LINK_DOWN;
}

static bool start(struct netif *netif)
{
    struct open_eth *device = device_of(netif);

    stop(netif);
    take_address(device);
    put(device, TX_BD_NUM, OPEN_ETH_TX_RING);
    if (get(device, TX_BD_NUM) != OPEN_ETH_TX_RING)
        return false; /* nobody is there */
    put(device, PACKETLEN, 64u * 0x10000u + OPEN_ETH_RX_SIZE);
    put(device, MIIMODER, MII_NO_PREAMBLE | MII_DIVIDER);
    for (unsigned i = 0; i < OPEN_ETH_TX_RING; i++)
        put(device, tx_descriptor(i), 0);
    for (unsigned i = 0; i < OPEN_ETH_RX_RING; i++)
        offer(device, i);
    enable(device, MODE_RX | MODE_TX);
    device->link = read_link(device);
    device->started = true;
    put(device, INT_SOURCE, UINT32_MAX);
    device->config->enable_line(true);
    put(device, INT_MASK, INTERRUPTS);
    return true;
}

/* --- the receive filter -------------------------------------------------------------------------- */

/* The upper six bits of the address's check sequence (IEEE 802.3, 3.2.9). */
static unsigned hash(const uint8_t address[NETIF_MAC_SIZE])
{
    uint32_t crc = UINT32_MAX;

    for (int i = 0; i < NETIF_MAC_SIZE; i++) {
        for (int bit = 0; bit < 8; bit++) {
            const bool differ = (crc >> 31) != ((uint32_t)address[i] >> bit) % 2u;
            crc = crc << 1 ^ (differ ? 0x04c11db7u : 0);
        }
    }
    return crc >> 26;
}

static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    struct open_eth *device = device_of(netif);
    uint32_t table[2] = {0, 0};

    for (size_t i = 0; i < filter->count; i++) {
        const unsigned bit = hash(filter->addresses[i]);
        table[bit / 32] |= 1u << bit % 32;
    }
    if (filter->all_multicast)
        table[0] = table[1] = UINT32_MAX;
    put(device, HASH0, table[0]);
    put(device, HASH1, table[1]);
    device->filter = filter->promiscuous ? MODE_PROMISCUOUS : 0;
    if (device->started)
        enable(device, MODE_RX | MODE_TX);
    return true;
}

/* --- sending ------------------------------------------------------------------------------------- */

static void count_tx_errors(struct open_eth *device, uint32_t flags)
{
    if ((flags & TX_BAD) == 0)
        return;
    device->netif.counters.tx_errors++;
    device->counters.underruns += (flags & TX_UNDERRUN) != 0;
    device->counters.collisions += (flags & (TX_RETRY_LIMIT | TX_LATE_COLLISION)) != 0;
}

static void release_sent(struct open_eth *device)
{
    struct netif_frame **oldest;

    while (*(oldest = &device->sent[device->tx_oldest]) != NULL) {
        const uint32_t flags = get(device, tx_descriptor(device->tx_oldest));
        if (flags & TX_READY)
            return;
        count_tx_errors(device, flags);
        device->netif.stack->release(*oldest);
        *oldest = NULL;
        device->tx_oldest = (device->tx_oldest + 1) % OPEN_ETH_TX_RING;
    }
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct open_eth *device = device_of(netif);
    const unsigned index = device->tx_next;

    release_sent(device);
    if (!device->started || device->sent[index] != NULL) {
        netif->counters.tx_no_room++;
        return false;
    }
    if (frame->length < NETIF_HEADER_SIZE || frame->length > FRAME_MOST) {
        netif->counters.tx_errors++;
        netif->stack->release(frame);
        return true;
    }
    const uint32_t flags = (uint32_t)TX_READY | TX_IRQ | TX_CRC |
                           (frame->length < RUNT ? (uint32_t)TX_PAD : 0u) |
                           (index + 1 == OPEN_ETH_TX_RING ? (uint32_t)TX_WRAP : 0u);
    device->sent[index] = frame;
    device->tx_next = (index + 1) % OPEN_ETH_TX_RING;
    netif->counters.tx_frames++;
    netif->counters.tx_bytes += frame->length;
    put(device, tx_descriptor(index) + 4u, open_eth_bus_address(frame->data));
    put(device, tx_descriptor(index), frame->length * 0x10000u | flags);
    return true;
}

/* --- receiving ----------------------------------------------------------------------------------- */

static void count_bad(struct open_eth *device, uint32_t flags)
{
    struct open_eth_counters *counters = &device->counters;

    device->netif.counters.rx_errors++;
    device->netif.counters.rx_overruns += (flags & RX_OVERRUN) != 0;
    counters->bad_crc += (flags & RX_BAD_CRC) != 0;
    counters->runts += (flags & RX_RUNT) != 0;
    counters->giants += (flags & RX_GIANT) != 0;
    counters->bad_symbols += (flags & (RX_BAD_SYMBOL | RX_DRIBBLE)) != 0;
    counters->collisions += (flags & RX_LATE_COLLISION) != 0;
}

static void receive_one(struct open_eth *device, const uint8_t *bytes, uint32_t flags)
{
    struct netif *netif = &device->netif;
    const uint32_t length = flags / 0x10000u;

    if ((flags & RX_BAD) != 0 || length < NETIF_HEADER_SIZE + FCS_SIZE ||
        length > FRAME_MOST + FCS_SIZE) {
        count_bad(device, flags);
        return;
    }
    struct netif_frame *frame = netif->stack->allocate(netif, length - FCS_SIZE);
    if (frame == NULL) {
        netif->counters.rx_no_buffer++;
        return;
    }
    memcpy(frame->data, bytes, length - FCS_SIZE);
    frame->netif = netif;
    frame->length = (uint16_t)(length - FCS_SIZE);
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += frame->length;
    netif->stack->receive(netif, frame);
}

/* Up to a ring of them; false: there may be more. */
static bool receive_all(struct open_eth *device)
{
    for (unsigned i = 0; i < OPEN_ETH_RX_RING; i++) {
        const unsigned index = device->rx_next;
        const uint32_t flags = get(device, rx_descriptor(index));
        if (flags & RX_EMPTY)
            return true;
        device->rx_next = (index + 1) % OPEN_ETH_RX_RING;
        receive_one(device, device->rx[index], flags);
        offer(device, index);
    }
    return false;
}

/* Causes are acknowledged before they are looked after: what comes meanwhile interrupts again. */
static void poll(struct netif *netif)
{
    struct open_eth *device = device_of(netif);

    if (!device->started)
        return;
    const uint32_t causes = get(device, INT_SOURCE) & INTERRUPTS;

    put(device, INT_SOURCE, causes);
    netif->counters.rx_overruns += (causes & INT_BUSY) != 0;
    look_at_link(device);
    release_sent(device);
    if (!receive_all(device)) {
        netif->stack->schedule_poll(netif);
        return;
    }
    put(device, INT_MASK, INTERRUPTS);
}

bool open_eth_interrupt(struct open_eth *device)
{
    put(device, INT_MASK, 0);
    return device->netif.stack->schedule_poll_from_isr(&device->netif);
}

struct netif *open_eth_create(struct open_eth *device, const struct open_eth_config *config)
{
    static const struct netif_driver driver = {
        .name = "open_eth",
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .poll = poll,
        .set_filter = set_filter,
        .link = link,
    };

    *device = (struct open_eth){.config = config, .link = NETIF_LINK_DOWN};
    device->netif = (struct netif){
        .driver = &driver, .device = device, .name = config->name, .mtu = 1500};
    memcpy(device->netif.mac, config->mac, NETIF_MAC_SIZE);
    return &device->netif;
}
