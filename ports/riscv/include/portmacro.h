/* SPDX-License-Identifier: MIT */
/*
 * The RISC-V part of the port contract (kernel/src/port.h): machine mode, 32 bits, the integer
 * registers.
 *
 * The mask is the bit MIE of mstatus. RISC-V has no interrupt of low priority that could be pended for
 * a switch, so a switch that is asked for under the mask or in an interrupt is noted in a word, which
 * is looked at when the mask is lifted and when the last interrupt ends. In a task the switch is then
 * an ordinary call, which saves what a function must leave as it was and nothing else.
 */
#pragma once

#define portSTACK_TYPE uint32_t
#define portBASE_TYPE  long

#include "../../common/include/port_types.h"

#define portPOINTER_SIZE_TYPE uintptr_t

#define portARCH_NAME         "RISC-V"
#define portSTACK_GROWTH      (-1)
#define portBYTE_ALIGNMENT    16

/* A tick of up to 32 bits is read in one piece. */
#define portTICK_TYPE_IS_ATOMIC (configTICK_TYPE_WIDTH_IN_BITS != TICK_TYPE_WIDTH_64_BITS)
/* A handler may open the mask for what is more urgent than it is. */
#define portHAS_NESTED_INTERRUPTS 1

#ifdef __cplusplus
extern "C" {
#endif

/* Not 0: a task switch is due. */
extern volatile UBaseType_t rtos_port_switch_due;
/* How many interrupts are being handled, each but the first inside another one. */
extern volatile UBaseType_t rtos_port_nesting;

/* Switches now if interrupts are open, otherwise as soon as they are. */
void vPortYield(void);

void vPortEnterCritical(void);
void vPortExitCritical(void);

#define portYIELD() vPortYield()
/* Under the kernel's lock, or in an interrupt. */
#define portYIELD_WITHIN_API() ((void)(rtos_port_switch_due = 1))
#define portEND_SWITCHING_ISR(due)                                                                 \
    do {                                                                                           \
        if (due) {                                                                                 \
            traceISR_EXIT_TO_SCHEDULER();                                                          \
            rtos_port_switch_due = 1;                                                              \
        } else {                                                                                   \
            traceISR_EXIT();                                                                       \
        }                                                                                          \
    } while (0)
#define portYIELD_FROM_ISR(due) portEND_SWITCHING_ISR(due)

#define portRISCV_MIE           8 /* in mstatus: interrupts are open */

static inline __attribute__((always_inline)) UBaseType_t rtos_port_mask(void)
{
    UBaseType_t before;

    __asm volatile("csrrci %0, mstatus, %1" : "=r"(before) : "i"(portRISCV_MIE) : "memory");
    return before;
}

/* What the state has set besides MIE is set as it is: nothing changes it under the mask. */
static inline __attribute__((always_inline)) void rtos_port_unmask(UBaseType_t state)
{
    __asm volatile("csrs mstatus, %0" ::"r"(state) : "memory");
    if (__builtin_expect(rtos_port_switch_due != 0, 0))
        vPortYield();
}

#define portSET_INTERRUPT_MASK_FROM_ISR()        rtos_port_mask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(state) rtos_port_unmask(state)
#define portDISABLE_INTERRUPTS()                 ((void)rtos_port_mask())
#define portENABLE_INTERRUPTS()                  rtos_port_unmask(portRISCV_MIE)
#define portENTER_CRITICAL()                     vPortEnterCritical()
#define portEXIT_CRITICAL()                      vPortExitCritical()

static inline __attribute__((always_inline)) BaseType_t xPortIsInsideInterrupt(void)
{
    return rtos_port_nesting != 0;
}
#define portCHECK_IF_IN_ISR() xPortIsInsideInterrupt()

/* Called by the idle task when it has nothing to do. An application that must not stop the CPU's
 * clock defines it empty in FreeRTOSConfig.h. */
#ifndef portIDLE
#define portIDLE() __asm volatile("wfi" ::: "memory")
#endif

/* The same with configUSE_TICKLESS_IDLE, for at most so many ticks; with its value 2 the application
 * brings its own. */
#ifndef portSUPPRESS_TICKS_AND_SLEEP
void vPortSuppressTicksAndSleep(TickType_t ticks);
#define portSUPPRESS_TICKS_AND_SLEEP(ticks) vPortSuppressTicksAndSleep(ticks)
#endif

/* Starts the tick; an application may bring its own with another timer, whose interrupt then calls
 * xTaskIncrementTick(). Called once, with interrupts masked, when the scheduler starts. */
void vPortSetupTimerInterrupt(void);

/* What mtvec names: every trap, where its mode is direct. */
void freertos_risc_v_trap_handler(void);
/* For a table of jumps, where its mode is vectored: exceptions, the timer's interrupt, every other
 * interrupt. */
void freertos_risc_v_exception_handler(void);
void freertos_risc_v_mtimer_interrupt_handler(void);
void freertos_risc_v_interrupt_handler(void);

/* The application's: every interrupt but the timer's, and every exception, by its number in mcause.
 * They are functions in C that run on the interrupts' stack. */
void freertos_risc_v_application_interrupt_handler(UBaseType_t cause);
void freertos_risc_v_application_exception_handler(UBaseType_t cause);

/* What the CPU held when an exception came. When its handler returns the CPU holds it again, with
 * what the handler changed in it. */
struct rtos_port_exception {
    uint32_t pc;
    uint32_t x[32]; /* x[0] is unused */
    uint32_t status, cause, value;
};
extern struct rtos_port_exception rtos_port_exception;

/* Exclusive access: the end of a trap makes the store fail. */
#ifdef __riscv_atomic
#define portHAS_EXCLUSIVE 1
static inline __attribute__((always_inline)) UBaseType_t ulPortLoadExclusive(
    volatile UBaseType_t *address)
{
    UBaseType_t value;

    __asm volatile("lr.w %0, (%1)" : "=r"(value) : "r"(address) : "memory");
    return value;
}
#define portLOAD_EXCLUSIVE(address) ulPortLoadExclusive(address)

static inline __attribute__((always_inline)) BaseType_t xPortStoreExclusive(
    volatile UBaseType_t *address, UBaseType_t value)
{
    UBaseType_t failed;

    __asm volatile("sc.w %0, %2, (%1)" : "=&r"(failed) : "r"(address), "r"(value) : "memory");
    return failed == 0;
}
#define portSTORE_EXCLUSIVE(address, value) xPortStoreExclusive((address), (value))
#endif

#define portNOP()            __asm volatile("nop")
#define portMEMORY_BARRIER() __asm volatile("" ::: "memory")
#define portINLINE           __inline
#define portFORCE_INLINE     inline __attribute__((always_inline))
#define portDONT_DISCARD     __attribute__((used))

#ifdef __cplusplus
}
#endif
