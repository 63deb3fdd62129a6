/* SPDX-License-Identifier: MIT */
/* How a register is reached: on a board by its address. A test puts a model of the device here. */
#pragma once

#include <stdint.h>

static inline uint32_t gem_bus_read(uintptr_t base, unsigned offset)
{
    return *(volatile uint32_t *)(base + offset);
}

static inline void gem_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    *(volatile uint32_t *)(base + offset) = value;
}

/* Where the device finds what the CPU knows by a pointer. */
static inline uint32_t gem_bus_address(const void *pointer)
{
    return (uint32_t)(uintptr_t)pointer;
}
