/* SPDX-License-Identifier: MIT */
/*
 * The MIPS part of the port contract (kernel/src/port.h), for MIPS32 release 2.
 *
 * The mask is Status.IM: what a task or handler lets in. A task with line 0 among it is open; interrupts
 * see to it that whatever is open has every line that is enabled. A switch is software interrupt 0: asked
 * for in an interrupt or under the mask it is made when the last interrupt ends or the mask is lifted.
 */
#pragma once

#define portSTACK_TYPE uint32_t
#define portBASE_TYPE  long

#include "../../common/include/port_types.h"

#include "mips_core.h"
#include "port_core.h"

#define portPOINTER_SIZE_TYPE uintptr_t

#define portARCH_NAME         "MIPS32"
#define portSTACK_GROWTH      (-1)
#define portBYTE_ALIGNMENT    8

/* A tick of up to 32 bits is read in one piece. */
#define portTICK_TYPE_IS_ATOMIC   (configTICK_TYPE_WIDTH_IN_BITS != TICK_TYPE_WIDTH_64_BITS)
#define portHAS_NESTED_INTERRUPTS 1

#ifdef __cplusplus
extern "C" {
#endif

/* Status of a task that is open. */
extern volatile uint32_t rtos_mips_open;

/* The line that is being served, as a bit; 0: a task runs. */
extern volatile uint32_t rtos_mips_serving;

#define rtos_mips_kernel_lines ((uint32_t)(configMIPS_KERNEL_LINES)*0x100u)

void rtos_port_yield(void);

#define portYIELD()            rtos_port_yield()
#define portYIELD_WITHIN_API() rtos_port_yield()
#define portEND_SWITCHING_ISR(due)                                                                 \
    do {                                                                                           \
        if (due) {                                                                                 \
            traceISR_EXIT_TO_SCHEDULER();                                                          \
            rtos_port_yield();                                                                     \
        } else {                                                                                   \
            traceISR_EXIT();                                                                       \
        }                                                                                          \
    } while (0)
#define portYIELD_FROM_ISR(due) portEND_SWITCHING_ISR(due)

/* An interrupt between reading and writing leaves Status as it was. Where one begins, with the lines of the
 * interrupted task and Status.EXL, that stays set. */
static inline __attribute__((always_inline)) uint32_t rtos_port_mask(void)
{
    const uint32_t before = READ_CP0(CP0_STATUS);

    WRITE_CP0(CP0_STATUS, before & ~rtos_mips_kernel_lines);
    return before;
}

static inline __attribute__((always_inline)) void rtos_port_unmask(uint32_t state)
{
    if (state & STATUS_LINE(0))
        state = rtos_mips_open | (state & STATUS_EXL); /* a line may have been enabled meanwhile */
    WRITE_CP0(CP0_STATUS, state);
}

void vPortEnterCritical(void);
void vPortExitCritical(void);

#define portSET_INTERRUPT_MASK_FROM_ISR()        rtos_port_mask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(state) rtos_port_unmask(state)
#define portDISABLE_INTERRUPTS()                 ((void)rtos_port_mask())
#define portENABLE_INTERRUPTS()                  rtos_port_unmask(STATUS_LINE(0))
#define portENTER_CRITICAL()                     vPortEnterCritical()
#define portEXIT_CRITICAL()                      vPortExitCritical()

#define portCHECK_IF_IN_ISR()                    (rtos_mips_serving != 0)

/* An interrupt that calls the kernel must be one that the mask holds off. */
#define portMAY_CALL_FROM_ISR() ((rtos_mips_serving & (configMIPS_KERNEL_LINES)) != 0)
#define portASSERT_IF_INTERRUPT_PRIORITY_INVALID()                                                 \
    configASSERT(!portCHECK_IF_IN_ISR() || portMAY_CALL_FROM_ISR())

/* Called by the idle task when it has nothing to do. */
#ifndef portIDLE
#define portIDLE()                                                                                 \
    do {                                                                                           \
        if (configMIPS_IDLE_WAIT)                                                                  \
            __asm volatile("wait" ::: "memory");                                                   \
    } while (0)
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
