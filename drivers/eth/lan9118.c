/* SPDX-License-Identifier: MIT */
/*
 * The driver. Whatever the device reports as wrong is counted and repaired: a bad frame is skipped, a
 * receiver or transmitter whose FIFO is out of step is emptied and started again.
 */
#include "lan9118.h"

#include "lan9118_registers.h"

#ifndef LAN9118_BUS
#define LAN9118_BUS "lan9118_bus.h"
#endif
#include LAN9118_BUS

#include <string.h>

#define FCS_SIZE   4u
#define FRAME_MOST (NETIF_HEADER_SIZE + 1500u + 4u) /* with a VLAN tag */
#define BURST      16                               /* frames that one poll takes */
#define PATIENCE   100000                           /* looks at a bit that is to change */
#define COMMAND    8u                               /* bytes before a frame's data in the FIFO */

#define INTERRUPTS                                                                                 \
    ((uint32_t)INT_PHY | INT_TX_STATUS_OVERFLOW | INT_RX_WATCHDOG | INT_RX_ERROR | INT_TX_ERROR |  \
     INT_TX_OVERRUN | INT_RX_DROPPED | INT_RX_STATUS_FULL | INT_RX_STATUS)

static struct lan9118 *device_of(struct netif *netif)
{
    return netif->device;
}

static uint32_t get(const struct lan9118 *device, enum lan9118_register offset)
{
    return lan9118_bus_read(device->config->base, offset);
}

static void put(const struct lan9118 *device, enum lan9118_register offset, uint32_t value)
{
    lan9118_bus_write(device->config->base, offset, value);
}

/* Waits until the bits read as `value`. */
static bool wait_for(const struct lan9118 *device, enum lan9118_register offset, uint32_t bits,
                     uint32_t value)
{
    for (int i = 0; i < PATIENCE; i++)
        if ((get(device, offset) & bits) == value)
            return true;
    return false;
}

/* --- registers behind registers ------------------------------------------------------------------ */

static uint32_t mac_read(const struct lan9118 *device, enum lan9118_mac_register number)
{
    put(device, MAC_CSR_CMD, MAC_CSR_BUSY | MAC_CSR_READ | number);
    (void)wait_for(device, MAC_CSR_CMD, MAC_CSR_BUSY, 0);
    return get(device, MAC_CSR_DATA);
}

static void mac_write(const struct lan9118 *device, enum lan9118_mac_register number,
                      uint32_t value)
{
    put(device, MAC_CSR_DATA, value);
    put(device, MAC_CSR_CMD, MAC_CSR_BUSY | number);
    (void)wait_for(device, MAC_CSR_CMD, MAC_CSR_BUSY, 0);
}

static void phy_wait(const struct lan9118 *device)
{
    for (int i = 0; i < PATIENCE; i++)
        if ((mac_read(device, MAC_MII_ACC) & MII_ACC_BUSY) == 0)
            return;
}

static uint32_t phy_read(const struct lan9118 *device, enum lan9118_phy_register number)
{
    phy_wait(device);
    mac_write(device, MAC_MII_ACC, MII_ACC_PHY | (uint32_t)number * 64u | MII_ACC_BUSY);
    phy_wait(device);
    return mac_read(device, MAC_MII_DATA) % 0x10000u;
}

static void phy_write(const struct lan9118 *device, enum lan9118_phy_register number,
                      uint32_t value)
{
    phy_wait(device);
    mac_write(device, MAC_MII_DATA, value);
    mac_write(device, MAC_MII_ACC,
              MII_ACC_PHY | (uint32_t)number * 64u | MII_ACC_WRITE | MII_ACC_BUSY);
    phy_wait(device);
}

static void enable_mac(const struct lan9118 *device, uint32_t enabled)
{
    mac_write(device, MAC_CR, device->mac_control | enabled);
}

/* --- the link ------------------------------------------------------------------------------------ */

/* The best that both sides can. */
static bool is_full_duplex(const struct lan9118 *device)
{
    const uint32_t both = phy_read(device, PHY_ABILITY) & phy_read(device, PHY_PARTNER);

    return (both & PHY_100_FULL) != 0 || ((both & PHY_100_HALF) == 0 && (both & PHY_10_FULL) != 0);
}

/* The link bit remembers that the link was down: the second reading tells how it is. */
static void look_at_link(struct lan9118 *device)
{
    (void)phy_read(device, PHY_INTERRUPT_SOURCE); /* which ends its interrupt */
    (void)phy_read(device, PHY_STATUS);
    const bool up = (phy_read(device, PHY_STATUS) & PHY_STATUS_LINK) != 0;

    device->link = up ? NETIF_LINK_UP : NETIF_LINK_DOWN;
    if (!up)
        return;
    device->mac_control &= ~MAC_CR_FULL_DUPLEX;
    if (is_full_duplex(device))
        device->mac_control |= MAC_CR_FULL_DUPLEX;
    enable_mac(device, MAC_CR_TX | MAC_CR_RX);
}

static void on_link_change(struct lan9118 *device)
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

/* --- start and stop ------------------------------------------------------------------------------ */

static bool reset(const struct lan9118 *device)
{
    (void)get(device, BYTE_TEST); /* wakes a sleeping device */
    if (!wait_for(device, BYTE_TEST, UINT32_MAX, BYTE_TEST_VALUE) ||
        !wait_for(device, PMT_CTRL, PMT_CTRL_READY, PMT_CTRL_READY))
        return false;
    put(device, HW_CFG, HW_CFG_RESET);
    return wait_for(device, HW_CFG, HW_CFG_RESET, 0) &&
           wait_for(device, PMT_CTRL, PMT_CTRL_READY, PMT_CTRL_READY);
}

/* An address from the device's memory; none reads as all ones or all zeros, and no device's is a
 * group's. */
static void take_address(struct lan9118 *device)
{
    const uint32_t low = mac_read(device, MAC_ADDRL), high = mac_read(device, MAC_ADDRH) % 0x10000u;
    const uint8_t *mac = device->config->mac;

    if ((low == 0 && high == 0) || low % 2 == 1) {
        memcpy(device->netif.mac, mac, NETIF_MAC_SIZE);
        mac_write(device, MAC_ADDRL,
                  mac[0] | mac[1] * 0x100u | mac[2] * 0x10000u | mac[3] * 0x1000000u);
        mac_write(device, MAC_ADDRH, mac[4] | mac[5] * 0x100u);
        return;
    }
    for (unsigned i = 0; i < 4; i++)
        device->netif.mac[i] = (uint8_t)(low >> 8 * i);
    device->netif.mac[4] = (uint8_t)high;
    device->netif.mac[5] = (uint8_t)(high >> 8);
}

/* After a reset the device holds its line as if it were active-low: the line is let in last. */
static void open_interrupts(const struct lan9118 *device)
{
    phy_write(device, PHY_INTERRUPT_MASK, PHY_INTERRUPT_LINK);
    put(device, FIFO_INT, 0); /* the first frame interrupts */
    put(device, IRQ_CFG, IRQ_CFG_IRQ_EN | IRQ_CFG_HIGH | IRQ_CFG_PUSH_PULL);
    put(device, INT_STS, UINT32_MAX);
    device->config->enable_line(true);
    put(device, INT_EN, INTERRUPTS);
}

static bool start(struct netif *netif)
{
    struct lan9118 *device = device_of(netif);

    device->config->enable_line(false);
    device->started = false;
    if (!reset(device))
        return false;
    put(device, HW_CFG, HW_CFG_WHOLE | HW_CFG_TX_5K);
    put(device, AFC_CFG, AFC_CFG_USUAL);
    put(device, RX_CFG, 0);
    take_address(device);
    device->mac_control = 0;
    phy_write(device, PHY_CONTROL, PHY_CONTROL_NEGOTIATE);
    enable_mac(device, MAC_CR_TX | MAC_CR_RX);
    put(device, TX_CFG, TX_CFG_ON);
    look_at_link(device);
    device->started = true;
    open_interrupts(device);
    return true;
}

static void stop(struct netif *netif)
{
    struct lan9118 *device = device_of(netif);

    device->config->enable_line(false);
    device->started = false;
    put(device, INT_EN, 0);
    enable_mac(device, 0);
    put(device, TX_CFG, TX_CFG_STOP | TX_CFG_DUMP);
    put(device, RX_CFG, RX_CFG_DUMP);
    device->link = NETIF_LINK_DOWN;
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
    struct lan9118 *device = device_of(netif);
    uint32_t table[2] = {0, 0};

    for (size_t i = 0; i < filter->count; i++) {
        const unsigned bit = hash(filter->addresses[i]);
        table[bit / 32] |= 1u << bit % 32;
    }
    device->mac_control &= MAC_CR_FULL_DUPLEX;
    if (filter->promiscuous)
        device->mac_control |= MAC_CR_PROMISCUOUS;
    else if (filter->all_multicast)
        device->mac_control |= MAC_CR_ALL_MULTICAST;
    else if (filter->count > 0)
        device->mac_control |= MAC_CR_HASH;
    mac_write(device, MAC_HASHL, table[0]);
    mac_write(device, MAC_HASHH, table[1]);
    enable_mac(device, device->started ? MAC_CR_TX | MAC_CR_RX : 0);
    return true;
}

/* --- sending ------------------------------------------------------------------------------------- */

/* Bytes of the FIFO that a part of a frame takes. */
static uint32_t room_for(uint32_t size)
{
    return size == 0 ? 0 : COMMAND + (size + 3u) / 4u * 4u;
}

static void write_part(const struct lan9118 *device, const uint8_t *bytes, uint32_t size,
                       uint32_t place, uint32_t frame_size)
{
    uint32_t word = 0;

    put(device, TX_DATA_FIFO, place | size);
    put(device, TX_DATA_FIFO, frame_size);
    for (; size >= 4; size -= 4, bytes += 4) {
        memcpy(&word, bytes, 4);
        put(device, TX_DATA_FIFO, word);
    }
    if (size > 0) {
        word = 0;
        memcpy(&word, bytes, size);
        put(device, TX_DATA_FIFO, word);
    }
}

static void collect_statuses(struct lan9118 *device)
{
    for (uint32_t left = get(device, TX_FIFO_INF) / 0x10000u % 0x100u; left > 0; left--)
        if (get(device, TX_STATUS_FIFO) & TX_STATUS_BAD)
            device->netif.counters.tx_errors++;
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct lan9118 *device = device_of(netif);
    const uint32_t size = (uint32_t)frame->length + frame->more_length;
    const uint32_t room = room_for(frame->length) + room_for(frame->more_length);
    const uint32_t more = frame->more_length;

    collect_statuses(device);
    if (!device->started || get(device, TX_FIFO_INF) % 0x10000u < room) {
        netif->counters.tx_no_room++;
        return false;
    }
    if (size < NETIF_HEADER_SIZE || size > FRAME_MOST || device->link != NETIF_LINK_UP) {
        netif->counters.tx_errors++;
    } else {
        write_part(device, frame->data, frame->length, TX_A_FIRST | (more == 0 ? TX_A_LAST : 0),
                   size);
        if (more > 0)
            write_part(device, frame->more, more, TX_A_LAST, size);
        netif->counters.tx_frames++;
        netif->counters.tx_bytes += size;
    }
    netif->stack->release(frame);
    return true;
}

static void restart_transmitter(struct lan9118 *device)
{
    device->counters.transmitter_restarts++;
    device->netif.counters.tx_errors++;
    put(device, TX_CFG, TX_CFG_STOP);
    (void)wait_for(device, TX_CFG, TX_CFG_ON, 0);
    put(device, TX_CFG, TX_CFG_DUMP);
    (void)wait_for(device, TX_CFG, TX_CFG_DUMP, 0);
    put(device, TX_CFG, TX_CFG_ON);
}

/* --- receiving ----------------------------------------------------------------------------------- */

/* Past the rest of a frame, word by word: after the device's own way (RX_DP_CTRL) QEMU 7.2 is out of step. */
static void skip(const struct lan9118 *device, uint32_t length)
{
    const uint32_t words = (length + 3u) / 4u;

    for (uint32_t i = 0; i < words; i++)
        (void)get(device, RX_DATA_FIFO);
}

static void count_bad(struct lan9118 *device, uint32_t status)
{
    struct lan9118_counters *counters = &device->counters;

    device->netif.counters.rx_errors++;
    counters->bad_crc += (status & RX_BAD_CRC) != 0;
    counters->runts += (status & RX_RUNT) != 0;
    counters->giants += (status & RX_GIANT) != 0;
    counters->bad_lengths += (status & RX_BAD_LENGTH) != 0;
}

/* Whole words of the frame, then what is left of it, then the check sequence, which nobody wants. */
static void read_frame(const struct lan9118 *device, uint8_t *bytes, uint32_t length)
{
    uint32_t size = length - FCS_SIZE, word;
    const uint32_t words = (length + 3u) / 4u;

    for (uint32_t i = 0; i < words; i++) {
        const uint32_t part = size < 4 ? size : 4;

        word = get(device, RX_DATA_FIFO);
        if (part == 4)
            memcpy(bytes, &word, 4);
        else
            memcpy(bytes, &word, part);
        bytes += part;
        size -= part;
    }
}

static void receive_one(struct lan9118 *device)
{
    struct netif *netif = &device->netif;
    const uint32_t status = get(device, RX_STATUS_FIFO);
    const uint32_t length = RX_STATUS_LENGTH(status);

    if (status & RX_FILTERED)
        device->counters.filtered++;
    if ((status & RX_BAD) || length < NETIF_HEADER_SIZE + FCS_SIZE ||
        length > FRAME_MOST + FCS_SIZE) {
        count_bad(device, status);
        skip(device, length);
        return;
    }
    struct netif_frame *frame = netif->stack->allocate(netif, length - FCS_SIZE);
    if (frame == NULL) {
        netif->counters.rx_no_buffer++;
        skip(device, length);
        return;
    }
    read_frame(device, frame->data, length);
    frame->netif = netif;
    frame->length = (uint16_t)(length - FCS_SIZE);
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += frame->length;
    netif->stack->receive(netif, frame);
}

/* Up to a burst of them; false: there are more. */
static bool receive_all(struct lan9118 *device)
{
    for (int i = 0; i < BURST; i++) {
        if (get(device, RX_FIFO_INF) / 0x10000u % 0x100u == 0)
            return true;
        receive_one(device);
    }
    return false;
}

/* Status and data are out of step: the receiver stops, forgets all, and begins again. */
static void restart_receiver(struct lan9118 *device)
{
    device->counters.receiver_restarts++;
    enable_mac(device, MAC_CR_TX);
    (void)wait_for(device, INT_STS, INT_RX_STOPPED, INT_RX_STOPPED);
    put(device, RX_CFG, RX_CFG_DUMP);
    (void)wait_for(device, RX_CFG, RX_CFG_DUMP, 0);
    put(device, INT_STS, INT_RX_STOPPED);
    enable_mac(device, MAC_CR_TX | MAC_CR_RX);
}

static void repair(struct lan9118 *device, uint32_t causes)
{
    device->netif.counters.rx_overruns += get(device, RX_DROP); /* which reading clears */
    if (causes & INT_RX_ERROR)
        restart_receiver(device);
    if (causes & (INT_TX_ERROR | INT_TX_OVERRUN | INT_TX_STATUS_OVERFLOW))
        restart_transmitter(device);
    if (causes & INT_PHY)
        on_link_change(device);
}

/* Causes are acknowledged before they are looked after: what comes meanwhile interrupts again. */
static void poll(struct netif *netif)
{
    struct lan9118 *device = device_of(netif);

    if (!device->started)
        return;
    const uint32_t causes = get(device, INT_STS) & INTERRUPTS;

    put(device, INT_STS, causes);
    repair(device, causes);
    collect_statuses(device);
    if (!receive_all(device)) {
        netif->stack->schedule_poll(netif);
        return;
    }
    put(device, INT_EN, INTERRUPTS);
}

bool lan9118_interrupt(struct lan9118 *device)
{
    put(device, INT_EN, 0);
    return device->netif.stack->schedule_poll_from_isr(&device->netif);
}

struct netif *lan9118_create(struct lan9118 *device, const struct lan9118_config *config)
{
    static const struct netif_driver driver = {
        .name = "lan9118",
        .features = NETIF_GATHER,
        .start = start,
        .stop = stop,
        .transmit = transmit,
        .poll = poll,
        .set_filter = set_filter,
        .link = link,
    };

    *device = (struct lan9118){.config = config, .link = NETIF_LINK_DOWN};
    device->netif = (struct netif){
        .driver = &driver, .device = device, .name = config->name, .mtu = 1500};
    memcpy(device->netif.mac, config->mac, NETIF_MAC_SIZE);
    return &device->netif;
}
