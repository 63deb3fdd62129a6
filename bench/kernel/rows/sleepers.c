/* SPDX-License-Identifier: MIT */
/*
 * What it costs to sleep and to tick among others that sleep.
 *
 * The sleepers wake far after the end of the run, spread over SPREAD ticks in an order that is
 * mixed. The one that is measured sleeps until after all of them (last), before all (first),
 * somewhere among them (random), or until the same tick as every one of them (equal). A wait that ends
 * no sooner than the last one takes over that one's place among the sleepers; so in one order more each
 * wait ends a little sooner than the one before, from after all of them to before all (sooner), and its
 * place is made anew.
 */
#include "rows.h"

#include "../image/host.h"

#include "FreeRTOS.h"
#include "task.h"

enum {
    SLEEPERS = 1000,
    STACK_WORDS = HOST_STACK_WORDS(96),
    SPREAD = 100000,
    SOON = 1000000,
    RANDOM_TIMES = 1024
};

enum order { LAST, FIRST, RANDOM, EQUAL, SOONER };

struct sleeper {
    StaticTask_t task;
    StackType_t stack[STACK_WORDS];
};

static TickType_t times[RANDOM_TIMES];
static TaskHandle_t delayed;
static uint32_t state = 1;

/* Numerical Recipes' linear congruential generator; its upper half is even enough here. */
static uint32_t random_below(uint32_t limit)
{
    state = state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)state * limit) / 4294967296u);
}

static void delay_forever(void *ticks)
{
    for (;;)
        vTaskDelay((TickType_t)ticks);
}

/* They are of higher priority: each has gone to sleep when this returns. */
static void make_sleepers(uint32_t count, bool equal)
{
    struct sleeper *sleepers = host_memory(count * sizeof *sleepers);

    for (uint32_t i = 0; i < count; i++) {
        TickType_t ticks = SOON + (equal ? SPREAD / 2 : random_below(SPREAD));

        xTaskCreateStatic(delay_forever, "sleeper", STACK_WORDS, (void *)ticks,
                          configMAX_PRIORITIES - 1, sleepers[i].stack, &sleepers[i].task);
    }
}

static void fill_times(void)
{
    for (uint32_t i = 0; i < RANDOM_TIMES; i++)
        times[i] = SOON + random_below(SPREAD);
}

static TickType_t time_of(enum order order)
{
    if (order == LAST)
        return SOON + 2 * SPREAD;
    return order == FIRST ? SOON - SPREAD : SOON + SPREAD / 2;
}

static void delay_random_times(void *unused)
{
    (void)unused;
    for (;;)
        for (const TickType_t *time = times; time < times + RANDOM_TIMES; time++)
            vTaskDelay(*time);
}

static void delay_ever_sooner(void *unused)
{
    const TickType_t step = 3 * SPREAD / row_repeats();

    (void)unused;
    for (TickType_t ticks = SOON + 2 * SPREAD;; ticks -= step)
        vTaskDelay(ticks);
}

static void abort_delay(void)
{
    xTaskAbortDelay(delayed);
}

static TaskFunction_t task_of(enum order order)
{
    if (order == SOONER)
        return delay_ever_sooner;
    return order == RANDOM ? delay_random_times : delay_forever;
}

static void run_delay(uint32_t sleepers, enum order order)
{
    static StaticTask_t task;
    static StackType_t stack[STACK_WORDS];

    host_stop_tick();
    fill_times();
    make_sleepers(sleepers, order == EQUAL);
    delayed = xTaskCreateStatic(task_of(order), "delayed", STACK_WORDS, (void *)time_of(order),
                                configMAX_PRIORITIES - 1, stack, &task);
    row_time(abort_delay);
}

void row_delay_1_last(void)
{
    run_delay(1, LAST);
}

void row_delay_1_first(void)
{
    run_delay(1, FIRST);
}

void row_delay_1_random(void)
{
    run_delay(1, RANDOM);
}

void row_delay_1_equal(void)
{
    run_delay(1, EQUAL);
}

void row_delay_1_sooner(void)
{
    run_delay(1, SOONER);
}

void row_delay_1000_last(void)
{
    run_delay(SLEEPERS, LAST);
}

void row_delay_1000_first(void)
{
    run_delay(SLEEPERS, FIRST);
}

void row_delay_1000_random(void)
{
    run_delay(SLEEPERS, RANDOM);
}

void row_delay_1000_equal(void)
{
    run_delay(SLEEPERS, EQUAL);
}

void row_delay_1000_sooner(void)
{
    run_delay(SLEEPERS, SOONER);
}

/*
 * Runs at -icount shift=10, where an instruction is several counts. A loop of constant length reads the
 * clock; what the longest round has more than the shortest is the tick interrupt, all of it.
 */
void row_idle_tick_1000(void)
{
    uint32_t ticks = row_traced() ? 2 : 1200;
    uint32_t shortest = UINT32_MAX;
    uint32_t longest = 0;
    uint32_t before;
    TickType_t end;

    make_sleepers(SLEEPERS, false);
    end = xTaskGetTickCount() + ticks;
    bench_trace_begin();
    before = host_clock();
    while (xTaskGetTickCount() < end) {
        uint32_t now = host_clock();
        uint32_t round = now - before;

        before = now;
        longest = round > longest ? round : longest;
        shortest = round < shortest ? round : shortest;
    }
    bench_trace_end();
    row_result(((uint64_t)(longest - shortest) * HOST_CLOCK_NS * 10 + 512) / 1024, ticks);
}
