/* SPDX-License-Identifier: MIT */
/*
 * The tick: SysTick, a counter of 24 bits that counts down, interrupts at zero, and begins again
 * from its reload value.
 *
 * Sleeping without ticks stretches one period: the counter is loaded with the counts that are left
 * until the last of the ticks to skip, and the reload value is set back at once, so that the tick
 * after that comes in its time. Nothing is lost at the end of a sleep; at its beginning, and again
 * if another interrupt ends it early, the few counts between reading the counter and loading it.
 */
#include "../../../kernel/src/port.h"

#include "scs.h"

#include <stdbool.h>

#if defined(configSYSTICK_CLOCK_HZ)
#define OWN_CLOCK_HZ ((uint32_t)(configSYSTICK_CLOCK_HZ))
#else
#define OWN_CLOCK_HZ 0u
#endif

/* A tick that is nearer than this many counts is waited for: loading the counter could miss it. */
#define NEAREST_TICK 64u

/* The CPU's clock drives SysTick unless the configuration names another one. */
static bool has_own_clock(void)
{
    return OWN_CLOCK_HZ != 0 && OWN_CLOCK_HZ != (uint32_t)(configCPU_CLOCK_HZ);
}

static uint32_t counts_per_tick(void)
{
    uint32_t hz = has_own_clock() ? OWN_CLOCK_HZ : (uint32_t)(configCPU_CLOCK_HZ);

    return hz / (uint32_t)configTICK_RATE_HZ;
}

__attribute__((weak)) void vPortSetupTimerInterrupt(void)
{
    const uint32_t counts = counts_per_tick();

    configASSERT(counts > 0 && counts - 1 <= SYST_MAX);
    SYST_CSR = 0;
    SYST_RVR = counts - 1;
    SYST_CVR = 0;
    SYST_CSR = SYST_CSR_ENABLE | SYST_CSR_TICKINT | (has_own_clock() ? 0 : SYST_CSR_CPU_CLOCK);
}

void xPortSysTickHandler(void)
{
    traceISR_ENTER();
    portYIELD_FROM_ISR(xTaskIncrementTick());
}

#if configUSE_TICKLESS_IDLE == 1

/* Makes the tick after next come `counts` from now, and the others every period after it. */
static void load(uint32_t counts, uint32_t period)
{
    SYST_RVR = counts - 1;
    SYST_CVR = 0; /* any write clears it; it is loaded at the next count */
    while (SYST_CVR == 0) {
    }
    SYST_RVR = period - 1;
}

/* Sleeps until an interrupt is pending, the masked ones included, and takes none of them. Without
 * PRIMASK, WFI could miss one. */
static void sleep(TickType_t ticks)
{
    TickType_t modifiable = ticks; /* the application may sleep in its own way, and say 0 */

    configPRE_SLEEP_PROCESSING(modifiable);
    if (modifiable > 0)
        __asm volatile("dsb\n\twfi\n\tisb" ::: "memory");
}

/* Whether one of the skipped ticks, or the last, is so near that it would pass while the counter is
 * loaded with what is left of it. */
static bool is_near_tick(uint32_t left, uint32_t period)
{
    return left == 0 || (left - 1) % period < NEAREST_TICK;
}

/* After the sleep: counts the ticks that passed but the last, which the pending interrupt counts. */
static void account(TickType_t ticks, uint32_t period)
{
    uint32_t left;

    do
        left = SYST_CVR;
    while ((SCB_ICSR & SCB_ICSR_PENDSTSET) == 0 && is_near_tick(left, period));
    if (SCB_ICSR & SCB_ICSR_PENDSTSET) {
        vTaskStepTick(ticks - 1);
        return;
    }
    uint32_t ticks_left = (left + period - 1) / period;

    load(left - (ticks_left - 1) * period, period);
    vTaskStepTick((TickType_t)(ticks - ticks_left));
}

void vPortSuppressTicksAndSleep(TickType_t ticks)
{
    const uint32_t period = counts_per_tick();
    const uint32_t most = SYST_MAX / period;

    if (ticks > most)
        ticks = (TickType_t)most;
    portDISABLE_INTERRUPTS();
    if (ticks > 1 && eTaskConfirmSleepModeStatus() != eAbortSleep) {
        rtos_port_open_to_sleep();
        uint32_t left = SYST_CVR;
        const bool worth_it = left >= NEAREST_TICK && (SCB_ICSR & SCB_ICSR_PENDSTSET) == 0;
        if (worth_it) {
            load(left + (uint32_t)(ticks - 1) * period, period);
            sleep(ticks);
        }
        rtos_port_close_after_sleep();
        if (worth_it) {
            configPOST_SLEEP_PROCESSING(ticks);
            account(ticks, period);
        }
    }
    portENABLE_INTERRUPTS();
}

#endif
