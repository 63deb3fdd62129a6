/* SPDX-License-Identifier: MIT */
/* Arm's PL011 (Arm DDI 0183, 3; for the Stellaris LM3S6965, SPMS034, 12): registers of 32 bits. */
#include "uart_pl011.h"

#ifndef UART_BUS
#define UART_BUS "uart_bus.h"
#endif
#include UART_BUS

#include <string.h>

enum {
    DATA = 0x00,
    FLAGS = 0x18,
    DIVISOR = 0x24,
    DIVISOR_64TH = 0x28,
    LINE_CONTROL = 0x2c,
    CONTROL = 0x30,
    FIFO_LEVELS = 0x34,
    INTERRUPT_MASK = 0x38,
    INTERRUPT_CLEAR = 0x44,
};
enum { DATA_FRAMING = 1 << 8, DATA_PARITY = 1 << 9, DATA_BREAK = 1 << 10, DATA_OVERRUN = 1 << 11 };
enum { FLAG_RX_EMPTY = 1 << 4, FLAG_TX_FULL = 1 << 5 };
enum { LINE_8N1_FIFO = 0x70 };
enum { CONTROL_ON = 1, CONTROL_LOOPBACK = 1 << 7, CONTROL_TX = 1 << 8, CONTROL_RX = 1 << 9 };
enum { LEVEL_TX_QUARTER_RX_EIGHTH = 1 };
/* Input at the FIFO's level; input that is older than a byte's time or four; what was lost. */
enum { INTERRUPT_RX = 1 << 4, INTERRUPT_TX = 1 << 5, INTERRUPT_RX_AGE = 1 << 6, OVERRUN = 1 << 10 };
enum { ALWAYS = INTERRUPT_RX | INTERRUPT_RX_AGE | OVERRUN };

static uint32_t get(const struct uart *uart, unsigned offset)
{
    return uart_bus_read32(uart->base + offset);
}

static void put(const struct uart *uart, unsigned offset, uint32_t value)
{
    uart_bus_write32(uart->base + offset, value);
}

/* Causes are acknowledged before they are looked after. That the FIFO was full is said of the byte that
 * came next. */
static void receive(struct uart *uart)
{
    struct uart_counters *counters = &uart->counters;

    put(uart, INTERRUPT_CLEAR, ALWAYS);
    while ((get(uart, FLAGS) & FLAG_RX_EMPTY) == 0) {
        const uint32_t data = get(uart, DATA);

        counters->overruns += (data & DATA_OVERRUN) != 0;
        counters->parity += (data & DATA_PARITY) != 0;
        counters->framing += (data & DATA_FRAMING) != 0;
        counters->breaks += (data & DATA_BREAK) != 0;
        if (data & (DATA_PARITY | DATA_FRAMING | DATA_BREAK))
            continue;
        counters->received++;
        counters->overruns += !uart_ring_put(&uart->input, (uint8_t)(data % 0x100u));
    }
}

/* The cause is forgotten first. If something is left the FIFO is full, and passes its level later on. */
static void send(struct uart *uart)
{
    uint8_t byte;

    put(uart, INTERRUPT_CLEAR, INTERRUPT_TX);
    while ((get(uart, FLAGS) & FLAG_TX_FULL) == 0 && uart_ring_take(&uart->output, &byte)) {
        put(uart, DATA, byte);
        uart->counters.sent++;
    }
    put(uart, INTERRUPT_MASK,
        ALWAYS | (uart_ring_is_empty(&uart->output) ? 0u : (uint32_t)INTERRUPT_TX));
}

static void hold_output(const struct uart *uart)
{
    put(uart, INTERRUPT_MASK, ALWAYS);
}

static bool output_is_held(const struct uart *uart)
{
    return (get(uart, INTERRUPT_MASK) & INTERRUPT_TX) == 0;
}

static void set_loopback(const struct uart *uart, bool yes)
{
    put(uart, CONTROL,
        CONTROL_ON | CONTROL_TX | CONTROL_RX | (yes ? (uint32_t)CONTROL_LOOPBACK : 0));
}

void uart_pl011_start(struct uart *uart, uintptr_t base, uint32_t divisor)
{
    static const struct uart_device device = {receive, send, hold_output, output_is_held,
                                              set_loopback};

    memset(uart, 0, sizeof *uart);
    uart->device = &device;
    uart->base = base;
    put(uart, CONTROL, 0);
    put(uart, INTERRUPT_MASK, 0);
    if (divisor != 0) {
        put(uart, DIVISOR, divisor / 64u);
        put(uart, DIVISOR_64TH, divisor % 64u);
    }
    put(uart, LINE_CONTROL, LINE_8N1_FIFO); /* which takes the divisor over */
    put(uart, FIFO_LEVELS, LEVEL_TX_QUARTER_RX_EIGHTH);
    put(uart, INTERRUPT_CLEAR, UINT32_MAX);
    set_loopback(uart, false);
    hold_output(uart);
}
