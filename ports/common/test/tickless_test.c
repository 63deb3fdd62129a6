/* SPDX-License-Identifier: MIT */
/*
 * Sleeping without ticks: tick interrupts are counted in the tick hook, and the time that the kernel
 * counts is compared with a timer that never stops.
 */
#include "scenario.h"

#include <board_interrupt.h>

#include <stdlib.h>

static volatile unsigned ticks_taken;

/* The emulator is fast between looks at a register. */
void sleep_by_polling(void)
{
    while (!board_interrupt_is_pending())
        for (unsigned i = 0; i < 500; i++)
            __asm volatile("");
}

void vApplicationTickHook(void)
{
    ticks_taken++;
}

/* From here on ticks are counted. */
static void begin(void)
{
    vTaskDelay(1);
    ticks_taken = 0;
}

/* Microseconds by which the kernel's clock and the timer differ since `start` and `start_us`. */
static int64_t drift_us(TickType_t start, uint64_t start_us)
{
    int64_t by_ticks = (int64_t)(xTaskGetTickCount() - start) * 1000000 / configTICK_RATE_HZ;

    return (int64_t)(test_time_us() - start_us) - by_ticks;
}

TEST(ten_idle_seconds_take_fewer_than_40_tick_interrupts_and_keep_time)
{
    begin();
    TickType_t start = xTaskGetTickCount();
    uint64_t start_us = test_time_us();
    vTaskDelay(10 * configTICK_RATE_HZ);
    CHECK_EQUAL(10 * configTICK_RATE_HZ, xTaskGetTickCount() - start);
    CHECK(ticks_taken < 40); /* a counter of 24 bits at 50 MHz: every 0.34 s */
    CHECK(llabs(drift_us(start, start_us)) <= 1000000 / configTICK_RATE_HZ);
}

static void notify(void *argument)
{
    BaseType_t woken = pdFALSE;

    vTaskNotifyGiveFromISR((TaskHandle_t)argument, &woken);
    portYIELD_FROM_ISR(woken);
}

TEST(an_interrupt_ends_a_sleep_at_once_and_time_is_kept)
{
    begin();
    TickType_t start = xTaskGetTickCount();
    uint64_t start_us = test_time_us();
    for (uint32_t i = 1; i <= 200; i++) {
        uint64_t before = test_time_us();
        CHECK(test_interrupt_in_us(i * 137, notify, xTaskGetCurrentTaskHandle()));
        CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, 1000));
        CHECK(test_time_us() - before < i * 137 + 200);
        /* Part of a tick has passed that the kernel does not count yet. */
        CHECK(llabs(drift_us(start, start_us)) <= 2 * 1000000 / configTICK_RATE_HZ);
    }
}

/* Busily: a CPU that stops for one tick does not sleep, and wakes late. */
static void wait_for_tick(void)
{
    const TickType_t now = xTaskGetTickCount();

    while (xTaskGetTickCount() == now) {
    }
}

TEST(a_sleep_that_ends_beside_a_tick_keeps_time)
{
    const uint32_t tick_us = 1000000 / configTICK_RATE_HZ;

    begin();
    TickType_t start = xTaskGetTickCount();
    uint64_t start_us = test_time_us();
    for (uint32_t us = 3 * tick_us - 60; us < 3 * tick_us + 20; us++) {
        for (int i = 0; i < 3; i++) {
            wait_for_tick();
            CHECK(test_interrupt_in_us(us, notify, xTaskGetCurrentTaskHandle()));
            CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, 1000));
            CHECK(llabs(drift_us(start, start_us)) <= 2 * tick_us);
        }
    }
}

TEST(short_delays_are_exact)
{
    begin();
    for (TickType_t ticks = 1; ticks < 50; ticks++) {
        TickType_t start = xTaskGetTickCount();
        vTaskDelay(ticks);
        CHECK_EQUAL(ticks, xTaskGetTickCount() - start);
    }
}
