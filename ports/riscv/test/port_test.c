/* SPDX-License-Identifier: MIT */
/* What only the port can get wrong: registers, stacks, the mask, nesting, exceptions. */
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <board_timer.h>

static void force_tick(void *argument)
{
    (void)argument;
    board_tick_pend();
}

/* --- registers and stacks ------------------------------------------------------------------------ */

static volatile bool stop;
static volatile unsigned rounds;

/* Fills every register but zero, sp, gp and tp with a value of the task's own, stays there for a while,
 * or gives way, and looks at them; false: one differs. */
bool registers_survive(uint32_t pattern);
bool kept_registers_survive(uint32_t pattern);
__asm(".text                               \n"
      ".macro  fill registers:vararg       \n"
      ".irp    r, \\registers              \n"
      "addi    a0, a0, 1                   \n"
      "mv      \\r, a0                     \n"
      ".endr                               \n"
      ".endm                               \n"
      ".macro  compare registers:vararg    \n"
      ".irp    r, \\registers              \n"
      "addi    a0, a0, 1                   \n"
      "bne     a0, \\r, 9f                 \n"
      ".endr                               \n"
      ".endm                               \n"
      ".macro  save operation              \n"
      "\\operation ra, 0(sp)               \n"
      "\\operation s0, 4(sp)               \n"
      "\\operation s1, 8(sp)               \n"
      "\\operation s2, 12(sp)              \n"
      "\\operation s3, 16(sp)              \n"
      "\\operation s4, 20(sp)              \n"
      "\\operation s5, 24(sp)              \n"
      "\\operation s6, 28(sp)              \n"
      "\\operation s7, 32(sp)              \n"
      "\\operation s8, 36(sp)              \n"
      "\\operation s9, 40(sp)              \n"
      "\\operation s10, 44(sp)             \n"
      "\\operation s11, 48(sp)             \n"
      ".endm                               \n"
      "registers_survive:                  \n"
      "addi    sp, sp, -64                 \n"
      "save    sw                          \n"
      "sw      a0, 52(sp)                  \n"
      "fill    ra,t0,t1,t2,s0,s1,a1,a2,a3,a4,a5,a6,a7,s2,s3,s4,s5,s6,s7,s8,s9,s10,s11,t3,t4,t5\n"
      "li      t6, 200                     \n"
      "1: addi t6, t6, -1                  \n"
      "bnez    t6, 1b                      \n"
      "lw      a0, 52(sp)                  \n"
      "compare ra,t0,t1,t2,s0,s1,a1,a2,a3,a4,a5,a6,a7,s2,s3,s4,s5,s6,s7,s8,s9,s10,s11,t3,t4,t5\n"
      "li      a0, 1                       \n"
      "j       8f                          \n"
      "kept_registers_survive:             \n"
      "addi    sp, sp, -64                 \n"
      "save    sw                          \n"
      "sw      a0, 52(sp)                  \n"
      "fill    s0,s1,s2,s3,s4,s5,s6,s7,s8,s9,s10,s11\n"
      "call    vPortYield                  \n"
      "lw      a0, 52(sp)                  \n"
      "compare s0,s1,s2,s3,s4,s5,s6,s7,s8,s9,s10,s11\n"
      "li      a0, 1                       \n"
      "j       8f                          \n"
      "9: li   a0, 0                       \n"
      "8: save lw                          \n"
      "addi    sp, sp, 64                  \n"
      "ret                                 \n");

static void keep_registers(void *pattern)
{
    while (!stop) {
        CHECK(registers_survive((uint32_t)(uintptr_t)pattern));
        CHECK(kept_registers_survive((uint32_t)(uintptr_t)pattern));
        rounds++;
    }
    vTaskDelete(NULL);
}

TEST(registers_survive_preemption_and_yielding)
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

static __attribute__((naked)) void note_stack(void *parameter)
{
    (void)parameter;
    __asm volatile("sw    sp, stack_at_entry, t0 \n"
                   "li    a0, 0           \n"
                   "tail  vTaskDelete     \n");
}

TEST(a_task_begins_with_its_stack_aligned_to_16_bytes)
{
    static StaticTask_t task;
    static StackType_t stack[256 + 3];

    for (size_t shift = 0; shift < 4; shift++) {
        (void)xTaskCreateStatic(note_stack, "s", 256, NULL, TEST_TASK_PRIORITY + 1, stack + shift,
                                &task);
        CHECK(stack_at_entry != 0);
        CHECK_EQUAL(0, stack_at_entry % 16);
        settle();
    }
}

static volatile uintptr_t handler_stack;

static void note_handler_stack(void *argument)
{
    char here;

    (void)argument;
    handler_stack = (uintptr_t)&here;
}

TEST(interrupts_run_on_a_stack_of_their_own)
{
    char here;
    const uintptr_t mine = (uintptr_t)&here;

    CHECK(test_interrupt(note_handler_stack, NULL));
    CHECK(handler_stack != 0);
    CHECK(handler_stack - mine + 4096 > 8192);
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

/* --- the mask ---------------------------------------------------------------------------------------- */

static volatile unsigned taken;

static void count(void *argument)
{
    (void)argument;
    taken++;
}

TEST(a_critical_section_holds_off_interrupts_to_its_outer_end)
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

/* --- nesting ----------------------------------------------------------------------------------------- */

static volatile unsigned order[2], steps;
static TaskHandle_t waiter;
static volatile bool notified;

static void on_second(void)
{
    BaseType_t woken = pdFALSE;

    board_timer_acknowledge();
    order[1] = ++steps;
    vTaskNotifyGiveFromISR(waiter, &woken);
    portYIELD_FROM_ISR(woken);
}

static void on_first(void)
{
    board_timer_once(1);
    for (unsigned i = 0; i < 10000 && order[1] == 0; i++)
        portNOP();
    CHECK(!notified); /* no switch before the last interrupt has ended */
    order[0] = ++steps;
}

static void wait_for_notification(void *parameter)
{
    (void)parameter;
    notified = ulTaskNotifyTake(pdTRUE, portMAX_DELAY) == 1;
    vTaskDelete(NULL);
}

TEST(interrupts_nest_by_priority_and_the_switch_follows_the_last)
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

TEST(an_interrupt_of_the_same_priority_waits)
{
    waiter = spawn(wait_for_notification, NULL, TEST_TASK_PRIORITY + 1);
    board_interrupt_install(BOARD_LINE_SPARE, on_first, BOARD_PRIORITY_LOW);
    board_interrupt_install(BOARD_LINE_TIMER, on_second, BOARD_PRIORITY_LOW);
    board_interrupt_pend(BOARD_LINE_SPARE);
    CHECK_EQUAL(1, order[0]);
    CHECK_EQUAL(2, order[1]);
    settle();
}

/* --- exclusive access -------------------------------------------------------------------------------- */

static void touch_nothing(void *argument)
{
    (void)argument;
}

/* QEMU ends it at every change of context, whatever the port does. */
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

/* --- exceptions ---------------------------------------------------------------------------------------- */

static volatile UBaseType_t exception;

/* In the place of the board's: passes over the instruction, and answers in a0. */
void freertos_risc_v_application_exception_handler(UBaseType_t cause)
{
    exception = cause;
    rtos_port_exception.pc += 4;
    rtos_port_exception.x[10] += 1;
}

TEST(a_handler_of_exceptions_may_go_on_behind_the_instruction)
{
    register uint32_t a0 __asm("a0") = 41;
    register uint32_t s11 __asm("s11") = 0x5a5a5a5a;

    __asm volatile(".option push\n\t"
                   ".option norvc\n\t"
                   "ecall\n\t"
                   ".option pop"
                   : "+r"(a0), "+r"(s11)::"memory");
    CHECK_EQUAL(42, a0);
    CHECK_EQUAL(0x5a5a5a5a, s11);
    CHECK_EQUAL(11, exception);
}

/* Stores where nothing is, with a stack pointer that leads there too. */
static __attribute__((noinline)) uint32_t store_without_stack(void)
{
    register uint32_t a0 __asm("a0") = 1;

    __asm volatile(".option push\n\t"
                   ".option norvc\n\t"
                   "csrci mstatus, 8\n\t"
                   "mv    t0, sp\n\t"
                   "li    sp, 0\n\t"
                   "sw    zero, 0(sp)\n\t"
                   "mv    sp, t0\n\t"
                   "csrsi mstatus, 8\n\t"
                   ".option pop"
                   : "+r"(a0)::"t0", "memory");
    return a0;
}

TEST(an_exception_needs_no_stack)
{
    CHECK_EQUAL(2, store_without_stack());
    CHECK_EQUAL(7, exception); /* store access fault */
}
