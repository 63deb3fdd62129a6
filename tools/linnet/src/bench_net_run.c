/* SPDX-License-Identifier: MIT */
#include "bench_net_run.h"

#include "args.h"
#include "bench_image.h"
#include "files.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HOST_FOLDER  "build/bench-net"
#define BOARD_FOLDER "build/bench-net-m3"

/* A run is a second; one that never ends is a fault of a stack. */
#define PATIENCE "300"

/* A count of the board's timer is to resolve single instructions. */
enum { BOARD_SHIFT = 10 };

const char *const bench_stack_names[BENCH_STACKS] = {"linnet", "lwip"};

/* --- building -------------------------------------------------------------------------------- */

/* Where lwIP lies: NULL with a message, which the script has written. */
static char *fetch_lwip(void)
{
    char *script = text_format("%s/third_party/fetch-lwip", linnet_root());
    char *line = text_format("'%s' 2>/dev/null || '%s'", script, script);
    struct args command = {0};
    struct process_spec spec = {.args = &command, .patient = true};
    char *output = NULL;
    int status;

    args_add_all(&command, (const char *const[]){"sh", "-c", line, NULL});
    status = process_capture(&spec, &output);
    if (status != 0 && status != PROCESS_STOPPED) {
        fputs(output ? output : "", stderr);
        complain("there is no lwIP to measure beside our stack", "see the lines above",
                 "mend what they name, or set LINNET_LWIP=DIR");
    }
    if (output)
        output[strcspn(output, "\n")] = '\0';
    if (status != 0) {
        free(output);
        output = NULL;
    }
    args_free(&command);
    free(line);
    free(script);
    return output;
}

static int build_folder_of(const char *folder, const char *lwip, const char *const *options)
{
    char *sources = text_format("-DLWIP=%s", lwip);
    struct args words = {0};
    int result;

    args_add(&words, "%s", sources);
    args_add_all(&words, options);
    struct bench_project project = {"bench/net", folder, (const char *const *)words.items};
    result = bench_project_build(&project);
    args_free(&words);
    free(sources);
    return result;
}

int bench_net_build(void)
{
    static const char *const host_options[] = {NULL};
    int result = packages_ensure(NEED_BUILD | NEED_CROSS | NEED_BENCH);
    char *lwip;

    if (result != EXIT_OK)
        return result;
    if (terminal.dry_run)
        return build_folder_of(HOST_FOLDER, "LWIP", host_options);
    lwip = fetch_lwip();
    if (!lwip)
        return interrupted() ? EXIT_STOPPED : EXIT_ENVIRONMENT;
    result = build_folder_of(HOST_FOLDER, lwip, host_options);
    if (result == EXIT_OK)
        result = build_folder_of(BOARD_FOLDER, lwip, bench_cross_options);
    free(lwip);
    return result;
}

/* --- running --------------------------------------------------------------------------------- */

static bool take_result(const char *output, struct bench_net_result *result)
{
    const char *at = output ? strstr(output, "result ") : NULL;

    return at && sscanf(at, "result %lf %lf %lf", &result->values[0], &result->values[1],
                        &result->values[2]) == 3;
}

/* Runs the command; its output is the caller's also when the row gave no result: then false, with a
 * message. */
static bool run(const struct args *command, const char *what, struct bench_net_result *result,
                char **output)
{
    struct process_spec spec = {.args = command};
    bool good;

    process_capture(&spec, output);
    good = take_result(*output, result);
    if (!good && !interrupted()) {
        char *line = text_format("%s gave no result", what);

        complain(line, *output && **output ? *output : "it ended without a word", NULL);
        free(line);
    }
    return good;
}

/* The words of a row, one argument each. */
static void add_words(struct args *command, const char *row)
{
    char *copy = text_copy(row);
    char *rest = copy;
    char *word;

    while ((word = strsep(&rest, " ")))
        args_add(command, "%s", word);
    free(copy);
}

bool bench_net_run_host(const char *program, const char *row, struct bench_net_result *result)
{
    char *what = text_format("%s %s", program, row);
    struct args command = {0};
    char *output = NULL;
    bool good;

    args_add_all(&command, (const char *const[]){"timeout", PATIENCE, NULL});
    args_add(&command, "%s/" HOST_FOLDER "/%s", linnet_root(), program);
    add_words(&command, row);
    good = run(&command, what, result, &output);
    args_free(&command);
    free(output);
    free(what);
    return good;
}

bool bench_net_run_board(const char *image, const char *row, struct bench_net_result *result)
{
    char *path = text_format("%s/" BOARD_FOLDER "/%s.elf", linnet_root(), image);
    char *what = text_format("%s %s", image, row);
    char *words = text_copy("image");
    struct args command = {0};
    char *copy = text_copy(row);
    char *rest = copy;
    char *word;
    char *output = NULL;
    bool good;

    while ((word = strsep(&rest, " "))) {
        words = text_append(words, ",arg=", strlen(",arg="));
        words = text_append(words, word, strlen(word));
    }
    bench_emulator_add(&command, path, words, BOARD_SHIFT);
    good = run(&command, what, result, &output);
    args_free(&command);
    free(copy);
    free(output);
    free(words);
    free(what);
    free(path);
    return good;
}

/* --- counting -------------------------------------------------------------------------------- */

static char *profile_file(enum bench_stack stack)
{
    return text_format("%s/" HOST_FOLDER "/callgrind.%s", linnet_root(), bench_stack_names[stack]);
}

/* Under callgrind: its sum, and the row's own line. */
static bool run_callgrind(enum bench_stack stack, const char *row, double *sum,
                          struct bench_net_result *result)
{
    char *what = text_format("%s %s under callgrind", bench_stack_names[stack], row);
    char *file = profile_file(stack);
    struct args command = {0};
    char *output = NULL;
    bool good;

    args_add_all(&command, (const char *const[]){"timeout", PATIENCE, "valgrind",
                                                 "--tool=callgrind", "--collect-atstart=no", NULL});
    args_add(&command, "--callgrind-out-file=%s", file);
    args_add(&command, "%s/" HOST_FOLDER "/speed-%s", linnet_root(), bench_stack_names[stack]);
    add_words(&command, row);
    good = run(&command, what, result, &output);
    if (good) {
        const char *collected = strstr(output, "Collected : ");

        good = collected && sscanf(collected, "Collected : %lf", sum) == 1;
        if (!good)
            complain("callgrind has no sum", output, "is it of another version? (linnet doctor)");
    }
    args_free(&command);
    free(output);
    free(file);
    free(what);
    return good;
}

/* What one stretch of counting costs. */
static bool host_overhead(enum bench_stack stack, double *each)
{
    static double known[BENCH_STACKS];
    struct bench_net_result result;
    double sum;

    if (known[stack] == 0) {
        if (!run_callgrind(stack, "empty", &sum, &result))
            return false;
        known[stack] = sum / result.values[1];
    }
    *each = known[stack];
    return true;
}

bool bench_net_count_host(enum bench_stack stack, const char *row, double *instructions,
                          double *bytes)
{
    struct bench_net_result result;
    double sum, each;

    if (!host_overhead(stack, &each) || !run_callgrind(stack, row, &sum, &result))
        return false;
    *instructions = sum - each * result.values[1];
    *bytes = result.values[2];
    return true;
}

bool bench_net_count_board(enum bench_stack stack, const char *row, double *instructions,
                           double *bytes)
{
    char *image = text_format("segment-%s", bench_stack_names[stack]);
    struct bench_net_result empty, result;
    bool good = bench_net_run_board(image, "empty", &empty) &&
                bench_net_run_board(image, row, &result);

    if (good) {
        *instructions = result.values[0] - empty.values[0] / empty.values[1] * result.values[1];
        *bytes = result.values[2];
    }
    free(image);
    return good;
}

struct bench_size bench_net_size(const char *image, const char *part)
{
    char *path = text_format("%s/" BOARD_FOLDER "/%s.map", linnet_root(), image);
    char *map = read_whole_file(path);
    struct bench_size size = {0};

    if (map)
        size = bench_size_of(map, part);
    free(map);
    free(path);
    return size;
}

char *bench_net_profile(enum bench_stack stack, const char *row)
{
    struct bench_net_result result;
    char *file = profile_file(stack);
    struct args command = {0};
    struct process_spec spec = {.args = &command};
    char *output = NULL;
    double sum;

    if (run_callgrind(stack, row, &sum, &result)) {
        args_add_all(&command, (const char *const[]){"callgrind_annotate", file, NULL});
        if (process_capture(&spec, &output) != 0 && !interrupted())
            complain("callgrind_annotate failed", output, "see linnet doctor");
    }
    args_free(&command);
    free(file);
    return output;
}
