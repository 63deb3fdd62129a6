/* SPDX-License-Identifier: MIT */
/* The first serial line of the MPS2 and MPS3 boards. */
#include <board_data.h>
#include <board_priority.h>
#include <board_serial.h>
#include <uart_cmsdk.h>

#define BAUD 115200u

struct uart *board_serial_start(board_handler *handler)
{
    static struct uart uart;

    uart_cmsdk_start(&uart, BOARD_UART_AT, BOARD_UART_HZ / BAUD);
    board_interrupt_install(BOARD_LINE_UART_RX, handler, BOARD_PRIORITY_KERNEL);
    board_interrupt_install(BOARD_LINE_UART_TX, handler, BOARD_PRIORITY_KERNEL);
    return &uart;
}
