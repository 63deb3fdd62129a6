/* SPDX-License-Identifier: MIT */
/* The first serial line, at the rate that the boot loader has set. */
#include <board_data.h>
#include <board_priority.h>
#include <board_serial.h>
#include <uart_cadence.h>

struct uart *board_serial_start(board_handler *handler)
{
    static struct uart uart;

    uart_cadence_start(&uart, BOARD_UART_AT, 0, 0);
    board_interrupt_install(BOARD_LINE_UART, handler, BOARD_PRIORITY_KERNEL);
    return &uart;
}
