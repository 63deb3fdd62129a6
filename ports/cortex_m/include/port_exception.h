/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdint.h>

/* The exception that runs, or 0; the same as long as this code does. */
static inline __attribute__((always_inline)) uint32_t rtos_port_exception(void)
{
    uint32_t exception;

    __asm("mrs %0, ipsr" : "=r"(exception));
    return exception;
}
