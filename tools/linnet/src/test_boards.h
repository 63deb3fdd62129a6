/* SPDX-License-Identifier: MIT */
/* The tests of several machines, one after the other: a line for each, a table, one last line. */
#pragma once

#include "args.h"
#include "test_preset.h"

/* Of these boards; of one alone there is its line only. An exit code: the worst of theirs. */
int test_boards_run(const struct args *names, const struct test_wishes *wishes);

/* Of the simulator, and then of every board that runs in an emulator; what keeps the first from running would
 * keep the others, which are left out then. Where packages are missing that
 * nobody may install, a board counts as skipped. */
int test_everything_run(const char *preset, const struct test_wishes *wishes);
