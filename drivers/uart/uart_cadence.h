/* SPDX-License-Identifier: MIT */
#pragma once

#include "uart.h"

/* Cadence's UART as the Zynq-7000 has it, 8 bits, no parity, one stop bit. `divisor` and `samples` make
 * its rate: clock / (divisor * (samples + 1)), samples from 4 to 255; a divisor of 0 leaves the rate as it
 * is. The line's interrupt is to be let in after this. */
void uart_cadence_start(struct uart *uart, uintptr_t base, uint16_t divisor, uint8_t samples);
