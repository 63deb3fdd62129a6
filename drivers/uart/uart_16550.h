/* SPDX-License-Identifier: MIT */
#pragma once

#include "uart.h"

/* A 16550 with its FIFOs, 8 bits, no parity, one stop bit. `divisor`: its clock divided by 16 times the
 * baud rate; 0 leaves the rate as it is. The line's interrupt is to be let in after this. */
void uart_16550_start(struct uart *uart, uintptr_t base, unsigned stride, uint16_t divisor);
