/* SPDX-License-Identifier: MIT */
/* Floating point and NEON registers of tasks and of interrupts, all 32 and the control register. */
#include "scenario.h"

static volatile bool stop;
static volatile unsigned rounds;

/* Fills d0 to d31, and the rounding mode in FPSCR, with what the pattern says, stays there for a while
 * or gives way, and looks at them; false: one differs. */
bool all_floats_survive(uint32_t pattern);
bool kept_floats_survive(uint32_t pattern);
void spoil_floats(void);
__asm(".text                               \n"
      ".syntax unified                     \n"
      ".arm                                \n"
      ".macro  fill registers:vararg       \n"
      ".irp    r, \\registers              \n"
      "add     r1, r1, #1                  \n"
      "vmov    d\\r, r1, r0                \n"
      ".endr                               \n"
      ".endm                               \n"
      ".macro  compare registers:vararg    \n"
      ".irp    r, \\registers              \n"
      "add     r1, r1, #1                  \n"
      "vmov    r2, r3, d\\r                \n"
      "cmp     r2, r1                      \n"
      "cmpeq   r3, r0                      \n"
      "bne     9f                          \n"
      ".endr                               \n"
      ".endm                               \n"
      ".type all_floats_survive, %function \n"
      "all_floats_survive:                 \n"
      "push    {r4, lr}                    \n"
      "vpush   {d8-d15}                    \n"
      "and     r4, r0, #0xc00000           \n"
      "vmsr    fpscr, r4                   \n"
      "mov     r1, r0                      \n"
      "fill    "
      "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
      "mov     r1, #200                    \n"
      "1: subs r1, r1, #1                  \n"
      "bne     1b                          \n"
      "mov     r1, r0                      \n"
      "compare "
      "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
      "vmrs    r1, fpscr                   \n"
      "and     r1, r1, #0xc00000           \n"
      "cmp     r1, r4                      \n"
      "bne     9f                          \n"
      "8: mov  r0, #0                      \n"
      "vmsr    fpscr, r0                   \n"
      "mov     r0, #1                      \n"
      "vpop    {d8-d15}                    \n"
      "pop     {r4, pc}                    \n"
      ".type kept_floats_survive, %function \n"
      "kept_floats_survive:                \n"
      "push    {r4, lr}                    \n"
      "vpush   {d8-d15}                    \n"
      "mov     r4, r0                      \n"
      "mov     r1, r0                      \n"
      "fill    8,9,10,11,12,13,14,15       \n"
      "bl      vPortYield                  \n"
      "mov     r0, r4                      \n"
      "mov     r1, r0                      \n"
      "compare 8,9,10,11,12,13,14,15       \n"
      "b       8b                          \n"
      "9: mov  r0, #0                      \n"
      "vpop    {d8-d15}                    \n"
      "pop     {r4, pc}                    \n"
      ".type spoil_floats, %function       \n"
      "spoil_floats:                       \n"
      "mvn     r0, #0                      \n"
      ".irp    r, 0,1,2,3,4,5,6,7,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
      "vmov    d\\r, r0, r0                \n"
      ".endr                               \n"
      "bx      lr                          \n");

static void keep_floats(void *pattern)
{
    vPortTaskUsesFPU();
    while (!stop) {
        CHECK(all_floats_survive((uint32_t)(uintptr_t)pattern));
        CHECK(kept_floats_survive((uint32_t)(uintptr_t)pattern));
        rounds++;
    }
    vTaskDelete(NULL);
}

/* A handler may use those that a function may. */
static void spoil_and_tick(void *argument)
{
    BaseType_t woken = pdFALSE;

    spoil_floats();
    vTaskNotifyGiveFromISR((TaskHandle_t)argument, &woken);
    portYIELD_FROM_ISR(woken);
}

TEST(floating_point_registers_survive_preemption_yielding_and_interrupts)
{
    for (uintptr_t i = 1; i <= 3; i++)
        (void)spawn(keep_floats, (void *)(i * 0x01410100u), 1);
    for (uint32_t us = 1; us < 300; us++) {
        CHECK(test_interrupt_in_us(us, spoil_and_tick, xTaskGetCurrentTaskHandle()));
        CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, 1000));
    }
    stop = true;
    vTaskDelay(5);
    CHECK(rounds > 1000);
}
