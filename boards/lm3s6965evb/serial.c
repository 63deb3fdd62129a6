/* SPDX-License-Identifier: MIT */
/* The first serial line of the LM3S6965 (SPMS034, 12), on pins 0 and 1 of port A. */
#include <board_data.h>
#include <board_priority.h>
#include <board_serial.h>
#include <uart_pl011.h>

#define RCGC1         (*(volatile uint32_t *)(BOARD_SYSTEM_AT + 0x104))
#define RCGC2         (*(volatile uint32_t *)(BOARD_SYSTEM_AT + 0x108))
#define PORT(offset)  (*(volatile uint32_t *)(BOARD_PORT_A_AT + (offset)))
#define PORT_FUNCTION PORT(0x420)
#define PORT_DIGITAL  PORT(0x51c)
#define PINS          3u
#define BAUD          115200u
#define DIVISOR       ((BOARD_TIMER_HZ * 8u / BAUD + 1u) / 2u)

struct uart *board_serial_start(board_handler *handler)
{
    static struct uart uart;

    RCGC1 |= 1u << 0; /* the UART */
    RCGC2 |= 1u << 0; /* the port */
    (void)RCGC2;      /* they need three cycles */
    PORT_FUNCTION |= PINS;
    PORT_DIGITAL |= PINS;
    uart_pl011_start(&uart, BOARD_UART_AT, DIVISOR);
    board_interrupt_install(BOARD_LINE_UART, handler, BOARD_PRIORITY_KERNEL);
    return &uart;
}
