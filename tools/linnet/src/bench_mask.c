/* SPDX-License-Identifier: MIT */
#include "bench_mask.h"

#include "args.h"
#include "bench_image.h"
#include "bench_speed.h"
#include "cmake_build.h"
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BOARD "mps2-an385"

/* Ticks of few instructions keep a log short; the tests need those of the board's own emulator. */
enum { ROW_SHIFT = 6, SUITE_SHIFT = 4 };

/* The tests with more than 16 sleepers. */
static const char *const crowded[] = {"many_sleepers_wake_each_at_its_tick", NULL};

static bool is_crowded(const char *name)
{
    for (const char *const *at = crowded; *at; at++)
        if (strcmp(*at, name) == 0)
            return true;
    return false;
}

/* Takes a run's longest stretch into the row: the first line of the reader, `LENGTH PLACE PLACE`. */
static void take_longest(struct bench_row *row, char *output, const char *run)
{
    char *rest = output;
    char *line;
    double length;

    while (output && (line = strsep(&rest, "\n"))) {
        char *places = strstr(line, " 0x");

        if (!places || sscanf(line, "%lf 0x", &length) != 1)
            continue;
        if (!row->measured || length > row->value) {
            row->value = length;
            row->measured = true;
            free(row->note);
            row->note = text_format("%s, in %s", places + 1, run);
        }
        break;
    }
}

static void trace_rows(struct bench_table *table, const char *name, const char *const *rows)
{
    static const char *const reader[] = {"--from", "SVC_Handler", "--top", "1", NULL};
    struct bench_row *row = bench_row_find(table, name);
    char *image = bench_image_file("rows-O2.elf");

    for (; row && *rows && !interrupted(); rows++) {
        char *words = text_format("image,arg=%s,arg=trace", *rows);
        struct bench_trace trace = {
            .image = image, .words = words, .shift = ROW_SHIFT, .reader = reader, .masked = true};
        struct bench_result result;
        char *output;

        show_status("%s: %s", name, *rows);
        output = bench_image_trace(&trace, &result);
        take_longest(row, output, *rows);
        free(output);
        free(words);
    }
    show_status("%s", "");
    free(image);
}

/* What the suite's cases are read with: files of names, and the addresses that go into the log. The
 * kernel's functions and the port's count as raising the mask, but for the one that ends the scheduler,
 * which masks until it is begun again. */
struct suite {
    char *folder;
    char *kernel;
    char *own; /* functions of a program's own, of the harness and the board */
    char *ranges;
};

/* Writes what a command of the shell prints to a file; its path, to be freed by the caller, or NULL. */
static char *write_names(const char *folder, const char *name, const char *command)
{
    char *path = text_format("%s/%s", folder, name);
    struct args words = {0};
    struct process_spec spec = {.args = &words};
    char *names = NULL;

    args_add_all(&words, (const char *const[]){"sh", "-c", command, NULL});
    if (process_capture(&spec, &names) != 0 || !write_whole_file(path, names, 0644)) {
        free(path);
        path = NULL;
    }
    args_free(&words);
    free(names);
    return path;
}

static char *write_kernel_functions(const char *folder)
{
    char *command = text_format("arm-none-eabi-nm '%s/kernel/liblinnet_kernel.a' "
                                "'%s/ports/cortex_m/liblinnet_port.a' 2>/dev/null | "
                                "awk '$2 ~ /[tTW]/ && $3 != \"vTaskEndScheduler\" { print $3 }'",
                                folder, folder);
    char *path = write_names(folder, "kernel-functions.txt", command);

    free(command);
    return path;
}

/* Names that the kernel has too are the kernel's. */
static char *write_own_functions(const struct suite *suite, const char *program)
{
    char *command = text_format(
        "find '%s' \\( -path '*/test_%s.dir/*.obj' -o -path '*/harness/*.obj' "
        "-o -name liblinnet_board.a -o -name liblinnet_start.a \\) "
        "-exec arm-none-eabi-nm {} + 2>/dev/null | "
        "awk '$2 ~ /[tTW]/ { print $3 }' | sort -u | grep -vxFf '%s'",
        suite->folder, program, suite->kernel);
    char *path = write_names(suite->folder, "own-functions.txt", command);

    free(command);
    return path;
}

/* What the test itself does, which is most, needs not be written down. */
static char *choose_ranges(const char *image, const char *own)
{
    struct args words = {0};
    struct process_spec spec = {.args = &words};
    char *ranges = NULL;

    args_add(&words, "%s/build/%s/bin/masktrace", linnet_root(), DEFAULT_PRESET);
    args_add_all(&words, (const char *const[]){"ranges", image, "--leave-out", own, NULL});
    if (process_capture(&spec, &ranges) != 0) {
        free(ranges);
        ranges = NULL;
    }
    args_free(&words);
    if (ranges)
        ranges[strcspn(ranges, "\n")] = '\0';
    return ranges;
}

/* Each program's longest stretch is shown when it is over: the whole takes long. */
static void show_longest(const struct bench_row *row, const char *program)
{
    if (row->measured)
        fprintf(stderr, "%-28s %5.0f %s\n", program, row->value, row->note);
}

/* Takes the longest stretch of a case. One that did not pass ended early: what is known of it is too
 * little. */
static void trace_case(struct bench_row *row, const char *image, const char *program,
                       const char *name, const struct suite *suite)
{
    const char *const reader[] = {
        "--from", "vPortSVCHandler", "--only", suite->kernel, "--top", "1", NULL};
    char *words = text_format("%s,arg=%s", program, name);
    char *run = text_format("%s %s", program, name);
    struct bench_trace trace = {.image = image,
                                .words = words,
                                .shift = SUITE_SHIFT,
                                .reader = reader,
                                .masked = true,
                                .ranges = suite->ranges};
    char *output;

    show_status("%s", run);
    output = bench_image_trace(&trace, NULL);
    if (!interrupted() && !(output && strstr(output, TRACE_ENDED "0\n"))) {
        show_status("%s", "");
        complain(run, "it did not pass, so its longest stretch may not be known",
                 "see what it says: linnet test --board mps2-an385");
    }
    take_longest(row, output, run);
    free(output);
    free(words);
    free(run);
}

/* Takes a program's longest stretch into a row. */
static void keep_longer(struct bench_row *row, struct bench_row *of_program)
{
    if (row && of_program->measured && (!row->measured || of_program->value > row->value)) {
        free(row->note);
        row->note = of_program->note;
        row->value = of_program->value;
        row->measured = true;
        return;
    }
    free(of_program->note);
}

/* Every case that the program lists. */
static void trace_cases(struct bench_table *table, const char *program, const char *image,
                        char *cases, const struct suite *suite)
{
    struct bench_row few_sleepers = {0};
    struct bench_row many_sleepers = {0};
    char *name;

    while (cases && (name = strsep(&cases, "\n")) && !interrupted())
        if (*name)
            trace_case(is_crowded(name) ? &many_sleepers : &few_sleepers, image, program, name,
                       suite);
    show_longest(&few_sleepers, program);
    keep_longer(bench_row_find(table, "masked_max"), &few_sleepers);
    keep_longer(bench_row_find(table, "masked_max_1000"), &many_sleepers);
}

static void trace_program(struct bench_table *table, struct suite *suite, const char *program)
{
    char *path = text_format("%s/test/%s", suite->folder, program);
    char *image = text_format("%s.elf", path);
    struct args words = {0};
    struct process_spec spec = {.args = &words};
    char *cases = NULL;

    args_add_all(&words, (const char *const[]){path, "--list", NULL});
    process_capture(&spec, &cases);
    suite->own = write_own_functions(suite, program);
    suite->ranges = suite->own ? choose_ranges(image, suite->own) : NULL;
    if (suite->ranges)
        trace_cases(table, program, image, cases, suite);
    else if (!interrupted())
        complain(program, "the names of its functions could not be read", NULL);
    free(suite->ranges);
    free(suite->own);
    args_free(&words);
    free(cases);
    free(image);
    free(path);
}

/* Whether a program of the suite runs tasks: those of the heaps bring a scheduler of their own. */
static bool runs_kernel(const char *program)
{
    return strncmp(program, "kernel_", strlen("kernel_")) == 0 &&
           strncmp(program, "kernel_heap_", strlen("kernel_heap_")) != 0;
}

/* The programs of tests.txt, `NAME<TAB>KIND<TAB>SECONDS<TAB>WHEN<TAB>PATH`, that run by day. */
static void trace_suite(struct bench_table *table)
{
    struct build build = {.source = linnet_root(), .preset = BOARD};
    struct suite suite = {.folder = build_folder(&build)};
    char *list = text_format("%s/tests.txt", suite.folder);
    char *programs = build_run(&build) == EXIT_OK ? read_whole_file(list) : NULL;
    char *rest;
    char *line;

    suite.kernel = programs ? write_kernel_functions(suite.folder) : NULL;
    rest = suite.kernel ? programs : NULL;
    while (rest && (line = strsep(&rest, "\n")) && !interrupted()) {
        char *end = strchr(line, '\t');

        if (!end || strstr(end, "\tnight\t"))
            continue;
        *end = '\0';
        if (runs_kernel(line))
            trace_program(table, &suite, line);
    }
    show_status("%s", "");
    free(suite.kernel);
    free(programs);
    free(list);
    free(suite.folder);
}

void bench_mask_measure(struct bench_table *table, bool suite)
{
    trace_rows(table, "masked_max", bench_mask_few);
    trace_rows(table, "masked_max_1000", bench_mask_many);
    if (suite)
        trace_suite(table);
}
