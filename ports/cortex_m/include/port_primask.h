/* SPDX-License-Identifier: MIT */
/*
 * Masking of everything, on cores without BASEPRI (ARMv6-M, ARMv8-M Baseline). Every interrupt may call
 * the kernel, and none is more urgent than its sections. What port_basepri.h says about when a mask
 * takes effect holds here too. There is no exclusive access either.
 */
#pragma once

#include "port_exception.h"

#include <stdint.h>

/* Masks, and says what was masked before. */
static inline __attribute__((always_inline)) uint32_t rtos_port_mask(void)
{
    uint32_t before;

    __asm volatile("mrs %0, primask\n\t"
                   "cpsid i"
                   : "=r"(before)::"memory");
    return before;
}

static inline __attribute__((always_inline)) void rtos_port_close(void)
{
    __asm volatile("cpsid i" ::: "memory");
}

static inline __attribute__((always_inline)) void rtos_port_restore(uint32_t state)
{
    __asm volatile("msr primask, %0" ::"r"(state) : "memory");
}

static inline __attribute__((always_inline)) void rtos_port_open(void)
{
    __asm volatile("cpsie i" ::: "memory");
}

/* What PRIMASK holds off ends a sleep anyway. */
static inline __attribute__((always_inline)) void rtos_port_open_to_sleep(void)
{
}

static inline __attribute__((always_inline)) void rtos_port_close_after_sleep(void)
{
}

/* All but NMI and the hard fault. */
static inline __attribute__((always_inline)) int rtos_port_may_call_kernel(void)
{
    return rtos_port_exception() > 3;
}
