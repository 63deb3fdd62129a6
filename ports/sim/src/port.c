/* SPDX-License-Identifier: MIT */
/*
 * The port contract on the host: the interrupt mask, critical sections, and the one place at which
 * tasks are switched. See cpu.h for the rules.
 */
#include "port.h"

#include "cpu.h"
#include "fiber.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* printf alone takes some 6 KiB, and the frame of a signal up to 4. */
#define STACK_BYTES_MIN 8192

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
    sim_cpu.masked = 0;
    if (sim_cpu.attention)
        sim_interrupts_restore(sim_interrupts_mask());
    self->code(self->parameter);
    task_returned();
}

StackType_t *pxPortInitialiseStack(StackType_t *top, TaskFunction_t code, void *parameter)
{
    return sim_fiber_create(top, task_entry, code, parameter);
}

void sim_task_made(void *task, void *stack_low)
{
    struct sim_fiber *fiber = fiber_of(task);

    sim_fiber_bounds(fiber, stack_low);
    if (fiber->stack_size < STACK_BYTES_MIN)
        sim_fatal("a task was created with a stack of %zu bytes; on this board it takes at least "
                  "%d, and configMINIMAL_STACK_SIZE is a good value",
                  fiber->stack_size, STACK_BYTES_MIN);
}

void sim_task_gone(void *task)
{
    sim_fiber_forget(fiber_of(task));
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
    *saved_stack(old) = __builtin_frame_address(0); /* for the kernel's overflow check */
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

void sim_cpu_open(void)
{
    sim_cpu.hooks++;
    take_interrupts();
    for (;;) {
        if (sim_cpu.switch_due)
            switch_task();
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

void sim_cpu_interrupt(sim_handler *handler, void *argument)
{
    sim_cpu.in_interrupt = true;
    handler(argument);
    sim_cpu.in_interrupt = false;
}

void sim_cpu_tick(void *unused)
{
    (void)unused;
    portYIELD_FROM_ISR(xTaskIncrementTick());
}

void vPortYield(void)
{
    bool was_masked = sim_cpu.masked;

    sim_cpu.masked = 1;
    sim_cpu.switch_due = true;
    if (!was_masked)
        sim_cpu_open();
}

void sim_yield_from_isr(void)
{
    sim_cpu.switch_due = true;
}

BaseType_t sim_in_interrupt(void)
{
    return sim_cpu.in_interrupt;
}

void sim_idle(void)
{
    if (sim_cpu.real_time)
        sim_real_idle();
    else
        sim_virtual_idle();
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
