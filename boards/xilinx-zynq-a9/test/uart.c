/* SPDX-License-Identifier: MIT */
/* The board's serial line for drivers/uart/test. */
#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <loopback.h>
#include <uart_cadence.h>

struct uart *test_uart_start(void)
{
    static struct uart uart;

    uart_cadence_start(&uart, BOARD_UART_AT, 0, 0);
    board_interrupt_install(BOARD_LINE_UART, loopback_interrupt, BOARD_PRIORITY_KERNEL);
    return &uart;
}
