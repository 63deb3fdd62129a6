/* SPDX-License-Identifier: MIT */
/*
 * The port contract: what a CPU family gives to the kernel, and what it calls in the kernel.
 *
 * A port is one folder in ports/ with include/portmacro.h and its sources. portmacro.h defines
 *
 *   StackType_t BaseType_t UBaseType_t TickType_t portMAX_DELAY portSTACK_TYPE portBASE_TYPE
 *   portSTACK_GROWTH            -1: the stack grows towards lower addresses
 *   portBYTE_ALIGNMENT          of stacks and of heap blocks
 *   portYIELD()                 requests a task switch: taken at once when interrupts are open,
 *                               otherwise as soon as they are opened again
 *   portYIELD_FROM_ISR(x)       the same from an interrupt, if x is true; also portEND_SWITCHING_ISR
 *   portSET_INTERRUPT_MASK_FROM_ISR()     masks every interrupt that may call the kernel and
 *                               returns the state before; in a task as well as in an interrupt
 *   portCLEAR_INTERRUPT_MASK_FROM_ISR(s)  restores that state
 *   portDISABLE_INTERRUPTS() portENABLE_INTERRUPTS()
 *   portENTER_CRITICAL() portEXIT_CRITICAL()   nesting pair for tasks
 *   portCHECK_IF_IN_ISR()       true in an interrupt
 *   portTASK_FUNCTION(f, p) portTASK_FUNCTION_PROTO(f, p) portNOP() portMEMORY_BARRIER()
 *
 * and may define the optional macros whose defaults stand in kernel/include/FreeRTOS.h
 * (portSUPPRESS_TICKS_AND_SLEEP, portSETUP_TCB, portCLEAN_UP_TCB, portTASK_SWITCH_HOOK …).
 *
 * In the kernel's task switch nothing is saved by the kernel: the port saves what its ABI calls for
 * on the task's own stack and keeps the stack pointer in the first member of *pxCurrentTCB.
 */
#pragma once

#define RTOS_KERNEL_SOURCE

/* Which parameters are used is up to the application's trace macros and configASSERT. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

#include "FreeRTOS.h"
#include "task.h"

struct rtos_task;

/* The running task. The port reads and writes its first member, the saved stack pointer. Inside the
 * kernel the name is a macro for the same place. */
extern struct rtos_task *volatile pxCurrentTCB;

/* Called by the port to choose the task that runs next: points pxCurrentTCB at it. Interrupts that
 * call the kernel may be open. */
void vTaskSwitchContext(void);

/* The same for a port that has the stack pointers at hand: stores that of the task that ran, chooses,
 * and returns that of the task that is to run. */
StackType_t *rtos_switch_stack(StackType_t *top);

/* Called by the port's tick interrupt (interrupts masked as in any interrupt of the kernel): counts
 * a tick and wakes whose time has come. Returns pdTRUE when a switch is due. */
BaseType_t xTaskIncrementTick(void);
