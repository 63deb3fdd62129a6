/* SPDX-License-Identifier: MIT */
#pragma once

#include "uart.h"

/* Arm's PL011, and its like in Stellaris LM3S: FIFOs on, 8 bits, no parity, one stop bit. `divisor`: 64 times
 * its clock divided by 16 times the baud rate; 0 leaves the rate as it is. The line's interrupt is to be let
 * in after this. */
void uart_pl011_start(struct uart *uart, uintptr_t base, uint32_t divisor);
