/* SPDX-License-Identifier: MIT */
/*
 * Running tests: each case is a process of its own with a time-out, several at a time. A fuzzer is
 * one case that runs on a copy of its corpus; what makes it fail is kept in the build folder.
 */
#pragma once

#include "test_list.h"

#include <stdbool.h>
#include <stddef.h>

enum test_verdict { VERDICT_WAITING, VERDICT_PASSED, VERDICT_FAILED, VERDICT_SKIPPED };

/* One case and what became of it. */
struct test_case {
    const struct test_program *program;
    char *name;     /* PROGRAM.CASE, or the fuzzer's name */
    char *argument; /* what selects it in its program; NULL: nothing */
    enum test_verdict verdict;
    long long milliseconds;
    char *output;
    char *note; /* why it failed or was skipped, or a fuzzer's speed; or NULL */
};

struct test_plan {
    struct test_case *cases;
    size_t count;
    const char *folder; /* the build folder */
    long jobs;
    bool night; /* fuzzers run a hundred times longer */
    bool proof; /* proofs, and nothing else */
    bool skips_fail;
};

/* The cases of the programs whose name passes one of the filters (all, if there is none) and that
 * belong to the night only if `plan->night`, or are proofs if `plan->proof`. False if interrupted. */
bool test_plan_make(struct test_plan *plan, const struct test_list *list,
                    const char *const *filters, size_t filter_count);

/* Runs all; calls `done` as each ends. False if interrupted. */
bool test_plan_run(struct test_plan *plan, void (*done)(const struct test_plan *, size_t index));

void test_plan_free(struct test_plan *plan);
