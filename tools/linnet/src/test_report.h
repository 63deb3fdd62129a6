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

/* What became of one machine of several; `ran` is false where it came to no test. */
struct test_result {
    const char *preset;
    bool ran;
    struct test_counts counts;
};

/* … and then one line: `BOARD: N passed, N failed`, with `, N skipped` and the reasons if there are. */
void test_report_preset(const struct test_plan *plan, const struct test_result *result);

/* At the end of several: a row for each. */
void test_report_table(const struct test_result *results, size_t count);

/* At the end of one: the slowest cases if they are wanted, and those that failed. */
void test_report_end(const struct test_plan *plan, bool show_slowest);

/* The last line: `N passed, N failed`, with `, N skipped` if there are. */
void test_report_last(const struct test_counts *counts);

/* Writes the JUnit XML file; false, with a message, if that fails. */
bool test_report_junit(const struct test_plan *plan, const char *path);
