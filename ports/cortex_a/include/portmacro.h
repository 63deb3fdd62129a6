/* SPDX-License-Identifier: MIT */
/*
 * The Cortex-A part of the port contract (kernel/src/port.h): ARMv7-A with Arm's generic interrupt
 * controller.
 *
 * Tasks and interrupts run in system mode. The mask is the controller's priority mask, so interrupts
 * more urgent than configMAX_API_CALL_INTERRUPT_PRIORITY are never held off. There is no exception of
 * low priority that could be pended for a switch: one that is asked for under the mask or in an
 * interrupt is noted in a word, which is looked at when the mask is lifted and when the last interrupt
 * ends. In a task the switch is then an ordinary call.
 */
#pragma once

#define portSTACK_TYPE uint32_t
#define portBASE_TYPE  long

#include "../../common/include/port_types.h"

#include "port_gic.h"

#define portPOINTER_SIZE_TYPE uintptr_t

#define portARCH_NAME         "Cortex-A"
#define portSTACK_GROWTH      (-1)
#define portBYTE_ALIGNMENT    8

/* A tick of up to 32 bits is read in one piece. */
#define portTICK_TYPE_IS_ATOMIC   (configTICK_TYPE_WIDTH_IN_BITS != TICK_TYPE_WIDTH_64_BITS)
#define portHAS_NESTED_INTERRUPTS 1

#ifdef __cplusplus
extern "C" {
#endif

/* What every switch and every interrupt looks at. */
struct rtos_port {
    volatile UBaseType_t switch_due; /* not 0: a task switch is due */
    volatile UBaseType_t nesting;    /* interrupts that are being handled */
    volatile UBaseType_t uses_fpu;   /* the running task has floating point registers of its own */
    StackType_t *isr_stack_top;
    StackType_t *starter; /* the stack of whoever started the scheduler */
    uintptr_t gic;        /* the controller's CPU interface */
    uint32_t masked;      /* what its priority mask holds under the mask */
};
extern struct rtos_port rtos_port;

/* Switches now if interrupts are open, otherwise as soon as they are. */
void vPortYield(void);

void vPortEnterCritical(void);
void vPortExitCritical(void);

#define portYIELD() vPortYield()
/* Under the kernel's lock, or in an interrupt. */
#define portYIELD_WITHIN_API() ((void)(rtos_port.switch_due = 1))
#define portEND_SWITCHING_ISR(due)                                                                 \
    do {                                                                                           \
        if (due) {                                                                                 \
            traceISR_EXIT_TO_SCHEDULER();                                                          \
            rtos_port.switch_due = 1;                                                              \
        } else {                                                                                   \
            traceISR_EXIT();                                                                       \
        }                                                                                          \
    } while (0)
#define portYIELD_FROM_ISR(due) portEND_SWITCHING_ISR(due)

/* Masks every interrupt that may call the kernel; the state before. */
static inline __attribute__((always_inline)) UBaseType_t ulPortSetInterruptMask(void)
{
    UBaseType_t before = portICCPMR;

    portICCPMR = portMASKED;
    __asm volatile("dsb\n\tisb" ::: "memory");
    return before;
}

static inline __attribute__((always_inline)) void vPortClearInterruptMask(UBaseType_t state)
{
    __asm volatile("" ::: "memory");
    portICCPMR = state;
    if (__builtin_expect(rtos_port.switch_due != 0, 0))
        vPortYield();
}

#define portSET_INTERRUPT_MASK_FROM_ISR()        ulPortSetInterruptMask()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(state) vPortClearInterruptMask(state)
#define portDISABLE_INTERRUPTS()                 ((void)ulPortSetInterruptMask())
#define portENABLE_INTERRUPTS()                                                                    \
    do {                                                                                           \
        vPortClearInterruptMask(portUNMASKED);                                                     \
        __asm volatile("dsb\n\tisb" ::: "memory");                                                 \
    } while (0)
#define portENTER_CRITICAL() vPortEnterCritical()
#define portEXIT_CRITICAL()  vPortExitCritical()

static inline __attribute__((always_inline)) BaseType_t xPortIsInsideInterrupt(void)
{
    return rtos_port.nesting != 0;
}
#define portCHECK_IF_IN_ISR() xPortIsInsideInterrupt()

/* An interrupt that calls the kernel must be one that the mask holds off. It is not when it is more
 * urgent than configMAX_API_CALL_INTERRUPT_PRIORITY, as every one is whose priority was never set. */
static inline __attribute__((always_inline)) BaseType_t rtos_port_may_call_kernel(void)
{
    return rtos_port.nesting != 0 && portICCRPR >= portMASKED;
}
#define portMAY_CALL_FROM_ISR() rtos_port_may_call_kernel()
#define portASSERT_IF_INTERRUPT_PRIORITY_INVALID()                                                 \
    configASSERT(!portCHECK_IF_IN_ISR() || rtos_port_may_call_kernel())

/* Gives the calling task floating point and NEON registers of its own, from now on; with
 * configUSE_TASK_FPU_SUPPORT 2 every task has them. A task without them must not use them, nor call
 * what the compiler or the C library does with them. */
void vPortTaskUsesFPU(void);
#define portTASK_USES_FLOATING_POINT() vPortTaskUsesFPU()

/* Called by the idle task when it has nothing to do. An application that must not stop the CPU's
 * clock defines it empty in FreeRTOSConfig.h. */
#ifndef portIDLE
#define portIDLE() __asm volatile("dsb\n\twfi" ::: "memory")
#endif

/* The same with configUSE_TICKLESS_IDLE, for at most so many ticks; with its value 2, or a tick of
 * its own, the application brings its own. */
#ifndef portSUPPRESS_TICKS_AND_SLEEP
void vPortSuppressTicksAndSleep(TickType_t ticks);
#define portSUPPRESS_TICKS_AND_SLEEP(ticks) vPortSuppressTicksAndSleep(ticks)
#endif

/* What the vector table must name. */
void FreeRTOS_IRQ_Handler(void);
void FreeRTOS_SWI_Handler(void);

/* The application's: what FreeRTOS_IRQ_Handler calls with the interrupt acknowledge register, IRQs
 * disabled. It may enable them for what is more urgent. The first must leave floating point registers
 * as they were; the port has one that saves them and calls the second. */
void vApplicationIRQHandler(uint32_t acknowledged);
void vApplicationFPUSafeIRQHandler(uint32_t acknowledged);

/* The tick, to be called in the interrupt of its timer. The timer is the application's, if
 * FreeRTOSConfig.h defines configSETUP_TICK_INTERRUPT() and configCLEAR_TICK_INTERRUPT(), otherwise
 * the CPU's global timer. */
void FreeRTOS_Tick_Handler(void);

/* Starts the global timer. Called once, with interrupts masked, when the scheduler starts. */
void vPortSetupTimerInterrupt(void);
/* Ends its interrupt. */
void rtos_port_clear_tick(void);

#ifdef configSETUP_TICK_INTERRUPT
#define portTICK_IS_GLOBAL_TIMER 0
#else
#define portTICK_IS_GLOBAL_TIMER     1
#define configSETUP_TICK_INTERRUPT() vPortSetupTimerInterrupt()
#define configCLEAR_TICK_INTERRUPT() rtos_port_clear_tick()
#endif
#ifndef configCLEAR_TICK_INTERRUPT
#define configCLEAR_TICK_INTERRUPT() ((void)0)
#endif

/* Exclusive access: the end of an exception makes the store fail. */
#define portHAS_EXCLUSIVE 1
static inline __attribute__((always_inline)) UBaseType_t ulPortLoadExclusive(
    volatile UBaseType_t *address)
{
    UBaseType_t value;

    __asm volatile("ldrex %0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}
#define portLOAD_EXCLUSIVE(address) ulPortLoadExclusive(address)

static inline __attribute__((always_inline)) BaseType_t xPortStoreExclusive(
    volatile UBaseType_t *address, UBaseType_t value)
{
    uint32_t failed;

    __asm volatile("strex %0, %2, [%1]" : "=&r"(failed) : "r"(address), "r"(value) : "memory");
    return failed == 0;
}
#define portSTORE_EXCLUSIVE(address, value) xPortStoreExclusive((address), (value))

#define portNOP()                           __asm volatile("nop")
#define portMEMORY_BARRIER()                __asm volatile("" ::: "memory")
#define portINLINE                          __inline
#define portFORCE_INLINE                    inline __attribute__((always_inline))
#define portDONT_DISCARD                    __attribute__((used))

#ifdef __cplusplus
}
#endif
