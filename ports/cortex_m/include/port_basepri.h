/* SPDX-License-Identifier: MIT */
/*
 * Masking by priority, on cores that have BASEPRI (ARMv7-M and ARMv8-M Mainline). Interrupts whose
 * priority value is below configMAX_SYSCALL_INTERRUPT_PRIORITY are more urgent than the kernel:
 * they are never masked, and must not call it.
 *
 * Raising the mask takes effect with the next instruction. Lowering it lets what is pending in within
 * the next few; who must not go on before it came has a barrier of its own (portYIELD, and the end of
 * a critical section of the application's).
 */
#pragma once

#include <FreeRTOSConfig.h>
#include <stdint.h>

#ifndef configMAX_SYSCALL_INTERRUPT_PRIORITY
#ifndef configMAX_API_CALL_INTERRUPT_PRIORITY
#error                                                                                             \
    "FreeRTOSConfig.h must define configMAX_SYSCALL_INTERRUPT_PRIORITY: see ports/cortex_m/Kconfig"
#endif
#define configMAX_SYSCALL_INTERRUPT_PRIORITY configMAX_API_CALL_INTERRUPT_PRIORITY
#endif

static inline __attribute__((always_inline)) uint32_t ulPortRaiseBASEPRI(void)
{
    uint32_t before;

    __asm volatile("mrs %0, basepri\n\t"
                   "msr basepri, %1"
                   : "=&r"(before)
                   : "r"(configMAX_SYSCALL_INTERRUPT_PRIORITY)
                   : "memory");
    return before;
}

static inline __attribute__((always_inline)) void vPortRaiseBASEPRI(void)
{
    __asm volatile("msr basepri, %0" ::"r"(configMAX_SYSCALL_INTERRUPT_PRIORITY) : "memory");
}

static inline __attribute__((always_inline)) void vPortSetBASEPRI(uint32_t state)
{
    __asm volatile("msr basepri, %0" ::"r"(state) : "memory");
}
