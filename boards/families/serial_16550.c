/* SPDX-License-Identifier: MIT */
/* The first serial line of boards with a 16550. */
#include <board_data.h>
#include <board_priority.h>
#include <board_serial.h>
#include <uart_16550.h>

struct uart *board_serial_start(board_handler *handler)
{
    static struct uart uart;

    uart_16550_start(&uart, BOARD_UART_AT, BOARD_UART_STRIDE, BOARD_UART_DIVISOR);
    board_interrupt_install(BOARD_LINE_UART, handler, BOARD_PRIORITY_KERNEL);
    return &uart;
}
