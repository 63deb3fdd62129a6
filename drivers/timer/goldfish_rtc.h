/* SPDX-License-Identifier: MIT */
/*
 * The real-time clock of QEMU's Goldfish platform: nanoseconds in 64 bits, and an alarm. The alarm is
 * used for one interrupt at a time.
 */
#pragma once

#include <stdint.h>

struct goldfish_rtc {
    uint32_t time_low; /* reading it latches the upper half */
    uint32_t time_high;
    uint32_t alarm_low; /* writing it sets the alarm with the upper half that was written before */
    uint32_t alarm_high;
    uint32_t interrupt_enable;
    uint32_t alarm_clear;
    uint32_t alarm_status;
    uint32_t interrupt_clear;
};

/* Interrupts once, so many nanoseconds from now; an earlier request is replaced. */
void goldfish_rtc_once(volatile struct goldfish_rtc *rtc, uint64_t nanoseconds);

/* Ends a request, and the interrupt that it made. */
void goldfish_rtc_stop(volatile struct goldfish_rtc *rtc);
