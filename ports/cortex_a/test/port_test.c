/* SPDX-License-Identifier: MIT */
/* What only the port can get wrong: registers, stacks, the mask, priorities, nesting. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>

static void force_tick(void *argument)
{
    (void)argument;
    board_tick_pend();
}

/* --- registers and stacks ------------------------------------------------------------------------ */

static volatile bool stop;
static volatile unsigned rounds;

/* Fills r1 to r12, lr and the flags with values of the task's own, stays there for a while, or gives way
 * by a call or an exception, and looks at them; false: one differs. */
bool registers_survive(uint32_t pattern);
bool kept_registers_survive(uint32_t pattern);
bool registers_survive_svc(uint32_t pattern);
__asm(".text                               \n"
      ".syntax unified                     \n"
      ".arm                                \n"
      ".macro  fill registers:vararg       \n"
      ".irp    r, \\registers              \n"
      "add     r0, r0, #1                  \n"
      "mov     \\r, r0                     \n"
      ".endr                               \n"
      ".endm                               \n"
      ".macro  compare registers:vararg    \n"
      ".irp    r, \\registers              \n"
      "add     r0, r0, #1                  \n"
      "cmp     r0, \\r                     \n"
      "bne     9f                          \n"
      ".endr                               \n"
      ".endm                               \n"
      ".type registers_survive, %function  \n"
      "registers_survive:                  \n"
      "push    {r0, r4-r11, lr}            \n"
      "fill    r1,r2,r3,r4,r5,r6,r7,r8,r9,r10,r11,lr\n"
      "mov     r12, #200                   \n"
      "1: subs r12, r12, #1                \n"
      "bne     1b                          \n"
      "ldr     r0, [sp]                    \n"
      "compare r1,r2,r3,r4,r5,r6,r7,r8,r9,r10,r11,lr\n"
      "7: mov  r0, #1                      \n"
      "8: add  sp, sp, #4                  \n"
      "pop     {r4-r11, pc}                \n"
      "9: mov  r0, #0                      \n"
      "b       8b                          \n"
      ".type kept_registers_survive, %function \n"
      "kept_registers_survive:             \n"
      "push    {r0, r4-r11, lr}            \n"
      "fill    r4,r5,r6,r7,r8,r9,r10,r11   \n"
      "bl      vPortYield                  \n"
      "ldr     r0, [sp]                    \n"
      "compare r4,r5,r6,r7,r8,r9,r10,r11   \n"
      "b       7b                          \n"
      "9: mov  r0, #0                      \n"
      "b       8b                          \n"
      ".type registers_survive_svc, %function \n"
      "registers_survive_svc:              \n"
      "push    {r0, r4-r11, lr}            \n"
      "fill    r1,r2,r3,r4,r5,r6,r7,r8,r9,r10,r11,r12,lr\n"
      "svc     #0                          \n"
      "ldr     r0, [sp]                    \n"
      "compare r1,r2,r3,r4,r5,r6,r7,r8,r9,r10,r11,r12,lr\n"
      "b       7b                          \n"
      "9: mov  r0, #0                      \n"
      "b       8b                          \n");

static void keep_registers(void *pattern)
{
    while (!stop) {
        CHECK(registers_survive((uint32_t)(uintptr_t)pattern));
        CHECK(kept_registers_survive((uint32_t)(uintptr_t)pattern));
        CHECK(registers_survive_svc((uint32_t)(uintptr_t)pattern));
        rounds++;
    }
    vTaskDelete(NULL);
}

TEST(registers_survive_preemption_yielding_and_supervisor_calls)
{
    for (uintptr_t i = 1; i <= 3; i++)
        (void)spawn(keep_registers, (void *)(i * 0x01010100u), 1);
    for (uint32_t us = 1; us < 300; us++) {
        while (!test_interrupt_in_us(us, force_tick, NULL))
            vTaskDelay(1);
    }
    stop = true;
    vTaskDelay(5);
    CHECK(rounds > 1000);
}

volatile uintptr_t stack_at_entry;
void note_stack(void *parameter);
__asm(".text                               \n"
      ".arm                                \n"
      ".type note_stack, %function         \n"
      "note_stack:                         \n"
      "ldr     r1, =stack_at_entry         \n"
      "str     sp, [r1]                    \n"
      "mov     r0, #0                      \n"
      "ldr     pc, =vTaskDelete            \n"
      ".ltorg                              \n");

TEST(a_task_begins_with_its_stack_aligned_to_8_bytes)
{
    static StaticTask_t task;
    static StackType_t stack[256 + 1];

    for (size_t shift = 0; shift < 2; shift++) {
        (void)xTaskCreateStatic(note_stack, "s", 256, NULL, TEST_TASK_PRIORITY + 1, stack + shift,
                                &task);
        CHECK(stack_at_entry != 0);
        CHECK_EQUAL(0, stack_at_entry % 8);
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

/* --- interrupts -------------------------------------------------------------------------------------- */

static volatile unsigned urgent;

static void on_urgent(void)
{
    urgent++;
}

TEST(a_more_urgent_interrupt_is_never_masked)
{
    board_interrupt_install(BOARD_LINE_SPARE, on_urgent, BOARD_PRIORITY_URGENT);
    taskENTER_CRITICAL();
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, urgent);
    taskEXIT_CRITICAL();
    board_interrupt_install(BOARD_LINE_SPARE, on_urgent, BOARD_PRIORITY_KERNEL);
    taskENTER_CRITICAL();
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, urgent);
    taskENTER_CRITICAL();
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, urgent);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(2, urgent);
}

static volatile unsigned above_ran;

static void run_above(void *parameter)
{
    (void)parameter;
    above_ran++;
    vTaskDelete(NULL);
}

TEST(a_switch_waits_for_the_end_of_a_critical_section_though_an_urgent_interrupt_comes)
{
    board_interrupt_install(BOARD_LINE_SPARE, on_urgent, BOARD_PRIORITY_URGENT);
    taskENTER_CRITICAL();
    (void)spawn(run_above, NULL, TEST_TASK_PRIORITY + 1);
    portYIELD();
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, urgent);
    CHECK_EQUAL(0, above_ran);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, above_ran);
    settle();
}

static TaskHandle_t waiter;

static void notify_from_interrupt(void)
{
    vTaskNotifyGiveFromISR(waiter, NULL);
}

TEST(an_interrupt_too_urgent_to_call_the_kernel_is_named)
{
    test_expect_assertion("vTaskGenericNotifyGiveFromISR: portMAY_CALL_FROM_ISR()");
    waiter = xTaskGetCurrentTaskHandle();
    board_interrupt_install(BOARD_LINE_SPARE, notify_from_interrupt, 0);
    board_interrupt_pend(BOARD_LINE_SPARE);
}

static volatile unsigned order[2], steps;
static volatile bool notified;

static void on_second(void)
{
    BaseType_t woken = pdFALSE;

    order[1] = ++steps;
    vTaskNotifyGiveFromISR(waiter, &woken);
    portYIELD_FROM_ISR(woken);
}

static void on_first(void)
{
    board_interrupt_pend(BOARD_LINE_TIMER);
    CHECK(!notified); /* no switch before the last interrupt has ended */
    order[0] = ++steps;
}

static void wait_for_notification(void *parameter)
{
    (void)parameter;
    notified = ulTaskNotifyTake(pdTRUE, portMAX_DELAY) == 1;
    vTaskDelete(NULL);
}

TEST(interrupts_of_the_kernel_nest_by_priority_and_the_switch_follows_the_last)
{
    waiter = spawn(wait_for_notification, NULL, TEST_TASK_PRIORITY + 1);
    board_interrupt_install(BOARD_LINE_SPARE, on_first, BOARD_PRIORITY_LOW);
    board_interrupt_install(BOARD_LINE_TIMER, on_second, BOARD_PRIORITY_KERNEL);
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, order[1]); /* it came amid the first */
    CHECK_EQUAL(2, order[0]);
    CHECK(notified);
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

static void touch_nothing(void *argument)
{
    (void)argument;
}

TEST(an_interrupt_ends_an_exclusive_access)
{
    static volatile UBaseType_t word = 1;

    CHECK_EQUAL(1, portLOAD_EXCLUSIVE(&word));
    CHECK(portSTORE_EXCLUSIVE(&word, 2));
    CHECK_EQUAL(2, portLOAD_EXCLUSIVE(&word));
    CHECK(test_interrupt(touch_nothing, NULL));
    CHECK(!portSTORE_EXCLUSIVE(&word, 3));
    CHECK_EQUAL(2, word);
}
