/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "board_data.h"
#include "cmake_build.h"
#include "files.h"
#include "terminal.h"
#include "test_boards.h"
#include "test_coverage.h"
#include "test_ledger.h"
#include "text.h"
#include "verb.h"

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
static const char *filters[MOST_FILTERS];
static struct test_wishes wishes = {.filters = filters};
static bool everything; /* nothing says which tests: those of the boards too */

/* What --ledger, --coverage and --proof say about what the other options left open. */
static void settle_options(struct argp_state *state)
{
    if (wishes.ledger &&
        (wishes.coverage || wishes.only_list || wishes.junit || wishes.filter_count))
        argp_error(state, "--ledger goes with --night, --preset and --jobs only");
    if (wishes.coverage && (wishes.only_list || wishes.junit))
        argp_error(state, "--coverage goes with neither --list nor --junit");
    if (wishes.coverage && preset)
        argp_error(state, "--coverage has a preset of its own");
    if (board && (preset || wishes.ledger || wishes.coverage || wishes.proof || wishes.junit))
        argp_error(state, "--board goes with filters, --night, --list and --jobs only");
    if (wishes.proof && (wishes.ledger || wishes.coverage || wishes.night))
        argp_error(state, "--proof goes with none of --ledger, --coverage and --night");
    everything = !preset && !board && !wishes.filter_count && !wishes.only_list && !wishes.junit &&
                 !wishes.ledger && !wishes.coverage && !wishes.proof;
    if (!preset)
        preset = wishes.coverage ? COVERAGE_PRESET : DEFAULT_PRESET;
    if (wishes.ledger)
        filters[wishes.filter_count++] = LEDGER_FILTER;
    for (size_t i = 0; wishes.coverage && wishes.filter_count == i && i < 2; i++)
        filters[wishes.filter_count++] = (const char *const[]){COVERAGE_FILTERS}[i];
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
        if (!text_number(argument, 1, 64, &wishes.jobs))
            argp_error(state, "--jobs %s: a number from 1 to 64 is expected", argument);
        return 0;
    case OPTION_NIGHT:
        wishes.night = true;
        return 0;
    case OPTION_LIST:
        wishes.only_list = true;
        return 0;
    case OPTION_JUNIT:
        wishes.junit = argument;
        return 0;
    case OPTION_LEDGER:
        wishes.ledger = true;
        return 0;
    case OPTION_COVERAGE:
        wishes.coverage = true;
        return 0;
    case OPTION_PROOF:
        wishes.proof = true;
        return 0;
    case ARGP_KEY_END:
        settle_options(state);
        return 0;
    case ARGP_KEY_ARG:
        if (wishes.filter_count == MOST_FILTERS)
            argp_error(state, "more than %d filters", MOST_FILTERS);
        filters[wishes.filter_count++] = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int run_boards(void)
{
    struct args names = {0};
    int result;

    wishes.brief = true;
    if (strcmp(board, "all") == 0)
        board_names(&names, true);
    else if (board_check(board))
        args_add(&names, "%s", board);
    result = names.count ? test_boards_run(&names, &wishes) : EXIT_USAGE;
    args_free(&names);
    return result;
}

static int run(void)
{
    struct test_result result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (wishes.jobs == 0)
        wishes.jobs = sysconf(_SC_NPROCESSORS_ONLN);
    if (board)
        return run_boards();
    return everything ? test_everything_run(preset, &wishes)
                      : test_preset_run(preset, &wishes, &result);
}

static const struct argp_option options[] = {
    {"preset", 'p', "PRESET", 0,
     "What to test (default: " DEFAULT_PRESET ", and without a filter all boards)", 0},
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
            "the slowest. Where nothing says which tests, the kernel's run on every board in\n"
            "QEMU too, with a line and a row for each. --ledger prints NUMBER, names, and pass, "
            "fail or absent with tabs\n"
            "between, for each of the 45 classes of faults; --coverage, whose FILTER is kernel_*\n"
            "and sim_* unless given, the share of each file of kernel/src. --proof proves each\n"
            "file of net/proof/files.txt by Frama-C: a goal that is not proved is named with\n"
            "its function, its place and what was to hold.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
