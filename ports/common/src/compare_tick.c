/* SPDX-License-Identifier: MIT */
/*
 * The tick of a CPU with a counter that never stops and a compare register, which interrupts when the
 * counter reaches it. The port's compare_timer.h has the registers. Each tick is set from the one before,
 * not from the moment in which that is served, so none is lost and none comes late for ever. Such CPUs
 * often have no other timer, so an alarm can share it.
 *
 * Sleeping without ticks sets the compare register further ahead. These CPUs sleep with interrupts open,
 * so the interrupt that ends a sleep is taken before the sleeper goes on: before its handler runs,
 * rtos_compare_wake() counts the ticks that passed, so that handlers find the right time.
 */
#include "../../../kernel/src/port.h"

#include "../include/compare_tick.h"

#include <compare_timer.h>

/* Of the 2^32 counts that the register could be ahead: what is further counts as past. */
#define FURTHEST 0x7fffffffu

/* Counts that setting the register takes at most, with nobody in between. */
#define SOON 64u

static uint32_t period;                  /* counts per tick; 0: no tick from here */
static volatile uint32_t due;            /* the count of the next tick */
static volatile TickType_t ticks_asleep; /* that are skipped */
static volatile bool tick_wanted;

static volatile struct {
    uint32_t at;
    rtos_compare_handler *handler;
    void *argument;
} alarm;

static bool is_past(uint32_t count)
{
    return compare_timer_count() - count <= FURTHEST;
}

uint64_t rtos_compare_counts(void)
{
    static uint32_t wraps, last;
    const UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    const uint32_t count = compare_timer_count();

    wraps += count < last;
    last = count;
    const uint64_t counts = (uint64_t)wraps << 32 | count;
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    return counts;
}

/* When the next interrupt is to come. */
static uint32_t next_interrupt(void)
{
    uint32_t next = due + (uint32_t)ticks_asleep * period;

    if (tick_wanted)
        next = compare_timer_count();
    if (alarm.handler != NULL && (period == 0 || next - alarm.at <= FURTHEST))
        next = alarm.at;
    return next;
}

/* Setting the register takes back an interrupt that is pending, and reaching it is what makes one: a count
 * that has passed would not come again for long. */
static void set_compare(void)
{
    const UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    uint32_t next = next_interrupt();

    while (!is_past(next) || !compare_timer_is_pending()) {
        compare_timer_set(next);
        if (!is_past(next))
            break;
        next = compare_timer_count() + SOON;
    }
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* --- the tick ----------------------------------------------------------------------------------- */

static void serve_alarm(void)
{
    const UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    rtos_compare_handler *const handler = alarm.handler;
    const bool is_due = handler != NULL && is_past(alarm.at);

    if (is_due)
        alarm.handler = NULL;
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    if (is_due)
        handler(alarm.argument);
}

void rtos_compare_interrupt(void)
{
    (void)rtos_compare_counts(); /* no wrap goes by unseen: sleeps are shorter than that */
    serve_alarm();
    while (period != 0 && is_past(due)) {
        due += period;
        xPortSysTickHandler();
    }
    if (tick_wanted) {
        tick_wanted = false;
        xPortSysTickHandler();
    }
    set_compare();
}

void xPortSysTickHandler(void)
{
    traceISR_ENTER();
    portYIELD_FROM_ISR(xTaskIncrementTick());
}

__attribute__((weak)) void vPortSetupTimerInterrupt(void)
{
    period = compare_timer_hz() / (uint32_t)configTICK_RATE_HZ;
    configASSERT(period > 0 && period < FURTHEST / 2);
    due = compare_timer_count() + period;
    set_compare();
    compare_timer_enable();
}

void rtos_compare_stop(void)
{
    period = 0;
}

void rtos_compare_tick_pend(void)
{
    tick_wanted = true;
    set_compare();
    while (!compare_timer_is_pending() && tick_wanted) {
    }
}

void rtos_compare_alarm(uint32_t at, rtos_compare_handler *handler, void *argument)
{
    const UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    alarm.at = at;
    alarm.handler = handler;
    alarm.argument = argument;
    set_compare();
    compare_timer_enable();
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* --- sleeping without it ------------------------------------------------------------------------ */

volatile BaseType_t rtos_compare_asleep;

#if configUSE_TICKLESS_IDLE == 1

/* The tick at which the sleep was to end, and those after it, are counted by the tick's interrupt. */
void rtos_compare_wake(void)
{
    const UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    if (rtos_compare_asleep) {
        TickType_t passed = 0;
        if (is_past(due))
            passed = configMIN((TickType_t)((compare_timer_count() - due) / period + 1),
                               ticks_asleep);
        due += (uint32_t)passed * period;
        ticks_asleep = 0;
        rtos_compare_asleep = pdFALSE;
        set_compare();
        vTaskStepTick(passed);
    }
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

static void sleep(TickType_t ticks)
{
    TickType_t modifiable = ticks; /* the application may sleep in its own way, and say 0 */

    configPRE_SLEEP_PROCESSING(modifiable);
    if (modifiable > 0)
        compare_timer_sleep();
    portENABLE_INTERRUPTS();
    rtos_compare_wake(); /* if what came was no interrupt of the kernel's */
    configPOST_SLEEP_PROCESSING(ticks);
}

void vPortSuppressTicksAndSleep(TickType_t ticks)
{
    const uint32_t most = period != 0 ? FURTHEST / 2 / period : 0;

    if (ticks > most)
        ticks = (TickType_t)most;
    portDISABLE_INTERRUPTS();
    if (ticks > 1 && eTaskConfirmSleepModeStatus() != eAbortSleep && !is_past(due)) {
        ticks_asleep = (TickType_t)(ticks - 1);
        rtos_compare_asleep = pdTRUE;
        set_compare();
        sleep(ticks);
    }
    portENABLE_INTERRUPTS();
}

#else

void rtos_compare_wake(void)
{
}

#endif
