/* SPDX-License-Identifier: MIT */
/* Registers of a virtio device, 32 bits each; a test puts a model in its place. */
#pragma once

#include <stdint.h>

static inline uint32_t virtio_bus_read(uintptr_t base, unsigned offset)
{
    return *(volatile uint32_t *)(base + offset);
}

static inline void virtio_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    *(volatile uint32_t *)(base + offset) = value;
}
