/* SPDX-License-Identifier: MIT */
/* The driver of Cadence's UART against a model of the device (Xilinx UG585, 19): FIFOs of 64. */
#include <linnet_test.h>

#include "uart_cadence.h"
#include "uart_model_bus.h"

#include <string.h>

enum { FIFO_SIZE = 64, WIRE_SIZE = 1024 };
enum { CONTROL = 0, MODE = 4, ENABLE = 8, DISABLE = 12, MASK = 16, CAUSES = 20, DIVISOR = 24 };
enum { TRIGGER = 0x20, STATUS = 0x2c, FIFO = 0x30, SAMPLES = 0x34 };
enum { INPUT = 1 << 0, TX_EMPTY = 1 << 3, OVERRUN = 1 << 5, FRAMING = 1 << 6, PARITY = 1 << 7 };

static struct {
    uint32_t mask, causes, mode, control, divisor, samples, trigger;
    uint8_t rx[FIFO_SIZE], tx[FIFO_SIZE], wire[WIRE_SIZE];
    unsigned rx_count, tx_count, sent;
} model;

static struct uart uart;

static void line_takes_all(void)
{
    for (unsigned i = 0; i < model.tx_count; i++)
        model.wire[model.sent++ % WIRE_SIZE] = model.tx[i];
    if (model.tx_count > 0)
        model.causes |= TX_EMPTY;
    model.tx_count = 0;
}

static void comes(uint8_t byte)
{
    if (model.rx_count == FIFO_SIZE) {
        model.causes |= OVERRUN;
        return;
    }
    model.rx[model.rx_count++] = byte;
    model.causes |= INPUT;
}

static bool interrupts(void)
{
    return (model.causes & model.mask) != 0;
}

uint32_t uart_bus_read32(uintptr_t at)
{
    uint8_t byte;

    switch (at) {
    case MASK:
        return model.mask;
    case CAUSES:
        return model.causes;
    case STATUS:
        return (model.rx_count == 0 ? 2u : 0) | (model.tx_count == FIFO_SIZE ? 16u : 0);
    case FIFO:
        CHECK(model.rx_count > 0);
        byte = model.rx[0];
        memmove(model.rx, model.rx + 1, --model.rx_count);
        return byte;
    default:
        return 0;
    }
}

void uart_bus_write32(uintptr_t at, uint32_t value)
{
    switch (at) {
    case CONTROL:
        model.control = value;
        break;
    case MODE:
        model.mode = value;
        break;
    case ENABLE:
        model.mask |= value;
        break;
    case DISABLE:
        model.mask &= ~value;
        break;
    case CAUSES:
        model.causes &= ~value;
        break;
    case DIVISOR:
        model.divisor = value;
        break;
    case SAMPLES:
        model.samples = value;
        break;
    case TRIGGER:
        model.trigger = value;
        break;
    case FIFO:
        CHECK(model.tx_count < FIFO_SIZE);
        model.tx[model.tx_count++] = (uint8_t)value;
        break;
    default:
        break;
    }
}

static void begin(void)
{
    memset(&model, 0, sizeof model);
    uart_cadence_start(&uart, 0, 62, 6);
    CHECK_EQUAL(62, model.divisor);
    CHECK_EQUAL(6, model.samples);
    CHECK_EQUAL(1, model.trigger);
    CHECK_EQUAL(0x20, model.mode);
    CHECK_EQUAL(0x14, model.control);
    CHECK(!interrupts());
}

TEST(a_long_text_goes_out_by_interrupts)
{
    static uint8_t text[250];

    for (unsigned i = 0; i < sizeof text; i++)
        text[i] = (uint8_t)(i * 7);
    begin();
    CHECK_EQUAL(sizeof text, uart_write(&uart, text, sizeof text));
    CHECK_EQUAL(FIFO_SIZE, model.tx_count);
    for (unsigned i = 0; i < sizeof text && model.sent < sizeof text; i++) {
        CHECK(!interrupts());
        line_takes_all();
        if (interrupts())
            CHECK_EQUAL(UART_HAS_ROOM, uart_interrupt(&uart));
    }
    CHECK_EQUAL(sizeof text, model.sent);
    CHECK_BYTES(text, model.wire, sizeof text);
    CHECK(uart_is_idle(&uart));
    CHECK_EQUAL(0, model.mask & TX_EMPTY);
}

TEST(errors_and_overruns_are_counted_and_the_line_goes_on)
{
    uint8_t bytes[FIFO_SIZE + 2];

    begin();
    for (unsigned i = 0; i < FIFO_SIZE + 3; i++)
        comes((uint8_t)i);
    model.causes |= FRAMING | PARITY;
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK(!interrupts());
    comes('x');
    CHECK(interrupts());
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK_EQUAL(FIFO_SIZE + 1, uart_read(&uart, bytes, sizeof bytes));
    CHECK_EQUAL('x', bytes[FIFO_SIZE]);
    CHECK_EQUAL(1, uart.counters.overruns);
    CHECK_EQUAL(1, uart.counters.framing);
    CHECK_EQUAL(1, uart.counters.parity);
    CHECK_EQUAL(FIFO_SIZE + 1, uart.counters.received);
    CHECK_EQUAL(0, uart_interrupt(&uart));
}
