/* SPDX-License-Identifier: MIT */
/*
 * `linnet bench`: measures and reports; it does not judge, so the exit code says only whether it
 * could measure.
 */
#include "bench_board.h"
#include "bench_image.h"
#include "bench_kernel.h"
#include "bench_net.h"
#include "bench_net_run.h"
#include "bench_rows.h"
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>
#include <string.h>

enum { OPTION_TRACE = 0x2000, OPTION_ADDRESSES, OPTION_BOARD, OPTION_SUITE };

static const char *bench;
static const char *trace_row;
static bool by_address;
static bool suite;
static const char *board; /* NULL: the bare mps2-an385 */

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case OPTION_TRACE:
        trace_row = argument;
        return 0;
    case OPTION_ADDRESSES:
        by_address = true;
        return 0;
    case OPTION_SUITE:
        suite = true;
        return 0;
    case OPTION_BOARD:
        board = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (bench || (strcmp(argument, "kernel") != 0 && strcmp(argument, "net") != 0))
            argp_error(state, "%s: there are two benchmarks, `kernel` and `net`", argument);
        bench = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which benchmark? There are two, `kernel` and `net`");
        return 0;
    case ARGP_KEY_SUCCESS:
        if (board && suite)
            argp_error(state, "--suite goes without --board");
        if (board && strcmp(bench, "net") == 0 && strcmp(board, "mps2-an385") != 0)
            argp_error(state, "%s: the network stack is measured on mps2-an385", board);
        if (board && trace_row && strcmp(board, "all") == 0)
            argp_error(state, "--trace goes with one board");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool is_net(void)
{
    return strcmp(bench, "net") == 0;
}

static int measure(void)
{
    char *path = text_format("%s/bench/%s/rows.tsv", linnet_root(), bench);
    struct bench_table table;
    int result = EXIT_FAILED;

    if (bench_table_read(&table, path)) {
        if (is_net())
            bench_net_measure(&table);
        else
            bench_kernel_measure(&table, suite);
        result = interrupted() ? EXIT_STOPPED : EXIT_OK;
        if (result == EXIT_OK)
            bench_table_print(&table, bench);
        if (result == EXIT_OK && is_net())
            bench_net_print();
    }
    bench_table_free(&table);
    free(path);
    return result;
}

/* The last of the boards is the one that was named. */
static int run_on_boards(void)
{
    struct args boards = {0};
    int result = EXIT_USAGE;

    if (bench_boards_choose(board, &boards))
        result = bench_boards_build(&boards);
    if (result == EXIT_OK && !terminal.dry_run)
        result = trace_row
                     ? bench_board_trace(boards.items[boards.count - 1], trace_row, by_address)
                     : bench_boards_measure(&boards);
    args_free(&boards);
    return result;
}

static int run(void)
{
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (board && !is_net())
        return run_on_boards();
    result = is_net() ? bench_net_build() : bench_images_build();
    if (result != EXIT_OK || terminal.dry_run)
        return result;
    if (!trace_row)
        return measure();
    return is_net() ? bench_net_trace(trace_row) : bench_kernel_trace(trace_row, by_address);
}

static const struct argp_option options[] = {
    {"board", OPTION_BOARD, "BOARD", 0,
     "Measure the kernel on a board beside the Cortex-M3; all: on every one that is measured", 0},
    {"trace", OPTION_TRACE, "ROW", 0, "Show in which functions a row's instructions are spent", 0},
    {"addresses", OPTION_ADDRESSES, NULL, 0, "With --trace of the kernel: at which addresses", 0},
    {"suite", OPTION_SUITE, NULL, 0,
     "Look for the longest masked section in the kernel's test suite too (minutes)", 0},
    {0},
};

const struct verb verb_bench = {
    .name = "bench",
    .summary = "Measure the kernel or the network stack, beside goals and peers",
    .example = "linnet bench kernel",
    .usage = "kernel|net",
    .more =
        "The images run under QEMU, where every instruction takes the same time: figures are\n"
        "exact and do not depend on this machine. A mark stands where a goal is missed; the\n"
        "exit code does not say so. The orders of delay_1 and delay_1000 are rows for\n"
        "--trace too, as delay_1000_random. `net` measures lwIP by the side of our stack, whose\n"
        "sources it fetches; its rows for --trace are tcp_send_1460, udp_recv_64 and the like.\n"
        "`kernel --board` shows boards side by side, with the bytes of a task's saved context; a "
        "mark\n"
        "stands where a board takes more than 1.3 times the figure of the Cortex-M3.\n"
        "bench/README.md says how it is measured.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
