/* SPDX-License-Identifier: MIT */
/* What every port can get wrong in the same way: registers, stacks, the mask, the end of a task. */
#include "port_contract.h"

#include "scenario.h"

#include <board_interrupt.h>

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
        CHECK(port_registers_survive((uint32_t)(uintptr_t)pattern));
        rounds++;
    }
    vTaskDelete(NULL);
}

TEST(registers_survive_preemption_and_yielding)
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

enum { STACK = configMINIMAL_STACK_SIZE, SHIFTS = 4 };

static StaticTask_t memory;
static StackType_t stack[STACK + SHIFTS];
volatile uintptr_t port_stack_at_entry;

TEST(a_task_begins_with_its_stack_aligned_as_the_abi_has_it)
{
    for (size_t shift = 0; shift < SHIFTS; shift++) {
        port_stack_at_entry = 0;
        (void)xTaskCreateStatic(port_note_stack, "s", STACK, NULL, TEST_TASK_PRIORITY + 1,
                                stack + shift, &memory);
        CHECK(port_stack_at_entry > (uintptr_t)stack);
        CHECK(port_stack_at_entry <= (uintptr_t)(stack + STACK + SHIFTS));
        CHECK_EQUAL(0, port_stack_at_entry % portBYTE_ALIGNMENT);
        settle();
    }
}

static volatile uintptr_t stack_in_interrupt;

static void note_interrupt_stack(void *argument)
{
    volatile char here = 0;

    (void)argument, (void)here;
    stack_in_interrupt = (uintptr_t)&here;
}

static void be_interrupted(void *parameter)
{
    (void)parameter;
    CHECK(test_interrupt(note_interrupt_stack, NULL));
    vTaskDelete(NULL);
}

TEST(handlers_do_not_run_on_the_stack_of_the_task_that_they_interrupt)
{
    (void)xTaskCreateStatic(be_interrupted, "s", STACK, NULL, TEST_TASK_PRIORITY + 1, stack,
                            &memory);
    CHECK(stack_in_interrupt != 0);
    CHECK(stack_in_interrupt < (uintptr_t)stack ||
          stack_in_interrupt >= (uintptr_t)(stack + STACK));
    settle();
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

/* --- the mask ---------------------------------------------------------------------------------- */

static volatile unsigned taken;

static void count(void *argument)
{
    (void)argument;
    taken++;
}

TEST(a_critical_section_holds_off_the_kernels_interrupts_to_its_outer_end)
{
    taskENTER_CRITICAL();
    CHECK(test_interrupt(count, NULL));
    taskENTER_CRITICAL();
    taskEXIT_CRITICAL();
    CHECK_EQUAL(0, taken);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, taken);
}

static volatile unsigned above_ran;

static void run_above(void *parameter)
{
    (void)parameter;
    above_ran++;
    vTaskDelete(NULL);
}

TEST(a_switch_asked_for_in_a_critical_section_is_made_at_its_end)
{
    taskENTER_CRITICAL();
    (void)spawn(run_above, NULL, TEST_TASK_PRIORITY + 1);
    portYIELD();
    CHECK_EQUAL(0, above_ran);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, above_ran);
    settle();
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
    CHECK(!portCHECK_IF_IN_ISR());
}
