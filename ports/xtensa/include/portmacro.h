/* SPDX-License-Identifier: MIT */
/*
 * The Xtensa part of the port contract (kernel/src/port.h), for the call0 ABI.
 *
 * Tasks run with PS.UM set and every interrupt level open, each on its own stack; interrupts run with
 * PS.UM clear on the interrupt stack. A switch is a software interrupt of level 1: asked for in an
 * interrupt or under the mask it is made when the last interrupt ends or the mask is lifted.
 */
#pragma once

#define portSTACK_TYPE uint32_t
#define portBASE_TYPE  long

#include "../../common/include/port_types.h"

#include "port_core.h"

#define portPOINTER_SIZE_TYPE uintptr_t

#define portARCH_NAME         "Xtensa"
#define portSTACK_GROWTH      (-1)
#define portBYTE_ALIGNMENT    16

/* A tick of up to 32 bits is read in one piece. */
#define portTICK_TYPE_IS_ATOMIC   (configTICK_TYPE_WIDTH_IN_BITS != TICK_TYPE_WIDTH_64_BITS)
#define portHAS_NESTED_INTERRUPTS (configMAX_SYSCALL_INTERRUPT_PRIORITY > 1)

/* The barrier makes the switch happen here when interrupts are open. */
#define portYIELD()                                                                                \
    __asm volatile("wsr.intset %0\n\trsync\n\tisync" ::"a"(portYIELD_INTERRUPT) : "memory")
/* Under the kernel's lock, and in an interrupt, nothing waits for the switch here. */
#define portYIELD_WITHIN_API() __asm volatile("wsr.intset %0" ::"a"(portYIELD_INTERRUPT) : "memory")
#define portEND_SWITCHING_ISR(due)                                                                 \
    do {                                                                                           \
        if (due) {                                                                                 \
            traceISR_EXIT_TO_SCHEDULER();                                                          \
            portYIELD_WITHIN_API();                                                                \
        } else {                                                                                   \
            traceISR_EXIT();                                                                       \
        }                                                                                          \
    } while (0)
#define portYIELD_FROM_ISR(due) portEND_SWITCHING_ISR(due)

#ifdef __cplusplus
extern "C" {
#endif

static inline __attribute__((always_inline)) uint32_t rtos_port_mask(void)
{
    uint32_t before;

    __asm volatile("rsil %0, %1"
                   : "=a"(before)
                   : "i"(configMAX_SYSCALL_INTERRUPT_PRIORITY)
                   : "memory");
    return before;
}

static inline __attribute__((always_inline)) void rtos_port_unmask(uint32_t state)
{
    __asm volatile("wsr.ps %0\n\trsync" ::"a"(state) : "memory");
}

static inline __attribute__((always_inline)) void rtos_port_open(void)
{
    uint32_t before;

    __asm volatile("rsil %0, 0" : "=a"(before) : : "memory");
}

void vPortEnterCritical(void);
void vPortExitCritical(void);

#define portSET_INTERRUPT_MASK_FROM_ISR()        rtos_port_mask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(state) rtos_port_unmask(state)
#define portDISABLE_INTERRUPTS()                 ((void)rtos_port_mask())
#define portENABLE_INTERRUPTS()                  rtos_port_open()
#define portENTER_CRITICAL()                     vPortEnterCritical()
#define portEXIT_CRITICAL()                      vPortExitCritical()

static inline __attribute__((always_inline)) uint32_t rtos_port_ps(void)
{
    uint32_t ps;

    __asm volatile("rsr.ps %0" : "=a"(ps));
    return ps;
}

/* PS.UM is clear in interrupts alone. */
static inline __attribute__((always_inline)) BaseType_t xPortIsInsideInterrupt(void)
{
    return (rtos_port_ps() & 0x20u) == 0;
}
#define portCHECK_IF_IN_ISR() xPortIsInsideInterrupt()

/* An interrupt that calls the kernel must be one that the mask holds off: of a level up to
 * configMAX_SYSCALL_INTERRUPT_PRIORITY. */
static inline __attribute__((always_inline)) BaseType_t rtos_port_may_call_kernel(void)
{
    uint32_t ps = rtos_port_ps();

    return (ps & 0x20u) == 0 && ps % 16u <= (configMAX_SYSCALL_INTERRUPT_PRIORITY);
}
#define portMAY_CALL_FROM_ISR() rtos_port_may_call_kernel()
#define portASSERT_IF_INTERRUPT_PRIORITY_INVALID()                                                 \
    configASSERT(!portCHECK_IF_IN_ISR() || rtos_port_may_call_kernel())

/* Called by the idle task when it has nothing to do. An application that must not stop the CPU's
 * clock defines it empty in FreeRTOSConfig.h. */
#ifndef portIDLE
#define portIDLE() __asm volatile("waiti 0" ::: "memory")
#endif

/* The same with configUSE_TICKLESS_IDLE, for at most so many ticks; with its value 2 the application
 * brings its own. */
#ifndef portSUPPRESS_TICKS_AND_SLEEP
void vPortSuppressTicksAndSleep(TickType_t ticks);
#define portSUPPRESS_TICKS_AND_SLEEP(ticks) vPortSuppressTicksAndSleep(ticks)
#endif

/* Starts the tick; an application may bring its own with another timer, whose interrupt then calls
 * xPortSysTickHandler(). Called once, with interrupts masked, when the scheduler starts. */
void vPortSetupTimerInterrupt(void);

/* The tick interrupt's handler. */
void xPortSysTickHandler(void);

#define portNOP()            __asm volatile("nop")
#define portMEMORY_BARRIER() __asm volatile("" ::: "memory")
#define portINLINE           __inline
#define portFORCE_INLINE     inline __attribute__((always_inline))
#define portDONT_DISCARD     __attribute__((used))

#ifdef __cplusplus
}
#endif
