/* SPDX-License-Identifier: MIT */
/* What only the port can get wrong: registers, stacks, levels, exceptions, start and end. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <compare_tick.h>
#include <xtensa_api.h>
#include <xtensa_core.h>
#include <xtensa_port.h>

bool xt_registers_survive(uint32_t pattern);
void xt_note_stack(void *parameter);
uint32_t xt_illegal(void);
extern volatile uintptr_t xt_stack_at_entry;

static void pass_counts_to(uint32_t begin, uint32_t counts)
{
    while (READ_SPECIAL(SR_CCOUNT) - begin < counts) {
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
        CHECK(xt_registers_survive((uint32_t)(uintptr_t)pattern));
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

volatile uintptr_t xt_stack_at_entry;

TEST(a_task_begins_with_its_stack_aligned_to_16_bytes)
{
    static StaticTask_t task;
    static StackType_t stack[128 + 4];

    for (size_t shift = 0; shift < 4; shift++) {
        (void)xTaskCreateStatic(xt_note_stack, "s", 128, NULL, TEST_TASK_PRIORITY + 1,
                                stack + shift, &task);
        CHECK(xt_stack_at_entry != 0);
        CHECK_EQUAL(0, xt_stack_at_entry % 16);
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

TEST(the_mask_holds_off_the_levels_of_the_kernel)
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

#ifdef BOARD_URGENT_TIMER

static volatile unsigned urgent;
static TaskHandle_t waiter;

static void urgent_at(uint32_t count)
{
    WRITE_SPECIAL(SR_CCOMPARE + BOARD_URGENT_TIMER, count);
}

static void pass_counts(uint32_t counts)
{
    pass_counts_to(READ_SPECIAL(SR_CCOUNT), counts);
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

/* At every moment of entering, serving and leaving an interrupt of the kernel's, and of a switch. */
TEST(a_level_above_the_kernels_may_come_at_any_moment)
{
    board_interrupt_install(BOARD_LINE_URGENT, on_urgent, 5);
    for (uint32_t i = 0; i < 400; i++) {
        urgent_at(READ_SPECIAL(SR_CCOUNT) + 20u + i);
        CHECK(test_interrupt(note_interrupt_stack, NULL));
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
    const uint32_t period = xtbsp_clock_freq_hz() / configTICK_RATE_HZ;

    vTaskDelay(1);
    const TickType_t start = xTaskGetTickCount();
    const uint32_t begin = READ_SPECIAL(SR_CCOUNT);
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
    const uint32_t begin = READ_SPECIAL(SR_CCOUNT);

    rtos_compare_alarm(begin, on_alarm, (void *)1);
    pass_counts_to(begin, 2000);
    CHECK_EQUAL(1, alarms);
}

/* --- handlers of exceptions and interrupts ------------------------------------------------------- */

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
