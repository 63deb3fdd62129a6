/* SPDX-License-Identifier: MIT */
/*
 * Co-routines that are driven by the idle task's hook, one step a pass. While one of them is ready the
 * idle task has work, so how far they get until the next tick does not depend on ticks.
 */
#include "scenario.h"

#include <croutine.h>
#include <stdio.h>

enum { JOB = 40 };

static CoRoutineHandle_t made[2];
static volatile unsigned steps[2];
static volatile bool driven;

void vApplicationIdleHook(void)
{
    if (driven)
        vCoRoutineSchedule();
}

/* Does a step and yields to the other. */
static void do_job(CoRoutineHandle_t handle, UBaseType_t index)
{
    crSTART(handle);
    made[index] = handle;
    while (steps[index] < JOB) {
        steps[index]++;
        crDELAY(handle, 0);
    }
    for (;;)
        crDELAY(handle, 1000);
    crEND();
}

TEST(co_routines_that_are_ready_do_their_job_within_a_tick)
{
    CHECK_EQUAL(pdPASS, xCoRoutineCreate(do_job, 0, 0));
    CHECK_EQUAL(pdPASS, xCoRoutineCreate(do_job, 0, 1));
    settle();
    driven = true;
    vTaskDelay(1);
    printf("%u and %u of %u steps in a tick\n", steps[0], steps[1], JOB);
    driven = false;
    CHECK_EQUAL(JOB, steps[0]);
    CHECK_EQUAL(JOB, steps[1]);
    vCoRoutineResetState();
    for (int i = 0; i < 2; i++)
        vPortFree(made[i]);
}

/* Those that only wait for time are woken at it, however long the idle task sleeps. */
static TickType_t woke[10];

static void sleep_on(CoRoutineHandle_t handle, UBaseType_t index)
{
    crSTART(handle);
    made[index] = handle;
    for (steps[index] = 0; steps[index] < 10; steps[index]++) {
        crDELAY(handle, 7);
        woke[steps[index]] = xTaskGetTickCount();
    }
    for (;;)
        crDELAY(handle, 1000);
    crEND();
}

TEST(co_routines_that_sleep_wake_at_their_ticks)
{
    CHECK_EQUAL(pdPASS, xCoRoutineCreate(sleep_on, 0, 0));
    settle();
    TickType_t start = xTaskGetTickCount();
    driven = true;
    vTaskDelay(75);
    driven = false;
    CHECK_EQUAL(10, steps[0]);
    for (unsigned i = 0; i < 10; i++)
        CHECK_EQUAL((TickType_t)(start + 7 * (i + 1)), woke[i]);
    vCoRoutineResetState();
    vPortFree(made[0]);
}
