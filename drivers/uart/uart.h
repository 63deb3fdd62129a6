/* SPDX-License-Identifier: MIT */
/*
 * A serial line with interrupt-driven input and output. Which device it is says the function that
 * starts it: uart_16550_start, uart_cadence_start, uart_cmsdk_start, uart_pl011_start. Reading and
 * writing never wait; who wants to wait is told by what uart_interrupt returns.
 */
#pragma once

#include <stddef.h>

#include "uart_ring.h"

struct uart;

/* What a device does; the drivers' own. */
struct uart_device {
    void (*receive)(struct uart *uart); /* fetches what came; from the interrupt only */
    /* Puts into the device what there is to send and room for, and has it interrupt when there is room
     * again, if that is not all. From the interrupt, or from a task that holds the output. */
    void (*send)(struct uart *uart);
    void (*hold_output)(const struct uart *uart); /* no interrupt for room until the next send */
    bool (*output_is_held)(const struct uart *uart);
    void (*set_loopback)(const struct uart *uart, bool yes);
};

struct uart_counters {
    uint32_t received, sent;
    uint32_t overruns; /* lost in the device, or because nobody read */
    uint32_t framing, parity, breaks;
};

struct uart {
    const struct uart_device *device;
    uintptr_t base;
    unsigned stride; /* bytes from one register to the next */
    struct uart_ring input, output;
    struct uart_counters counters;
};

/* What came, up to `size` bytes; how many. From one task at a time. */
size_t uart_read(struct uart *uart, void *bytes, size_t size);

/* Takes bytes to send, as many as there is room for; how many. From one task at a time. */
size_t uart_write(struct uart *uart, const void *bytes, size_t size);

/* How many bytes can be written at least. From the task that writes. */
size_t uart_room(const struct uart *uart);

/* Whether everything has left the ring; the last byte may still be on the line. */
bool uart_is_idle(const struct uart *uart);

/* What is sent comes back as input, and nothing goes out, where the device can: for tests of the board. */
void uart_set_loopback(struct uart *uart, bool yes);

enum { UART_HAS_INPUT = 1, UART_HAS_ROOM = 2 };

/* The device's interrupt handler calls this. Returns a set: there is something to read; there is more
 * room to write than before. */
unsigned uart_interrupt(struct uart *uart);
