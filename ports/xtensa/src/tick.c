/* SPDX-License-Identifier: MIT */
/*
 * The tick: CCOUNT counts the CPU's clock up and never stops, and an interrupt comes when it reaches
 * CCOMPARE. Each tick is set from the one before, not from the moment in which that is served, so none is
 * lost and none comes late for ever. Small cores have one such timer, so an alarm can share it.
 *
 * Sleeping without ticks sets CCOMPARE further ahead. WAITI opens all levels, so the interrupt that ends
 * a sleep is taken before the sleeper goes on: before its handler runs, rtos_xt_wake() counts the ticks
 * that passed, so that handlers find the right time.
 */
#include "../../../kernel/src/port.h"

#include "../include/xtensa_core.h"
#include "../include/xtensa_port.h"
#include "switch.h"

/* Of the 2^32 counts that CCOMPARE could be ahead: what is further counts as past. */
#define FURTHEST 0x7fffffffu

/* Counts that setting CCOMPARE takes at most, with nobody in between. */
#define SOON 64u

#if configXT_BOARD
#define CLOCK_HZ xtbsp_clock_freq_hz()
#else
#define CLOCK_HZ ((uint32_t)(configCPU_CLOCK_HZ))
#endif

static uint32_t period;                  /* counts per tick; 0: no tick from here */
static volatile uint32_t due;            /* the count of the next tick */
static volatile TickType_t ticks_asleep; /* that are skipped */
static volatile bool tick_wanted;

static volatile struct {
    uint32_t at;
    xt_handler handler;
    void *argument;
} alarm;

static uint32_t now(void)
{
    return READ_SPECIAL(SR_CCOUNT);
}

static bool is_past(uint32_t count)
{
    return now() - count <= FURTHEST;
}

uint64_t rtos_xt_counts(void)
{
    static uint32_t wraps, last;
    const uint32_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    const uint32_t count = now();

    wraps += count < last;
    last = count;
    const uint64_t counts = (uint64_t)wraps << 32 | count;
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    return counts;
}

static bool is_pending(void)
{
    return (READ_SPECIAL(SR_INTERRUPT) & 1u << configXT_TIMER_INTERRUPT) != 0;
}

/* When the next interrupt is to come. */
static uint32_t next_interrupt(void)
{
    uint32_t next = due + (uint32_t)ticks_asleep * period;

    if (tick_wanted)
        next = now();
    if (alarm.handler != NULL && (period == 0 || next - alarm.at <= FURTHEST))
        next = alarm.at;
    return next;
}

/* Setting CCOMPARE takes back an interrupt that is pending, and reaching it is what makes one: a count that
 * has passed would not come again for long. */
static void set_compare(void)
{
    const uint32_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    uint32_t next = next_interrupt();

    while (!is_past(next) || !is_pending()) {
        WRITE_SPECIAL(SR_CCOMPARE + configXT_TIMER_INDEX, next);
        if (!is_past(next))
            break;
        next = now() + SOON;
    }
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* --- the tick ----------------------------------------------------------------------------------- */

static void serve_alarm(void)
{
    const uint32_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    const xt_handler handler = alarm.handler;
    const bool is_due = handler != NULL && is_past(alarm.at);

    if (is_due)
        alarm.handler = NULL;
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    if (is_due)
        handler(alarm.argument);
}

static void on_compare(void *argument)
{
    (void)argument;
    (void)rtos_xt_counts(); /* no wrap goes by unseen: sleeps are shorter than that */
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

static void enable_timer(void)
{
    xt_set_level(1, 1u << configXT_TIMER_INTERRUPT);
    (void)xt_set_interrupt_handler(configXT_TIMER_INTERRUPT, on_compare, NULL);
    set_compare();
    (void)xt_ints_on(1u << configXT_TIMER_INTERRUPT);
}

__attribute__((weak)) void vPortSetupTimerInterrupt(void)
{
    period = CLOCK_HZ / (uint32_t)configTICK_RATE_HZ;
    configASSERT(period > 0 && period < FURTHEST / 2);
    due = now() + period;
    enable_timer();
}

void rtos_xt_stop_tick(void)
{
    period = 0;
}

void rtos_xt_tick_pend(void)
{
    tick_wanted = true;
    set_compare();
    while (!is_pending() && tick_wanted) {
    }
}

void rtos_xt_alarm(uint32_t at, xt_handler handler, void *argument)
{
    const uint32_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    alarm.at = at;
    alarm.handler = handler;
    alarm.argument = argument;
    enable_timer();
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

/* --- sleeping without it ------------------------------------------------------------------------ */

volatile BaseType_t rtos_xt_asleep;

#if configUSE_TICKLESS_IDLE == 1

/* The tick at which the sleep was to end, and those after it, are counted by the tick's interrupt. */
void rtos_xt_wake(void)
{
    const uint32_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    if (rtos_xt_asleep) {
        TickType_t passed = 0;
        if (is_past(due))
            passed = configMIN((TickType_t)((now() - due) / period + 1), ticks_asleep);
        due += (uint32_t)passed * period;
        ticks_asleep = 0;
        rtos_xt_asleep = pdFALSE;
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
        __asm volatile("waiti 0" ::: "memory");
    else
        portENABLE_INTERRUPTS();
    rtos_xt_wake(); /* if what came was no interrupt of the kernel's */
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
        rtos_xt_asleep = pdTRUE;
        set_compare();
        sleep(ticks);
    }
    portENABLE_INTERRUPTS();
}

#endif
