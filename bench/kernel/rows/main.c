/* SPDX-License-Identifier: MIT */
/*
 * An image of all rows; the argument says which: `ROW` or `ROW trace`. Prints one line:
 * `result`, the row's instructions per operation, and the number of operations.
 */
#include "rows.h"

#include "../image/host.h"
#include "../thread_metric/tm.h"

#include "FreeRTOS.h"
#include "task.h"

#include <string.h>

enum {
    OWN_PRIORITY = configMAX_PRIORITIES - 2,
    STACK_WORDS = HOST_STACK_WORDS(512),
    TEN_TICKS = 10
};

/* 100 ticks of 1 ms at one instruction a nanosecond. */
enum { INTERVAL_TICKS = 100, INSTRUCTIONS_PER_TICK = 1000000 };

static const struct tm_test *const tm_tests[] = {
    &tm_basic,   &tm_cooperative,     &tm_preemptive, &tm_interrupt_processing,
    &tm_message, &tm_synchronization, &tm_memory,     &tm_interrupt_preemption,
};

struct row {
    const char *name;
    void (*run)(void);
};

static const struct row rows[] = {
    {"semaphore_round", row_semaphore_round},
    {"notify_round", row_notify_round},
    {"queue_round", row_queue_round},
    {"delay_1_last", row_delay_1_last},
    {"delay_1_first", row_delay_1_first},
    {"delay_1_random", row_delay_1_random},
    {"delay_1_equal", row_delay_1_equal},
    {"delay_1_sooner", row_delay_1_sooner},
    {"delay_1000_last", row_delay_1000_last},
    {"delay_1000_first", row_delay_1000_first},
    {"delay_1000_random", row_delay_1000_random},
    {"delay_1000_equal", row_delay_1000_equal},
    {"delay_1000_sooner", row_delay_1000_sooner},
    {"idle_tick_1000", row_idle_tick_1000},
    {"context_yield", row_context_yield},
    {"context_yield_fpu", row_context_yield_fpu},
    {"context_interrupt", row_context_interrupt},
    {"context_interrupt_fpu", row_context_interrupt_fpu},
    {"objects_16", row_objects_16},
    {"objects_1000", row_objects_1000},
    {NULL, NULL},
};

static bool traced;
static const struct tm_test *tm_chosen;
static const struct row *row_chosen;

bool row_traced(void)
{
    return traced;
}

uint32_t row_repeats(void)
{
    return traced ? 100 : 10000;
}

__attribute__((noinline)) void bench_trace_begin(void)
{
    __asm volatile("");
}

__attribute__((noinline)) void bench_trace_end(void)
{
    __asm volatile("");
}

void row_result(uint64_t tenths, uint32_t operations)
{
    host_print("result ");
    host_print_tenths(tenths);
    host_print_tenths((uint64_t)operations * 10);
    host_print("\n");
    host_exit(0);
}

__attribute__((noinline)) static void nothing(void)
{
    __asm volatile("");
}

static uint32_t time_loop(void (*operation)(void), uint32_t repeats)
{
    uint32_t begin = host_clock();

    for (uint32_t i = 0; i < repeats; i++)
        operation();
    return host_clock() - begin;
}

void row_time(void (*operation)(void))
{
    uint32_t repeats = row_repeats();
    uint32_t empty;
    uint32_t full;

    host_stop_tick();
    empty = time_loop(nothing, repeats);
    operation();
    bench_trace_begin();
    full = time_loop(operation, repeats);
    bench_trace_end();
    /* At -icount shift=0 an instruction takes a nanosecond. */
    row_result(((uint64_t)(full - empty) * HOST_CLOCK_NS * 10 + repeats / 2) / repeats, repeats);
}

void row_task(void (*entry)(void *), void *argument, bool higher)
{
    static StaticTask_t task;
    static StackType_t stack[STACK_WORDS];

    xTaskCreateStatic(entry, "other", STACK_WORDS, argument,
                      higher ? OWN_PRIORITY + 1 : OWN_PRIORITY - 1, stack, &task);
}

/* The tick falls into the interval as it does for the peers: 100 of them. */
static void run_thread_metric(void *unused)
{
    TickType_t ticks = traced ? 1 : INTERVAL_TICKS;
    unsigned long begin;
    unsigned long operations;

    (void)unused;
    tm_chosen->start();
    vTaskDelay(TEN_TICKS);
    bench_trace_begin();
    begin = tm_chosen->count();
    vTaskDelay(ticks);
    operations = tm_chosen->count() - begin;
    bench_trace_end();
    if (operations == 0) {
        host_print("nothing was counted\n");
        host_exit(1);
    }
    row_result(((uint64_t)ticks * INSTRUCTIONS_PER_TICK * 10 + operations / 2) / operations,
               operations);
}

static void run_row(void *unused)
{
    (void)unused;
    row_chosen->run();
    host_print("the row has no result\n");
    host_exit(1);
}

/* True if the argument begins with the word. */
static bool chosen(const char *argument, const char *word)
{
    size_t length = strlen(word);

    return strncmp(argument, word, length) == 0 &&
           (argument[length] == '\0' || argument[length] == ' ');
}

static bool choose(const char *argument)
{
    for (size_t i = 0; i < sizeof tm_tests / sizeof tm_tests[0]; i++)
        if (chosen(argument, tm_tests[i]->row))
            tm_chosen = tm_tests[i];
    for (const struct row *row = rows; row->name != NULL; row++)
        if (chosen(argument, row->name))
            row_chosen = row;
    return tm_chosen != NULL || row_chosen != NULL;
}

int main(int argc, char **argv)
{
    static StaticTask_t task;
    static StackType_t stack[STACK_WORDS];
    const char *argument = host_argument(argc, argv);

    traced = strstr(argument, " trace") != NULL;
    if (!choose(argument)) {
        host_print("there is no such row\n");
        return 1;
    }
    host_clock_begin();
    xTaskCreateStatic(tm_chosen != NULL ? run_thread_metric : run_row, "row", STACK_WORDS, NULL,
                      tm_chosen != NULL ? OWN_PRIORITY + 1 : OWN_PRIORITY, stack, &task);
    vTaskStartScheduler();
    return 1;
}
