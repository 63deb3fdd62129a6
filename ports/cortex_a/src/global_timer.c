/* SPDX-License-Identifier: MIT */
/*
 * The tick, and the global timer of Cortex-A9 MPCore (Arm DDI 0407, 4.4), by which it comes unless the
 * application has another one: a counter of 64 bits that never stops, and a register with which it is
 * compared. Every moment of a tick is computed from the one before, so that no tick is lost by being
 * late, with ticks or sleeping without them.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

void FreeRTOS_Tick_Handler(void)
{
    traceISR_ENTER();
    configCLEAR_TICK_INTERRUPT();
    portYIELD_FROM_ISR(xTaskIncrementTick());
}

/* The private region of the CPU has the controller's CPU interface at 0x100, this timer at 0x200. */
struct global_timer {
    uint32_t count[2], control, status, compare[2];
};
#define TIMER ((volatile struct global_timer *)(portGIC_CPU_AT + 0x100u))

enum { CONTROL_ENABLE = 1 << 0, CONTROL_COMPARE = 1 << 1, CONTROL_INTERRUPT = 1 << 2 };

/* Counts of a tick, and the moment of the next one. */
static uint32_t period;
static uint64_t next;

/* The upper half may change between the two looks at the lower one. */
static uint64_t now(void)
{
    uint32_t upper, lower;

    do {
        upper = TIMER->count[1];
        lower = TIMER->count[0];
    } while (upper != TIMER->count[1]);
    return upper * 0x100000000u + lower;
}

/* Without comparing meanwhile: the register is set in two halves. */
static void set_next(uint64_t moment)
{
    next = moment;
    TIMER->control = CONTROL_ENABLE;
    TIMER->compare[0] = (uint32_t)moment;
    TIMER->compare[1] = (uint32_t)(moment >> 32);
    TIMER->control = CONTROL_ENABLE | CONTROL_COMPARE | CONTROL_INTERRUPT;
}

/* A running timer goes on: it may be somebody's clock. */
void vPortSetupTimerInterrupt(void)
{
    period = (uint32_t)(configCPU_CLOCK_HZ) / (uint32_t)configTICK_RATE_HZ;
    configASSERT(period > 0);
    TIMER->control = CONTROL_ENABLE;
    set_next(now() + period);
}

/* First the next moment, then the flag, which the one that has passed would set again. */
void rtos_port_clear_tick(void)
{
    set_next(next + period);
    TIMER->status = 1;
    /* The moment that has passed meanwhile has set it before it was cleared. */
    if (now() >= next)
        set_next(next);
}

void rtos_port_stop_tick(void)
{
    TIMER->control = CONTROL_ENABLE;
    TIMER->status = 1;
}

void rtos_port_repeat_tick(void)
{
    next -= period;
}

#if configUSE_TICKLESS_IDLE == 1

/* The controller wakes nobody for what it holds off, so it holds off nothing here; the CPU takes none
 * of it. */
static void sleep(TickType_t ticks)
{
    TickType_t modifiable = ticks; /* the application may sleep in its own way, and say 0 */

    __asm volatile("cpsid i" ::: "memory");
    portICCPMR = portUNMASKED;
    configPRE_SLEEP_PROCESSING(modifiable);
    if (modifiable > 0)
        __asm volatile("dsb\n\twfi\n\tisb" ::: "memory");
    configPOST_SLEEP_PROCESSING(ticks);
    portICCPMR = portMASKED;
    __asm volatile("dsb\n\tisb\n\tcpsie i" ::: "memory");
}

/* After the sleep: counts the ticks that passed since `last`. The last of `ticks` is left to the
 * interrupt, which is pending then. */
static void account(TickType_t ticks, uint64_t last)
{
    TickType_t passed = (TickType_t)((uint32_t)(now() - last) / period);

    if (passed >= ticks) {
        vTaskStepTick(ticks - 1);
        return;
    }
    set_next(last + (uint64_t)(passed + 1) * period);
    vTaskStepTick(passed);
}

void vPortSuppressTicksAndSleep(TickType_t ticks)
{
    /* Half of 32 bits: what is slept too long is still told from what was not slept. */
    const uint32_t most = UINT32_MAX / 2 / period;

    configASSERT(portTICK_IS_GLOBAL_TIMER);
    if (ticks > most)
        ticks = (TickType_t)most;
    portDISABLE_INTERRUPTS();
    if (ticks > 1 && eTaskConfirmSleepModeStatus() != eAbortSleep) {
        uint64_t last = next - period;

        set_next(last + (uint64_t)ticks * period);
        sleep(ticks);
        account(ticks, last);
    }
    portENABLE_INTERRUPTS();
}

#endif
