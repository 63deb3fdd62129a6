/* SPDX-License-Identifier: MIT */
/*
 * The port contract on the host: the interrupt mask, critical sections, and the one place at which
 * tasks are switched. See cpu.h for the rules.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS, also where the application is compiled as strict C11 */
#include "../../../kernel/src/port.h"

#include "cpu.h"
#include "fiber.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* printf alone takes some 6 KiB, and the frame of a signal up to 4. A smaller stack is replaced. */
#define STACK_SIZE_MIN    (16 * 1024)
#define STACK_REPLACEMENT (64 * 1024)
#define GUARD_SIZE        (64 * 1024) /* whole pages, on every host */

struct sim_cpu sim_cpu;

_Noreturn void sim_fatal(const char *format, ...)
{
    va_list arguments;

    sim_cpu.masked = 1;
    fflush(stdout);
    fputs("simulator: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

/* --- tasks ----------------------------------------------------------------------------------- */

/* Where the kernel keeps the stack pointer of a task that is not running. */
static void **saved_stack(struct rtos_task *task)
{
    return (void **)(uintptr_t)&task->top_of_stack;
}

static struct sim_fiber *fiber_of(struct rtos_task *task)
{
    return sim_fiber_at(*saved_stack(task));
}

static _Noreturn void task_returned(void)
{
    sim_fatal("task '%s' returned from its function; a task ends with vTaskDelete(NULL)",
              pcTaskGetName(NULL));
}

static void task_entry(void)
{
    struct sim_fiber *self = sim_fiber_current();

    sim_fiber_entered();
    sim_real_hold_signal(false);
    sim_cpu.masked = 0;
    if (sim_cpu.attention)
        sim_interrupts_restore(sim_interrupts_mask());
    self->code(self->parameter);
    task_returned();
}

/* Only the descriptor, until sim_task_made knows where the stack begins. */
StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter)
{
    struct sim_fiber *fiber = sim_fiber_place(top);

    fiber->code = code;
    fiber->parameter = parameter;
    return (StackType_t *)fiber;
}

/* The same fiber on a larger stack of the host's, with a guard below. */
static struct sim_fiber *replace_stack(const struct sim_fiber *fiber, void **low)
{
    char *mapping = mmap(NULL, GUARD_SIZE + STACK_REPLACEMENT, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (mapping == MAP_FAILED || mprotect(mapping, GUARD_SIZE, PROT_NONE) != 0)
        sim_fatal("no memory for the stack of a task: %s", strerror(errno));
    *low = mapping + GUARD_SIZE;
    struct sim_fiber *larger = sim_fiber_place(mapping + GUARD_SIZE + STACK_REPLACEMENT);
    larger->code = fiber->code;
    larger->parameter = fiber->parameter;
    larger->kernel_stack = (void *)(uintptr_t)fiber;
    return larger;
}

void sim_task_made(void *task, void *stack_low)
{
    void **saved = saved_stack(task);
    struct sim_fiber *fiber = *saved;

    if ((char *)fiber - (char *)stack_low < STACK_SIZE_MIN)
        fiber = replace_stack(fiber, &stack_low);
    *saved = sim_fiber_start(fiber, stack_low, task_entry);
}

void sim_task_gone(void *task)
{
    const struct sim_fiber *fiber = fiber_of(task);

    sim_fiber_forget(fiber);
    if (fiber->kernel_stack != NULL)
        munmap((char *)fiber->stack_low - GUARD_SIZE, GUARD_SIZE + STACK_REPLACEMENT);
}

/* --- switching ------------------------------------------------------------------------------- */

static void trace(uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        sim_cpu.trace_hash ^= value % 256;
        sim_cpu.trace_hash *= 0x100000001b3u; /* FNV-1a */
        value /= 256;
    }
}

static void switch_task(void)
{
    struct rtos_task *old = pxCurrentTCB;

    sim_cpu.switch_due = false;
    void *kernel_stack = sim_fiber_current()->kernel_stack; /* for its overflow check */
    *saved_stack(old) = kernel_stack ? kernel_stack : __builtin_frame_address(0);
    vTaskSwitchContext();
    struct rtos_task *next = pxCurrentTCB;
    if (next == old)
        return;
    trace(fiber_of(next)->number);
    trace(sim_cpu.hooks);
    trace(sim_cpu.real_time ? 0 : sim_virtual_now());
    sim_fiber_switch(saved_stack(old), *saved_stack(next));
}

static void take_interrupts(void)
{
    if (!sim_cpu.real_time)
        sim_virtual_hook();
    else if (sim_cpu.attention)
        sim_real_service();
}

static void open_interrupts(bool in_signal)
{
    sim_cpu.hooks++;
    take_interrupts();
    for (;;) {
        if (sim_cpu.switch_due) {
            switch_task();
            sim_real_hold_signal(in_signal); /* as it is where this task goes on */
        }
        sim_cpu.masked = 0;
        if (!sim_cpu.attention)
            return;
        sim_cpu.masked = 1; /* it came between the look and the opening */
        if (sim_cpu.real_time)
            sim_real_service();
        else
            sim_cpu.attention = 0;
    }
}

void sim_cpu_open(void)
{
    open_interrupts(false);
}

void sim_cpu_open_in_signal(void)
{
    open_interrupts(true);
}

void sim_cpu_tick(void)
{
    sim_cpu.in_interrupt = true;
    traceISR_ENTER();
    portYIELD_FROM_ISR(xTaskIncrementTick());
    sim_cpu.in_interrupt = false;
}

void vPortYield(void)
{
    bool was_masked = sim_cpu.masked;

    sim_cpu.masked = 1;
    sim_cpu.switch_due = true;
    if (!was_masked)
        sim_cpu_open();
}

bool sim_switch_is_due(void)
{
    return sim_cpu.switch_due;
}

void sim_yield_from_isr(void)
{
    sim_cpu.switch_due = true;
}

BaseType_t sim_in_interrupt(void)
{
    return sim_cpu.in_interrupt;
}

/* --- idling ---------------------------------------------------------------------------------- */

static void idle(uint64_t ticks)
{
    if (!sim_cpu.switch_due) {
        if (sim_cpu.real_time)
            sim_real_idle(ticks);
        else
            sim_virtual_idle(ticks);
    }
    sim_cpu_open();
}

void sim_idle(void)
{
    sim_cpu.masked = 1;
    idle(1);
}

void sim_sleep(TickType_t ticks)
{
    uint64_t wanted = ticks; /* a tick may be narrower or wider than the limit */

    sim_cpu.masked = 1;
    if (eTaskConfirmSleepModeStatus() == eAbortSleep)
        sim_cpu_open();
    else
        idle(wanted < UINT32_MAX ? wanted : UINT32_MAX);
}

void sim_skip_ticks(uint64_t passed, uint64_t asleep, uint64_t *ticks)
{
    uint64_t skipped = passed < asleep ? passed : asleep;

    if (skipped < 2)
        return;
    *ticks += skipped - 1;
    vTaskStepTick((TickType_t)(skipped - 1));
}

/* --- masking --------------------------------------------------------------------------------- */

UBaseType_t sim_interrupts_mask(void)
{
    UBaseType_t before = (UBaseType_t)sim_cpu.masked;

    sim_cpu.masked = 1;
    portMEMORY_BARRIER();
    return before;
}

void sim_interrupts_restore(UBaseType_t state)
{
    if (state != 0 || sim_cpu.in_interrupt)
        return;
    portMEMORY_BARRIER();
    if (sim_cpu.running)
        sim_cpu_open();
    else
        sim_cpu.masked = 0;
}

void vPortEnterCritical(void)
{
    configASSERT(!sim_cpu.in_interrupt);
    sim_cpu.masked = 1;
    sim_cpu.critical_nesting++;
}

void vPortExitCritical(void)
{
    configASSERT(sim_cpu.critical_nesting > 0);
    if (--sim_cpu.critical_nesting == 0)
        sim_interrupts_restore(0);
}

/* --- start and end --------------------------------------------------------------------------- */

/* exit() from a task runs what atexit registered: no switch may come in between. */
static void freeze(void)
{
    sim_cpu.masked = 1;
    sim_cpu.running = false;
}

BaseType_t xPortStartScheduler(void)
{
    static bool registered;

    if (!registered)
        registered = atexit(freeze) == 0;
    sim_cpu.masked = 1;
    sim_cpu.critical_nesting = 0;
    sim_cpu.switch_due = false;
    sim_cpu.hooks = 0;
    sim_cpu.trace_hash = 0xcbf29ce484222325u;
    sim_cpu.running = true;
    if (sim_cpu.real_time)
        sim_real_start();
    else
        sim_virtual_start();
    sim_fiber_switch(&sim_cpu.main_stack, *saved_stack(pxCurrentTCB));
    sim_cpu.masked = 0; /* vPortEndScheduler came here */
    return pdFALSE;
}

void vPortEndScheduler(void)
{
    sim_cpu.masked = 1;
    if (sim_cpu.real_time)
        sim_real_stop();
    sim_cpu.running = false;
    sim_cpu.critical_nesting = 0;
    sim_fiber_switch(saved_stack(pxCurrentTCB), sim_cpu.main_stack);
}

/* --- settings and queries -------------------------------------------------------------------- */

void sim_virtual_time(void)
{
    configASSERT(!sim_cpu.running);
    sim_cpu.real_time = false;
}

void sim_real_time(void)
{
    configASSERT(!sim_cpu.running);
    sim_cpu.real_time = true;
}

bool sim_is_real_time(void)
{
    return sim_cpu.real_time;
}

uint64_t sim_time_us(void)
{
    return sim_cpu.real_time ? sim_real_now() : sim_virtual_now();
}

uint64_t sim_hook_count(void)
{
    return sim_cpu.hooks;
}

uint64_t sim_trace_hash(void)
{
    return sim_cpu.trace_hash;
}

uint64_t sim_tick_time(uint64_t tick)
{
    return tick * 1000000u / configTICK_RATE_HZ;
}

uint64_t sim_ticks_at(uint64_t time)
{
    uint64_t ticks = time / 1000000u * configTICK_RATE_HZ +
                     time % 1000000u * configTICK_RATE_HZ / 1000000u;

    while (sim_tick_time(ticks + 1) <= time)
        ticks++;
    return ticks;
}
