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

#include "port_exception.h"

/* Masks, and says what was masked before. */
static inline __attribute__((always_inline)) uint32_t rtos_port_mask(void)
{
    uint32_t before;

    __asm volatile("mrs %0, basepri\n\t"
                   "msr basepri, %1"
                   : "=&r"(before)
                   : "r"(configMAX_SYSCALL_INTERRUPT_PRIORITY)
                   : "memory");
    return before;
}

static inline __attribute__((always_inline)) void rtos_port_close(void)
{
    __asm volatile("msr basepri, %0" ::"r"(configMAX_SYSCALL_INTERRUPT_PRIORITY) : "memory");
}

static inline __attribute__((always_inline)) void rtos_port_restore(uint32_t state)
{
    __asm volatile("msr basepri, %0" ::"r"(state) : "memory");
}

/* The names by which these are known. */
#define ulPortRaiseBASEPRI()   rtos_port_mask()
#define vPortRaiseBASEPRI()    rtos_port_close()
#define vPortSetBASEPRI(state) rtos_port_restore(state)

static inline __attribute__((always_inline)) void rtos_port_open(void)
{
    rtos_port_restore(0);
}

/* Lets the masked interrupts end a sleep, while none is taken: from under PRIMASK, … */
static inline __attribute__((always_inline)) void rtos_port_open_to_sleep(void)
{
    __asm volatile("cpsid i" ::: "memory");
    rtos_port_open();
}

/* … and back to the mask. */
static inline __attribute__((always_inline)) void rtos_port_close_after_sleep(void)
{
    rtos_port_close();
    __asm volatile("cpsie i" ::: "memory");
}

/* An interrupt that calls the kernel must be one that the mask holds off. It is not when it is more
 * urgent than configMAX_SYSCALL_INTERRUPT_PRIORITY, as every one is whose priority was never set. */
static inline __attribute__((always_inline)) int rtos_port_may_call_kernel(void)
{
    const volatile uint8_t *const priorities = (const volatile uint8_t *)0xe000e400u;
    uint32_t exception = rtos_port_exception();

    if (exception >= 16)
        return priorities[exception - 16] >= (configMAX_SYSCALL_INTERRUPT_PRIORITY);
    return exception != 0;
}

/* Exclusive access: an exception between the load and the store makes the store fail. */
#define portHAS_EXCLUSIVE                   1
#define portLOAD_EXCLUSIVE(address)         rtos_port_load_exclusive(address)
#define portSTORE_EXCLUSIVE(address, value) rtos_port_store_exclusive((address), (value))

static inline __attribute__((always_inline)) unsigned long rtos_port_load_exclusive(
    volatile unsigned long *address)
{
    unsigned long value;

    __asm volatile("ldrex %0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static inline __attribute__((always_inline)) long rtos_port_store_exclusive(
    volatile unsigned long *address, unsigned long value)
{
    uint32_t failed;

    __asm volatile("strex %0, %2, [%1]" : "=&r"(failed) : "r"(address), "r"(value) : "memory");
    return failed == 0;
}
