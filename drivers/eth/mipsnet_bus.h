/* SPDX-License-Identifier: MIT */
/* How a register is reached: on a board by its address. A test puts a model of the device here. */
#pragma once

#include <stdint.h>

static inline uint32_t mipsnet_bus_read(uintptr_t base, unsigned offset)
{
    return *(volatile uint32_t *)(base + offset);
}

static inline void mipsnet_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    *(volatile uint32_t *)(base + offset) = value;
}
