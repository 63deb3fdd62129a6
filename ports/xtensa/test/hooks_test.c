/* SPDX-License-Identifier: MIT */
/* Hooks before interrupts and exceptions are served, and the clock of a program that has no board to
 * ask. */
#include "scenario.h"

#include <board_interrupt.h>
#include <board_priority.h>
#include <xtensa_api.h>
#include <xtensa_core.h>
#include <xtensa_port.h>

uint32_t xt_illegal(void);

static volatile uint32_t seen, count;

static void hook(uint32_t cause_or_level)
{
    seen = cause_or_level;
    count++;
}

static volatile uint32_t count_in_handler;

static void skip_instruction(XtExcFrame *frame)
{
    count_in_handler = count;
    frame->pc += 3;
    frame->a2 = 77;
}

TEST(a_hook_sees_the_cause_of_an_exception_before_its_handler)
{
    CHECK(xt_set_exception_handler(0, skip_instruction) == NULL);
    CHECK(xt_set_intexc_hook(0, hook) == NULL);
    seen = 99;
    CHECK_EQUAL(77, xt_illegal());
    CHECK_EQUAL(0, seen);
    CHECK_EQUAL(1, count_in_handler);
    CHECK(xt_set_intexc_hook(0, NULL) == hook);
    CHECK_EQUAL(77, xt_illegal());
    CHECK_EQUAL(1, count);
    CHECK(xt_set_exception_handler(0, NULL) == skip_instruction);
}

static void note_count(void)
{
    count_in_handler = count;
}

TEST(a_hook_sees_interrupts_of_its_level_before_their_handler)
{
    CHECK(xt_set_intexc_hook(1, hook) == NULL);
    board_interrupt_install(configXT_SOFTWARE_INTERRUPT, note_count, BOARD_PRIORITY_LOW);
    board_interrupt_pend(configXT_SOFTWARE_INTERRUPT);
    CHECK_EQUAL(1, seen);
    CHECK(count_in_handler >= 1);
    const uint32_t before = count;
    vTaskDelay(3); /* three ticks, and switches */
    CHECK(count - before >= 3);
    CHECK(xt_set_intexc_hook(1, NULL) == hook);
}

TEST(levels_that_the_cpu_does_not_have_are_refused)
{
    CHECK(xt_set_intexc_hook(8, hook) == NULL);
    CHECK(xt_set_intexc_hook(8, NULL) == NULL);
}

TEST(without_a_board_to_ask_the_clock_is_the_configured_one)
{
    enum { TICKS = 20 };
    const uint32_t tick = configCPU_CLOCK_HZ / configTICK_RATE_HZ;

    vTaskDelay(1);
    const uint32_t begin = READ_SPECIAL(SR_CCOUNT);
    vTaskDelay(TICKS);
    const uint32_t counts = READ_SPECIAL(SR_CCOUNT) - begin;
    CHECK(counts > (TICKS - 1) * tick && counts < (TICKS + 1) * tick);
}
