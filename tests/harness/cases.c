/* SPDX-License-Identifier: MIT */
/* The cases, registered and found: listing them, choosing one. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct test_case *const __start_linnet_tests[];
extern const struct test_case *const __stop_linnet_tests[];

static const struct test_case *chosen;

__attribute__((weak)) size_t test_find_cases(const struct test_case **cases)
{
    *cases = NULL;
    return 0;
}

const char *test_case_name(void)
{
    return chosen != NULL ? chosen->name : "";
}

static size_t registered(void)
{
    return (size_t)(__stop_linnet_tests - __start_linnet_tests);
}

size_t test_case_count(void)
{
    const struct test_case *found;

    return registered() + test_find_cases(&found);
}

const struct test_case *test_case_at(size_t index)
{
    const struct test_case *found;

    if (index < registered())
        return __start_linnet_tests[index];
    (void)test_find_cases(&found);
    return &found[index - registered()];
}

const struct test_case *test_select(int argc, char **argv)
{
    if (argc < 2)
        test_run_all();
    for (size_t i = 0; i < test_case_count(); i++) {
        if (strcmp(argv[1], "--list") == 0)
            puts(test_case_at(i)->name);
        else if (strcmp(argv[1], test_case_at(i)->name) == 0)
            return chosen = test_case_at(i);
    }
    if (strcmp(argv[1], "--list") == 0)
        exit(TEST_PASSED);
    fprintf(stderr, "%s: no case is named '%s'; --list prints them\n", argv[0], argv[1]);
    exit(TEST_USAGE);
}
