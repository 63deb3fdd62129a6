/* SPDX-License-Identifier: MIT */
/* The way to a device that a test plays. */
#pragma once

#include <stdint.h>

uint32_t uart_bus_read32(uintptr_t at);
void uart_bus_write32(uintptr_t at, uint32_t value);
