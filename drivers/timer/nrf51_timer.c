/* SPDX-License-Identifier: MIT */
#include "nrf51_timer.h"

#define REGISTER(base, offset) (*(volatile uint32_t *)((base) + (offset)))

enum {
    TASKS_START = 0x000,
    TASKS_STOP = 0x004,
    TASKS_CLEAR = 0x00c,
    TASKS_CAPTURE1 = 0x044,
    EVENTS_COMPARE0 = 0x140,
    INTENSET = 0x304,
    INTENCLR = 0x308,
    BITMODE = 0x508,
    PRESCALER = 0x510,
    CC0 = 0x540,
    CC1 = 0x544,
};

enum { BITS_16 = 0, BITS_32 = 3, TO_1_MHZ = 4, COMPARE0 = 1 << 16 };

static void begin(uintptr_t timer, uint32_t bits, uint32_t compare)
{
    REGISTER(timer, TASKS_STOP) = 1;
    REGISTER(timer, TASKS_CLEAR) = 1;
    REGISTER(timer, EVENTS_COMPARE0) = 0;
    REGISTER(timer, BITMODE) = bits;
    REGISTER(timer, PRESCALER) = TO_1_MHZ;
    REGISTER(timer, CC0) = compare;
    REGISTER(timer, TASKS_START) = 1;
    REGISTER(timer, INTENSET) = COMPARE0;
}

void nrf51_timer_run(uintptr_t timer)
{
    begin(timer, BITS_32, 0);
}

void nrf51_timer_acknowledge(uintptr_t timer)
{
    REGISTER(timer, EVENTS_COMPARE0) = 0;
}

uint32_t nrf51_timer_counts(uintptr_t timer)
{
    REGISTER(timer, TASKS_CAPTURE1) = 1;
    return REGISTER(timer, CC1);
}

void nrf51_timer_once(uintptr_t timer, uint32_t counts)
{
    begin(timer, BITS_16, counts < UINT16_MAX ? counts : UINT16_MAX);
}

void nrf51_timer_stop(uintptr_t timer)
{
    REGISTER(timer, TASKS_STOP) = 1;
    REGISTER(timer, INTENCLR) = COMPARE0;
    REGISTER(timer, EVENTS_COMPARE0) = 0;
}
