/* SPDX-License-Identifier: MIT */
/* The timer of Arm's Cortex-M System Design Kit (Arm DDI 0479, 4.2): 32 bits, counting down. */
#pragma once

#include <stdint.h>

struct cmsdk_timer {
    uint32_t control, value, reload, interrupt;
};

/* Counts down freely from the whole range; with `interrupts` it interrupts at each wrap. */
void cmsdk_timer_run(volatile struct cmsdk_timer *timer, int interrupts);

/* Interrupts once, `counts` from now; an earlier request is replaced. */
void cmsdk_timer_once(volatile struct cmsdk_timer *timer, uint32_t counts);

/* In its handler: ends a one-shot, … */
void cmsdk_timer_stop(volatile struct cmsdk_timer *timer);

/* … or lets a running one go on. */
void cmsdk_timer_acknowledge(volatile struct cmsdk_timer *timer);

/* Counts since cmsdk_timer_run, modulo 2^32. */
uint32_t cmsdk_timer_counts(const volatile struct cmsdk_timer *timer);
