/* SPDX-License-Identifier: MIT */
#include "bench_image.h"

#include "args.h"
#include "cmake_build.h"
#include "files.h"
#include "lock.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A run is a fraction of a second, and minutes when each of its instructions is written down; one that
 * never ends is a fault of the kernel. */
#define PATIENCE "1200"

char *bench_image_file(const char *name)
{
    return text_format("%s/build/bench-kernel/%s", linnet_root(), name);
}

/* Runs a command of the build quietly; its output is shown when it failed. */
static int run_build_tool(const struct args *command)
{
    struct process_spec spec = {.args = command, .patient = true};
    char *output = NULL;
    int status = process_capture(&spec, &output);

    if (status != 0 && status != PROCESS_STOPPED) {
        fputs(output ? output : "", stderr);
        complain("the images of the benchmark could not be built", "its messages are above",
                 "mend what they name, then run the same command again");
    }
    free(output);
    if (status == PROCESS_STOPPED)
        return EXIT_STOPPED;
    return status == 0 ? EXIT_OK : EXIT_FAILED;
}

const char *const bench_cross_options[] = {"-DCMAKE_SYSTEM_NAME=Generic",
                                           "-DCMAKE_SYSTEM_PROCESSOR=arm",
                                           "-DCMAKE_C_COMPILER=arm-none-eabi-gcc",
                                           "-DCMAKE_ASM_COMPILER=arm-none-eabi-gcc",
                                           "-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY",
                                           NULL};

static int configure_and_build(const struct bench_project *project, const char *folder)
{
    struct args configure = {0};
    struct args compile = {0};
    char *marker = text_format("%s/build.ninja", folder);
    int result = EXIT_OK;

    args_add_all(&configure, (const char *const[]){"cmake", "-G", "Ninja", "-S", NULL});
    args_add(&configure, "%s/%s", linnet_root(), project->source);
    args_add_all(&configure, (const char *const[]){"-B", folder, NULL});
    args_add_all(&configure, project->options);
    args_add_all(&compile, (const char *const[]){"ninja", "-C", folder, NULL});
    if (!file_exists(marker))
        result = run_build_tool(&configure);
    if (result != EXIT_OK)
        unlink(marker);
    else
        result = run_build_tool(&compile);
    free(marker);
    args_free(&configure);
    args_free(&compile);
    return result;
}

int bench_project_build(const struct bench_project *project)
{
    char *folder = text_format("%s/%s", linnet_root(), project->folder);
    int result = EXIT_OK;
    int lock = -1;

    if (!terminal.dry_run && !make_folder(folder))
        result = EXIT_ENVIRONMENT;
    if (result == EXIT_OK && !terminal.dry_run && (lock = lock_take(folder)) < 0)
        result = interrupted() ? EXIT_STOPPED : EXIT_ENVIRONMENT;
    if (result == EXIT_OK)
        result = configure_and_build(project, folder);
    lock_release(lock);
    free(folder);
    return result;
}

int bench_images_build(void)
{
    static const struct bench_project images = {"bench/kernel", "build/bench-kernel",
                                                bench_cross_options};
    struct build reader = {
        .source = linnet_root(), .preset = DEFAULT_PRESET, .target = "masktrace"};
    int result = packages_ensure(NEED_BUILD | NEED_CROSS);

    if (result == EXIT_OK)
        result = build_run(&reader);
    if (result == EXIT_OK)
        result = bench_project_build(&images);
    return result;
}

void bench_emulator_add(struct args *command, const char *path, const char *words, int shift)
{
    args_add_all(command,
                 (const char *const[]){"timeout", PATIENCE, "qemu-system-arm", "-M", "mps2-an385",
                                       "-cpu", "cortex-m3", "-display", "none", "-monitor", "none",
                                       "-serial", "null", "-icount", NULL});
    args_add(command, "shift=%d,sleep=off", shift);
    args_add(command, "-semihosting-config");
    args_add(command, "enable=on,target=native,arg=%s", words);
    args_add_all(command, (const char *const[]){"-kernel", path, NULL});
}

/* Takes the image's line out of a run's output. */
static bool take_result(const char *output, struct bench_result *result)
{
    const char *at = output ? strstr(output, "result ") : NULL;

    return at && sscanf(at, "result %lf %lf", &result->value, &result->operations) == 2;
}

static void complain_of_run(const char *image, const char *row, const char *output)
{
    char *what = text_format("row %s of %s gave no result", row, image);

    complain(what, output && *output ? output : "it ended without a word", NULL);
    free(what);
}

bool bench_image_result(const char *image, const char *row, const char *output,
                        struct bench_result *result)
{
    bool good = take_result(output, result);

    if (!good && !interrupted())
        complain_of_run(image, row, output);
    return good;
}

bool bench_image_run(const char *image, const char *row, int shift, struct bench_result *result)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command};
    char *path = bench_image_file(image);
    char *words = text_format("image,arg=%s", row);
    char *output = NULL;
    bool good;

    bench_emulator_add(&command, path, words, shift);
    process_capture(&spec, &output);
    good = bench_image_result(image, row, output, result);
    args_free(&command);
    free(path);
    free(words);
    free(output);
    return good;
}

void bench_emulator_add_board(struct args *command, const struct bench_trace *run, const char *more)
{
    char *words = text_copy(run->words);
    char *rest = words;
    char *word;

    args_add_all(command, (const char *const[]){"timeout", PATIENCE, "env", NULL});
    args_add(command, "LINNET_NETWORK=none");
    args_add(command, "LINNET_ICOUNT=%d", run->shift);
    args_add(command, "LINNET_QEMU_MORE=%s", more);
    args_add(command, "sh");
    args_add(command, "%s/boards/emulate", linnet_root());
    args_add(command, "%s/boards/%s", linnet_root(), run->board);
    args_add(command, "%s", run->image);
    while ((word = strsep(&rest, " ")))
        args_add(command, "%s", word);
    free(words);
}

static void add_bare_emulator(struct args *command, const struct bench_trace *trace, char *more)
{
    char *word;

    bench_emulator_add(command, trace->image, trace->words, trace->shift);
    for (char *rest = more; (word = strsep(&rest, " "));)
        args_add(command, "%s", word);
}

/* `emulator | reader`: the log goes through a pipe; both write their lines to standard error, the first
 * how it ended too. */
static char *trace_line(const struct bench_trace *trace)
{
    struct args emulator = {0};
    struct args reader = {0};
    char *more;
    char *left;
    char *right;
    char *line;

    more = text_format("-singlestep -d %s -D /dev/stdout%s%s",
                       trace->masked ? "exec,cpu,nochain" : "exec,nochain",
                       trace->ranges ? " -dfilter " : "", trace->ranges ? trace->ranges : "");
    if (trace->board)
        bench_emulator_add_board(&emulator, trace, more);
    else
        add_bare_emulator(&emulator, trace, more);
    args_add(&reader, "%s/build/%s/bin/masktrace", linnet_root(), DEFAULT_PRESET);
    args_add_all(&reader,
                 (const char *const[]){trace->masked ? "masked" : "counts", trace->image, NULL});
    args_add_all(&reader, trace->reader);
    left = args_line(&emulator);
    right = args_line(&reader);
    line = text_format("{ %s; echo \"" TRACE_ENDED "$?\" >&2; } | %s", left, right);
    free(more);
    free(left);
    free(right);
    args_free(&emulator);
    args_free(&reader);
    return line;
}

char *bench_image_trace(const struct bench_trace *trace, struct bench_result *result)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command};
    char *line = trace_line(trace);
    char *output = NULL;

    args_add_all(&command, (const char *const[]){"sh", "-c", line, NULL});
    process_capture(&spec, &output);
    if (result && !take_result(output, result)) {
        if (!interrupted())
            complain_of_run(trace->image, trace->words, output);
        free(output);
        output = NULL;
    }
    args_free(&command);
    free(line);
    return output;
}
