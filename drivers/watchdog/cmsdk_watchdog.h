/* SPDX-License-Identifier: MIT */
/*
 * The watchdog of Arm's Cortex-M System Design Kit (Arm DDI 0479, 4.5). After its count it interrupts, which
 * is the CPU's non-maskable interrupt where it is wired so; after another one it resets the machine. Between
 * calls its registers are locked.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Counts down from `counts`, now and after each feeding. */
void cmsdk_watchdog_start(uintptr_t base, uint32_t counts);

/* From anywhere, also from an interrupt in the middle of another's call. */
void cmsdk_watchdog_feed(uintptr_t base);

void cmsdk_watchdog_stop(uintptr_t base);

/* Whether it has counted once without being fed: it interrupts. */
bool cmsdk_watchdog_barks(uintptr_t base);
