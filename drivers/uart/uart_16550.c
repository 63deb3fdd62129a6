/* SPDX-License-Identifier: MIT */
/* The UART 16550 (National Semiconductor PC16550D): registers of 8 bits. */
#include "uart_16550.h"

#ifndef UART_BUS
#define UART_BUS "uart_bus.h"
#endif
#include UART_BUS

#include <string.h>

enum { DATA, INTERRUPTS, FIFO_CONTROL, LINE_CONTROL, MODEM_CONTROL, LINE_STATUS };
enum { DIVISOR_LOW = DATA, DIVISOR_HIGH = INTERRUPTS };
enum { INTERRUPT_INPUT = 1, INTERRUPT_ROOM = 2, INTERRUPT_STATUS = 4 };
enum { FIFO_ON_AND_EMPTY = 7, FIFO_SIZE = 16 };
enum { LINE_8N1 = 3, LINE_DIVISOR = 0x80 };
enum { MODEM_READY = 3, MODEM_INTERRUPT = 8, MODEM_LOOPBACK = 0x10 };
enum {
    STATUS_INPUT = 1,
    STATUS_OVERRUN = 2,
    STATUS_PARITY = 4,
    STATUS_FRAMING = 8,
    STATUS_BREAK = 16,
    STATUS_ROOM = 32, /* the whole FIFO is empty */
};

static uint8_t get(const struct uart *uart, unsigned number)
{
    return uart_bus_read8(uart->base + number * uart->stride);
}

static void put(const struct uart *uart, unsigned number, unsigned value)
{
    uart_bus_write8(uart->base + number * uart->stride, (uint8_t)value);
}

static void receive(struct uart *uart)
{
    struct uart_counters *counters = &uart->counters;
    uint8_t status;

    while ((status = get(uart, LINE_STATUS)) & STATUS_INPUT) {
        const uint8_t byte = get(uart, DATA);

        counters->overruns += (status & STATUS_OVERRUN) != 0;
        counters->parity += (status & STATUS_PARITY) != 0;
        counters->framing += (status & STATUS_FRAMING) != 0;
        counters->breaks += (status & STATUS_BREAK) != 0;
        if (status & (STATUS_PARITY | STATUS_FRAMING | STATUS_BREAK))
            continue;
        counters->received++;
        counters->overruns += !uart_ring_put(&uart->input, byte);
    }
}

static void send(struct uart *uart)
{
    uint8_t byte;
    unsigned room = get(uart, LINE_STATUS) & STATUS_ROOM ? FIFO_SIZE : 0;

    while (room > 0 && uart_ring_take(&uart->output, &byte)) {
        put(uart, DATA, byte);
        uart->counters.sent++;
        room--;
    }
    put(uart, INTERRUPTS,
        INTERRUPT_INPUT | INTERRUPT_STATUS |
            (uart_ring_is_empty(&uart->output) ? 0u : (unsigned)INTERRUPT_ROOM));
}

static void hold_output(const struct uart *uart)
{
    put(uart, INTERRUPTS, INTERRUPT_INPUT | INTERRUPT_STATUS);
}

static bool output_is_held(const struct uart *uart)
{
    return (get(uart, INTERRUPTS) & INTERRUPT_ROOM) == 0;
}

static void set_loopback(const struct uart *uart, bool yes)
{
    put(uart, MODEM_CONTROL, MODEM_READY | MODEM_INTERRUPT | (yes ? (unsigned)MODEM_LOOPBACK : 0));
}

void uart_16550_start(struct uart *uart, uintptr_t base, unsigned stride, uint16_t divisor)
{
    static const struct uart_device device = {receive, send, hold_output, output_is_held,
                                              set_loopback};

    memset(uart, 0, sizeof *uart);
    uart->device = &device;
    uart->base = base;
    uart->stride = stride;
    put(uart, INTERRUPTS, 0);
    if (divisor != 0) {
        put(uart, LINE_CONTROL, LINE_DIVISOR);
        put(uart, DIVISOR_LOW, divisor % 0x100u);
        put(uart, DIVISOR_HIGH, divisor / 0x100u);
    }
    put(uart, LINE_CONTROL, LINE_8N1);
    put(uart, FIFO_CONTROL, FIFO_ON_AND_EMPTY);
    set_loopback(uart, false);
    hold_output(uart);
}
