/* SPDX-License-Identifier: MIT */
#include "cmake_build.h"
#include "files.h"
#include "project.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>

static const char *app;
static const char *preset = DEFAULT_PRESET;

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'b':
    case 'p':
        preset = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            return ARGP_ERR_UNKNOWN;
        app = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int run(void)
{
    struct project project;
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (!build_check_preset(preset))
        return EXIT_USAGE;
    if (!project_find(app, preset, false, &project))
        return EXIT_USAGE;
    result = build_run(&project.build);
    if (result == EXIT_OK && !terminal.dry_run) {
        char *folder = build_folder(&project.build);
        char *json = text_json(folder);

        emit_json("{\"built\":\"%s\",\"preset\":\"%s\",\"folder\":%s}",
                  project.build.target ? project.build.target : "everything", preset, json);
        say("Built %s in %s", project.build.target ? project.build.target : "everything", folder);
        free(folder);
        free(json);
    }
    project_free(&project);
    return result;
}

static const struct argp_option options[] = {
    {"board", 'b', "BOARD", 0, "The board to build for: `linnet boards` shows them", 0},
    {"preset", 'p', "PRESET", 0, "What to build for (default: " DEFAULT_PRESET ")", 0},
    {0},
};

const struct verb verb_build = {
    .name = "build",
    .summary = "Build an application, or everything, for the simulator or a board",
    .example = "linnet build mqtt_echo --board mps2-an385",
    .usage = "[APP]",
    .more = "APP is an application of this checkout or a folder made by `linnet new`.\n"
            "Everything is built in build/PRESET; a board is a preset.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
