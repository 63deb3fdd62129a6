/* SPDX-License-Identifier: MIT */
/*
 * The simulator's part of the port contract (kernel/src/port.h): the kernel runs in one host
 * thread, and "interrupts masked" is a flag of the simulator, not a signal mask.
 *
 * Interrupts open when the last of portEXIT_CRITICAL, portCLEAR_INTERRUPT_MASK_FROM_ISR(0) or
 * portENABLE_INTERRUPTS says so. In virtual time that moment is the only one at which the clock
 * moves and a switch can happen; portTICK_TYPE_IS_ATOMIC is therefore left at 0, so that a task
 * polling the tick count lets time pass.
 */
#pragma once

#define portSTACK_TYPE unsigned long
#define portBASE_TYPE  long

#include "../../common/include/port_types.h"

#include "../../../interfaces/sim_interrupts.h"

#define portPOINTER_SIZE_TYPE uintptr_t

#define portARCH_NAME         "host simulator"
#define portSTACK_GROWTH      (-1)
#define portBYTE_ALIGNMENT    16

#ifdef __cplusplus
extern "C" {
#endif

void vPortYield(void);
void vPortEnterCritical(void);
void vPortExitCritical(void);
BaseType_t sim_in_interrupt(void);
void sim_task_made(void *task, void *stack_low);
void sim_task_gone(void *task);
void sim_idle(void);
void sim_sleep(TickType_t ticks);
uint64_t sim_time_us(void);

#ifdef __cplusplus
}
#endif

#define portYIELD() vPortYield()
#define portEND_SWITCHING_ISR(due)                                                                 \
    do {                                                                                           \
        if (due) {                                                                                 \
            traceISR_EXIT_TO_SCHEDULER();                                                          \
            sim_yield_from_isr();                                                                  \
        } else {                                                                                   \
            traceISR_EXIT();                                                                       \
        }                                                                                          \
    } while (0)
#define portYIELD_FROM_ISR(due)                  portEND_SWITCHING_ISR(due)

#define portSET_INTERRUPT_MASK_FROM_ISR()        sim_interrupts_mask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(state) sim_interrupts_restore(state)
#define portDISABLE_INTERRUPTS()                 ((void)sim_interrupts_mask())
#define portENABLE_INTERRUPTS()                  sim_interrupts_restore(0)
#define portENTER_CRITICAL()                     vPortEnterCritical()
#define portEXIT_CRITICAL()                      vPortExitCritical()
#define portCHECK_IF_IN_ISR()                    sim_in_interrupt()

/* Called by the kernel when a task was made, and before a deleted task's memory is used again. */
#define portSETUP_TCB(task)    sim_task_made((task), (task)->stack)
#define portCLEAN_UP_TCB(task) sim_task_gone(task)

/* Called by the idle task when it has nothing to do: sleeps until the next interrupt. */
#define portIDLE() sim_idle()

/* The same with configUSE_TICKLESS_IDLE, for at most so many ticks; with its value 2 the application
 * brings its own. */
#ifndef portSUPPRESS_TICKS_AND_SLEEP
#define portSUPPRESS_TICKS_AND_SLEEP(ticks) sim_sleep(ticks)
#endif

/* The clock of run-time statistics, unless the application brings its own: microseconds. */
#ifndef portGET_RUN_TIME_COUNTER_VALUE
#define portGET_RUN_TIME_COUNTER_VALUE() sim_time_us()
#endif

#define portNOP()            __asm volatile("")
#define portMEMORY_BARRIER() __asm volatile("" ::: "memory")
#define portINLINE           __inline
#define portFORCE_INLINE     inline __attribute__((always_inline))
#define portDONT_DISCARD     __attribute__((used))
