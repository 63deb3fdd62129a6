/* SPDX-License-Identifier: MIT */
/* The timer that alarm and tick share (ports/common/src/compare_tick.c). */
#include "scenario.h"

#include <board_data.h>
#include <compare_tick.h>

static volatile unsigned alarms;

static void on_alarm(void *argument)
{
    alarms += (unsigned)(uintptr_t)argument;
}

static uint32_t counts(void)
{
    return (uint32_t)rtos_compare_counts();
}

static void pass_counts_to(uint32_t begin, uint32_t passed)
{
    while (counts() - begin < passed) {
    }
}

TEST(an_alarm_comes_once_and_the_ticks_in_between_in_their_time)
{
    const uint32_t period = BOARD_TIMER_HZ / configTICK_RATE_HZ;

    vTaskDelay(1);
    const TickType_t start = xTaskGetTickCount();
    const uint32_t begin = counts();
    rtos_compare_alarm(begin + 2 * period + period / 2, on_alarm, (void *)1);
    pass_counts_to(begin, 2 * period + period / 4);
    CHECK_EQUAL(0, alarms);
    CHECK_EQUAL(2, xTaskGetTickCount() - start);
    pass_counts_to(begin, 2 * period + period * 3 / 4);
    CHECK_EQUAL(1, alarms);
    CHECK_EQUAL(2, xTaskGetTickCount() - start);
    pass_counts_to(begin, 5 * period + period / 2);
    CHECK_EQUAL(1, alarms);
    CHECK_EQUAL(5, xTaskGetTickCount() - start);
}

TEST(an_alarm_that_is_past_already_comes_at_once)
{
    const uint32_t begin = counts();

    rtos_compare_alarm(begin, on_alarm, (void *)1);
    pass_counts_to(begin, 2000);
    CHECK_EQUAL(1, alarms);
}
