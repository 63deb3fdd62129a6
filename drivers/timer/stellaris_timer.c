/* SPDX-License-Identifier: MIT */
#include "stellaris_timer.h"

#define REGISTER(base, offset) (*(volatile uint32_t *)((base) + (offset)))

enum {
    GPTMCFG = 0x00,
    GPTMTAMR = 0x04,
    GPTMCTL = 0x0c,
    GPTMIMR = 0x18,
    GPTMICR = 0x24,
    GPTMTAILR = 0x28
};
enum { ONE_SHOT = 1, ENABLE = 1, TIME_OUT = 1 };
enum { WDTLOAD = 0x00, WDTVALUE = 0x04, WDTCTL = 0x08, WDTICR = 0x0c };

void stellaris_timer_once(uintptr_t timer, uint32_t counts)
{
    stellaris_timer_stop(timer);
    REGISTER(timer, GPTMCFG) = 0; /* both halves as one */
    REGISTER(timer, GPTMTAMR) = ONE_SHOT;
    REGISTER(timer, GPTMTAILR) = counts;
    REGISTER(timer, GPTMIMR) = TIME_OUT;
    REGISTER(timer, GPTMCTL) = ENABLE;
}

void stellaris_timer_stop(uintptr_t timer)
{
    REGISTER(timer, GPTMCTL) = 0;
    REGISTER(timer, GPTMICR) = TIME_OUT;
}

/* The interrupt cannot be turned off again but by a reset of the watchdog: it is the enabling bit. */
void stellaris_clock_start(uintptr_t watchdog)
{
    REGISTER(watchdog, WDTLOAD) = UINT32_MAX;
    REGISTER(watchdog, WDTCTL) = ENABLE;
}

void stellaris_clock_acknowledge(uintptr_t watchdog)
{
    REGISTER(watchdog, WDTICR) = 1;
}

uint32_t stellaris_clock_counts(uintptr_t watchdog)
{
    return UINT32_MAX - REGISTER(watchdog, WDTVALUE);
}
