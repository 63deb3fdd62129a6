/* SPDX-License-Identifier: MIT */
/* The driver of the 16550 against a model of the device (PC16550D, 8): FIFOs of 16, errors beside bytes. */
#include <linnet_test.h>

#include "uart_16550.h"
#include "uart_model_bus.h"

#include <string.h>

enum { STRIDE = 4, FIFO = 16, WIRE_SIZE = 1024 };
enum { DATA, ENABLE, FIFO_CONTROL, LINE, MODEM, STATUS };
enum { ENABLE_INPUT = 1, ENABLE_ROOM = 2, DIVISOR_ACCESS = 0x80 };
enum { READY = 1, OVERRUN = 2, PARITY = 4, FRAMING = 8, BREAK = 16, EMPTY = 32 };

static struct {
    uint8_t enable, fifo, line, modem, divisor[2];
    struct {
        uint8_t byte, errors;
    } rx[FIFO];
    unsigned rx_count, tx_count, sent;
    bool overrun, became_empty;
    uint8_t tx[FIFO], wire[WIRE_SIZE];
} model;

static struct uart uart;

static void line_takes_all(void)
{
    for (unsigned i = 0; i < model.tx_count; i++)
        model.wire[model.sent++ % WIRE_SIZE] = model.tx[i];
    model.became_empty |= model.tx_count > 0;
    model.tx_count = 0;
}

static void comes(uint8_t byte, uint8_t errors)
{
    if (model.rx_count == FIFO) {
        model.overrun = true;
        return;
    }
    model.rx[model.rx_count].byte = byte;
    model.rx[model.rx_count++].errors = errors;
}

static bool interrupts(void)
{
    return ((model.enable & ENABLE_INPUT) && model.rx_count > 0) ||
           ((model.enable & ENABLE_ROOM) && model.became_empty);
}

static uint8_t status(void)
{
    const unsigned value = (model.rx_count > 0 ? READY | model.rx[0].errors : 0u) |
                           (model.overrun ? OVERRUN : 0u) | (model.tx_count == 0 ? EMPTY : 0u);

    model.overrun = false;
    return (uint8_t)value;
}

uint8_t uart_bus_read8(uintptr_t at)
{
    uint8_t byte;

    CHECK_EQUAL(0, at % STRIDE);
    switch (at / STRIDE) {
    case DATA:
        CHECK(model.rx_count > 0);
        byte = model.rx[0].byte;
        memmove(model.rx, model.rx + 1, --model.rx_count * sizeof model.rx[0]);
        return byte;
    case ENABLE:
        return model.enable;
    case STATUS:
        return status();
    default:
        return 0;
    }
}

void uart_bus_write8(uintptr_t at, uint8_t value)
{
    const bool divisor = (model.line & DIVISOR_ACCESS) != 0;

    CHECK_EQUAL(0, at % STRIDE);
    if (divisor && at / STRIDE <= ENABLE) {
        model.divisor[at / STRIDE] = value;
        return;
    }
    switch (at / STRIDE) {
    case DATA:
        CHECK(model.tx_count < FIFO);
        model.tx[model.tx_count++] = value;
        model.became_empty = false;
        break;
    case ENABLE:
        model.enable = value;
        break;
    case FIFO_CONTROL:
        model.fifo = value;
        break;
    case LINE:
        model.line = value;
        break;
    case MODEM:
        model.modem = value;
        break;
    default:
        break;
    }
}

static void begin(void)
{
    memset(&model, 0, sizeof model);
    uart_16550_start(&uart, 0, STRIDE, 0x102);
    CHECK_EQUAL(2, model.divisor[0]);
    CHECK_EQUAL(1, model.divisor[1]);
    CHECK_EQUAL(3, model.line);
    CHECK_EQUAL(7, model.fifo);
    CHECK(!interrupts());
}

TEST(a_long_text_goes_out_by_interrupts)
{
    static uint8_t text[250];

    for (unsigned i = 0; i < sizeof text; i++)
        text[i] = (uint8_t)(i * 7);
    begin();
    CHECK_EQUAL(sizeof text, uart_write(&uart, text, sizeof text));
    CHECK_EQUAL(FIFO, model.tx_count);
    CHECK_EQUAL(UART_RING_SIZE - (sizeof text - FIFO), uart_room(&uart));
    for (unsigned i = 0; i < sizeof text && model.sent < sizeof text; i++) {
        line_takes_all();
        if (interrupts())
            CHECK_EQUAL(UART_HAS_ROOM, uart_interrupt(&uart));
    }
    CHECK_EQUAL(sizeof text, model.sent);
    CHECK_BYTES(text, model.wire, sizeof text);
    CHECK(uart_is_idle(&uart));
    CHECK_EQUAL(0, model.enable & ENABLE_ROOM);
}

TEST(bytes_with_errors_are_counted_and_not_handed_over)
{
    uint8_t bytes[4];

    begin();
    comes('a', 0);
    comes('b', FRAMING);
    comes('c', PARITY);
    comes(0, BREAK);
    comes('d', 0);
    CHECK(interrupts());
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK_EQUAL(2, uart_read(&uart, bytes, sizeof bytes));
    CHECK_BYTES("ad", bytes, 2);
    CHECK_EQUAL(1, uart.counters.framing);
    CHECK_EQUAL(1, uart.counters.parity);
    CHECK_EQUAL(1, uart.counters.breaks);
    CHECK_EQUAL(2, uart.counters.received);
    CHECK(!interrupts());
}

TEST(an_overrun_is_counted_once)
{
    uint8_t bytes[FIFO + 2];

    begin();
    for (uint8_t i = 0; i < FIFO + 3; i++)
        comes(i, 0);
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    comes('x', 0);
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK_EQUAL(FIFO + 1, uart_read(&uart, bytes, sizeof bytes));
    CHECK_EQUAL('x', bytes[FIFO]);
    CHECK_EQUAL(1, uart.counters.overruns);
}
