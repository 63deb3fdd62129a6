/* SPDX-License-Identifier: MIT */
#include "mipsnet_model.h"

#include "mipsnet_registers.h"

#include <string.h>

struct mipsnet_model model;

static struct waiting {
    size_t size;
    uint8_t bytes[MODEL_FRAME_SIZE];
} waiting[MODEL_WAITING];
static unsigned first_waiting, waiting_count;

static struct {
    uint8_t rx[MODEL_FRAME_SIZE], tx[MODEL_FRAME_SIZE];
    size_t rx_size, rx_read, tx_size, tx_written;
    uint32_t causes;
    bool busy;
} device;

static void look_at_wire(void)
{
    if (device.busy || waiting_count == 0)
        return;
    const struct waiting *frame = &waiting[first_waiting];

    if (device.rx_read != device.rx_size)
        model.mistakes++; /* it lands behind the one that is there */
    memcpy(device.rx, frame->bytes, frame->size);
    device.rx_size = frame->size;
    device.rx_read = 0;
    device.causes |= MIPSNET_RECEIVED;
    device.busy = true;
    first_waiting = (first_waiting + 1) % MODEL_WAITING;
    waiting_count--;
}

void model_begin(void)
{
    memset(&model, 0, sizeof model);
    memset(&device, 0, sizeof device);
    first_waiting = waiting_count = 0;
    device.busy = true;
}

bool model_receive(const uint8_t *bytes, size_t size)
{
    if (waiting_count == MODEL_WAITING)
        return false;
    struct waiting *frame = &waiting[(first_waiting + waiting_count) % MODEL_WAITING];

    memcpy(frame->bytes, bytes, size);
    frame->size = size;
    waiting_count++;
    look_at_wire();
    return true;
}

unsigned model_waiting(void)
{
    return waiting_count;
}

bool model_interrupts(void)
{
    return model.line_enabled && device.causes != 0;
}

/* --- sending ------------------------------------------------------------------------------------- */

void model_finish_sending(void)
{
    memcpy(model.last_sent, device.tx, device.tx_size);
    model.last_sent_size = device.tx_size;
    model.sent++;
    device.tx_size = device.tx_written = 0;
    device.causes |= MIPSNET_SENT;
    device.busy = true;
}

static void begin_frame(uint32_t size)
{
    if (device.tx_size != 0 || size == 0 || size > MODEL_FRAME_SIZE) {
        model.mistakes++;
        return;
    }
    device.tx_size = size;
    device.tx_written = 0;
}

static void put_byte(uint32_t value)
{
    if (device.tx_written == device.tx_size || value > UINT8_MAX) {
        model.mistakes++;
        return;
    }
    device.tx[device.tx_written++] = (uint8_t)value;
    if (device.tx_written == device.tx_size && !model.slow)
        model_finish_sending();
}

/* --- registers ----------------------------------------------------------------------------------- */

static uint32_t get_byte(void)
{
    if (device.rx_read < device.rx_size)
        return device.rx[device.rx_read++];
    model.mistakes++;
    return 0;
}

static uint32_t read_causes(void)
{
    const uint32_t causes = device.causes;

    device.causes &= ~MIPSNET_RESET; /* but it stays busy until a write */
    return causes;
}

uint32_t mipsnet_bus_read(uintptr_t base, unsigned offset)
{
    (void)base;
    if (model.absent)
        return UINT32_MAX;
    look_at_wire();
    switch (offset) {
    case MIPSNET_ID:
        return MIPSNET_NAME;
    case MIPSNET_BUSY:
        return device.busy;
    case MIPSNET_RX_COUNT:
        return model.false_count != 0 ? model.false_count
                                      : (uint32_t)(device.rx_size - device.rx_read);
    case MIPSNET_TX_COUNT:
        return (uint32_t)device.tx_size;
    case MIPSNET_INTERRUPT:
        return read_causes();
    case MIPSNET_RX_BYTE:
        return get_byte();
    default:
        model.mistakes++;
        return 0;
    }
}

/* One cause a write; a frame whose cause goes while some of it is unread would mix with the next. */
static void acknowledge(uint32_t value)
{
    if (value & MIPSNET_RESET) {
        memset(&device, 0, sizeof device);
        device.causes = MIPSNET_RESET;
    } else if (value & MIPSNET_SENT) {
        device.causes &= ~(uint32_t)MIPSNET_SENT;
    } else if (value & MIPSNET_RECEIVED) {
        model.mistakes += device.rx_read != device.rx_size;
        device.causes &= ~(uint32_t)MIPSNET_RECEIVED;
    }
    device.busy = device.causes != 0;
}

void mipsnet_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    (void)base;
    if (offset == MIPSNET_INTERRUPT)
        acknowledge(value);
    else if (offset == MIPSNET_TX_COUNT)
        begin_frame(value);
    else if (offset == MIPSNET_TX_BYTE)
        put_byte(value);
    else
        model.mistakes++;
    look_at_wire();
}
