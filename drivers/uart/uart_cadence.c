/* SPDX-License-Identifier: MIT */
/* Cadence's UART (Xilinx UG585, 19 and B.33): registers of 32 bits. */
#include "uart_cadence.h"

#ifndef UART_BUS
#define UART_BUS "uart_bus.h"
#endif
#include UART_BUS

#include <string.h>

enum {
    CONTROL = 0x00,
    MODE = 0x04,
    INTERRUPT_ENABLE = 0x08,
    INTERRUPT_DISABLE = 0x0c,
    INTERRUPT_MASK = 0x10,
    INTERRUPT_STATUS = 0x14,
    DIVISOR = 0x18,
    RX_TRIGGER = 0x20,
    STATUS = 0x2c,
    FIFO = 0x30,
    SAMPLES = 0x34,
};
enum { CONTROL_RESET = 3, CONTROL_RX = 1 << 2, CONTROL_TX = 1 << 4 };
enum { MODE_8N1 = 0x20, MODE_LOOPBACK = 2 << 8 };
enum { STATUS_RX_EMPTY = 1 << 1, STATUS_TX_FULL = 1 << 4 };
enum {
    INTERRUPT_INPUT = 1 << 0,
    INTERRUPT_TX_EMPTY = 1 << 3,
    INTERRUPT_OVERRUN = 1 << 5,
    INTERRUPT_FRAMING = 1 << 6,
    INTERRUPT_PARITY = 1 << 7,
};
enum {
    ALWAYS = INTERRUPT_INPUT | INTERRUPT_OVERRUN | INTERRUPT_FRAMING | INTERRUPT_PARITY,
    RESET_PATIENCE = 10000,
};

static uint32_t get(const struct uart *uart, unsigned offset)
{
    return uart_bus_read32(uart->base + offset);
}

static void put(const struct uart *uart, unsigned offset, uint32_t value)
{
    uart_bus_write32(uart->base + offset, value);
}

/* Causes are acknowledged before they are looked after: what comes meanwhile interrupts again. Which
 * byte was wrong the device does not tell. */
static void receive(struct uart *uart)
{
    struct uart_counters *counters = &uart->counters;
    const uint32_t causes = get(uart, INTERRUPT_STATUS);

    put(uart, INTERRUPT_STATUS, causes);
    counters->overruns += (causes & INTERRUPT_OVERRUN) != 0;
    counters->framing += (causes & INTERRUPT_FRAMING) != 0;
    counters->parity += (causes & INTERRUPT_PARITY) != 0;
    while ((get(uart, STATUS) & STATUS_RX_EMPTY) == 0) {
        const uint8_t byte = (uint8_t)get(uart, FIFO);

        counters->received++;
        counters->overruns += !uart_ring_put(&uart->input, byte);
    }
}

/* The cause is forgotten first: what the FIFO does from then on counts. */
static void send(struct uart *uart)
{
    uint8_t byte;

    put(uart, INTERRUPT_STATUS, INTERRUPT_TX_EMPTY);
    while ((get(uart, STATUS) & STATUS_TX_FULL) == 0 && uart_ring_take(&uart->output, &byte)) {
        put(uart, FIFO, byte);
        uart->counters.sent++;
    }
    if (uart_ring_is_empty(&uart->output))
        put(uart, INTERRUPT_DISABLE, INTERRUPT_TX_EMPTY);
    else
        put(uart, INTERRUPT_ENABLE, INTERRUPT_TX_EMPTY);
}

static void hold_output(const struct uart *uart)
{
    put(uart, INTERRUPT_DISABLE, INTERRUPT_TX_EMPTY);
}

static bool output_is_held(const struct uart *uart)
{
    return (get(uart, INTERRUPT_MASK) & INTERRUPT_TX_EMPTY) == 0;
}

static void set_loopback(const struct uart *uart, bool yes)
{
    put(uart, MODE, MODE_8N1 | (yes ? (uint32_t)MODE_LOOPBACK : 0));
}

void uart_cadence_start(struct uart *uart, uintptr_t base, uint16_t divisor, uint8_t samples)
{
    static const struct uart_device device = {receive, send, hold_output, output_is_held,
                                              set_loopback};

    memset(uart, 0, sizeof *uart);
    uart->device = &device;
    uart->base = base;
    put(uart, INTERRUPT_DISABLE, UINT32_MAX);
    put(uart, CONTROL, CONTROL_RESET);
    for (int i = 0; i < RESET_PATIENCE && get(uart, CONTROL) & CONTROL_RESET; i++)
        ;
    set_loopback(uart, false);
    if (divisor != 0) {
        put(uart, DIVISOR, divisor);
        put(uart, SAMPLES, samples);
    }
    put(uart, RX_TRIGGER, 1);
    put(uart, CONTROL, CONTROL_RX | CONTROL_TX);
    put(uart, INTERRUPT_STATUS, UINT32_MAX);
    put(uart, INTERRUPT_ENABLE, ALWAYS);
}
