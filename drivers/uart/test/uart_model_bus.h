/* SPDX-License-Identifier: MIT */
/* The way to a device that a test plays: each defines those that its driver uses. */
#pragma once

#include <stdint.h>

uint8_t uart_bus_read8(uintptr_t at);
void uart_bus_write8(uintptr_t at, uint8_t value);
uint32_t uart_bus_read32(uintptr_t at);
void uart_bus_write32(uintptr_t at, uint32_t value);
