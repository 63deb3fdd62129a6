/* SPDX-License-Identifier: MIT */
/* What only this port can get wrong: priorities of lines, exceptions. What registers.S has is for
 * port_contract.c. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <board_timer.h>
#include <mips_api.h>
#include <mips_core.h>

uint32_t mips_trap(void);

static void pass_counts_to(uint32_t begin, uint32_t counts)
{
    while (READ_CP0(CP0_COUNT) - begin < counts) {
    }
}

/* --- priorities -------------------------------------------------------------------------------- */

static volatile unsigned order[2], steps;
static volatile uintptr_t outer_stack, inner_stack;

static void on_second(void)
{
    volatile char here = 0;

    (void)here;
    inner_stack = (uintptr_t)&here;
    order[1] = ++steps;
}

/* The timer's priority lies between the two that the software line has. */
static void on_first(void)
{
    volatile char here = 0;

    (void)here;
    outer_stack = (uintptr_t)&here;
    board_timer_once(10);
    pass_counts_to(READ_CP0(CP0_COUNT), 100);
    order[0] = ++steps;
}

TEST(an_interrupt_of_a_higher_priority_comes_amid_another)
{
    board_interrupt_install(BOARD_LINE_TIMER, on_second, BOARD_PRIORITY_KERNEL);
    board_interrupt_install(BOARD_LINE_SPARE, on_first, BOARD_PRIORITY_LOW);
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, order[1]); /* it came amid the first */
    CHECK_EQUAL(2, order[0]);
    CHECK(inner_stack < outer_stack);
}

TEST(an_interrupt_of_a_lower_priority_waits_for_the_end_of_another)
{
    board_interrupt_install(BOARD_LINE_TIMER, on_second, BOARD_PRIORITY_KERNEL);
    board_interrupt_install(BOARD_LINE_SPARE, on_first, BOARD_PRIORITY_KERNEL);
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, order[0]);
    CHECK_EQUAL(2, order[1]);
}

TEST(a_line_that_is_disabled_waits_for_every_task)
{
    board_interrupt_install(BOARD_LINE_SPARE, on_second, BOARD_PRIORITY_KERNEL);
    board_interrupt_disable(BOARD_LINE_SPARE);
    board_interrupt_pend(BOARD_LINE_SPARE);
    vTaskDelay(2);
    CHECK_EQUAL(0, steps);
    taskENTER_CRITICAL();
    board_interrupt_enable(BOARD_LINE_SPARE);
    CHECK_EQUAL(0, steps);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, steps);
}

/* --- handlers of exceptions and interrupts ------------------------------------------------------- */

static void skip_instruction(struct mips_exception_frame *frame)
{
    frame->epc += 4;
    frame->v0 = CAUSE_CODE(frame->cause) + 77;
}

TEST(a_handler_of_an_exception_may_change_what_the_task_finds)
{
    CHECK(mips_set_exception_handler(8, skip_instruction) == NULL);
    CHECK_EQUAL(8 + 77, mips_trap());
    CHECK(mips_set_exception_handler(8, NULL) == skip_instruction);
}

TEST(handlers_of_what_the_cpu_does_not_have_are_refused)
{
    CHECK(mips_set_exception_handler(0, skip_instruction) == NULL);
    CHECK(mips_set_exception_handler(32, skip_instruction) == NULL);
}
