/* SPDX-License-Identifier: MIT */
/* What only this port can get wrong: levels, exceptions. What registers.S has is for port_contract.c. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <xtensa_api.h>
#include <xtensa_core.h>
#include <xtensa_port.h>

uint32_t xt_illegal(void);

/* --- levels ------------------------------------------------------------------------------------ */

static volatile unsigned order[2], steps;
static volatile uintptr_t outer_stack, inner_stack;

static void on_second(void)
{
    volatile char here = 0;

    (void)here;
    inner_stack = (uintptr_t)&here;
    order[1] = ++steps;
}

static void on_first(void)
{
    volatile char here = 0;

    (void)here;
    outer_stack = (uintptr_t)&here;
    board_interrupt_pend(BOARD_LINE_SPARE);
    order[0] = ++steps;
}

TEST(an_interrupt_of_a_higher_level_comes_amid_one_of_level_1)
{
    if (BOARD_LINE_SPARE == configXT_SOFTWARE_INTERRUPT)
        test_skip("this core has software interrupts of one level only");
    board_interrupt_install(BOARD_LINE_SPARE, on_second, BOARD_PRIORITY_KERNEL);
    board_interrupt_install(configXT_SOFTWARE_INTERRUPT, on_first, BOARD_PRIORITY_LOW);
    board_interrupt_pend(configXT_SOFTWARE_INTERRUPT);
    CHECK_EQUAL(1, order[1]); /* it came amid the first */
    CHECK_EQUAL(2, order[0]);
    CHECK(inner_stack < outer_stack);
}

#ifdef BOARD_URGENT_TIMER

static volatile unsigned urgent;
static TaskHandle_t waiter;

static void urgent_at(uint32_t count)
{
    WRITE_SPECIAL(SR_CCOMPARE + BOARD_URGENT_TIMER, count);
}

static void pass_counts(uint32_t counts)
{
    const uint32_t begin = READ_SPECIAL(SR_CCOUNT);

    while (READ_SPECIAL(SR_CCOUNT) - begin < counts) {
    }
}

static void on_urgent(void)
{
    urgent_at(READ_SPECIAL(SR_CCOUNT) - 1u);
    urgent++;
}

static void notify_from_urgent(void)
{
    urgent_at(READ_SPECIAL(SR_CCOUNT) - 1u);
    vTaskNotifyGiveFromISR(waiter, NULL);
}

TEST(a_level_above_the_kernels_is_never_masked)
{
    board_interrupt_install(BOARD_LINE_URGENT, on_urgent, 5);
    taskENTER_CRITICAL();
    urgent_at(READ_SPECIAL(SR_CCOUNT) + 1000u);
    pass_counts(2000);
    CHECK_EQUAL(1, urgent);
    taskEXIT_CRITICAL();
}

static void do_nothing(void *argument)
{
    (void)argument;
}

/* At every moment of entering, serving and leaving an interrupt of the kernel's, and of a switch. */
TEST(a_level_above_the_kernels_may_come_at_any_moment)
{
    board_interrupt_install(BOARD_LINE_URGENT, on_urgent, 5);
    for (uint32_t i = 0; i < 400; i++) {
        urgent_at(READ_SPECIAL(SR_CCOUNT) + 20u + i);
        CHECK(test_interrupt(do_nothing, NULL));
        taskYIELD();
        pass_counts(600);
        CHECK_EQUAL(i + 1, urgent);
    }
}

TEST(an_interrupt_above_the_kernels_levels_that_calls_it_is_named)
{
    test_expect_assertion("vTaskGenericNotifyGiveFromISR: portMAY_CALL_FROM_ISR()");
    waiter = xTaskGetCurrentTaskHandle();
    board_interrupt_install(BOARD_LINE_URGENT, notify_from_urgent, 5);
    urgent_at(READ_SPECIAL(SR_CCOUNT) + 100u);
    pass_counts(1000);
}

#endif

/* --- handlers of exceptions and interrupts ------------------------------------------------------- */

static void look(void *argument)
{
    (void)argument;
}

static void skip_instruction(XtExcFrame *frame)
{
    frame->pc += 3;
    frame->a2 = frame->exccause + 77;
}

TEST(a_handler_of_an_exception_may_change_what_the_task_finds)
{
    CHECK(xt_set_exception_handler(0, skip_instruction) == NULL);
    CHECK_EQUAL(77, xt_illegal());
    CHECK(xt_set_exception_handler(0, NULL) == skip_instruction);
}

TEST(handlers_of_what_the_cpu_does_not_have_are_refused)
{
    CHECK(xt_set_interrupt_handler(-1, look, NULL) == NULL);
    CHECK(xt_set_interrupt_handler(32, look, NULL) == NULL);
    CHECK(xt_set_exception_handler(-1, skip_instruction) == NULL);
    CHECK(xt_set_exception_handler(64, skip_instruction) == NULL);
    CHECK(xt_set_interrupt_handler(20, look, NULL) == NULL);
    CHECK(xt_set_interrupt_handler(20, NULL, NULL) == look);
}

TEST(interrupts_are_enabled_and_disabled_by_mask)
{
    const uint32_t before = READ_SPECIAL(SR_INTENABLE);

    CHECK_EQUAL(before, xt_ints_on(0x30));
    CHECK_EQUAL(before | 0x30, xt_ints_off(0x10));
    CHECK_EQUAL(before | 0x20, xt_ints_off(0x20));
    CHECK_EQUAL(before, READ_SPECIAL(SR_INTENABLE));
}
