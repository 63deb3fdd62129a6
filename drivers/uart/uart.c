/* SPDX-License-Identifier: MIT */
#include "uart.h"

size_t uart_read(struct uart *uart, void *bytes, size_t size)
{
    uint8_t *to = bytes;
    size_t count = 0;

    while (count < size && uart_ring_take(&uart->input, &to[count]))
        count++;
    return count;
}

/* The interrupt takes nothing out of the ring while the output is held. */
size_t uart_write(struct uart *uart, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    size_t count = 0;

    while (count < size && uart_ring_put(&uart->output, from[count]))
        count++;
    uart->device->hold_output(uart);
    uart->device->send(uart);
    return count;
}

size_t uart_room(const struct uart *uart)
{
    return UART_RING_SIZE - (uart->output.in - uart->output.out);
}

bool uart_is_idle(const struct uart *uart)
{
    return uart_ring_is_empty(&uart->output);
}

void uart_set_loopback(struct uart *uart, bool yes)
{
    uart->device->set_loopback(uart, yes);
}

unsigned uart_interrupt(struct uart *uart)
{
    const unsigned sent = uart->output.out;

    uart->device->receive(uart);
    if (!uart->device->output_is_held(uart))
        uart->device->send(uart);
    return (uart_ring_is_empty(&uart->input) ? 0 : (unsigned)UART_HAS_INPUT) |
           (uart->output.out != sent ? (unsigned)UART_HAS_ROOM : 0);
}
