/* SPDX-License-Identifier: MIT */
#include "goldfish_rtc.h"

void goldfish_rtc_stop(volatile struct goldfish_rtc *rtc)
{
    rtc->interrupt_enable = 0;
    rtc->alarm_clear = 1;
    rtc->interrupt_clear = 1;
}

void goldfish_rtc_once(volatile struct goldfish_rtc *rtc, uint64_t nanoseconds)
{
    goldfish_rtc_stop(rtc);
    const uint32_t low = rtc->time_low;
    const uint64_t moment = rtc->time_high * 0x100000000u + low + nanoseconds;

    rtc->interrupt_enable = 1;
    rtc->alarm_high = (uint32_t)(moment >> 32);
    rtc->alarm_low = (uint32_t)moment;
}
