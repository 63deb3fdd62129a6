/* SPDX-License-Identifier: MIT */
/*
 * What of a task lies on its stack while another runs, in bytes: of one that gave way itself, and of one
 * that an interrupt stopped; each without floating point registers and with them. Where there are none
 * the row's figure is over no operations.
 */
#include "rows.h"

#include "../image/host.h"

#include "FreeRTOS.h"
#include "task.h"

enum { STACK_WORDS = HOST_STACK_WORDS(512), WAKES_AFTER = 3 };

static TaskHandle_t stopped;
static TaskHandle_t follower;
static uintptr_t stack_before;
static volatile bool is_wanted = true; /* false: there are no such registers */

/* Of the caller: there is nothing between its stack pointer and the switch. */
static inline __attribute__((always_inline)) void note_stack(void)
{
    register void *stack __asm("sp");

    stack_before = (uintptr_t)stack;
}

/* The kernel's tasks begin with where the port has left off on their stack. */
static uint32_t context(void)
{
    return (uint32_t)(stack_before - *(const uintptr_t *)(const void *)stopped);
}

/* A task of higher priority becomes ready under the mask: the switch is made where that opens. */
static void give_way(void *floating_point)
{
    is_wanted = host_floating_point(floating_point != NULL);
    portDISABLE_INTERRUPTS();
    vTaskResume(follower);
    note_stack();
    portENABLE_INTERRUPTS();
    for (;;)
        vTaskSuspend(NULL);
}

/* Runs for the second time when the other has given way. */
static void follow(void *unused)
{
    (void)unused;
    vTaskSuspend(NULL);
    row_result(is_wanted ? context() * 10u : 0, is_wanted);
}

static void go_on(void *floating_point)
{
    is_wanted = host_floating_point(floating_point != NULL);
    note_stack();
    for (;;)
        __asm volatile("");
}

static TaskHandle_t make(TaskFunction_t entry, bool floating_point, StackType_t *stack,
                         StaticTask_t *task)
{
    return xTaskCreateStatic(entry, "stopped", STACK_WORDS, floating_point ? &stopped : NULL,
                             tskIDLE_PRIORITY + 1, stack, task);
}

static void run_yield(bool floating_point)
{
    static StackType_t stacks[2][STACK_WORDS];
    static StaticTask_t tasks[2];

    follower = make(follow, false, stacks[1], &tasks[1]);
    vTaskPrioritySet(follower, tskIDLE_PRIORITY + 2);
    stopped = make(give_way, floating_point, stacks[0], &tasks[0]);
    vTaskSuspend(NULL);
}

static void run_interrupt(bool floating_point)
{
    static StackType_t stack[STACK_WORDS];
    static StaticTask_t task;

    stopped = make(go_on, floating_point, stack, &task);
    vTaskDelay(WAKES_AFTER);
    row_result(is_wanted ? context() * 10u : 0, is_wanted);
}

void row_context_yield(void)
{
    run_yield(false);
}

void row_context_yield_fpu(void)
{
    run_yield(true);
}

void row_context_interrupt(void)
{
    run_interrupt(false);
}

void row_context_interrupt_fpu(void)
{
    run_interrupt(true);
}
