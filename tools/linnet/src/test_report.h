/* SPDX-License-Identifier: MIT */
/* What `linnet test` prints while tests run and at the end, and the JUnit XML file. */
#pragma once

#include "test_run.h"

struct test_counts {
    size_t passed;
    size_t failed;
    size_t skipped;
};

struct test_counts test_count(const struct test_plan *plan);

/* To be called as each case ends: a failure is shown whole at once, a program's cases are summed up
 * in one line when its last has ended, and a terminal has a line that moves. */
void test_report_case(const struct test_plan *plan, size_t index);

/* The same where only failures and a moving line are wanted, … */
void test_report_failure(const struct test_plan *plan, size_t index);

/* … and then one line: `BOARD: N passed, N failed`, with `, N skipped` if there are. */
void test_report_board(const struct test_plan *plan, const char *board);

/* What became of one board of several; `ran` is false where it came to no test. */
struct test_board_result {
    const char *board;
    bool ran;
    struct test_counts counts;
};

/* At the end of several: a table, and the sum as the last line. */
void test_report_boards(const struct test_board_result *results, size_t count);

/* The slowest cases, then the last line: `N passed, N failed`, with `, N skipped` if there are. */
void test_report_end(const struct test_plan *plan, bool show_slowest);

/* Writes the JUnit XML file; false, with a message, if that fails. */
bool test_report_junit(const struct test_plan *plan, const char *path);
