/* SPDX-License-Identifier: MIT */
/* What only this port can get wrong: nesting, exclusive access, exceptions; and for port_contract.c what it
 * asks of each. */
#include "port_contract.h"
#include "scenario.h"

#include <board_data.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <board_timer.h>

/* --- registers and stacks ------------------------------------------------------------------------ */

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

bool port_registers_survive(uint32_t pattern)
{
    return registers_survive(pattern) && kept_registers_survive(pattern);
}

__attribute__((naked)) void port_note_stack(void *parameter)
{
    (void)parameter;
    __asm volatile("sw    sp, port_stack_at_entry, t0 \n"
                   "li    a0, 0           \n"
                   "tail  vTaskDelete     \n");
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
