/* SPDX-License-Identifier: MIT */
/* The scheduler ends, forgets everything and starts again in the same process. */
#include "linnet_test.h"

#include <FreeRTOS.h>
#include <task.h>
#include <timers.h>

static unsigned calls;
static TickType_t last_tick;

static void note(TimerHandle_t timer)
{
    (void)timer;
    calls++;
}

static void work(void *parameter)
{
    TimerHandle_t timer = xTimerCreate("t", 3, pdTRUE, NULL, note);

    (void)parameter;
    CHECK_EQUAL(taskSCHEDULER_RUNNING, xTaskGetSchedulerState());
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(10);
    last_tick = xTaskGetTickCount();
    vTaskEndScheduler();
}

static void run_once(void)
{
    calls = 0;
    CHECK_EQUAL(taskSCHEDULER_NOT_STARTED, xTaskGetSchedulerState());
    CHECK_EQUAL(pdPASS, xTaskCreate(work, "work", configMINIMAL_STACK_SIZE, NULL, 2, NULL));
    vTaskStartScheduler();
    CHECK_EQUAL(3, calls);
    CHECK_EQUAL(10, (TickType_t)(last_tick - configINITIAL_TICK_COUNT));
}

TEST(scheduler_starts_again_after_its_state_was_reset)
{
    for (int i = 0; i < 3; i++) {
        run_once();
        vTaskResetState();
        vTimerResetState();
        vPortHeapResetState();
    }
}
