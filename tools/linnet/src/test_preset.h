/* SPDX-License-Identifier: MIT */
/* The tests of one preset: built, chosen, run and reported. */
#pragma once

#include "test_report.h"

#include <stdbool.h>
#include <stddef.h>

struct test_wishes {
    const char *const *filters;
    size_t filter_count;
    const char *junit; /* NULL: no such file */
    long jobs;
    bool night;
    bool only_list;
    bool ledger;
    bool coverage;
    bool proof;
    bool brief;   /* of the whole preset a line, besides failures */
    bool goes_on; /* others follow, and then the last line */
};

/* What becomes of them is in `result`. An exit code; without tests `result->ran` is false. */
int test_preset_run(const char *preset, const struct test_wishes *wishes,
                    struct test_result *result);

/* True where nobody looks at the words: in continuous integration, a test that cannot run is a fault. */
bool test_in_ci(void);
