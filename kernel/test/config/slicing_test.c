/* SPDX-License-Identifier: MIT */
/* Without time slices equals do not change places at a tick; a stubborn idle task keeps its own. */
#include "scenario.h"

static volatile unsigned rounds[2];
static volatile bool enough;

static void count_rounds(void *parameter)
{
    volatile unsigned *mine = parameter;

    while (!enough) {
        ++*mine;
        (void)xTaskGetTickCount(); /* lets time pass */
    }
    vTaskDelete(NULL);
}

TEST(equal_priorities_take_no_turns_at_ticks)
{
    (void)spawn(count_rounds, (void *)&rounds[0], 2);
    (void)spawn(count_rounds, (void *)&rounds[1], 2);
    vTaskDelay(20);
    CHECK(rounds[0] > 0);
    CHECK_EQUAL(0, rounds[1]);
    enough = true;
    settle();
}

TEST(the_tick_count_has_64_bits)
{
    CHECK_EQUAL(8, sizeof(TickType_t));
    CHECK(portMAX_DELAY == UINT64_MAX);
    (void)xTaskCatchUpTicks((TickType_t)1 << 40);
    TickType_t start = xTaskGetTickCount();
    CHECK(start >= (TickType_t)1 << 40);
    vTaskDelay(3);
    CHECK_EQUAL(3, xTaskGetTickCount() - start);
}

/* Of idle priority, it waits its turn until the idle task's slice would end: never, without slices. */
TEST(the_idle_task_gives_way_only_when_asked_to)
{
    TaskHandle_t background = spawn(count_rounds, (void *)&rounds[0], 0);
    vTaskDelay(20);
    CHECK_EQUAL(0, rounds[0]);
    vTaskDelete(background);
}
