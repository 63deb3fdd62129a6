/* SPDX-License-Identifier: MIT */
/* What boards/BOARD/board.conf says: lines NAME="value", which CMake and the shell read too. */
#pragma once

#include "args.h"

#include <stdbool.h>

/* The value of a name of a board, to be freed by the caller; NULL: the board has no such name, or there
 * is no such board. */
char *board_data(const char *board, const char *name);

/* Packages without which nothing can be built for the board and run on it: a set of enum need. */
unsigned board_needs(const char *board);

/* The name of one of the compiler's tools for the board, such as "addr2line"; the host's where it is the
 * simulator. To be freed by the caller. */
char *board_tool(const char *board, const char *tool);

/* Adds the boards of this checkout by name; with `emulated` those only that run in an emulator. */
void board_names(struct args *names, bool emulated);

/* False, with a message that names the known ones, if there is no such board. */
bool board_check(const char *board);

/* False, with a message, if the board has no network. */
bool board_check_network(const char *board);
