/* SPDX-License-Identifier: MIT */
/* The port contract on Xtensa: a task's first stack frame, critical sections, start and end. */
#include "../../../kernel/src/port.h"

#include "../../common/include/compare_tick.h"
#include "../include/xtensa_api.h"
#include "../include/xtensa_core.h"
#include "frame.h"
#include "switch.h"

#define FRAME_OFFSET(member, at)                                                                   \
    _Static_assert(offsetof(struct xt_exception_frame, member) == (at), "frame.h")

FRAME_OFFSET(pc, FRAME_PC);
FRAME_OFFSET(ps, FRAME_PS);
FRAME_OFFSET(sar, FRAME_SAR);
FRAME_OFFSET(a0, FRAME_A0);
FRAME_OFFSET(a2, FRAME_A2);
FRAME_OFFSET(a12, FRAME_A12);
FRAME_OFFSET(exccause, FRAME_EXCCAUSE);
FRAME_OFFSET(excvaddr, FRAME_EXCVADDR);
_Static_assert(sizeof(struct xt_exception_frame) == FRAME_SIZE, "frame.h");

_Static_assert(configMAX_SYSCALL_INTERRUPT_PRIORITY >= 1 &&
                   configMAX_SYSCALL_INTERRUPT_PRIORITY <= 6,
               "configMAX_SYSCALL_INTERRUPT_PRIORITY is an interrupt level from 1 to 6");
_Static_assert(configISR_STACK_SIZE >= 128 && configISR_STACK_SIZE % 4 == 0,
               "configISR_STACK_SIZE is at least 128 words, and a multiple of 4");
_Static_assert(configXT_TIMER_INDEX >= 0 && configXT_TIMER_INDEX <= 2,
               "configXT_TIMER_INDEX is 0, 1 or 2");
_Static_assert(configXT_TIMER_INTERRUPT >= 0 && configXT_TIMER_INTERRUPT <= 31 &&
                   configXT_SOFTWARE_INTERRUPT >= 0 && configXT_SOFTWARE_INTERRUPT <= 31 &&
                   configXT_TIMER_INTERRUPT != configXT_SOFTWARE_INTERRUPT,
               "the tick's timer and the switch are two interrupts from 0 to 31");

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

/* As if the task had been interrupted before its first instruction, with every level open. The ABI
 * wants the stack pointer to be a multiple of 16 then. */
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter)
{
    struct xt_exception_frame *frame =
        (struct xt_exception_frame *)((uintptr_t)top & ~(uintptr_t)15) - 1;

    *frame = (struct xt_exception_frame){
        .pc = (uint32_t)(uintptr_t)code,
        .ps = PS_UM,
        .a0 = (uint32_t)(uintptr_t)configTASK_RETURN_ADDRESS,
        .a2 = (uint32_t)(uintptr_t)parameter,
    };
    return (StackType_t *)frame;
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
    xt_set_intclear(portYIELD_INTERRUPT);
    xt_set_level(1, portYIELD_INTERRUPT);
    (void)xt_ints_on(portYIELD_INTERRUPT);
    vPortSetupTimerInterrupt();
    critical_nesting = 0;
    rtos_port_run_tasks();
    return pdTRUE;
}

/* Interrupts that may call the kernel stay masked: there is no task any more that they could wake. */
void vPortEndScheduler(void)
{
    rtos_compare_stop();
    (void)xt_ints_off(portYIELD_INTERRUPT | 1u << configXT_TIMER_INTERRUPT);
    xt_set_intclear(portYIELD_INTERRUPT);
    rtos_port_leave_tasks();
}
