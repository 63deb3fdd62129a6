/* SPDX-License-Identifier: MIT */
/*
 * The Cortex-M part of the port contract (kernel/src/port.h).
 *
 * Tasks run in thread mode on the process stack, interrupts on the main stack. A switch is the
 * PendSV exception, which has the lowest priority: asked for in an interrupt or under the mask it is
 * made when the last interrupt ends or the mask is lifted.
 */
#pragma once

#define portSTACK_TYPE uint32_t
#define portBASE_TYPE  long

#include "../../common/include/port_types.h"

/* ARMv6-M, and ARMv8-M Baseline, have Thumb's first set of instructions and no BASEPRI. */
#if __ARM_ARCH_ISA_THUMB >= 2
#include "port_basepri.h"
#else
#include "port_primask.h"
#endif

#define portPOINTER_SIZE_TYPE uintptr_t

#ifndef portARCH_NAME
#define portARCH_NAME "Cortex-M"
#endif
#define portSTACK_GROWTH   (-1)
#define portBYTE_ALIGNMENT 8

/* A tick of up to 32 bits is read in one piece. */
#define portTICK_TYPE_IS_ATOMIC   (configTICK_TYPE_WIDTH_IN_BITS != TICK_TYPE_WIDTH_64_BITS)
#define portHAS_NESTED_INTERRUPTS 1

/* The interrupt control and state register; writing the bit pends PendSV. */
#define portNVIC_INT_CTRL_REG  (*(volatile uint32_t *)0xe000ed04u)
#define portNVIC_PENDSVSET_BIT (1u << 28)

/* The barriers make the switch happen here when interrupts are open. */
#define portYIELD()                                                                                \
    do {                                                                                           \
        portNVIC_INT_CTRL_REG = portNVIC_PENDSVSET_BIT;                                            \
        __asm volatile("dsb\n\tisb" ::: "memory");                                                 \
    } while (0)
/* Under the kernel's lock the barrier comes when the lock opens. */
#define portYIELD_WITHIN_API() (portNVIC_INT_CTRL_REG = portNVIC_PENDSVSET_BIT)
/* In an interrupt nothing waits for the switch: it follows the return. */
#define portEND_SWITCHING_ISR(due)                                                                 \
    do {                                                                                           \
        if (due) {                                                                                 \
            traceISR_EXIT_TO_SCHEDULER();                                                          \
            portNVIC_INT_CTRL_REG = portNVIC_PENDSVSET_BIT;                                        \
        } else {                                                                                   \
            traceISR_EXIT();                                                                       \
        }                                                                                          \
    } while (0)
#define portYIELD_FROM_ISR(due) portEND_SWITCHING_ISR(due)

#ifdef __cplusplus
extern "C" {
#endif

void vPortEnterCritical(void);
void vPortExitCritical(void);

#define portSET_INTERRUPT_MASK_FROM_ISR()        rtos_port_mask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(state) rtos_port_restore(state)
#define portDISABLE_INTERRUPTS()                 rtos_port_close()
#define portENABLE_INTERRUPTS()                                                                    \
    do {                                                                                           \
        rtos_port_open();                                                                          \
        __asm volatile("isb" ::: "memory");                                                        \
    } while (0)
#define portENTER_CRITICAL() vPortEnterCritical()
#define portEXIT_CRITICAL()  vPortExitCritical()

static inline __attribute__((always_inline)) BaseType_t xPortIsInsideInterrupt(void)
{
    return rtos_port_exception() != 0;
}
#define portCHECK_IF_IN_ISR()   xPortIsInsideInterrupt()

#define portMAY_CALL_FROM_ISR() rtos_port_may_call_kernel()
#define portASSERT_IF_INTERRUPT_PRIORITY_INVALID()                                                 \
    configASSERT(!portCHECK_IF_IN_ISR() || rtos_port_may_call_kernel())

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
 * xPortSysTickHandler(). Called once, with interrupts masked, when the scheduler starts. */
void vPortSetupTimerInterrupt(void);

/* The exceptions that the vector table must name, under these names or under those that
 * FreeRTOSConfig.h gives them (#define vPortSVCHandler SVC_Handler …). */
void vPortSVCHandler(void);
void xPortPendSVHandler(void);
void xPortSysTickHandler(void);

#define portNOP()            __asm volatile("nop")
#define portMEMORY_BARRIER() __asm volatile("" ::: "memory")
#define portINLINE           __inline
#define portFORCE_INLINE     inline __attribute__((always_inline))
#define portDONT_DISCARD     __attribute__((used))

#ifdef __cplusplus
}
#endif
