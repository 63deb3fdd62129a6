/* SPDX-License-Identifier: MIT */
/* The APB UART of Arm's Cortex-M System Design Kit (Arm DDI 0479, 4.3): registers of 32 bits. */
#include "uart_cmsdk.h"

#ifndef UART_BUS
#define UART_BUS "uart_bus.h"
#endif
#include UART_BUS

#include <string.h>

enum { DATA = 0x00, STATE = 0x04, CONTROL = 0x08, INTERRUPT = 0x0c, DIVISOR = 0x10 };
enum { STATE_TX_FULL = 1 << 0, STATE_RX_FULL = 1 << 1, STATE_RX_OVERRUN = 1 << 3 };
enum {
    CONTROL_TX = 1 << 0,
    CONTROL_RX = 1 << 1,
    CONTROL_INTERRUPT_TX = 1 << 2,
    CONTROL_INTERRUPT_RX = 1 << 3,
};
enum { INTERRUPT_TX = 1 << 0, INTERRUPT_RX = 1 << 1 };
enum { ALWAYS = CONTROL_TX | CONTROL_RX | CONTROL_INTERRUPT_RX, DIVISOR_LEAST = 16 };

static uint32_t get(const struct uart *uart, unsigned offset)
{
    return uart_bus_read32(uart->base + offset);
}

static void put(const struct uart *uart, unsigned offset, uint32_t value)
{
    uart_bus_write32(uart->base + offset, value);
}

/* Acknowledged before it is looked after: what comes meanwhile interrupts again. */
static void receive(struct uart *uart)
{
    struct uart_counters *counters = &uart->counters;
    uint32_t state;

    put(uart, INTERRUPT, INTERRUPT_RX);
    while ((state = get(uart, STATE)) & STATE_RX_FULL) {
        const uint8_t byte = (uint8_t)get(uart, DATA);

        if (state & STATE_RX_OVERRUN) {
            put(uart, STATE, STATE_RX_OVERRUN);
            counters->overruns++;
        }
        counters->received++;
        counters->overruns += !uart_ring_put(&uart->input, byte);
    }
}

static void hold_output(const struct uart *uart)
{
    put(uart, CONTROL, ALWAYS);
}

static bool output_is_held(const struct uart *uart)
{
    return (get(uart, CONTROL) & CONTROL_INTERRUPT_TX) == 0;
}

static void fill(struct uart *uart)
{
    uint8_t byte;

    put(uart, INTERRUPT, INTERRUPT_TX);
    while ((get(uart, STATE) & STATE_TX_FULL) == 0 && uart_ring_take(&uart->output, &byte)) {
        put(uart, DATA, byte);
        uart->counters.sent++;
    }
}

/* The device interrupts when its buffer becomes empty, and only if it was told to before: one that has
 * become so in between is filled again. */
static void send(struct uart *uart)
{
    do {
        hold_output(uart);
        fill(uart);
        if (uart_ring_is_empty(&uart->output))
            return;
        put(uart, CONTROL, ALWAYS | CONTROL_INTERRUPT_TX);
    } while ((get(uart, STATE) & STATE_TX_FULL) == 0);
}

/* The device has none. */
static void set_loopback(const struct uart *uart, bool yes)
{
    (void)uart, (void)yes;
}

void uart_cmsdk_start(struct uart *uart, uintptr_t base, uint32_t divisor)
{
    static const struct uart_device device = {receive, send, hold_output, output_is_held,
                                              set_loopback};

    memset(uart, 0, sizeof *uart);
    uart->device = &device;
    uart->base = base;
    put(uart, CONTROL, 0);
    put(uart, DIVISOR, divisor < DIVISOR_LEAST ? (uint32_t)DIVISOR_LEAST : divisor);
    put(uart, STATE, STATE_RX_OVERRUN);
    put(uart, INTERRUPT, INTERRUPT_TX | INTERRUPT_RX);
    hold_output(uart);
}
