/* SPDX-License-Identifier: MIT */
/*
 * What holds for a run as a whole, in virtual time: the same seed gives the same trace, the
 * scheduler ends, and mistakes end the process with a message that names them.
 */
#include <linnet_test.h>

#include "child.h"

#include <FreeRTOS.h>
#include <queue.h>
#include <sim.h>
#include <task.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static QueueHandle_t queue;

static void create(TaskFunction_t function, const char *name, UBaseType_t priority)
{
    if (xTaskCreate(function, name, configMINIMAL_STACK_SIZE, NULL, priority, NULL) != pdPASS)
        abort();
}

/* --- a device with some traffic, run with a seed ------------------------------------------- */

static void producer(void *parameter)
{
    (void)parameter;
    for (unsigned i = 0;; i++) {
        xQueueSend(queue, &i, portMAX_DELAY);
        if (i % 7 == 0)
            vTaskDelay(i % 3);
    }
}

static void consumer(void *parameter)
{
    unsigned item;

    (void)parameter;
    for (;;)
        xQueueReceive(queue, &item, 5);
}

static void print_trace(void *parameter)
{
    (void)parameter;
    vTaskDelay(500);
    printf("%016llx %llu\n", (unsigned long long)sim_trace_hash(),
           (unsigned long long)sim_hook_count());
    exit(0);
}

static void traffic(void *argument)
{
    sim_seed(*(const uint64_t *)argument);
    queue = xQueueCreate(3, sizeof(unsigned));
    create(producer, "producer", 2);
    create(producer, "producer", 2);
    create(consumer, "consumer", 2);
    create(print_trace, "print", 3);
    vTaskStartScheduler();
}

static void trace_of(uint64_t seed, char text[64])
{
    CHECK_EQUAL(0, child_run(traffic, &seed, text, 64));
}

TEST(same_seed_gives_the_same_trace)
{
    char first[64], again[64];

    for (uint64_t seed = 0; seed < 10; seed++) {
        trace_of(seed, first);
        trace_of(seed, again);
        CHECK_STRING(first, again);
    }
}

TEST(other_seed_gives_another_trace)
{
    char first[64], other[64];

    trace_of(0, first);
    for (uint64_t seed = 1; seed < 10; seed++) {
        trace_of(seed, other);
        CHECK(strcmp(first, other) != 0);
    }
}

/* --- the end ---------------------------------------------------------------------------------- */

static void end_task(void *parameter)
{
    (void)parameter;
    vTaskDelay(3);
    vTaskEndScheduler();
    puts("not reached");
}

static void end_scheduler(void *argument)
{
    (void)argument;
    create(end_task, "end", 2);
    vTaskStartScheduler();
    printf("back in main after %llu ticks\n", (unsigned long long)xTaskGetTickCount());
}

TEST(ended_scheduler_returns_to_main)
{
    char text[200];

    CHECK_EQUAL(0, child_run(end_scheduler, NULL, text, sizeof text));
    CHECK_STRING("back in main after 3 ticks\n", text);
}

/* --- mistakes --------------------------------------------------------------------------------- */

static void returning_task(void *parameter)
{
    (void)parameter;
}

static void start_returning(void *argument)
{
    (void)argument;
    create(returning_task, "careless", 2);
    vTaskStartScheduler();
}

TEST(task_that_returns_is_named)
{
    char text[400];

    CHECK(child_run(start_returning, NULL, text, sizeof text) != 0);
    CHECK(strstr(text, "'careless' returned") != NULL);
}

static void waiting_task(void *parameter)
{
    unsigned item;

    (void)parameter;
    xQueueReceive(queue, &item, portMAX_DELAY);
}

static void start_deadlock(void *argument)
{
    (void)argument;
    queue = xQueueCreate(1, sizeof(unsigned));
    create(waiting_task, "waiting", 2);
    sim_limit_us(5000000);
    vTaskStartScheduler();
}

TEST(deadlock_ends_at_the_limit)
{
    char text[400];

    CHECK_EQUAL(1, child_run(start_deadlock, NULL, text, sizeof text));
    CHECK(strstr(text, "passed its limit of 5000000 us") != NULL);
}

/* --- small stacks -------------------------------------------------------------------------------- */

static unsigned mappings(void)
{
    FILE *file = fopen("/proc/self/maps", "r");
    unsigned lines = 0;
    int character;

    while (file != NULL && (character = fgetc(file)) != EOF)
        lines += character == '\n';
    if (file != NULL)
        fclose(file);
    return lines;
}

static void use_much_stack(void *parameter)
{
    volatile char large[30000];

    memset((void *)(uintptr_t)large, 1, sizeof large);
    printf("%.3f %d\n", 2.5, large[100]);
    *(bool *)parameter = true;
    vTaskDelete(NULL);
}

static void make_small_stacks(void *parameter)
{
    unsigned before = 0;
    bool done;

    (void)parameter;
    for (int i = 0; i < 50; i++) {
        done = false;
        if (xTaskCreate(use_much_stack, "small", 128, &done, 3, NULL) != pdPASS || !done)
            exit(1);
        vTaskDelay(2);
        if (i == 0)
            before = mappings();
    }
    exit(mappings() > before + 10 ? 1 : 0);
}

static void start_small_stacks(void *argument)
{
    (void)argument;
    create(make_small_stacks, "maker", 2);
    vTaskStartScheduler();
}

TEST(small_stack_is_replaced_and_freed)
{
    char text[400];

    CHECK_EQUAL(0, child_run(start_small_stacks, NULL, text, sizeof text));
    CHECK(strncmp(text, "2.500 1\n2.500 1\n", 16) == 0);
}
