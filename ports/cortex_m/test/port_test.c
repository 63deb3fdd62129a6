/* SPDX-License-Identifier: MIT */
/* What only this port can get wrong: priorities; and for port_contract.c what it asks of each. */
#include "port_contract.h"
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>

/* --- registers and stacks ---------------------------------------------------------------------- */

/* Fills r4-r12 with values of the task's own, lets others run, and looks at them; false: one differs.
 * With the instructions of the smallest core. */
__attribute__((naked, noinline)) bool port_registers_survive(uint32_t pattern)
{
    __asm volatile(".syntax unified   \n"
                   "push  {r4-r7, lr}     \n"
                   "mov   r4, r8          \n"
                   "mov   r5, r9          \n"
                   "mov   r6, r10         \n"
                   "mov   r7, r11         \n"
                   "push  {r4-r7}         \n"
                   "mov   r1, r0          \n"
                   "adds  r1, #8          \n"
                   "mov   r8, r1          \n"
                   "adds  r1, #1          \n"
                   "mov   r9, r1          \n"
                   "adds  r1, #1          \n"
                   "mov   r10, r1         \n"
                   "adds  r1, #1          \n"
                   "mov   r11, r1         \n"
                   "adds  r1, #1          \n"
                   "mov   r12, r1         \n"
                   "adds  r4, r0, #4      \n"
                   "adds  r5, r0, #5      \n"
                   "adds  r6, r0, #6      \n"
                   "adds  r7, r0, #7      \n"
                   "movs  r1, #200        \n"
                   "1: subs r1, r1, #1    \n"
                   "bne   1b              \n"
                   "movs  r2, #0          \n"
                   ".irp  reg, 4, 5, 6, 7, 8, 9, 10, 11, 12 \n"
                   "mov   r1, r\\reg      \n"
                   "subs  r1, #\\reg      \n"
                   "cmp   r1, r0          \n"
                   "bne   2f              \n"
                   ".endr                 \n"
                   "movs  r2, #1          \n"
                   "2: pop {r4-r7}        \n"
                   "mov   r8, r4          \n"
                   "mov   r9, r5          \n"
                   "mov   r10, r6         \n"
                   "mov   r11, r7         \n"
                   "mov   r0, r2          \n"
                   "pop   {r4-r7, pc}     \n");
}

__attribute__((naked)) void port_note_stack(void *parameter)
{
    (void)parameter;
    __asm volatile(".syntax unified   \n"
                   "ldr   r1, =port_stack_at_entry \n"
                   "mov   r2, sp          \n"
                   "str   r2, [r1]        \n"
                   "movs  r0, #0          \n"
                   "ldr   r1, =vTaskDelete \n"
                   "bx    r1              \n"
                   ".ltorg                \n");
}

/* --- interrupts -------------------------------------------------------------------------------- */

#ifdef BOARD_PRIORITY_URGENT
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

#endif

static volatile unsigned order[2], steps;

static void on_second(void)
{
    order[1] = ++steps;
}

static void on_first(void)
{
    board_interrupt_pend(BOARD_LINE_TIMER);
    order[0] = ++steps;
}

TEST(interrupts_of_the_kernel_nest_by_priority)
{
    board_interrupt_install(BOARD_LINE_SPARE, on_first, BOARD_PRIORITY_LOW);
    board_interrupt_install(BOARD_LINE_TIMER, on_second, BOARD_PRIORITY_KERNEL);
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, order[1]); /* it came amid the first */
    CHECK_EQUAL(2, order[0]);
}
