/* SPDX-License-Identifier: MIT */
/*
 * The driver. Whatever the device reports as wrong is counted and repaired: a receiver or a transmitter
 * that has stopped gets its ring anew.
 */
#include "cadence_gem.h"

#include "cadence_gem_registers.h"

#ifndef GEM_BUS
#define GEM_BUS "cadence_gem_bus.h"
#endif
#include GEM_BUS

#include <string.h>

#define FRAME_MOST (NETIF_HEADER_SIZE + 1500u + 4u) /* with a VLAN tag */
#define BURST      GEM_RX_SLOTS                     /* frames that one poll takes */
#define PATIENCE   100000                           /* looks at a bit that is to change */
#define PHYS       32u

#define INTERRUPTS                                                                                 \
    ((uint32_t)INTERRUPT_RX | INTERRUPT_RX_NO_BUFFER | INTERRUPT_TX_UNDERRUN |                     \
     INTERRUPT_TX_RETRIES | INTERRUPT_TX_MEMORY | INTERRUPT_TX | INTERRUPT_RX_OVERRUN |            \
     INTERRUPT_BUS)

static struct cadence_gem *device_of(struct netif *netif)
{
    return netif->device;
}

static uint32_t get(const struct cadence_gem *device, enum gem_register offset)
{
    return gem_bus_read(device->config->base, offset);
}

static void put(const struct cadence_gem *device, enum gem_register offset, uint32_t value)
{
    gem_bus_write(device->config->base, offset, value);
}

/* The device sees memory as the CPU has left it. */
static void barrier(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* --- the PHY --------------------------------------------------------------------------------------- */

static bool phy_wait(const struct cadence_gem *device)
{
    for (int i = 0; i < PATIENCE; i++)
        if (get(device, NET_STATUS) & STATUS_MANAGEMENT_IDLE)
            return true;
    return false;
}

/* All ones, as nobody drives the line, where there is no PHY. */
static uint32_t phy_read(const struct cadence_gem *device, enum phy_register number)
{
    put(device, PHY_MAINTENANCE,
        PHY_FRAME | PHY_OP_READ | PHY_AT(device->phy) | PHY_REGISTER(number));
    return phy_wait(device) ? get(device, PHY_MAINTENANCE) % 0x10000u : 0xffffu;
}

static void phy_write(const struct cadence_gem *device, enum phy_register number, uint32_t value)
{
    put(device, PHY_MAINTENANCE,
        PHY_FRAME | PHY_OP_WRITE | PHY_AT(device->phy) | PHY_REGISTER(number) | value);
    (void)phy_wait(device);
}

static bool find_phy(struct cadence_gem *device)
{
    for (device->phy = 0; device->phy < PHYS; device->phy++) {
        const uint32_t id = phy_read(device, PHY_ID);
        if (id != 0 && id != 0xffffu)
            return true;
    }
    return false;
}

/* --- the link -------------------------------------------------------------------------------------- */

/* The best that both sides can. */
static void set_mode(struct cadence_gem *device)
{
    const uint32_t both = phy_read(device, PHY_ABILITY) & phy_read(device, PHY_PARTNER);
    const bool gigabit = (phy_read(device, PHY_ABILITY_1000) & PHY_1000_FULL) != 0 &&
                         (phy_read(device, PHY_PARTNER_1000) & PHY_PARTNER_1000_FULL) != 0;
    const bool fast = (both & (PHY_100_FULL | PHY_100_HALF)) != 0;
    const bool full = gigabit || (both & PHY_100_FULL) != 0 ||
                      ((both & PHY_100_HALF) == 0 && (both & PHY_10_FULL) != 0);

    device->net_config &= ~(uint32_t)(CONFIG_1000 | CONFIG_100 | CONFIG_FULL_DUPLEX);
    device->net_config |= (gigabit ? (uint32_t)CONFIG_1000 : 0) |
                          (fast && !gigabit ? (uint32_t)CONFIG_100 : 0) |
                          (full ? (uint32_t)CONFIG_FULL_DUPLEX : 0);
    put(device, NET_CONFIG, device->net_config);
    if (device->config->set_speed != NULL)
        device->config->set_speed(gigabit ? 1000 : fast ? 100 : 10);
}

/* The link bit remembers that the link was down: the second reading tells how it is. */
static enum netif_link look_at_link(const struct cadence_gem *device)
{
    (void)phy_read(device, PHY_STATUS);
    return phy_read(device, PHY_STATUS) & PHY_STATUS_LINK ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

static void follow_link(struct cadence_gem *device)
{
    const enum netif_link now = look_at_link(device);

    if (now == device->link)
        return;
    device->link = now;
    if (now == NETIF_LINK_UP)
        set_mode(device);
    device->netif.stack->link_changed(&device->netif, now);
}

static enum netif_link link(struct netif *netif)
{
    return device_of(netif)->link;
}

/* --- rings ----------------------------------------------------------------------------------------- */

static void fill_rx_ring(struct cadence_gem *device)
{
    for (unsigned i = 0; i < GEM_RX_SLOTS; i++) {
        device->rx_ring[i].control = 0;
        device->rx_ring[i].address = gem_bus_address(device->buffers[i]) |
                                     (i + 1 == GEM_RX_SLOTS ? RX_WRAP : 0);
    }
    device->rx_next = 0;
    put(device, RX_RING, gem_bus_address(device->rx_ring));
}

static void empty_tx_ring(struct cadence_gem *device)
{
    for (unsigned i = 0; i < GEM_TX_SLOTS; i++) {
        if (device->sending[i] != NULL)
            device->netif.stack->release(device->sending[i]);
        device->sending[i] = NULL;
        device->tx_ring[i].control = TX_SOFTWARE | (i + 1 == GEM_TX_SLOTS ? TX_WRAP : 0);
    }
    device->tx_next = device->tx_oldest = device->tx_used = 0;
    put(device, TX_RING, gem_bus_address(device->tx_ring));
}

/* --- start and stop -------------------------------------------------------------------------------- */

static void put_address(const struct cadence_gem *device)
{
    const uint8_t *mac = device->netif.mac;

    put(device, ADDRESS_LOW, mac[0] | mac[1] * 0x100u | mac[2] * 0x10000u | mac[3] * 0x1000000u);
    put(device, ADDRESS_HIGH, mac[4] | mac[5] * 0x100u);
}

static void silence(const struct cadence_gem *device)
{
    put(device, NET_CONTROL, 0);
    put(device, INTERRUPT_DISABLE, UINT32_MAX);
    put(device, INTERRUPT_STATUS, get(device, INTERRUPT_STATUS));
    put(device, TX_STATUS, UINT32_MAX);
    put(device, RX_STATUS, UINT32_MAX);
}

static bool start(struct netif *netif)
{
    struct cadence_gem *device = device_of(netif);

    device->config->enable_line(false);
    device->started = false;
    silence(device);
    put(device, NET_CONTROL, CONTROL_CLEAR_STATISTICS);
    device->net_config = CONFIG_1536 | CONFIG_NO_FCS | CONFIG_MDC_DIVIDE_224;
    put(device, NET_CONFIG, device->net_config);
    put(device, DMA_CONFIG,
        DMA_USUAL | (uint32_t)(GEM_BUFFER_SIZE / DMA_BUFFER_UNIT) << DMA_BUFFER_SHIFT);
    put_address(device);
    put(device, NET_CONTROL, CONTROL_MANAGEMENT);
    if (!find_phy(device))
        return false;
    phy_write(device, PHY_CONTROL, PHY_CONTROL_NEGOTIATE | PHY_CONTROL_RESTART);
    fill_rx_ring(device);
    empty_tx_ring(device);
    device->link = look_at_link(device);
    if (device->link == NETIF_LINK_UP)
        set_mode(device);
    device->started = true;
    put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_RX | CONTROL_TX);
    device->config->enable_line(true);
    put(device, INTERRUPT_ENABLE, INTERRUPTS);
    return true;
}

static void stop(struct netif *netif)
{
    struct cadence_gem *device = device_of(netif);

    device->config->enable_line(false);
    silence(device);
    if (device->started)
        empty_tx_ring(device);
    device->started = false;
    device->link = NETIF_LINK_DOWN;
}

/* --- the receive filter ---------------------------------------------------------------------------- */

/* Bit n of the index is the parity of every sixth bit of the address, from bit n on. */
static unsigned hash(const uint8_t address[NETIF_MAC_SIZE])
{
    unsigned index = 0;

    for (unsigned bit = 0; bit < 8 * NETIF_MAC_SIZE; bit++)
        index ^= (address[bit / 8] >> bit % 8 & 1u) << bit % 6;
    return index;
}

static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    struct cadence_gem *device = device_of(netif);
    uint32_t table[2] = {0, 0};

    for (size_t i = 0; i < filter->count; i++) {
        const unsigned bit = hash(filter->addresses[i]);
        table[bit / 32] |= 1u << bit % 32;
    }
    if (filter->all_multicast)
        table[0] = table[1] = UINT32_MAX;
    device->net_config &= ~(uint32_t)(CONFIG_PROMISCUOUS | CONFIG_HASH);
    device->net_config |= (filter->promiscuous ? (uint32_t)CONFIG_PROMISCUOUS : 0) |
                          (table[0] | table[1] ? (uint32_t)CONFIG_HASH : 0);
    put(device, HASH_LOW, table[0]);
    put(device, HASH_HIGH, table[1]);
    put(device, NET_CONFIG, device->net_config);
    return true;
}

/* --- sending --------------------------------------------------------------------------------------- */

/* The device marks only the first descriptor of a frame when it has sent it. */
static void collect_sent(struct cadence_gem *device)
{
    while (device->tx_used > 0 && device->tx_ring[device->tx_oldest].control & TX_SOFTWARE) {
        struct netif_frame *frame = NULL;

        barrier();
        while (frame == NULL) {
            const unsigned i = device->tx_oldest;
            frame = device->sending[i];
            device->sending[i] = NULL;
            device->tx_ring[i].control |= TX_SOFTWARE;
            device->tx_oldest = (i + 1) % GEM_TX_SLOTS;
            device->tx_used--;
        }
        device->netif.stack->release(frame);
    }
}

static void put_part(struct cadence_gem *device, unsigned place, const uint8_t *bytes,
                     uint32_t size, uint32_t last)
{
    const unsigned i = (device->tx_next + place) % GEM_TX_SLOTS;

    device->tx_ring[i].address = gem_bus_address(bytes);
    barrier();
    device->tx_ring[i].control = size | last | (i + 1 == GEM_TX_SLOTS ? TX_WRAP : 0);
}

/* The first descriptor comes last: with it the device may begin. */
static void send(struct cadence_gem *device, struct netif_frame *frame, unsigned parts)
{
    if (parts == 2)
        put_part(device, 1, frame->more, frame->more_length, TX_LAST);
    device->sending[(device->tx_next + parts - 1) % GEM_TX_SLOTS] = frame;
    put_part(device, 0, frame->data, frame->length, parts == 1 ? TX_LAST : 0);
    device->tx_next = (device->tx_next + parts) % GEM_TX_SLOTS;
    device->tx_used += parts;
    device->netif.counters.tx_frames++;
    device->netif.counters.tx_bytes += (uint32_t)frame->length + frame->more_length;
    barrier();
    put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_RX | CONTROL_TX | CONTROL_TX_START);
}

/* One descriptor stays free, at which the device stops. */
static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct cadence_gem *device = device_of(netif);
    const uint32_t size = (uint32_t)frame->length + frame->more_length;
    const unsigned parts = frame->more_length > 0 ? 2 : 1;

    if (device->started)
        collect_sent(device);
    if (!device->started || device->tx_used + parts >= GEM_TX_SLOTS) {
        netif->counters.tx_no_room++;
        return false;
    }
    if (size < NETIF_HEADER_SIZE || size > FRAME_MOST || device->link != NETIF_LINK_UP) {
        netif->counters.tx_errors++;
        netif->stack->release(frame);
        return true;
    }
    send(device, frame, parts);
    return true;
}

static void restart_transmitter(struct cadence_gem *device)
{
    device->counters.transmitter_restarts++;
    device->netif.counters.tx_errors++;
    put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_RX);
    empty_tx_ring(device);
    put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_RX | CONTROL_TX);
}

/* --- receiving ------------------------------------------------------------------------------------- */

static void hand_over(struct cadence_gem *device, const uint8_t *bytes, uint32_t length)
{
    struct netif *netif = &device->netif;
    struct netif_frame *frame = netif->stack->allocate(netif, length);

    if (frame == NULL) {
        netif->counters.rx_no_buffer++;
        return;
    }
    memcpy(frame->data, bytes, length);
    frame->netif = netif;
    frame->length = (uint16_t)length;
    netif->counters.rx_frames++;
    netif->counters.rx_bytes += length;
    netif->stack->receive(netif, frame);
}

/* A frame that does not lie in one buffer is longer than any may be. */
static void receive_one(struct cadence_gem *device, unsigned slot)
{
    const uint32_t control = device->rx_ring[slot].control;
    const uint32_t length = RX_LENGTH(control), whole = RX_FIRST | RX_LAST;

    if ((control & whole) != whole) {
        device->netif.counters.rx_errors += (control & RX_FIRST) != 0;
        device->counters.fragments++;
    } else if (length < NETIF_HEADER_SIZE || length > FRAME_MOST) {
        device->netif.counters.rx_errors++;
        device->counters.bad_lengths++;
    } else {
        hand_over(device, device->buffers[slot], length);
    }
}

/* Up to a burst of them; false: there are more. */
static bool receive_all(struct cadence_gem *device)
{
    for (unsigned i = 0; i < BURST; i++) {
        struct gem_descriptor *descriptor = &device->rx_ring[device->rx_next];

        if ((descriptor->address & RX_SOFTWARE) == 0)
            return true;
        barrier();
        receive_one(device, device->rx_next);
        barrier();
        descriptor->address &= ~(uint32_t)RX_SOFTWARE;
        device->rx_next = (device->rx_next + 1) % GEM_RX_SLOTS;
    }
    return (device->rx_ring[device->rx_next].address & RX_SOFTWARE) == 0;
}

static void restart_receiver(struct cadence_gem *device)
{
    device->counters.receiver_restarts++;
    put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_TX);
    fill_rx_ring(device);
    put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_RX | CONTROL_TX);
}

/* --- trouble --------------------------------------------------------------------------------------- */

static void count_bad(struct cadence_gem *device)
{
    struct cadence_gem_counters *counters = &device->counters;
    const uint32_t runts = get(device, RX_UNDERSIZE), fcs = get(device, RX_BAD_FCS);
    const uint32_t giants = get(device, RX_OVERSIZE) + get(device, RX_JABBER);
    const uint32_t lengths = get(device, RX_BAD_LENGTH);

    counters->runts += runts;
    counters->bad_fcs += fcs;
    counters->giants += giants;
    counters->bad_lengths += lengths;
    device->netif.counters.rx_errors += runts + fcs + giants + lengths +
                                        get(device, RX_BAD_SYMBOL) + get(device, RX_BAD_ALIGNMENT);
    device->netif.counters.rx_overruns += get(device, RX_OVERRUN) + get(device, RX_NO_BUFFER);
}

static void repair(struct cadence_gem *device)
{
    const uint32_t tx = get(device, TX_STATUS), rx = get(device, RX_STATUS);

    put(device, TX_STATUS, tx);
    put(device, RX_STATUS, rx);
    if (tx & TX_FAILED)
        restart_transmitter(device);
    if (rx & (RX_STATUS_OVERRUN | RX_STATUS_BUS))
        restart_receiver(device);
    else if (rx & RX_STATUS_NO_BUFFER) /* there are again; the device may wait to be told so */
        put(device, NET_CONTROL, CONTROL_MANAGEMENT | CONTROL_RX | CONTROL_TX);
    count_bad(device);
}

/* What came while interrupts were off may not interrupt any more. */
static bool open_interrupts(const struct cadence_gem *device)
{
    const struct gem_descriptor *next = &device->rx_ring[device->rx_next];

    put(device, INTERRUPT_ENABLE, INTERRUPTS);
    barrier();
    return (next->address & RX_SOFTWARE) == 0;
}

static void poll(struct netif *netif)
{
    struct cadence_gem *device = device_of(netif);

    if (!device->started)
        return;
    collect_sent(device);
    const bool all = receive_all(device);

    repair(device);
    follow_link(device);
    if (!all || !open_interrupts(device))
        netif->stack->schedule_poll(netif);
}

/* The line stays up until its causes are acknowledged, whether they are enabled or not. The poll looks
 * after all of them, whichever they were. */
bool cadence_gem_interrupt(struct cadence_gem *device)
{
    put(device, INTERRUPT_DISABLE, UINT32_MAX);
    put(device, INTERRUPT_STATUS, get(device, INTERRUPT_STATUS));
    return device->netif.stack->schedule_poll_from_isr(&device->netif);
}

struct netif *cadence_gem_create(struct cadence_gem *device,
                                 const struct cadence_gem_config *config)
{
    static const struct netif_driver driver = {
        .name = "cadence-gem",
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
