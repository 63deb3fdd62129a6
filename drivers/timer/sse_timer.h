/* SPDX-License-Identifier: MIT */
/* The system timers of Arm's SSE-300 (Arm 101773, 4.6): a counter of 64 bits that all of them share, and in each a
 * value with which it is compared. */
#pragma once

#include <stdint.h>

struct sse_timer {
    uint32_t count_low, count_high;
    uint32_t reserved[2];
    uint32_t frequency;
    uint32_t reserved2[3];
    uint32_t compare_low, compare_high;
    uint32_t left, control;
};

/* Starts the counter, by its control frame. */
void sse_counter_start(volatile uint32_t *control);

uint64_t sse_timer_counts(const volatile struct sse_timer *timer);
