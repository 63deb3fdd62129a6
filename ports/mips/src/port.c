/* SPDX-License-Identifier: MIT */
/* The port contract on MIPS: a task's first stack frame, critical sections, start and end. */
#include "../../../kernel/src/port.h"

#include "../../common/include/compare_tick.h"
#include "../include/mips_api.h"
#include "frame.h"
#include "switch.h"

#define FRAME_OFFSET(member, at)                                                                   \
    _Static_assert(offsetof(struct mips_exception_frame, member) == (at), "frame.h")

FRAME_OFFSET(epc, FRAME_EPC);
FRAME_OFFSET(status, FRAME_STATUS);
FRAME_OFFSET(cause, FRAME_CAUSE);
FRAME_OFFSET(badvaddr, FRAME_BADVADDR);
FRAME_OFFSET(hi, FRAME_HI);
FRAME_OFFSET(lo, FRAME_LO);
FRAME_OFFSET(at, FRAME_AT);
FRAME_OFFSET(v0, FRAME_V0);
FRAME_OFFSET(a0, FRAME_A0);
FRAME_OFFSET(t0, FRAME_T0);
FRAME_OFFSET(t8, FRAME_T8);
FRAME_OFFSET(s0, FRAME_S0);
FRAME_OFFSET(fp, FRAME_FP);
FRAME_OFFSET(gp, FRAME_GP);
FRAME_OFFSET(ra, FRAME_RA);
_Static_assert(sizeof(struct mips_exception_frame) == FRAME_SIZE, "frame.h");

_Static_assert((configMIPS_KERNEL_LINES & 0x81) == 0x81 && configMIPS_KERNEL_LINES <= 0xff,
               "configMIPS_KERNEL_LINES is bits of lines 0 to 7, with 0 and 7");
_Static_assert(configISR_STACK_SIZE >= 128 && configISR_STACK_SIZE % 2 == 0,
               "configISR_STACK_SIZE is at least 128 words, and even");

#define ARGUMENT_BYTES 16

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

/* As if the task had been interrupted before its first instruction, with every line open. The ABI wants
 * the stack pointer to be a multiple of 8 then, and room for four arguments above it. */
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter)
{
    struct mips_exception_frame *frame =
        (struct mips_exception_frame *)(((uintptr_t)top & ~(uintptr_t)7) - ARGUMENT_BYTES) - 1;
    uintptr_t gp;

    __asm volatile("move %0, $gp" : "=r"(gp));
    *frame = (struct mips_exception_frame){
        .epc = (uint32_t)(uintptr_t)code,
        .status = STATUS_IE | STATUS_LINE(MIPS_LINE_SWITCH),
        .a0 = (uint32_t)(uintptr_t)parameter,
        .t9 = (uint32_t)(uintptr_t)code,
        .gp = gp,
        .ra = (uint32_t)(uintptr_t)configTASK_RETURN_ADDRESS,
    };
    return (StackType_t *)frame;
}

void rtos_port_yield(void)
{
    mips_software_pend(MIPS_LINE_SWITCH);
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
    mips_software_clear(MIPS_LINE_SWITCH);
    vPortSetupTimerInterrupt();
    critical_nesting = 0;
    rtos_port_run_tasks();
    return pdTRUE;
}

/* Interrupts that may call the kernel stay masked: there is no task any more that they could wake. */
void vPortEndScheduler(void)
{
    rtos_compare_stop();
    mips_line_disable(MIPS_LINE_TIMER);
    mips_software_clear(MIPS_LINE_SWITCH);
    rtos_port_leave_tasks();
}
