/* SPDX-License-Identifier: MIT */
/* How a register is reached: on a board by its address. A test puts a model of the device here. */
#pragma once

#include <stdint.h>

static inline uint8_t uart_bus_read8(uintptr_t at)
{
    return *(volatile uint8_t *)at;
}

static inline void uart_bus_write8(uintptr_t at, uint8_t value)
{
    *(volatile uint8_t *)at = value;
}

static inline uint32_t uart_bus_read32(uintptr_t at)
{
    return *(volatile uint32_t *)at;
}

static inline void uart_bus_write32(uintptr_t at, uint32_t value)
{
    *(volatile uint32_t *)at = value;
}
