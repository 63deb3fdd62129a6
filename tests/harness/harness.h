/* SPDX-License-Identifier: MIT */
/* What the entry points of the harness share. */
#pragma once

#include "linnet_test.h"

enum test_exit { TEST_PASSED = 0, TEST_FAILED = 1, TEST_USAGE = 2, TEST_SKIPPED = 77 };

/* The registered cases. */
size_t test_case_count(void);
const struct test_case *test_case_at(size_t index);

/* Runs all cases, each in a process of its own, and ends with their verdict. */
_Noreturn void test_run_all(void);

/* Answers --list and a run of all cases; otherwise returns the one case to run. Never NULL. */
const struct test_case *test_select(int argc, char **argv);

/* A program that defines this as something else than 0 runs each case (of a task) with its tick
 * counter so many ticks before the wrap. */
extern uint32_t test_ticks_before_wrap;

/* Ends the process with the verdict. */
_Noreturn void test_end(enum test_exit verdict);

/* True, with a message, when an announced assertion (test_expect_assertion) did not come. */
bool test_assertion_is_due(void);
