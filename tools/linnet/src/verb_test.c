/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "board_data.h"
#include "cmake_build.h"
#include "files.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "test_coverage.h"
#include "test_ledger.h"
#include "test_list.h"
#include "test_report.h"
#include "test_run.h"
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPTION_NIGHT = 0x2000,
    OPTION_LIST,
    OPTION_JUNIT,
    OPTION_LEDGER,
    OPTION_COVERAGE,
    OPTION_PROOF,
    MOST_FILTERS = 64
};

static const char *preset;
static const char *board;
static const char *junit;
static const char *filters[MOST_FILTERS];
static size_t filter_count;
static long jobs;
static bool night;
static bool only_list;
static bool ledger;
static bool coverage;
static bool proof;
static struct test_board_result *board_result; /* of the board that is tested */

/* What --ledger, --coverage and --proof say about what the other options left open. */
static void settle_options(struct argp_state *state)
{
    if (ledger && (coverage || only_list || junit || filter_count))
        argp_error(state, "--ledger goes with --night, --preset and --jobs only");
    if (coverage && (only_list || junit))
        argp_error(state, "--coverage goes with neither --list nor --junit");
    if (coverage && preset)
        argp_error(state, "--coverage has a preset of its own");
    if (board && (preset || ledger || coverage || proof || junit))
        argp_error(state, "--board goes with filters, --night, --list and --jobs only");
    if (proof && (ledger || coverage || night))
        argp_error(state, "--proof goes with none of --ledger, --coverage and --night");
    if (!preset)
        preset = coverage ? COVERAGE_PRESET : DEFAULT_PRESET;
    if (ledger)
        filters[filter_count++] = LEDGER_FILTER;
    for (size_t i = 0; coverage && filter_count == i && i < 2; i++)
        filters[filter_count++] = (const char *const[]){COVERAGE_FILTERS}[i];
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'p':
        preset = argument;
        return 0;
    case 'b':
        board = argument;
        return 0;
    case 'j':
        if (!text_number(argument, 1, 64, &jobs))
            argp_error(state, "--jobs %s: a number from 1 to 64 is expected", argument);
        return 0;
    case OPTION_NIGHT:
        night = true;
        return 0;
    case OPTION_LIST:
        only_list = true;
        return 0;
    case OPTION_JUNIT:
        junit = argument;
        return 0;
    case OPTION_LEDGER:
        ledger = true;
        return 0;
    case OPTION_COVERAGE:
        coverage = true;
        return 0;
    case OPTION_PROOF:
        proof = true;
        return 0;
    case ARGP_KEY_END:
        settle_options(state);
        return 0;
    case ARGP_KEY_ARG:
        if (filter_count == MOST_FILTERS)
            argp_error(state, "more than %d filters", MOST_FILTERS);
        filters[filter_count++] = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Proofs take of the build no more than the headers of the options, which are written while it is
 * configured: this target sees to that alone. */
#define NOTHING_BUILT "build.ninja"

static bool read_list(const char *folder, struct test_list *list)
{
    char *path = text_format("%s/tests.txt", folder);
    char *text = read_whole_file(path);
    size_t wrong = text ? test_list_parse(text, list) : 0;

    if (!text || wrong) {
        char *what = text ? text_format("%s, line %zu is no test", path, wrong)
                          : text_format("cannot read %s", path);
        char *mend = text_format("remove %s and try again", folder);

        complain(what, "the build writes this list", mend);
        free(what);
        free(mend);
    }
    bool good = text && !wrong;

    free(path);
    free(text);
    return good;
}

static void list_cases(const struct test_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        char *name = text_json(plan->cases[i].name);

        if (terminal.json)
            emit_json("{\"test\":%s}", name);
        else
            puts(plan->cases[i].name);
        free(name);
    }
}

static int run_plan(struct test_plan *plan)
{
    if (plan->count == 0 && filter_count > 0) {
        complain("no test has such a name", NULL, "see their names:  linnet test --list");
        return EXIT_USAGE;
    }
    if (only_list) {
        list_cases(plan);
        return EXIT_OK;
    }
    if (ledger)
        return ledger_run(plan);
    if (!test_plan_run(plan, board ? test_report_failure : test_report_case))
        return EXIT_STOPPED;
    if (board) {
        test_report_board(plan, preset);
        board_result->ran = true;
        board_result->counts = test_count(plan);
        return test_count(plan).failed == 0 ? EXIT_OK : EXIT_FAILED;
    }
    if (coverage && coverage_report(plan->folder) != EXIT_OK)
        return EXIT_FAILED;
    bool written = !junit || test_report_junit(plan, junit);

    test_report_end(plan, terminal.verbose);
    return written && test_count(plan).failed == 0 ? EXIT_OK : EXIT_FAILED;
}

/* A test that cannot run is a fault where nobody looks at the words: in continuous integration. */
static bool in_ci(void)
{
    const char *value = getenv("CI");

    return value && strcmp(value, "true") == 0;
}

static int test_build(const struct build *build)
{
    char *folder = build_folder(build);
    struct test_list list = {0};
    struct test_plan plan = {
        .folder = folder, .jobs = jobs, .night = night, .proof = proof, .skips_fail = in_ci()};
    int result = EXIT_ENVIRONMENT;

    if ((!coverage || coverage_begin(folder)) && read_list(folder, &list))
        result = test_plan_make(&plan, &list, filters, filter_count) ? run_plan(&plan)
                                                                     : EXIT_STOPPED;
    test_plan_free(&plan);
    test_list_free(&list);
    free(folder);
    return result;
}

static int run_preset(void)
{
    struct build build = {
        .source = linnet_root(), .preset = preset, .target = proof ? NOTHING_BUILT : NULL};
    int result;

    if (!build_check_preset(preset))
        return EXIT_USAGE;
    result = packages_ensure(NEED_BUILD | (proof ? NEED_PROOF : NEED_TEST) | build_needs(preset));
    if (result != EXIT_OK)
        return result;
    if (!only_list && !ledger && !board && !proof && !terminal.dry_run)
        say("Building for %s", preset);
    result = build_run(&build);
    return result == EXIT_OK && !terminal.dry_run ? test_build(&build) : result;
}

/* One line for each, and a table at the end of several; the worst of their results. A board that cannot be
 * built does not keep the others from running. */
static int run_boards(const struct args *names)
{
    struct test_board_result *results = calloc(names->count, sizeof *results);
    int worst = EXIT_OK;
    size_t count = 0;

    if (!results)
        return EXIT_ENVIRONMENT;
    for (; count < names->count && !interrupted(); count++) {
        int result;

        board_result = &results[count];
        board_result->board = preset = names->items[count];
        result = run_preset();
        if (result > worst)
            worst = result;
    }
    if (names->count > 1 && !terminal.json && !terminal.dry_run && !only_list)
        test_report_boards(results, count);
    free(results);
    return interrupted() ? EXIT_STOPPED : worst;
}

static int run(void)
{
    struct args names = {0};
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (jobs == 0)
        jobs = sysconf(_SC_NPROCESSORS_ONLN);
    if (!board)
        return run_preset();
    if (strcmp(board, "all") == 0)
        board_names(&names, true);
    else if (board_check(board))
        args_add(&names, "%s", board);
    result = names.count ? run_boards(&names) : EXIT_USAGE;
    args_free(&names);
    return result;
}

static const struct argp_option options[] = {
    {"preset", 'p', "PRESET", 0, "What to test (default: " DEFAULT_PRESET ")", 0},
    {"board", 'b', "BOARD", 0,
     "The same on a board in QEMU, or on `all`; a line each, a table at the end", 0},
    {"night", OPTION_NIGHT, NULL, 0, "Also the long tests; fuzzers run 100 million times", 0},
    {"list", OPTION_LIST, NULL, 0, "Print the names of the tests and run none", 0},
    {"ledger", OPTION_LEDGER, NULL, 0, "Run the tests of the ledger; one line a fault class", 0},
    {"coverage", OPTION_COVERAGE, NULL, 0, "Count the lines and branches of the kernel reached", 0},
    {"proof", OPTION_PROOF, NULL, 0, "Prove parsers and arithmetic of lengths instead", 0},
    {"jobs", 'j', "N", 0, "How many at a time (default: one per processor)", 0},
    {"junit", OPTION_JUNIT, "FILE", 0, "Also write the results as JUnit XML", 0},
    {0},
};

const struct verb verb_test = {
    .name = "test",
    .summary = "Build and run the tests",
    .example = "linnet test queue -v",
    .usage = "[FILTER...]",
    .more = "FILTER is a part of a test's name, or a shell pattern for all of it. The last\n"
            "line is `N passed, N failed`, with the number of skipped tests if there are\n"
            "any. With CI=true in the environment a skipped test counts as failed. -v lists\n"
            "the slowest. --ledger prints NUMBER, names, and pass, fail or absent with tabs\n"
            "between, for each of the 45 classes of faults; --coverage, whose FILTER is kernel_*\n"
            "and sim_* unless given, the share of each file of kernel/src. --proof proves each\n"
            "file of net/proof/files.txt by Frama-C: a goal that is not proved is named with\n"
            "its function, its place and what was to hold.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
