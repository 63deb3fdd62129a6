/* SPDX-License-Identifier: MIT */
/*
 * What an application gets from the board it runs on. Every board folder provides all of it; the
 * simulator's comes from the host process.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct netif;

/* The board's name as `--board` knows it. */
const char *board_name(void);

/* The board's first network interface, or NULL if it has none. */
struct netif *board_netif(void);

/* Fills `buffer` from the board's entropy source. False: the source failed; use nothing of it.
 * May block. From a task, or before the scheduler starts. */
bool board_entropy(void *buffer, size_t size);

/* Wall-clock time in seconds since 1970-01-01 00:00 UTC; false while the board does not know it. */
bool board_wall_clock(int64_t *seconds);

/* Microseconds since the board was started; never goes back. */
uint64_t board_uptime_us(void);

/* The value of a setting given to this board (on the simulator: `--name=value` or `--name value`
 * of the command line), or NULL. The string stays valid. */
const char *board_setting(const char *name);

/* Whether every setting that was given is one of `known`, a list that ends with NULL, or one of the
 * board's own. False, with a printed reason: one is not, so somebody has mistyped it. */
bool board_settings_known(const char *const *known);

/* Bytes stored on the board under `name` (on the simulator: the file that the setting `name`
 * gives), with a zero byte behind them that `size` does not count; NULL, with a printed reason, if
 * there are none. Belongs to the board. */
const uint8_t *board_blob(const char *name, size_t *size);

/* The most that was used since the start, in bytes, of what is not the kernel's to know: the stack of main and of
 * the interrupts, and the heap of the C library. False: the board cannot tell. */
struct board_memory {
    size_t main_stack, c_heap;
};
bool board_memory_used(struct board_memory *memory);

/* True once the board was asked to stop (on the simulator: SIGINT, SIGTERM or SIGHUP). */
bool board_stop_requested(void);

/* Ends the run; on hardware: resets. Also before the scheduler starts. */
_Noreturn void board_exit(int code);
