/* SPDX-License-Identifier: MIT */
/* What only the port can get wrong: registers, stacks, priorities, exceptions, start and end. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <board_timer.h>
#include <compare_tick.h>
#include <mips_api.h>
#include <mips_core.h>

bool mips_registers_survive(uint32_t pattern);
void mips_note_stack(void *parameter);
uint32_t mips_trap(void);
extern volatile uintptr_t mips_stack_at_entry;

static void pass_counts_to(uint32_t begin, uint32_t counts)
{
    while (READ_CP0(CP0_COUNT) - begin < counts) {
    }
}

/* --- registers and stacks ---------------------------------------------------------------------- */

static volatile bool stop;
static volatile unsigned rounds;

static void force_tick(void *argument)
{
    (void)argument;
    board_tick_pend();
}

static void keep_registers(void *pattern)
{
    while (!stop) {
        CHECK(mips_registers_survive((uint32_t)(uintptr_t)pattern));
        rounds++;
    }
    vTaskDelete(NULL);
}

TEST(registers_survive_preemption)
{
    for (uintptr_t i = 1; i <= 3; i++)
        (void)spawn(keep_registers, (void *)(i * 0x01010500u), 1);
    for (uint32_t us = 1; us < 300; us++) {
        while (!test_interrupt_in_us(us, force_tick, NULL))
            vTaskDelay(1);
    }
    stop = true;
    vTaskDelay(5);
    CHECK(rounds > 1000);
}

volatile uintptr_t mips_stack_at_entry;

TEST(a_task_begins_with_its_stack_aligned_to_8_bytes)
{
    static StaticTask_t task;
    static StackType_t stack[128 + 4];

    for (size_t shift = 0; shift < 4; shift++) {
        (void)xTaskCreateStatic(mips_note_stack, "s", 128, NULL, TEST_TASK_PRIORITY + 1,
                                stack + shift, &task);
        CHECK(mips_stack_at_entry != 0);
        CHECK_EQUAL(0, mips_stack_at_entry % 8);
        settle();
    }
}

static void return_at_once(void *parameter)
{
    (void)parameter;
}

TEST(a_task_that_returns_is_caught)
{
    test_expect_assertion("in task 'helper': ");
    (void)spawn(return_at_once, NULL, TEST_TASK_PRIORITY + 1);
}

static volatile uintptr_t stack_in_interrupt;

static void note_interrupt_stack(void *argument)
{
    volatile char here = 0;

    (void)argument, (void)here;
    stack_in_interrupt = (uintptr_t)&here;
}

TEST(interrupts_run_on_a_stack_of_their_own)
{
    extern StackType_t rtos_isr_stack[configISR_STACK_SIZE];

    CHECK(test_interrupt(note_interrupt_stack, NULL));
    CHECK(stack_in_interrupt > (uintptr_t)rtos_isr_stack);
    CHECK(stack_in_interrupt < (uintptr_t)(rtos_isr_stack + configISR_STACK_SIZE));
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

TEST(the_mask_holds_off_the_lines_of_the_kernel)
{
    board_interrupt_install(BOARD_LINE_SPARE, on_second, BOARD_PRIORITY_KERNEL);
    taskENTER_CRITICAL();
    board_interrupt_pend(BOARD_LINE_SPARE);
    taskENTER_CRITICAL();
    taskEXIT_CRITICAL();
    CHECK_EQUAL(0, steps);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, steps);
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

static volatile bool in_interrupt;

static void look(void *argument)
{
    (void)argument;
    in_interrupt = portCHECK_IF_IN_ISR();
}

TEST(the_port_knows_an_interrupt_from_a_task)
{
    CHECK(!portCHECK_IF_IN_ISR());
    CHECK(test_interrupt(look, NULL));
    CHECK(in_interrupt);
}

/* --- the timer that alarm and tick share --------------------------------------------------------- */

static volatile unsigned alarms;

static void on_alarm(void *argument)
{
    alarms += (unsigned)(uintptr_t)argument;
}

TEST(an_alarm_comes_once_and_the_ticks_in_between_in_their_time)
{
    const uint32_t period = BOARD_TIMER_HZ / configTICK_RATE_HZ;

    vTaskDelay(1);
    const TickType_t start = xTaskGetTickCount();
    const uint32_t begin = READ_CP0(CP0_COUNT);
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
    const uint32_t begin = READ_CP0(CP0_COUNT);

    rtos_compare_alarm(begin, on_alarm, (void *)1);
    pass_counts_to(begin, 2000);
    CHECK_EQUAL(1, alarms);
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
