/* SPDX-License-Identifier: MIT */
/* The tick holds off itself alone: a handler of another interrupt runs while it does its work. */
#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <task.h>

#include <board_interrupt.h>

static volatile bool wanted, tick_wanted;
static volatile bool came_in, was_in_time;
static volatile unsigned depth, deepest, hooks;

static void come_in(void *unused)
{
    (void)unused;
    came_in = xPortIsInsideInterrupt();
}

/* A part of the tick's interrupt. What is pended where the mask is open is taken at once. */
void vApplicationTickHook(void)
{
    depth++;
    hooks++;
    deepest = depth > deepest ? depth : deepest;
    if (wanted) {
        wanted = false;
        was_in_time = test_interrupt(come_in, NULL) && came_in;
    }
    if (tick_wanted) {
        tick_wanted = false;
        board_tick_pend();
    }
    depth--;
}

TEST(an_interrupt_comes_in_while_the_tick_works)
{
    wanted = true;
    vTaskDelay(2);
    CHECK(!wanted);
    CHECK(was_in_time);
}

TEST(a_tick_waits_for_the_one_before_it)
{
    const TickType_t begin = xTaskGetTickCount();

    tick_wanted = true;
    vTaskDelay(3);
    CHECK(!tick_wanted);
    CHECK_EQUAL(1, deepest);
    CHECK_EQUAL(3, xTaskGetTickCount() - begin);
    CHECK(hooks >= 3);
}
