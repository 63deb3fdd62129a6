/* SPDX-License-Identifier: MIT */
#pragma once

#include <uart.h>

/* The board: starts its line; from then on its interrupt calls loopback_interrupt(). */
struct uart *test_uart_start(void);

void loopback_interrupt(void);
