/* SPDX-License-Identifier: MIT */
/* Floating point belongs to each task and to each interrupt, and costs those nothing that do not use it. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>

enum { EXC_RETURN_WORD = 8, NO_FLOATS = 0x10 };

/* Fills s0-s31 with values of the caller's own, calls `meanwhile`, and looks at them; false: one
 * differs. */
static __attribute__((naked, noinline)) bool floats_survive(uint32_t pattern,
                                                            void (*meanwhile)(void))
{
    __asm volatile(
        "push  {r4, lr}        \n"
        "vpush {s16-s31}       \n"
        "mov   r4, r0          \n"
        ".irp  reg, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, "
        "20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 \n"
        "vmov  s\\reg, r0      \n"
        "adds  r0, #1          \n"
        ".endr                 \n"
        "blx   r1              \n"
        "mov   r0, r4          \n"
        ".irp  reg, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, "
        "20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 \n"
        "vmov  r1, s\\reg      \n"
        "cmp   r1, r0          \n"
        "bne   2f              \n"
        "adds  r0, #1          \n"
        ".endr                 \n"
        "movs  r0, #1          \n"
        "b     3f              \n"
        "2: movs r0, #0        \n"
        "3: vpop {s16-s31}     \n"
        "pop   {r4, pc}        \n");
}

/* Neither changes a register of floating point. */
static __attribute__((noinline)) void wait_a_little(void)
{
    for (unsigned i = 0; i < 100; i++)
        __asm volatile("");
}

static __attribute__((noinline)) void pend_spare(void)
{
    board_interrupt_pend(BOARD_LINE_SPARE);
}

/* --- between tasks ------------------------------------------------------------------------------- */

static volatile bool stop;
static volatile unsigned rounds;

static void keep_floats(void *pattern)
{
    while (!stop) {
        CHECK(floats_survive((uint32_t)(uintptr_t)pattern, wait_a_little));
        rounds++;
    }
    vTaskDelete(NULL);
}

static void keep_none(void *argument)
{
    (void)argument;
    while (!stop)
        wait_a_little();
    vTaskDelete(NULL);
}

static void force_tick(void *argument)
{
    (void)argument;
    board_tick_pend();
}

TEST(floating_point_survives_preemption)
{
    for (uintptr_t i = 1; i <= 3; i++)
        (void)spawn(keep_floats, (void *)(i * 0x01010100u), 1);
    (void)spawn(keep_none, NULL, 1);
    for (uint32_t us = 1; us < 300; us++) {
        while (!test_interrupt_in_us(us, force_tick, NULL))
            vTaskDelay(1);
    }
    stop = true;
    vTaskDelay(10);
    CHECK(rounds > 1000);
}

/* --- and interrupts ------------------------------------------------------------------------------ */

static volatile bool inner_kept, outer_kept;

static void on_timer(void)
{
    inner_kept = floats_survive(0x70000000u, wait_a_little);
}

static __attribute__((noinline)) void pend_timer(void)
{
    board_interrupt_pend(BOARD_LINE_TIMER);
}

static void on_spare(void)
{
    outer_kept = floats_survive(0x60000000u, pend_timer);
}

TEST(interrupts_that_nest_and_a_task_use_floating_point_at_once)
{
    board_interrupt_install(BOARD_LINE_SPARE, on_spare, BOARD_PRIORITY_LOW);
    board_interrupt_install(BOARD_LINE_TIMER, on_timer, BOARD_PRIORITY_KERNEL);
    CHECK(floats_survive(0x50000000u, pend_spare));
    CHECK(inner_kept);
    CHECK(outer_kept);
}

/* --- lazily -------------------------------------------------------------------------------------- */

static void use_and_wait(void *uses)
{
    if (uses != NULL)
        (void)floats_survive(1, wait_a_little);
    (void)ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    vTaskDelete(NULL);
}

/* The saved context of a task that waits; its first word is lowest. */
static const StackType_t *context_of(TaskHandle_t task)
{
    return *(const StackType_t *const *)(const void *)task;
}

TEST(a_task_that_uses_no_floating_point_saves_none)
{
    TaskHandle_t without = spawn(use_and_wait, NULL, TEST_TASK_PRIORITY + 1);
    TaskHandle_t with = spawn(use_and_wait, (void *)1, TEST_TASK_PRIORITY + 1);

    CHECK(context_of(without)[EXC_RETURN_WORD] & NO_FLOATS);
    CHECK((context_of(with)[EXC_RETURN_WORD] & NO_FLOATS) == 0);
    (void)xTaskNotifyGive(without);
    (void)xTaskNotifyGive(with);
    settle();
}
