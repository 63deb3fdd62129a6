/* SPDX-License-Identifier: MIT */
/* What the parts of this board share. */
#pragma once

/* Splits the command line into words; before main. */
void board_settings_read(void);
extern int board_argument_count;
extern char *board_arguments[];

/* Starts the clock of board_uptime_us; before main. */
void board_timer_start(void);
