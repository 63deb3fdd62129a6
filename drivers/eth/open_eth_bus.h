/* SPDX-License-Identifier: MIT */
/* How a register or descriptor is reached: on a board by its address. A test puts a model of the device
 * here. */
#pragma once

#include <stdint.h>

static inline uint32_t open_eth_bus_read(uintptr_t base, unsigned offset)
{
    return *(volatile uint32_t *)(base + offset);
}

static inline void open_eth_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    *(volatile uint32_t *)(base + offset) = value;
}

/* What the device reads and writes memory by. */
static inline uint32_t open_eth_bus_address(const void *pointer)
{
    return (uint32_t)(uintptr_t)pointer;
}
