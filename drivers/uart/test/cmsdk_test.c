/* SPDX-License-Identifier: MIT */
/* The driver of the CMSDK UART against a model of the device (Arm DDI 0479, 4.3): one byte each way. */
#include <linnet_test.h>

#include "uart_cmsdk.h"
#include "uart_model_bus.h"

#include <string.h>

enum { DATA = 0, STATE = 4, CONTROL = 8, INTERRUPT = 12, DIVISOR = 16, LINE_SIZE = 64 };
enum { TX = 1, RX = 2, TX_INTERRUPT = 4, RX_INTERRUPT = 8 };

static struct {
    uint32_t control, divisor, causes;
    bool tx_full, rx_full, rx_overrun;
    uint8_t tx_byte, rx_byte;
    unsigned
        leave_at_control; /* the byte in the buffer leaves before this many writes to CONTROL */
    uint8_t line[LINE_SIZE];
    unsigned sent;
} model;

static struct uart uart;

/* The line takes a byte: the buffer becomes empty, which interrupts if it was asked for before. */
static void byte_leaves(void)
{
    if (!model.tx_full)
        return;
    model.line[model.sent++ % LINE_SIZE] = model.tx_byte;
    model.tx_full = false;
    if (model.control & TX_INTERRUPT)
        model.causes |= 1;
}

static void byte_comes(uint8_t byte)
{
    model.rx_overrun |= model.rx_full;
    model.rx_byte = byte;
    model.rx_full = true;
    if (model.control & RX_INTERRUPT)
        model.causes |= 2;
}

uint32_t uart_bus_read32(uintptr_t at)
{
    switch (at) {
    case DATA:
        CHECK(model.rx_full);
        model.rx_full = false;
        return model.rx_byte;
    case STATE:
        return (model.tx_full ? 1u : 0) | (model.rx_full ? 2u : 0) | (model.rx_overrun ? 8u : 0);
    case CONTROL:
        return model.control;
    case INTERRUPT:
        return model.causes;
    default:
        return 0;
    }
}

void uart_bus_write32(uintptr_t at, uint32_t value)
{
    switch (at) {
    case DATA:
        CHECK(!model.tx_full);
        CHECK(model.control & TX);
        model.tx_byte = (uint8_t)value;
        model.tx_full = true;
        break;
    case STATE:
        model.rx_overrun = model.rx_overrun && (value & 8) == 0;
        break;
    case CONTROL:
        if (model.leave_at_control > 0 && --model.leave_at_control == 0)
            byte_leaves();
        model.control = value;
        break;
    case INTERRUPT:
        model.causes &= ~value;
        break;
    case DIVISOR:
        model.divisor = value;
        break;
    default:
        break;
    }
}

static void begin(void)
{
    memset(&model, 0, sizeof model);
    uart_cmsdk_start(&uart, 0, 217);
    CHECK_EQUAL(217, model.divisor);
    CHECK_EQUAL(TX | RX | RX_INTERRUPT, model.control);
}

TEST(a_rate_that_the_device_has_not_is_its_fastest)
{
    begin();
    uart_cmsdk_start(&uart, 0, 3);
    CHECK_EQUAL(16, model.divisor);
}

TEST(each_byte_that_leaves_brings_the_next)
{
    begin();
    CHECK_EQUAL(5, uart_write(&uart, "Hello", 5));
    for (unsigned i = 0; i < 5; i++) {
        CHECK_EQUAL(i, model.sent);
        byte_leaves();
        CHECK_EQUAL(i < 4, model.causes != 0);
        CHECK_EQUAL(i < 4 ? UART_HAS_ROOM : 0, uart_interrupt(&uart));
    }
    CHECK_BYTES("Hello", model.line, 5);
    CHECK(uart_is_idle(&uart));
    CHECK_EQUAL(5, uart.counters.sent);
    CHECK_EQUAL(0, model.causes);
    CHECK_EQUAL(0, model.control & TX_INTERRUPT);
}

/* It leaves between the look at the buffer and the asking for the interrupt, which then never comes. */
TEST(a_byte_that_leaves_unseen_stops_nothing)
{
    for (unsigned at = 1; at <= 6; at++) {
        begin();
        CHECK_EQUAL(1, uart_write(&uart, "a", 1));
        model.leave_at_control = at;
        CHECK_EQUAL(3, uart_write(&uart, "bcd", 3));
        for (unsigned i = 0; i < 8 && !(uart_is_idle(&uart) && !model.tx_full); i++) {
            byte_leaves();
            if (model.causes != 0)
                (void)uart_interrupt(&uart);
        }
        CHECK_EQUAL(4, model.sent);
        CHECK_BYTES("abcd", model.line, 4);
    }
}

TEST(what_comes_is_read_and_an_overrun_is_counted_once)
{
    uint8_t byte;

    begin();
    byte_comes('x');
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK_EQUAL(1, uart_read(&uart, &byte, 1));
    CHECK_EQUAL('x', byte);
    byte_comes('y');
    byte_comes('z');
    CHECK_EQUAL(UART_HAS_INPUT, uart_interrupt(&uart));
    CHECK_EQUAL(1, uart_read(&uart, &byte, 1));
    CHECK_EQUAL('z', byte);
    CHECK_EQUAL(0, uart_interrupt(&uart));
    CHECK_EQUAL(1, uart.counters.overruns);
    CHECK_EQUAL(2, uart.counters.received);
    CHECK_EQUAL(0, model.causes);
}

TEST(what_nobody_reads_is_counted)
{
    begin();
    for (unsigned i = 0; i < UART_RING_SIZE + 10; i++) {
        byte_comes((uint8_t)i);
        (void)uart_interrupt(&uart);
    }
    CHECK_EQUAL(10, uart.counters.overruns);
    CHECK_EQUAL(UART_RING_SIZE + 10, uart.counters.received);
}
