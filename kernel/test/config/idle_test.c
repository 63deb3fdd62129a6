/* SPDX-License-Identifier: MIT */
/* The idle task: its hook, and when it may sleep without ticks. */
#include "scenario.h"

#include <semphr.h>

/* ---- Work for the hook ------------------------------------------------------------------------- */

static void (*volatile job)(void);
static volatile unsigned passes;

void vApplicationIdleHook(void)
{
    void (*now)(void) = job;

    passes++;
    job = NULL;
    if (now != NULL)
        now();
}

/* Has the idle task do something, once, while this task sleeps. */
static void run_in_idle(void (*what)(void))
{
    job = what;
    while (job != NULL)
        vTaskDelay(1);
}

static eSleepModeStatus status;

static void ask(void)
{
    CHECK(xTaskGetCurrentTaskHandle() == xTaskGetIdleTaskHandle());
    status = eTaskConfirmSleepModeStatus();
}

static void ask_while_held(void)
{
    vTaskSuspendAll();
    ask();
    (void)xTaskResumeAll();
}

TEST(idle_task_that_is_alone_may_sleep_until_somebody_wakes)
{
    run_in_idle(ask_while_held);
    CHECK_EQUAL(eStandardSleep, status);
}

static void ask_after_a_tick(void)
{
    vTaskSuspendAll();
    uint64_t end = test_time_us() + 2000000 / configTICK_RATE_HZ;
    while (test_time_us() < end)
        (void)xTaskGetTickCount();
    ask();
    (void)xTaskResumeAll();
}

TEST(tick_that_came_keeps_the_idle_task_awake)
{
    run_in_idle(ask_after_a_tick);
    CHECK_EQUAL(eAbortSleep, status);
}

static SemaphoreHandle_t semaphore;

static void give(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS, xSemaphoreGiveFromISR(semaphore, NULL));
}

static void ask_with_a_task_ready(void)
{
    vTaskSuspendAll();
    CHECK(test_interrupt(give, NULL));
    ask();
    (void)xTaskResumeAll();
}

TEST(task_that_became_ready_keeps_the_idle_task_awake)
{
    semaphore = xSemaphoreCreateBinary();
    job = ask_with_a_task_ready;
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 100));
    CHECK_EQUAL(eAbortSleep, status);
    vSemaphoreDelete(semaphore);
}

static void ask_and_give(void)
{
    ask_while_held();
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
}

TEST(idle_task_may_sleep_without_end_when_nobody_waits_for_time)
{
    semaphore = xSemaphoreCreateBinary();
    job = ask_and_give;
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, portMAX_DELAY));
    CHECK_EQUAL(eNoTasksWaitingTimeout, status);
    vSemaphoreDelete(semaphore);
}

static void do_nothing(void *parameter)
{
    (void)parameter;
    for (;;)
        taskYIELD();
}

TEST(task_of_idle_priority_keeps_the_idle_task_awake)
{
    TaskHandle_t task = spawn(do_nothing, NULL, tskIDLE_PRIORITY);

    run_in_idle(ask_while_held);
    CHECK_EQUAL(eAbortSleep, status);
    vTaskDelete(task);
}

TEST(hook_is_called_again_and_again)
{
    unsigned before = passes;

    for (int i = 0; i < 10; i++)
        vTaskDelay(5);
    CHECK(passes >= before + 10);
}

#ifdef MAY_REFUSE_SLEEP
bool may_sleep = true;
unsigned asked_to_sleep;

TEST(application_is_asked_before_a_sleep_and_may_refuse)
{
    TickType_t start = xTaskGetTickCount();

    may_sleep = false;
    vTaskDelay(50);
    unsigned awake = asked_to_sleep;
    CHECK(awake >= 10); /* the tick went on, and after each the idle task asked again */
    may_sleep = true;
    vTaskDelay(50);
    CHECK(asked_to_sleep - awake < 10);
    CHECK_EQUAL(100, (TickType_t)(xTaskGetTickCount() - start));
}
#endif
