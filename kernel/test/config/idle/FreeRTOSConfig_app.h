/* SPDX-License-Identifier: MIT */
/* The application has the last word on whether the idle task sleeps. */
#pragma once

#include <stdbool.h>

#define MAY_REFUSE_SLEEP 1

extern bool may_sleep;
extern unsigned asked_to_sleep;

#define configPRE_SUPPRESS_TICKS_AND_SLEEP_PROCESSING(ticks)                                       \
    do {                                                                                           \
        asked_to_sleep++;                                                                          \
        if (!may_sleep)                                                                            \
            (ticks) = 0;                                                                           \
    } while (0)
