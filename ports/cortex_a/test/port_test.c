/* SPDX-License-Identifier: MIT */
/* What only this port can get wrong: priorities, nesting, exclusive access; and for port_contract.c what it
 * asks of each. */
#include "port_contract.h"
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>

/* --- registers and stacks ------------------------------------------------------------------------ */

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

bool port_registers_survive(uint32_t pattern)
{
    return registers_survive(pattern) && kept_registers_survive(pattern) &&
           registers_survive_svc(pattern);
}

__asm(".text                               \n"
      ".arm                                \n"
      ".type port_note_stack, %function    \n"
      ".global port_note_stack             \n"
      "port_note_stack:                    \n"
      "ldr     r1, =port_stack_at_entry       \n"
      "str     sp, [r1]                    \n"
      "mov     r0, #0                      \n"
      "ldr     pc, =vTaskDelete            \n"
      ".ltorg                              \n");

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
