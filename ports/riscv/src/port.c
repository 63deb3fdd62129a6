/* SPDX-License-Identifier: MIT */
/*
 * The port contract on RISC-V: a task's first stack frame, critical sections, the stack of
 * interrupts, start and end. The switch itself is in switch.S, the tick in mtimer.c.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

#if !defined(__riscv_xlen) || __riscv_xlen != 32 || defined(__riscv_flen)
#error "This port is for RV32 without floating point registers: compile with -mabi=ilp32, no F"
#endif

#define MIE_EXTERNAL (1u << 11)

/* --- interrupts ---------------------------------------------------------------------------------- */

volatile UBaseType_t rtos_port_switch_due;
volatile UBaseType_t rtos_port_nesting;

/* The size is the option's, or the linker script says where the stack ends: it is that of main then. */
#if defined(configISR_STACK_SIZE_WORDS) && configISR_STACK_SIZE_WORDS > 0
enum { STACK_IS_MAINS = 0 };
static __attribute__((aligned(portBYTE_ALIGNMENT)))
StackType_t isr_stack[(configISR_STACK_SIZE_WORDS) / 4 * 4];
#define ISR_STACK_TOP (isr_stack + sizeof isr_stack / sizeof isr_stack[0])
#else
enum { STACK_IS_MAINS = 1 };
extern StackType_t __freertos_irq_stack_top[];
#define ISR_STACK_TOP __freertos_irq_stack_top
#endif
StackType_t *rtos_port_isr_stack_top = ISR_STACK_TOP;

struct rtos_port_exception rtos_port_exception;

__attribute__((weak)) void freertos_risc_v_application_interrupt_handler(UBaseType_t cause)
{
    (void)cause;
    configASSERT(!"an interrupt has no handler");
    for (;;) {
    }
}

void (*rtos_port_unhandled)(UBaseType_t cause);

__attribute__((weak)) void freertos_risc_v_application_exception_handler(UBaseType_t cause)
{
    if (rtos_port_unhandled != NULL)
        rtos_port_unhandled(cause);
    configASSERT(!"an exception has no handler");
    for (;;) {
    }
}

/* --- tasks --------------------------------------------------------------------------------------- */

/* Where a task function that returns would go: it must end with vTaskDelete(NULL). */
static void task_returned(void)
{
    portDISABLE_INTERRUPTS();
    configASSERT(!"a task returned from its function");
    for (;;) {
    }
}

#ifndef configTASK_RETURN_ADDRESS
#define configTASK_RETURN_ADDRESS task_returned
#endif

/* As if the task had called the switch before its first instruction. */
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter)
{
    StackType_t *frame = top - FRAME_WORDS;

    for (int i = 0; i < FRAME_WORDS; i++)
        frame[i] = 0;
    frame[FRAME_RA] = (StackType_t)(uintptr_t)rtos_port_task_begin;
    frame[FRAME_S0] = (StackType_t)(uintptr_t)code;
    frame[FRAME_S0 + 1] = (StackType_t)(uintptr_t)parameter;
    frame[FRAME_S0 + 2] = (StackType_t)(uintptr_t)configTASK_RETURN_ADDRESS;
    frame[FRAME_OPENS] = portRISCV_MIE;
    return frame;
}

/* --- critical sections ----------------------------------------------------------------------------- */

/* Calls of portENTER_CRITICAL that were not ended. No switch can happen while it is not zero, so one
 * counter serves for all tasks. Before the first task runs it is not zero either: till then the stack of
 * interrupts may be in use by main. */
static UBaseType_t critical_nesting = 1;

void vPortEnterCritical(void)
{
    portDISABLE_INTERRUPTS();
    critical_nesting++;
    /* In interrupts it is taskENTER_CRITICAL_FROM_ISR. */
    configASSERT(critical_nesting > 1 || !portCHECK_IF_IN_ISR());
}

void vPortExitCritical(void)
{
    configASSERT(critical_nesting > 0);
    if (--critical_nesting == 0)
        portENABLE_INTERRUPTS();
}

/* --- start and end ----------------------------------------------------------------------------------- */

BaseType_t xPortStartScheduler(void)
{
    vPortSetupTimerInterrupt();
    critical_nesting = 0;
    rtos_port_switch_due = 0;
    __asm volatile("csrs mie, %0" ::"r"(MIE_EXTERNAL) : "memory");
    rtos_port_isr_stack_top = ISR_STACK_TOP;
    rtos_port_run_tasks(STACK_IS_MAINS);
    return pdTRUE;
}

/* Interrupts stay masked: there is no task any more that they could wake. */
void vPortEndScheduler(void)
{
    rtos_port_stop_tick();
    rtos_port_switch_due = 0;
    critical_nesting = 1;
    rtos_port_leave_tasks();
}
