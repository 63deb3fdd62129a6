/* SPDX-License-Identifier: MIT */
/*
 * `linnet bench kernel --board`: the rows of the kernel on boards, beside those of the Cortex-M3. A board is
 * measured if its board.conf names its column (BOARD_BENCH).
 */
#pragma once

#include "args.h"

#include <stdbool.h>

/* Adds the boards that are meant: `all`, or one and before it the one that it is compared with. False,
 * with a message: there is no such board, or it is not measured. */
bool bench_boards_choose(const char *name, struct args *boards);

/* Builds the boards' images and the reader of traces. An exit code. */
int bench_boards_build(const struct args *boards);

/* Measures and prints the table. An exit code. */
int bench_boards_measure(const struct args *boards);

/* Shows where the instructions of one operation of a row on a board go. An exit code. */
int bench_board_trace(const char *board, const char *row, bool addresses);
