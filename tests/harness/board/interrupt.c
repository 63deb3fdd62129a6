/* SPDX-License-Identifier: MIT */
/* Interrupts of tests, by the board's spare line and its one-shot timer. */
#include "test_interrupt.h"

#include "linnet_test.h"

#include <FreeRTOS.h>
#include <board.h>
#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <board_timer.h>

/* Moments of a sweep. */
#define SWEEP_STEPS 128u

struct request {
    test_handler *volatile handler;
    void *argument;
};

static struct request now, later;

static void serve(struct request *request)
{
    test_handler *handler = request->handler;

    request->handler = NULL;
    if (handler != NULL)
        handler(request->argument);
}

static void on_spare_line(void)
{
    serve(&now);
}

static void on_timer(void)
{
    board_timer_acknowledge();
    serve(&later);
}

static bool accept(struct request *request, test_handler *handler, void *argument)
{
    if (request->handler != NULL)
        return false;
    request->argument = argument;
    request->handler = handler;
    return true;
}

bool test_interrupt(test_handler *handler, void *argument)
{
    if (!accept(&now, handler, argument))
        return false;
    board_interrupt_install(BOARD_LINE_SPARE, on_spare_line, BOARD_PRIORITY_KERNEL);
    board_interrupt_pend(BOARD_LINE_SPARE);
    return true;
}

static bool interrupt_in_counts(uint32_t counts, test_handler *handler, void *argument)
{
    if (!accept(&later, handler, argument))
        return false;
    board_interrupt_install(BOARD_LINE_TIMER, on_timer, BOARD_PRIORITY_KERNEL);
    board_timer_once(counts);
    return true;
}

bool test_interrupt_in_us(uint32_t microseconds, test_handler *handler, void *argument)
{
    const uint64_t counts = (uint64_t)microseconds * BOARD_TIMER_HZ / 1000000u;

    return interrupt_in_counts((uint32_t)counts + 1, handler, argument);
}

uint64_t test_time_us(void)
{
    return board_uptime_us();
}

void test_shake(uint64_t seed)
{
    (void)seed;
}

static void force_tick(void *argument)
{
    (void)argument;
    board_tick_pend();
}

/* The steps are as fine as the scenario is short; one that only sleeps is not made finer than it
 * takes instructions. */
void test_sweep_preemption(void (*scenario)(void))
{
    uint32_t start = board_timer_counts();
    scenario();
    uint32_t counts = board_timer_counts() - start;

    for (uint32_t step = 1; step <= SWEEP_STEPS; step++) {
        (void)interrupt_in_counts((uint32_t)((uint64_t)counts * step / SWEEP_STEPS) + 1, force_tick,
                                  NULL);
        scenario();
    }
}
