/* SPDX-License-Identifier: MIT */
#include "test_boards.h"

#include "board_data.h"
#include "cmake_build.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>

/* A board that cannot be built does not keep the others from running. Of how many there are results. */
static size_t run_each(const struct args *names, const struct test_wishes *wishes,
                       struct test_result *results, int *worst)
{
    size_t count = 0;

    for (; count < names->count && !interrupted(); count++) {
        int code = test_preset_run(names->items[count], wishes, &results[count]);

        if (!results[count].ran)
            results[count].counts.failed = code != EXIT_OK;
        if (code > *worst)
            *worst = code;
    }
    return count;
}

static void report(const struct test_result *results, size_t count)
{
    struct test_counts all = {0};

    for (size_t i = 0; i < count; i++) {
        all.passed += results[i].counts.passed;
        all.failed += results[i].counts.failed;
        all.skipped += results[i].counts.skipped;
    }
    test_report_table(results, count);
    test_report_last(&all);
}

int test_boards_run(const struct args *names, const struct test_wishes *wishes)
{
    struct test_result *results = calloc(names->count, sizeof *results);
    int worst = EXIT_OK;

    if (!results)
        return EXIT_ENVIRONMENT;
    size_t count = run_each(names, wishes, results, &worst);

    if (names->count > 1 && !interrupted() && !terminal.dry_run && !wishes->only_list)
        report(results, count);
    free(results);
    return interrupted() ? EXIT_STOPPED : worst;
}

/* The boards whose tools are here, or can be installed; of each other one a result without tests. */
static size_t sort_out(const struct args *all, struct args *here, struct test_result *results)
{
    size_t missing = 0;

    for (size_t i = 0; i < all->count && !interrupted(); i++) {
        const unsigned needs = build_needs(all->items[i]);
        char *line = test_in_ci() || packages_ensure(needs) != EXIT_OK ? NULL
                                                                       : packages_line(needs);

        if (line)
            results[missing++] = (struct test_result){.preset = all->items[i],
                                                      .counts = {.skipped = 1}};
        else
            args_add(here, "%s", all->items[i]);
        free(line);
    }
    return missing;
}

int test_everything_run(const char *preset, const struct test_wishes *wishes)
{
    struct test_wishes first = *wishes, others = *wishes;
    struct args boards = {0}, here = {0};
    int worst;

    board_names(&boards, true);
    struct test_result *results = calloc(1 + boards.count, sizeof *results);

    if (!results) {
        args_free(&boards);
        return EXIT_ENVIRONMENT;
    }
    first.goes_on = boards.count > 0;
    others.brief = true;
    worst = test_preset_run(preset, &first, &results[0]);
    if (first.goes_on && results[0].ran) {
        size_t count = 1 + sort_out(&boards, &here, results + 1);

        count += run_each(&here, &others, results + count, &worst);
        if (!interrupted())
            report(results, count);
    }
    free(results);
    args_free(&here);
    args_free(&boards);
    return interrupted() ? EXIT_STOPPED : worst;
}
