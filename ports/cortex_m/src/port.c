/* SPDX-License-Identifier: MIT */
/*
 * The port contract on Cortex-M: a task's first stack frame, critical sections, start and end. The
 * switch itself is in switch_*.c, the tick in systick.c.
 */
#include "../../../kernel/src/port.h"

#include "priority.h"
#include "scs.h"
#include "switch.h"

#define XPSR_THUMB      (1u << 24)
#define EXC_RETURN_TASK 0xfffffffdu /* thread mode, process stack, no floating point */

/* Calls of portENTER_CRITICAL that were not ended. No switch can happen while it is not zero, so one
 * counter serves for all tasks. */
static UBaseType_t critical_nesting;

/* --- tasks ----------------------------------------------------------------------------------- */

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

/* As if the task had been interrupted before its first instruction. The stack pointer is a multiple
 * of 8 then, as the procedure call standard wants it at a function's beginning. */
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter)
{
    StackType_t *frame = top - 17;

    for (int i = 0; i < 14; i++)
        frame[i] = 0; /* r4-r11, EXC_RETURN, then r0-r3, r12 */
    frame[8] = EXC_RETURN_TASK;
    frame[9] = (StackType_t)(uintptr_t)parameter;
    frame[14] = (StackType_t)(uintptr_t)configTASK_RETURN_ADDRESS;
    frame[15] = (StackType_t)(uintptr_t)code & ~(StackType_t)1;
    frame[16] = XPSR_THUMB;
    return frame;
}

/* --- critical sections ------------------------------------------------------------------------- */

void vPortEnterCritical(void)
{
    portDISABLE_INTERRUPTS();
    critical_nesting++;
    /* In interrupts it is taskENTER_CRITICAL_FROM_ISR. */
    if (critical_nesting == 1) {
        configASSERT(!portCHECK_IF_IN_ISR());
    }
}

void vPortExitCritical(void)
{
    configASSERT(critical_nesting > 0);
    if (--critical_nesting == 0)
        portENABLE_INTERRUPTS();
}

/* --- start and end ----------------------------------------------------------------------------- */

BaseType_t xPortStartScheduler(void)
{
    rtos_port_set_up_exceptions();
    vPortSetupTimerInterrupt();
    critical_nesting = 0;
    rtos_port_run_tasks();
    return pdTRUE;
}

/* Interrupts that may call the kernel stay masked: there is no task any more that they could wake.
 */
void vPortEndScheduler(void)
{
    SYST_CSR = 0;
    SCB_ICSR = SCB_ICSR_PENDSVCLR | SCB_ICSR_PENDSTCLR;
    rtos_port_leave_tasks();
}
