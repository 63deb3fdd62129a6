/* SPDX-License-Identifier: MIT */
/* The one-shot timer of an LX60 whose core has more timers than the tick needs: CCOMPARE1. */
#include <board_data.h>
#include <board_timer.h>
#include <xtensa_core.h>

#define SOONEST 64u /* counts that it takes to set CCOMPARE1 */

static void interrupt_at(uint32_t count)
{
    WRITE_SPECIAL(SR_CCOMPARE + 1, count);
}

/* A count that passes while it is written would come again after the whole range only. */
void board_timer_once(uint32_t counts)
{
    uint32_t begin;

    if (counts < SOONEST)
        counts = SOONEST;
    do {
        begin = board_timer_counts();
        interrupt_at(begin + counts);
    } while (board_timer_counts() - begin >= counts &&
             !(READ_SPECIAL(SR_INTERRUPT) & 1u << BOARD_LINE_TIMER));
}

/* Writing the register ends the interrupt. */
void board_timer_acknowledge(void)
{
    interrupt_at(board_timer_counts() - 1u);
}

uint32_t board_timer_counts(void)
{
    return READ_SPECIAL(SR_CCOUNT);
}
