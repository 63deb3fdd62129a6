/* SPDX-License-Identifier: MIT */
#pragma once

/* Turns on the memory management unit with a flat map: memory is normal and not cached, so that devices
 * see what the CPU wrote and words need not be aligned; everything else is a device's. */
void board_memory_map(void);
