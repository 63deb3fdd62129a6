/* SPDX-License-Identifier: MIT */
/*
 * The port contract on Cortex-A: a task's first stack frame, critical sections, priorities, start and
 * end. The switch itself is in switch.S, the tick in global_timer.c.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

#include <stdbool.h>
#include <stddef.h>

#ifndef configUSE_TASK_FPU_SUPPORT
#define configUSE_TASK_FPU_SUPPORT 1
#endif
#if configUSE_TASK_FPU_SUPPORT != 1 && configUSE_TASK_FPU_SUPPORT != 2
#error "configUSE_TASK_FPU_SUPPORT must be 1 or 2"
#endif

#ifdef __ARM_FP
#define HAS_FPU 1
#else
#define HAS_FPU 0
#endif

struct rtos_port rtos_port = {.gic = portGIC_CPU_AT, .masked = portMASKED};

/* switch.S knows the places of the members. */
_Static_assert(offsetof(struct rtos_port, switch_due) == 0, "see switch.S");
_Static_assert(offsetof(struct rtos_port, nesting) == 4, "see switch.S");
_Static_assert(offsetof(struct rtos_port, uses_fpu) == 8, "see switch.S");
_Static_assert(offsetof(struct rtos_port, isr_stack_top) == 12, "see switch.S");
_Static_assert(offsetof(struct rtos_port, starter) == 16, "see switch.S");
_Static_assert(offsetof(struct rtos_port, gic) == 20, "see switch.S");
_Static_assert(offsetof(struct rtos_port, masked) == 24, "see switch.S");

__attribute__((weak)) void vApplicationFPUSafeIRQHandler(uint32_t acknowledged)
{
    (void)acknowledged;
    configASSERT(!"an interrupt has no handler");
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
    const bool uses_fpu = HAS_FPU && configUSE_TASK_FPU_SUPPORT == 2;
    const int words = FRAME_WORDS + (uses_fpu ? FRAME_FPU_WORDS : 0);
    StackType_t *frame = top - words, *integers = top - FRAME_WORDS;

    for (int i = 0; i < words; i++)
        frame[i] = 0;
    frame[FRAME_USES_FPU] = uses_fpu;
    integers[FRAME_R4] = (StackType_t)(uintptr_t)code;
    integers[FRAME_R4 + 1] = (StackType_t)(uintptr_t)parameter;
    integers[FRAME_R4 + 2] = (StackType_t)(uintptr_t)configTASK_RETURN_ADDRESS;
    integers[FRAME_PC] = (StackType_t)(uintptr_t)rtos_port_task_begin;
    return frame;
}

void vPortTaskUsesFPU(void)
{
    configASSERT(!portCHECK_IF_IN_ISR());
#ifdef __ARM_FP
    __asm volatile("vmsr fpscr, %0" ::"r"(0));
#endif
    rtos_port.uses_fpu = HAS_FPU;
}

/* --- critical sections ----------------------------------------------------------------------------- */

/* Calls of portENTER_CRITICAL that were not ended. No switch can happen while it is not zero, so one
 * counter serves for all tasks. */
static UBaseType_t critical_nesting;

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

/* The mistakes that are common with modes and priorities. */
static void check_machine(void)
{
    const uint32_t mode_user = 0x10, most_split = 3;
    uint32_t status, before = portICCPMR, implemented;

    __asm volatile("mrs %0, cpsr" : "=r"(status));
    configASSERT(status % 32u != mode_user);
    portICCPMR = 0xff;
    implemented = portICCPMR;
    portICCPMR = before;
    (void)implemented, (void)mode_user, (void)most_split; /* without assertions */
    configASSERT(implemented == (0xffu << portPRIORITY_SHIFT) % 0x100u);
    /* All implemented bits must decide about preemption. */
    configASSERT(portICCBPR <= most_split);
}

BaseType_t xPortStartScheduler(void)
{
    check_machine();
    portDISABLE_INTERRUPTS();
    critical_nesting = 0;
    rtos_port.switch_due = 0;
    configSETUP_TICK_INTERRUPT();
    rtos_port_run_tasks();
    return pdTRUE;
}

/* Interrupts stay masked: there is no task any more that they could wake. */
void vPortEndScheduler(void)
{
    if (portTICK_IS_GLOBAL_TIMER)
        rtos_port_stop_tick();
    rtos_port.switch_due = 0;
    rtos_port_leave_tasks();
}
