/* SPDX-License-Identifier: MIT */
/*
 * The scheduler: starting and ending it, holding it, choosing the next task.
 */
#include "kernel.h"

#include "context.h"
#include "idle.h"
#include "ready.h"
#include "stack_check.h"
#include "wait.h"

#include "timers.h"

#define INITIAL_STATE                                                                              \
    {                                                                                              \
        .tick = configINITIAL_TICK_COUNT, .expired = configINITIAL_TICK_COUNT                      \
    }

struct rtos_kernel rtos_kernel = INITIAL_STATE;

extern inline BaseType_t rtos_release_from(UBaseType_t depth);
extern inline void rtos_release(void);

/* Ports, debuggers and vendors' code know the running task by the name of FreeRTOS. It is a member, so
 * that what is used together is found from one address. */
__attribute__((used)) static void name_current_task(void)
{
    __asm volatile(".globl pxCurrentTCB\n"
                   ".set pxCurrentTCB, rtos_kernel + %c0"
                   :
                   : "i"(offsetof(struct rtos_kernel, current)));
}

void vTaskResetState(void)
{
    rtos_kernel = (struct rtos_kernel)INITIAL_STATE;
}

static bool create_kernel_tasks(void)
{
    if (!rtos_idle_create())
        return false;
    return !configUSE_TIMERS || xTimerCreateTimerTask() == pdPASS;
}

void vTaskStartScheduler(void)
{
    if (!create_kernel_tasks())
        return;
    traceSTART();
    portDISABLE_INTERRUPTS();
    pxCurrentTCB = rtos_ready_highest();
    rtos_kernel.running = true;
    rtos_tls_use(pxCurrentTCB);
    portCONFIGURE_TIMER_FOR_RUN_TIME_STATS();
    traceTASK_SWITCHED_IN();
    traceSTARTING_SCHEDULER(rtos_kernel.idle_task);
    (void)xPortStartScheduler();
}

void vTaskEndScheduler(void)
{
    portDISABLE_INTERRUPTS();
    rtos_kernel.running = false;
    traceEND();
    vPortEndScheduler();
}

/* Chooses the task to run instead of `self`, or `self`. Interrupts may be open: they only add ready
 * tasks, and ask for another switch if it matters. */
static inline struct rtos_task *switch_from(struct rtos_task *self)
{
    if (rtos_kernel.held != 0) {
        rtos_kernel.switch_due = true; /* made when the scheduler is let go */
        return self;
    }
    traceTASK_SWITCHED_OUT();
    rtos_stack_check(self);
    rtos_run_time_charge(self);
    struct rtos_task *next = rtos_ready_highest();
    portTASK_SWITCH_HOOK(next);
    rtos_errno_switch(self, next);
    rtos_tls_use(next);
    pxCurrentTCB = next;
    traceTASK_SWITCHED_IN();
    return next;
}

void vTaskSwitchContext(void)
{
    (void)switch_from(pxCurrentTCB);
}

StackType_t *rtos_switch_stack(StackType_t *top)
{
    struct rtos_task *self = pxCurrentTCB;

    self->top_of_stack = top;
    return (StackType_t *)(uintptr_t)switch_from(self)->top_of_stack;
}

/* The running task is the first of its ring; interrupts only append to it. So nothing needs the lock
 * here, and a time slice that ends in between does no harm. */
void rtos_yield(void)
{
    const struct rtos_task *self = pxCurrentTCB;

    rtos_kernel.ready[self->priority] = self->next;
    portYIELD();
}

void vTaskSuspendAll(void)
{
    RTOS_ASSERT_IN_TASK();
    rtos_hold();
}

BaseType_t xTaskResumeAll(void)
{
    UBaseType_t depth = rtos_kernel.held;

    configASSERT(depth > 0);
    return rtos_release_from(depth);
}

/* Held again while sleepers are woken: the first of them must not run before all are. */
BaseType_t rtos_catch_up(void)
{
    while (rtos_kernel.pending_ticks != 0) {
        rtos_hold();
        UBaseType_t state = rtos_lock();
        rtos_kernel.tick = (TickType_t)(rtos_kernel.tick + rtos_kernel.pending_ticks);
        rtos_kernel.pending_ticks = 0;
        rtos_unlock(state);
        (void)rtos_wake_sleepers();
        rtos_kernel.held--;
    }
    bool switches = rtos_kernel.switch_due && configUSE_PREEMPTION;
    rtos_kernel.switch_due = false;
    if (switches)
        portYIELD();
    return switches ? pdTRUE : pdFALSE;
}

BaseType_t xTaskGetSchedulerState(void)
{
    if (!rtos_kernel.running)
        return taskSCHEDULER_NOT_STARTED;
    return rtos_kernel.held == 0 ? taskSCHEDULER_RUNNING : taskSCHEDULER_SUSPENDED;
}
