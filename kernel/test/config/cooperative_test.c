/* SPDX-License-Identifier: MIT */
/* Cooperative scheduling: a task keeps the CPU until it waits or yields. And ticks of 16 bits. */
#include "scenario.h"

#include <queue.h>

static volatile int ran;

static void run_once(void *parameter)
{
    (void)parameter;
    ran++;
    vTaskDelete(NULL);
}

TEST(a_higher_task_waits_until_the_running_one_yields)
{
    (void)spawn(run_once, NULL, TEST_TASK_PRIORITY + 1);
    CHECK_EQUAL(0, ran);
    TickType_t start = xTaskGetTickCount();
    while ((TickType_t)(xTaskGetTickCount() - start) < 5)
        ;
    CHECK_EQUAL(0, ran);
    taskYIELD();
    CHECK_EQUAL(1, ran);
}

static void wait_for_item(void *parameter)
{
    char item;

    CHECK_EQUAL(pdPASS, xQueueReceive(parameter, &item, portMAX_DELAY));
    ran++;
    vTaskDelete(NULL);
}

TEST(what_a_call_wakes_runs_when_the_caller_waits)
{
    QueueHandle_t queue = xQueueCreate(1, 1);

    (void)spawn(wait_for_item, queue, TEST_TASK_PRIORITY + 1);
    taskYIELD();
    CHECK_EQUAL(pdPASS, xQueueSend(queue, "x", 0));
    CHECK_EQUAL(0, ran);
    vTaskDelay(1);
    CHECK_EQUAL(1, ran);
    vQueueDelete(queue);
}

TEST(the_tick_count_has_16_bits_and_begins_where_the_option_says)
{
    CHECK_EQUAL(2, sizeof(TickType_t));
    CHECK_EQUAL(0xffff, portMAX_DELAY);
    CHECK(xTaskGetTickCount() >= 0xfffa);
    vTaskDelay(10);
    CHECK(xTaskGetTickCount() < 20);
    TickType_t wake = xTaskGetTickCount();
    CHECK_EQUAL(pdTRUE, xTaskDelayUntil(&wake, 60000));
    CHECK_EQUAL(wake, xTaskGetTickCount());
}
