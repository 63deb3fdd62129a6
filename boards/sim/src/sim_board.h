/* SPDX-License-Identifier: MIT */
/* What the files of the simulated board share. */
#pragma once

#include <board.h>

/* Remembers the command line; before anything is looked up. */
void board_settings_init(int argc, char **argv);

/* A setting as a number of 0 … `limit`, or `fallback` if it was not given. Anything else ends the
 * process with a message and exit code 2. */
uint64_t board_setting_number(const char *name, uint64_t fallback, uint64_t limit);

/* Ends the process over a wrong setting: what, and what it should be. Exit code 2. */
_Noreturn void board_setting_wrong(const char *name, const char *expected);

/* The wall clock's time in microseconds at sim_time_us() == 0. */
int64_t board_epoch_us(void);

/* True when the capture that was asked for lacks frames. */
bool board_network_capture_failed(void);
