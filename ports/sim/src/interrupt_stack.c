/* SPDX-License-Identifier: MIT */
/*
 * Simulated interrupts run on a stack of their own, as on a CPU with an interrupt stack: handlers
 * call libraries of the host, which would need more than a task's stack has left. That stack is a
 * fiber that runs one handler each time it is switched to.
 */
#include "FreeRTOS.h"

#include "cpu.h"
#include "fiber.h"

#define STACK_SIZE (256 * 1024)

static _Alignas(64) char stack[STACK_SIZE];
static void *own_stack; /* saved while no interrupt runs; NULL: not made yet */
static void *interrupted_stack;
static sim_handler *pending_handler;
static void *pending_argument;

static void handle(void)
{
    sim_fiber_entered();
    for (;;) {
        traceISR_ENTER();
        pending_handler(pending_argument);
        sim_fiber_switch(&own_stack, interrupted_stack);
    }
}

void sim_cpu_interrupt(sim_handler *handler, void *argument)
{
    if (own_stack == NULL)
        own_stack = sim_fiber_start(sim_fiber_place(stack + sizeof stack), stack, handle);
    sim_cpu.in_interrupt = true;
    pending_handler = handler;
    pending_argument = argument;
    sim_fiber_switch(&interrupted_stack, own_stack);
    sim_cpu.in_interrupt = false;
}
