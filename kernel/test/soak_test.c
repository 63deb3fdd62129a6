/* SPDX-License-Identifier: MIT */
/*
 * Thirty virtual days at ten thousand ticks a second, in which a tick counter of 32 bits wraps six
 * times: periodic tasks and timers stay exactly on their ticks, every item of a queue arrives, and
 * not a byte of heap is lost on the way. The build defines SOAK_MINUTES; by day it is a short while.
 */
#include "scenario.h"

#include <queue.h>
#include <semphr.h>
#include <sim.h>
#include <stdio.h>
#include <timers.h>

#define TICKS_PER_SECOND UINT64_C(10000)
#define SOAK_TICKS       (SOAK_MINUTES * UINT64_C(60) * TICKS_PER_SECOND)

static QueueHandle_t queue;
static volatile bool stop;
static volatile uint64_t rounds, sent, received, expiries;
static uint64_t began, elapsed; /* ticks, from the task that keeps the time */
static unsigned wraps;

/* Ten times a second: keeps the time, which the tick counter alone cannot. */
static void keep_time(void *parameter)
{
    TickType_t wake = xTaskGetTickCount(), period = (TickType_t)(TICKS_PER_SECOND / 10);

    (void)parameter;
    began = wake;
    while (elapsed < SOAK_TICKS) {
        TickType_t before = wake;
        CHECK_EQUAL(pdTRUE, xTaskDelayUntil(&wake, period));
        CHECK_EQUAL(wake, xTaskGetTickCount());
        wraps += wake < before;
        elapsed += period;
        rounds++;
    }
    stop = true;
    vTaskSuspend(NULL);
}

static void send_each_second(void *parameter)
{
    TickType_t wake = xTaskGetTickCount();

    (void)parameter;
    while (!stop) {
        (void)xTaskDelayUntil(&wake, (TickType_t)TICKS_PER_SECOND);
        CHECK_EQUAL(pdPASS, xQueueSend(queue, (const void *)&sent, 0));
        sent++;
    }
    vTaskSuspend(NULL);
}

/* Allocates for each item, of another size each time. */
static void receive_and_allocate(void *parameter)
{
    uint64_t item;

    (void)parameter;
    for (;;) {
        CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, (TickType_t)(2 * TICKS_PER_SECOND)));
        void *memory = pvPortMalloc(16 + (size_t)(item % 977));
        CHECK(memory != NULL && item == received);
        received++;
        vTaskDelay((TickType_t)(item % 50));
        vPortFree(memory);
        if (stop)
            vTaskSuspend(NULL);
    }
}

static void expire(TimerHandle_t timer)
{
    TickType_t *due = pvTimerGetTimerID(timer);

    CHECK_EQUAL(*due, xTaskGetTickCount());
    *due = (TickType_t)(*due + xTimerGetPeriod(timer));
    expiries++;
}

static void wait_until_it_ends(size_t heap)
{
    while (!stop) {
        vTaskDelay((TickType_t)(60 * TICKS_PER_SECOND));
        CHECK(xPortGetFreeHeapSize() + 2048 > heap);
    }
}

TEST(soak_without_drift_or_loss)
{
    static const TickType_t periods[] = {997, 10000, 600000, 36000000};
    TickType_t due[sizeof periods / sizeof *periods];
    TimerHandle_t timers[sizeof periods / sizeof *periods];
    TaskHandle_t tasks[3];

    sim_limit_us(0);
    sim_hook_cost_us(0);
    queue = xQueueCreate(4, sizeof(uint64_t));
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        timers[i] = xTimerCreate("soak", periods[i], pdTRUE, &due[i], expire);
        due[i] = (TickType_t)(xTaskGetTickCount() + periods[i]);
        CHECK_EQUAL(pdPASS, xTimerStart(timers[i], 0));
    }
    tasks[0] = spawn(receive_and_allocate, NULL, 2);
    tasks[1] = spawn(send_each_second, NULL, 4);
    tasks[2] = spawn(keep_time, NULL, 5);
    wait_until_it_ends(xPortGetFreeHeapSize());
    vTaskDelay((TickType_t)(3 * TICKS_PER_SECOND));
    printf("%u wraps, %llu rounds, %llu items, %llu expiries\n", wraps, (unsigned long long)rounds,
           (unsigned long long)received, (unsigned long long)expiries);
    CHECK_EQUAL(SOAK_TICKS * 10 / TICKS_PER_SECOND, rounds);
    CHECK_EQUAL((began + elapsed) / ((uint64_t)(TickType_t)~0u + 1), wraps);
    CHECK(sent - received <= 1 && expiries >= SOAK_TICKS / 997);
    for (size_t i = 0; i < 3; i++)
        vTaskDelete(tasks[i]);
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        CHECK_EQUAL(pdPASS, xTimerDelete(timers[i], portMAX_DELAY));
    vQueueDelete(queue);
}
