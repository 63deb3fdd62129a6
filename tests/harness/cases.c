/* SPDX-License-Identifier: MIT */
/* The registered cases: listing them, choosing one. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct test_case *const __start_linnet_tests[];
extern const struct test_case *const __stop_linnet_tests[];

size_t test_case_count(void)
{
    return (size_t)(__stop_linnet_tests - __start_linnet_tests);
}

const struct test_case *test_case_at(size_t index)
{
    return __start_linnet_tests[index];
}

const struct test_case *test_select(int argc, char **argv)
{
    if (argc < 2)
        test_run_all();
    for (size_t i = 0; i < test_case_count(); i++) {
        if (strcmp(argv[1], "--list") == 0)
            puts(test_case_at(i)->name);
        else if (strcmp(argv[1], test_case_at(i)->name) == 0)
            return test_case_at(i);
    }
    if (strcmp(argv[1], "--list") == 0)
        exit(TEST_PASSED);
    fprintf(stderr, "%s: no case is named '%s'; --list prints them\n", argv[0], argv[1]);
    exit(TEST_USAGE);
}
