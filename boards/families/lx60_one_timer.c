/* SPDX-License-Identifier: MIT */
/* The one-shot timer of an LX60 whose core has but one timer: the alarm that shares it with the tick. */
#include <board_data.h>
#include <board_timer.h>
#include <compare_tick.h>
#include <stddef.h>
#include <xtensa_core.h>
#include <xtensa_port.h>

static void fire(void *argument)
{
    (void)argument;
    rtos_xt_call(BOARD_LINE_TIMER);
}

void board_timer_once(uint32_t counts)
{
    rtos_compare_alarm(board_timer_counts() + counts, fire, NULL);
}

/* It is over when it comes. */
void board_timer_acknowledge(void)
{
}

uint32_t board_timer_counts(void)
{
    return READ_SPECIAL(SR_CCOUNT);
}
