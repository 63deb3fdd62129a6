/* SPDX-License-Identifier: MIT */
#pragma once

#include "uart.h"

/* The APB UART of Arm's Cortex-M System Design Kit: 8 bits, no parity, one stop bit, a buffer of one byte
 * each way. `divisor`: its clock divided by the baud rate, at least 16. It has a line for input and one for
 * output: both are to call uart_interrupt, with the same priority, and to be let in after this. It has no
 * loop-back. */
void uart_cmsdk_start(struct uart *uart, uintptr_t base, uint32_t divisor);
