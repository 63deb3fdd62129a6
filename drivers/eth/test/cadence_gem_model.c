/* SPDX-License-Identifier: MIT */
#include "cadence_gem_model.h"

#include "cadence_gem.h"
#include "cadence_gem_registers.h"

#include <string.h>

enum { POINTERS = 4096, ADDRESS_STEP = 0x10000, COUNTERS = 16 };

struct gem_model model;

static const void *pointers[POINTERS];
static struct {
    uint32_t status, enabled, tx_status, rx_status, management;
    uint32_t counters[COUNTERS];
    struct gem_descriptor *rx_ring, *rx, *tx_ring, *tx;
    bool waits; /* found no buffer: looks again when it is told to receive, as emulated ones do */
} state;

void model_begin(void)
{
    memset(&state, 0, sizeof state);
    memset(pointers, 0, sizeof pointers);
    model = (struct gem_model){
        .link_up = true, .has_phy = true, .partner = PHY_100_FULL | PHY_10_FULL};
}

bool model_interrupts(void)
{
    return model.line_enabled && state.status != 0;
}

static void raise(uint32_t causes)
{
    state.status |= causes & state.enabled;
}

/* The same pointer has the same address. */
uint32_t gem_bus_address(const void *pointer)
{
    unsigned i = 0;

    while (i + 1 < POINTERS && pointers[i] != NULL && pointers[i] != pointer)
        i++;
    pointers[i] = pointer;
    return (i + 1) * ADDRESS_STEP;
}

static void *pointer_at(uint32_t address)
{
    const uint32_t i = address / ADDRESS_STEP - 1;

    model.mistakes += i >= POINTERS || address % ADDRESS_STEP != 0;
    return i < POINTERS ? (void *)(uintptr_t)pointers[i] : NULL;
}

/* --- frames -------------------------------------------------------------------------------------- */

static struct gem_descriptor *rx_after(struct gem_descriptor *descriptor)
{
    return descriptor->address & RX_WRAP ? state.rx_ring : descriptor + 1;
}

static void fill(const uint8_t *bytes, size_t size, uint32_t place, uint32_t length)
{
    memcpy(pointer_at(state.rx->address & ~3u), bytes, size);
    state.rx->control = place | (place & RX_LAST ? length : 0);
    state.rx->address |= RX_SOFTWARE;
    state.rx = rx_after(state.rx);
}

bool model_receive(const uint8_t *bytes, size_t size)
{
    const size_t buffers = (size + GEM_BUFFER_SIZE - 1) / GEM_BUFFER_SIZE;
    struct gem_descriptor *at = state.rx;

    for (size_t i = 0; i < buffers; i++, at = rx_after(at)) {
        if ((model.control & CONTROL_RX) != 0 && (at->address & RX_SOFTWARE) == 0 && !state.waits)
            continue;
        state.waits = true;
        state.counters[(RX_NO_BUFFER - RX_UNDERSIZE) / 4]++;
        state.rx_status |= RX_STATUS_NO_BUFFER;
        raise(INTERRUPT_RX_NO_BUFFER);
        return false;
    }
    for (size_t i = 0; i < buffers; i++) {
        const size_t from = i * GEM_BUFFER_SIZE, left = size - from;
        fill(bytes + from, left < GEM_BUFFER_SIZE ? left : GEM_BUFFER_SIZE,
             (i == 0 ? RX_FIRST : 0) | (i + 1 == buffers ? RX_LAST : 0), (uint32_t)size);
    }
    raise(INTERRUPT_RX);
    return true;
}

void model_receive_bad(unsigned counter)
{
    state.counters[(counter - RX_UNDERSIZE) / 4]++;
}

static struct gem_descriptor *tx_after(struct gem_descriptor *descriptor)
{
    return descriptor->control & TX_WRAP ? state.tx_ring : descriptor + 1;
}

static void send_one(void)
{
    struct gem_descriptor *first = state.tx;
    size_t size = 0;
    bool last = false;

    while (!last) {
        const uint32_t control = state.tx->control, length = control % 0x4000u;
        model.mistakes += (control & TX_SOFTWARE) != 0 || length == 0;
        memcpy(model.last_sent + size, pointer_at(state.tx->address), length);
        size += length;
        last = (control & TX_LAST) != 0 || (control & TX_SOFTWARE) != 0;
        state.tx = tx_after(state.tx);
    }
    first->control |= TX_SOFTWARE;
    model.last_sent_size = size;
    model.sent++;
    raise(INTERRUPT_TX);
}

void model_send_held(void)
{
    while ((model.control & CONTROL_TX) != 0 && (state.tx->control & TX_SOFTWARE) == 0)
        send_one();
}

void model_fail_tx(uint32_t status)
{
    state.tx_status |= status;
    raise(INTERRUPT_TX_MEMORY);
}

void model_fail_rx(uint32_t status)
{
    state.rx_status |= status;
    raise(INTERRUPT_RX_OVERRUN);
}

/* --- the PHY ------------------------------------------------------------------------------------- */

static uint32_t phy(unsigned number)
{
    switch (number) {
    case PHY_STATUS:
        return model.link_up ? PHY_STATUS_LINK : 0;
    case PHY_ID:
        return 0x0141;
    case PHY_ABILITY:
        return PHY_100_FULL | PHY_100_HALF | PHY_10_FULL;
    case PHY_PARTNER:
        return model.partner;
    case PHY_ABILITY_1000:
        return PHY_1000_FULL;
    case PHY_PARTNER_1000:
        return model.partner_1000;
    default:
        return 0;
    }
}

static void manage(uint32_t value)
{
    const bool mine = model.has_phy && value / 0x800000u % 32u == MODEL_PHY;

    model.mistakes += (model.control & CONTROL_MANAGEMENT) == 0 ||
                      (value & 0xc0030000u) != PHY_FRAME;
    if (value & PHY_OP_READ)
        state.management = mine ? phy(value / 0x40000u % 32u) : 0xffffu;
}

/* --- registers ----------------------------------------------------------------------------------- */

static uint32_t count(unsigned offset)
{
    const uint32_t value = state.counters[(offset - RX_UNDERSIZE) / 4];

    state.counters[(offset - RX_UNDERSIZE) / 4] = 0;
    return value;
}

uint32_t gem_bus_read(uintptr_t base, unsigned offset)
{
    (void)base;
    if (offset >= RX_UNDERSIZE && offset <= RX_OVERRUN)
        return count(offset);
    switch (offset) {
    case NET_STATUS:
        return STATUS_MANAGEMENT_IDLE;
    case TX_STATUS:
        return state.tx_status;
    case RX_STATUS:
        return state.rx_status;
    case INTERRUPT_STATUS:
        return state.status;
    case PHY_MAINTENANCE:
        return state.management;
    default:
        model.mistakes++;
        return 0;
    }
}

static void set_control(uint32_t value)
{
    model.control = value;
    state.waits = state.waits && (value & CONTROL_RX) == 0;
    if (value & CONTROL_CLEAR_STATISTICS)
        memset(state.counters, 0, sizeof state.counters);
    if ((value & CONTROL_TX_START) != 0 && !model.holds_frames)
        model_send_held();
}

void gem_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    const bool runs = (model.control & (CONTROL_RX | CONTROL_TX)) == (CONTROL_RX | CONTROL_TX);

    (void)base;
    switch (offset) {
    case NET_CONTROL:
        set_control(value);
        break;
    case NET_CONFIG:
        model.config = value;
        break;
    case DMA_CONFIG:
        model.mistakes += value / 0x10000u != GEM_BUFFER_SIZE / 64;
        break;
    case TX_STATUS:
        state.tx_status &= ~value;
        break;
    case RX_STATUS:
        state.rx_status &= ~value;
        break;
    case RX_RING:
        model.mistakes += runs;
        state.rx = state.rx_ring = pointer_at(value);
        break;
    case TX_RING:
        model.mistakes += runs;
        state.tx = state.tx_ring = pointer_at(value);
        break;
    case INTERRUPT_STATUS:
        state.status &= ~value;
        break;
    case INTERRUPT_ENABLE:
        state.enabled |= value;
        break;
    case INTERRUPT_DISABLE:
        state.enabled &= ~value;
        break;
    case PHY_MAINTENANCE:
        manage(value);
        break;
    case HASH_LOW:
    case HASH_HIGH:
        model.hash[(offset - HASH_LOW) / 4] = value;
        break;
    case ADDRESS_LOW:
    case ADDRESS_HIGH:
        model.address[(offset - ADDRESS_LOW) / 4] = value;
        break;
    default:
        model.mistakes++;
    }
}
