/* SPDX-License-Identifier: MIT */
/*
 * The clock moved by hand: ticks made up for and ticks stepped over, and who wakes by them; and
 * time-outs that an application counts itself.
 */
#include "scenario.h"

#include <timers.h>

enum { ABOVE = TEST_TASK_PRIORITY + 1, SLEEPERS = 4 };

/* ---- Sleepers that note when they woke --------------------------------------------------------- */

static struct sleeper {
    TickType_t ticks;
    TickType_t start, end;
    TaskHandle_t task;
} sleepers[SLEEPERS];
static char order[SLEEPERS + 1];
static volatile size_t awake;

static void sleep_once(void *parameter)
{
    struct sleeper *sleeper = parameter;

    sleeper->start = xTaskGetTickCount();
    vTaskDelay(sleeper->ticks);
    sleeper->end = xTaskGetTickCount();
    order[awake++] = (char)('0' + (sleeper - sleepers));
    vTaskSuspend(NULL);
}

static void lull(size_t i, TickType_t ticks, UBaseType_t priority)
{
    sleepers[i].ticks = ticks;
    sleepers[i].task = spawn(sleep_once, &sleepers[i], priority);
}

static TickType_t slept(size_t i)
{
    return (TickType_t)(sleepers[i].end - sleepers[i].start);
}

static void end_sleepers(void)
{
    for (size_t i = 0; i < SLEEPERS; i++)
        if (sleepers[i].task != NULL)
            vTaskDelete(sleepers[i].task);
}

/* ---- Stepping ---------------------------------------------------------------------------------- */

/* As a port does that slept so many ticks without any. */
static void step(TickType_t ticks)
{
    vTaskSuspendAll();
    vTaskStepTick(ticks);
    (void)xTaskResumeAll();
}

TEST(step_moves_the_clock_and_wakes_nobody_before_the_time)
{
    settle();
    TickType_t start = xTaskGetTickCount();

    lull(0, 50, ABOVE);
    step(49);
    CHECK_EQUAL(49, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(0, awake);
    vTaskDelay(1);
    CHECK_EQUAL(1, awake);
    CHECK_EQUAL(50, slept(0));
    end_sleepers();
}

TEST(step_to_the_wake_up_wakes_at_exactly_that_tick)
{
    for (TickType_t ticks = 1; ticks <= 20; ticks++) {
        awake = 0;
        settle();
        lull(0, ticks, ABOVE);
        lull(1, ticks, ABOVE);
        lull(2, ticks, ABOVE + 1);
        step(ticks);
        CHECK_EQUAL(3, awake);
        CHECK_STRING("201", order);
        for (size_t i = 0; i < 3; i++)
            CHECK_EQUAL(ticks, slept(i));
        end_sleepers();
    }
}

TEST(step_wakes_a_task_only_when_the_scheduler_is_let_go)
{
    settle();
    lull(0, 10, ABOVE);
    vTaskSuspendAll();
    vTaskStepTick(4);
    vTaskStepTick(6);
    CHECK_EQUAL(0, awake);
    CHECK_EQUAL(pdTRUE, xTaskResumeAll());
    CHECK_EQUAL(1, awake);
    CHECK_EQUAL(10, slept(0));
    end_sleepers();
}

TEST(step_without_sleepers_may_be_of_any_length)
{
    settle();
    TickType_t start = xTaskGetTickCount();

    step(portMAX_DELAY / 2);
    CHECK_EQUAL(portMAX_DELAY / 2, (TickType_t)(xTaskGetTickCount() - start));
    lull(0, 3, ABOVE);
    vTaskDelay(3);
    CHECK_EQUAL(3, slept(0));
    end_sleepers();
}

TEST(idle_must_not_sleep_while_a_task_runs)
{
    vTaskSuspendAll();
    CHECK_EQUAL(eAbortSleep, eTaskConfirmSleepModeStatus());
    (void)xTaskResumeAll();
}

/* ---- Catching up ------------------------------------------------------------------------------- */

TEST(catching_up_over_several_wake_ups_wakes_all_in_order_of_priority)
{
    settle();
    TickType_t start = xTaskGetTickCount();

    lull(0, 30, ABOVE);
    lull(1, 10, ABOVE);
    lull(2, 20, ABOVE + 1);
    lull(3, 200, ABOVE + 2);
    CHECK_EQUAL(pdTRUE, xTaskCatchUpTicks(100));
    CHECK_EQUAL(100, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_STRING("210", order);
    vTaskDelay(99);
    CHECK_EQUAL(3, awake);
    vTaskDelay(1);
    CHECK_STRING("2103", order);
    CHECK_EQUAL(200, slept(3));
    end_sleepers();
}

TEST(catching_up_without_ticks_changes_nothing)
{
    settle();
    TickType_t start = xTaskGetTickCount();

    lull(0, 1, ABOVE);
    CHECK_EQUAL(pdFALSE, xTaskCatchUpTicks(0));
    CHECK_EQUAL(start, xTaskGetTickCount());
    CHECK_EQUAL(0, awake);
    vTaskDelay(1);
    CHECK_EQUAL(1, awake);
    end_sleepers();
}

TEST(catching_up_in_steps_wakes_each_at_its_tick)
{
    settle();
    for (size_t i = 0; i < SLEEPERS; i++)
        lull(i, (TickType_t)(7 * (i + 1)), ABOVE);
    for (TickType_t tick = 1; tick <= 7 * SLEEPERS; tick++) {
        (void)xTaskCatchUpTicks(1);
        CHECK_EQUAL(tick / 7, awake);
    }
    for (size_t i = 0; i < SLEEPERS; i++)
        CHECK_EQUAL(7 * (i + 1), slept(i));
    end_sleepers();
}

TEST(longest_delay_ends_at_its_tick)
{
    settle();
    lull(0, portMAX_DELAY - 1, ABOVE);
    (void)xTaskCatchUpTicks(portMAX_DELAY / 2);
    lull(1, portMAX_DELAY - 1, ABOVE);
    (void)xTaskCatchUpTicks(portMAX_DELAY - 2 - portMAX_DELAY / 2);
    CHECK_EQUAL(0, awake);
    (void)xTaskCatchUpTicks(1);
    CHECK_STRING("0", order);
    CHECK_EQUAL(portMAX_DELAY - 1, slept(0));
    (void)xTaskCatchUpTicks(portMAX_DELAY / 2 - 1);
    CHECK_EQUAL(1, awake);
    (void)xTaskCatchUpTicks(1);
    CHECK_EQUAL(2, awake);
    CHECK_EQUAL(portMAX_DELAY - 1, slept(1));
    end_sleepers();
}

/* ---- Delay-until ------------------------------------------------------------------------------- */

TEST(period_is_kept_whatever_happens_within_it)
{
    settle();
    TickType_t wake = xTaskGetTickCount(), start = wake;

    for (unsigned i = 1; i <= 20; i++) {
        (void)xTaskCatchUpTicks((TickType_t)(i % 10));
        CHECK_EQUAL(pdTRUE, xTaskDelayUntil(&wake, 10));
        CHECK_EQUAL((TickType_t)(start + 10 * i), wake);
        CHECK_EQUAL(wake, xTaskGetTickCount());
    }
}

TEST(period_that_is_over_is_not_waited_for_and_the_next_one_is)
{
    settle();
    TickType_t wake = xTaskGetTickCount(), start = wake;

    (void)xTaskCatchUpTicks(25);
    CHECK_EQUAL(pdFALSE, xTaskDelayUntil(&wake, 10));
    CHECK_EQUAL(pdFALSE, xTaskDelayUntil(&wake, 10));
    CHECK_EQUAL(25, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(pdTRUE, xTaskDelayUntil(&wake, 10));
    CHECK_EQUAL(30, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL((TickType_t)(start + 30), wake);
}

TEST(period_that_ends_now_is_not_waited_for)
{
    settle();
    TickType_t wake = xTaskGetTickCount(), start = wake;

    for (TickType_t i = 1; i <= 5; i++) {
        (void)xTaskCatchUpTicks(10);
        CHECK_EQUAL(pdFALSE, xTaskDelayUntil(&wake, 10));
        CHECK_EQUAL((TickType_t)(start + 10 * i), wake);
        CHECK_EQUAL(wake, xTaskGetTickCount());
    }
}

TEST(longest_period_is_kept)
{
    settle();
    TickType_t wake = xTaskGetTickCount(), start = wake;

    (void)xTaskCatchUpTicks(portMAX_DELAY - 5);
    CHECK_EQUAL(pdTRUE, xTaskDelayUntil(&wake, portMAX_DELAY));
    CHECK_EQUAL((TickType_t)(start + portMAX_DELAY), xTaskGetTickCount());
}

/* ---- Time-outs counted by the application ------------------------------------------------------- */

TEST(time_out_is_over_at_exactly_its_tick)
{
    settle();
    for (TickType_t length = 1; length <= 30; length++) {
        TickType_t left = length;
        TimeOut_t time_out;

        vTaskSetTimeOutState(&time_out);
        for (TickType_t passed = 0; passed < length; passed++) {
            CHECK_EQUAL(pdFALSE, xTaskCheckForTimeOut(&time_out, &left));
            CHECK_EQUAL(length - passed, left);
            vTaskDelay(1);
        }
        CHECK_EQUAL(pdTRUE, xTaskCheckForTimeOut(&time_out, &left));
        CHECK_EQUAL(0, left);
    }
}

TEST(time_out_of_no_ticks_is_over_at_once)
{
    TimeOut_t time_out;
    TickType_t left = 0;

    vTaskSetTimeOutState(&time_out);
    CHECK_EQUAL(pdTRUE, xTaskCheckForTimeOut(&time_out, &left));
    CHECK_EQUAL(0, left);
}

TEST(time_out_without_end_is_never_over)
{
    TimeOut_t time_out;
    TickType_t left = portMAX_DELAY;

    vTaskSetTimeOutState(&time_out);
    (void)xTaskCatchUpTicks(portMAX_DELAY - 1);
    vTaskDelay(5);
    CHECK_EQUAL(pdFALSE, xTaskCheckForTimeOut(&time_out, &left));
    CHECK_EQUAL(portMAX_DELAY, left);
}

TEST(longest_time_out_is_over_at_its_tick)
{
    TimeOut_t time_out;
    TickType_t left = portMAX_DELAY - 1;

    settle();
    vTaskSetTimeOutState(&time_out);
    (void)xTaskCatchUpTicks(portMAX_DELAY - 2);
    CHECK_EQUAL(pdFALSE, xTaskCheckForTimeOut(&time_out, &left));
    CHECK_EQUAL(1, left);
    (void)xTaskCatchUpTicks(1);
    CHECK_EQUAL(pdTRUE, xTaskCheckForTimeOut(&time_out, &left));
}

/* ---- Timers ------------------------------------------------------------------------------------ */

static TickType_t expired_at[8];
static volatile size_t expiries;

static void note_expiry(TimerHandle_t timer)
{
    (void)timer;
    CHECK(expiries < 8);
    expired_at[expiries++] = xTaskGetTickCount();
}

TEST(stepped_ticks_bring_a_timer_to_its_expiry)
{
    TimerHandle_t timer = xTimerCreate("t", 40, pdTRUE, NULL, note_expiry);

    settle();
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    CHECK_EQUAL((TickType_t)(start + 40), xTimerGetExpiryTime(timer));
    step(39);
    CHECK_EQUAL(0, expiries);
    step(1);
    CHECK_EQUAL(1, expiries);
    (void)xTaskCatchUpTicks(40);
    CHECK_EQUAL(2, expiries);
    for (size_t i = 0; i < expiries; i++)
        CHECK_EQUAL((TickType_t)(start + 40 * (i + 1)), expired_at[i]);
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 1));
    settle();
}
