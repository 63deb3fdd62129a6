/* SPDX-License-Identifier: MIT */
/*
 * A watchdog: a device that restarts a board whose software hangs. The boards whose README.md says so have
 * one.
 *
 * A board that hangs says why at its next start: the device interrupts first, past every mask where it can,
 * and what the CPU was doing then is kept as a crash's is (board_crash_last, in board_start.h) and printed;
 * the device itself restarts the board one more such time later, whatever the interrupt came to. If it came
 * to nothing, the next start knows that it was the watchdog, but not why.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* From now on the board must be fed every `milliseconds`. Another call changes how often. False: no such
 * time, or the device cannot count so far; nothing has changed. From a task, or before the scheduler starts. */
bool board_watchdog_start(uint32_t milliseconds);

/* All is well. From anywhere; best from the task whose work proves it, not from the tick. */
void board_watchdog_feed(void);

/* The board is watched no more. As board_watchdog_start. */
void board_watchdog_stop(void);

/* Whether it was the watchdog that brought about this start (or somebody at the reset line, while it
 * watched). From anywhere. */
bool board_watchdog_has_restarted(void);
