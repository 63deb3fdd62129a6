/* SPDX-License-Identifier: MIT */
#include "cmake_build.h"

#include "args.h"
#include "board_data.h"
#include "files.h"
#include "lock.h"
#include "packages.h"
#include "preset.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *build_folder(const struct build *build)
{
    return text_format("%s/build/%s", build->source, build->preset);
}

/* The names of the presets that are not hidden, each behind a blank. */
static char *preset_names(void)
{
    char *path = text_format("%s/CMakePresets.json", linnet_root());
    char *text = read_whole_file(path);
    char *end = text ? strstr(text, "\"buildPresets\"") : NULL;
    char *names = text_copy("");

    if (end)
        *end = '\0';
    for (const char *at = text; at && (at = strstr(at, "\"name\": \"")); at++) {
        char name[64] = "";
        const char *hidden;

        sscanf(at, "\"name\": \"%63[^\"]", name);
        hidden = strstr(at, "\"hidden\": true");
        if (!hidden || memchr(at, '}', (size_t)(hidden - at))) {
            names = text_append(names, " ", 1);
            names = text_append(names, name, strlen(name));
        }
    }
    free(path);
    free(text);
    return names;
}

bool build_check_preset(const char *preset)
{
    char *names = preset_names();
    char *padded = text_format("%s ", names);
    char *wanted = text_format(" %s ", preset);
    bool known = *preset && strstr(padded, wanted);

    if (!known) {
        char *what = text_format("there is no preset `%s`", preset);
        char *mend = text_format("one of:%s", names);

        complain(what, NULL, mend);
        free(what);
        free(mend);
    }
    free(names);
    free(padded);
    free(wanted);
    return known;
}

/* Passes a cache variable of the preset on, if it sets it. */
static void add_setting(struct args *command, const char *preset, const char *variable)
{
    char *value = preset_setting(preset, variable);

    if (value)
        args_add(command, "-D%s=%s", variable, value);
    free(value);
}

/* The preset's compiler: the host's, or that of a toolchain file of this checkout. */
static void add_compiler(struct args *command, const char *preset)
{
    static const char folder[] = "${sourceDir}";
    char *toolchain = preset_setting(preset, "toolchainFile");

    if (toolchain && strncmp(toolchain, folder, strlen(folder)) == 0)
        args_add(command, "-DCMAKE_TOOLCHAIN_FILE=%s%s", linnet_root(), toolchain + strlen(folder));
    else
        add_setting(command, preset, "CMAKE_C_COMPILER");
    free(toolchain);
}

/* A project outside the checkout takes over the preset's board, compiler and sanitizers. */
static void add_configure_words(struct args *command, const struct build *build, const char *folder)
{
    static const char *const passed_on[] = {"LINNET_BOARD", "LINNET_OPTIONS", "LINNET_SANITIZE"};

    args_add(command, "cmake");
    if (!build->project) {
        args_add_all(command, (const char *const[]){"--preset", build->preset, NULL});
        return;
    }
    args_add_all(command, (const char *const[]){"-S", build->source, "-B", folder, "-G", "Ninja",
                                                "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
                                                "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", NULL});
    add_compiler(command, build->preset);
    for (size_t i = 0; i < sizeof passed_on / sizeof passed_on[0]; i++)
        add_setting(command, build->preset, passed_on[i]);
}

/* On a terminal a tool shows its own progress; elsewhere its output is shown when it failed. */
static int run_tool(const struct args *command, const char *directory, const char *what)
{
    struct process_spec spec = {.args = command, .directory = directory, .patient = true};
    char *output = NULL;
    bool full;
    int status;

    if (terminal.verbose || is_live(stdout)) {
        status = process_run(&spec);
    } else {
        status = process_capture(&spec, &output);
        if (status != 0 && status != PROCESS_STOPPED)
            fputs(output, stderr);
    }
    full = output && (strstr(output, strerror(ENOSPC)) || strstr(output, strerror(EFBIG)));
    free(output);
    if (status == PROCESS_STOPPED)
        return EXIT_STOPPED;
    if (status == 0)
        return EXIT_OK;
    if (full)
        complain(what, "the disk is full, or the size of files is limited",
                 "make room (df -h), or raise the limit (ulimit -f); then try again");
    else
        complain(what, "its messages are above",
                 "mend what they name; if they make no sense, remove the build folder and try "
                 "again");
    return EXIT_FAILED;
}

static int configure(const struct build *build, const char *folder)
{
    char *marker = text_format("%s/build.ninja", folder);
    struct args command = {0};
    int result = EXIT_OK;

    if (!file_exists(marker)) {
        add_configure_words(&command, build, folder);
        result = run_tool(&command, build->source, "the build could not be configured");
        /* A failed run may leave the file; it would pass for a configured build. */
        if (result != EXIT_OK)
            unlink(marker);
    }
    free(marker);
    args_free(&command);
    return result;
}

static int compile(const struct build *build, const char *folder)
{
    struct args command = {0};
    int result;

    args_add_all(&command, (const char *const[]){"ninja", "-C", folder, NULL});
    if (build->target)
        args_add(&command, "%s", build->target);
    result = run_tool(&command, NULL, "the build failed");
    args_free(&command);
    return result;
}

/* Two runs of the tool in one build folder wait for each other. */
static int build_alone(const struct build *build, const char *folder)
{
    int lock = terminal.dry_run ? -1 : lock_take(folder);
    int result;

    if (lock < 0 && !terminal.dry_run)
        return interrupted() ? EXIT_STOPPED : EXIT_ENVIRONMENT;
    result = configure(build, folder);
    if (result == EXIT_OK)
        result = compile(build, folder);
    lock_release(lock);
    return result;
}

unsigned build_needs(const char *preset)
{
    char *board = preset_setting(preset, "LINNET_BOARD");
    unsigned needs = board ? board_needs(board) : 0u;

    free(board);
    return needs | (strstr(preset, "clang") ? NEED_CLANG : 0u);
}

int build_run(const struct build *build)
{
    char *folder = build_folder(build);
    int result = packages_ensure(NEED_BUILD | build_needs(build->preset));

    if (result == EXIT_OK)
        result = build_alone(build, folder);
    free(folder);
    return result;
}

char *build_find_project(const char *name)
{
    char *marker = text_format("%s/linnet.path", name);
    char *found = file_exists(marker) ? realpath(name, NULL) : NULL;

    free(marker);
    return found;
}
