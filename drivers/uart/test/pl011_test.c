/* SPDX-License-Identifier: MIT */
/* The driver of the PL011 against a model of the device (Arm DDI 0183, 3): FIFOs of 16, errors beside bytes. */
#include <linnet_test.h>

#include "uart_model_bus.h"
#include "uart_pl011.h"

#include <string.h>

enum { DATA = 0, FLAGS = 0x18, IBRD = 0x24, FBRD = 0x28, LINE = 0x2c, CONTROL = 0x30 };
enum { MASK = 0x38, RAW = 0x3c, CLEAR = 0x44 };
enum { FIFO = 16, TX_LEVEL = 4, LINE_SIZE = 1024 };
enum { RX = 1 << 4, TX = 1 << 5, OVERRUN = 1 << 10 };
enum { FRAMING_ERROR = 1 << 8, PARITY_ERROR = 1 << 9, BREAK = 1 << 10, OVERRUN_ERROR = 1 << 11 };

static struct {
    uint32_t mask, raw, control, line, divisor, fraction;
    uint16_t rx[FIFO];
    uint8_t tx[FIFO];
    unsigned rx_count, tx_count, sent;
    bool lost;
    uint8_t wire[LINE_SIZE];
} model;

static struct uart uart;

/* The level interrupts when it is passed downwards. */
static void byte_leaves(void)
{
    if (model.tx_count == 0)
        return;
    model.wire[model.sent++ % LINE_SIZE] = model.tx[0];
    memmove(model.tx, model.tx + 1, --model.tx_count);
    if (model.tx_count == TX_LEVEL)
        model.raw |= TX;
}

static void comes(unsigned byte_and_errors)
{
    if (model.rx_count == FIFO) {
        model.lost = true;
        model.raw |= OVERRUN;
        return;
    }
    model.rx[model.rx_count++] = (uint16_t)(byte_and_errors |
                                            (model.lost ? (unsigned)OVERRUN_ERROR : 0));
    model.lost = false;
    model.raw |= RX;
}

uint32_t uart_bus_read32(uintptr_t at)
{
    uint32_t value = 0;

    switch (at) {
    case DATA:
        CHECK(model.rx_count > 0);
        value = model.rx[0];
        memmove(model.rx, model.rx + 1, --model.rx_count * sizeof model.rx[0]);
        return value;
    case FLAGS:
        return (model.rx_count == 0 ? 1u << 4 : 0) | (model.tx_count == FIFO ? 1u << 5 : 0);
    case MASK:
        return model.mask;
    case RAW:
        return model.raw;
    default:
        return 0;
    }
}

void uart_bus_write32(uintptr_t at, uint32_t value)
{
    switch (at) {
    case DATA:
        CHECK(model.tx_count < FIFO);
        model.tx[model.tx_count++] = (uint8_t)value;
        break;
    case IBRD:
        model.divisor = value;
        break;
    case FBRD:
        model.fraction = value;
        break;
    case LINE:
        model.line = value;
        break;
    case CONTROL:
        model.control = value;
        break;
    case MASK:
        model.mask = value;
        break;
    case CLEAR:
        model.raw &= ~value;
        break;
    default:
        break;
    }
}

static bool interrupts(void)
{
    return (model.raw & model.mask) != 0;
}

static void begin(void)
{
    memset(&model, 0, sizeof model);
    uart_pl011_start(&uart, 0, 1736); /* 115200 of 50 MHz */
    CHECK_EQUAL(27, model.divisor);
    CHECK_EQUAL(8, model.fraction);
    CHECK_EQUAL(0x70, model.line);
    CHECK_EQUAL(0x301, model.control);
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
    for (unsigned i = 0; i < 2 * sizeof text && model.sent < sizeof text; i++) {
        byte_leaves();
        if (interrupts())
            CHECK_EQUAL(UART_HAS_ROOM, uart_interrupt(&uart));
        CHECK(!interrupts() || uart_is_idle(&uart));
    }
    CHECK_EQUAL(sizeof text, model.sent);
    CHECK_BYTES(text, model.wire, sizeof text);
    CHECK(uart_is_idle(&uart));
    CHECK_EQUAL(sizeof text, uart.counters.sent);
    while (interrupts())
        (void)uart_interrupt(&uart);
    CHECK_EQUAL(0, model.mask & TX);
}

TEST(bytes_with_errors_are_counted_and_not_handed_over)
{
    uint8_t bytes[4];

    begin();
    comes('a');
    comes('b' | FRAMING_ERROR);
    comes('c' | PARITY_ERROR);
    comes(BREAK);
    comes('d');
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

TEST(an_overrun_is_counted_and_the_byte_after_it_is_good)
{
    uint8_t bytes[FIFO + 2];

    begin();
    for (unsigned i = 0; i < FIFO + 1; i++)
        comes(i);
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    comes('x');
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK_EQUAL(FIFO + 1, uart_read(&uart, bytes, sizeof bytes));
    CHECK_EQUAL('x', bytes[FIFO]);
    CHECK_EQUAL(1, uart.counters.overruns);
    CHECK(!interrupts());
}
