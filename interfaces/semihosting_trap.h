/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdint.h>

/* One call of Arm's or RISC-V's semihosting, by the instructions that the CPU has for it: the number of
 * the operation and its parameter block; returns the result. The port's start-up code provides it
 * where the board's emulator speaks that protocol. */
intptr_t semihosting_trap(uintptr_t operation, const void *block);
