/* SPDX-License-Identifier: MIT */
#include "args.h"
#include "cmake_build.h"
#include "files.h"
#include "process.h"
#include "project.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>
#include <string.h>

static const char *app;
static const char *preset = DEFAULT_PRESET;
static const char *pcap;
static struct args settings;

enum { OPTION_PCAP = 0x4000 };

/* The first argument is the application; what follows is for the device. */
static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'b':
    case 'p':
        preset = argument;
        return 0;
    case OPTION_PCAP:
        if (!file_can_be_made(argument))
            argp_error(state, "--pcap %s: no file can be written there", argument);
        pcap = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (!app && !state->quoted)
            app = argument;
        else
            args_add(&settings, "%s", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The application takes the place of this process: its exit code and its signals are its own. */
static int become_device(const struct project *project)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command};
    char *program = project_program(project);

    args_add(&command, "%s", program);
    if (pcap)
        args_add_all(&command, (const char *const[]){"--pcap", pcap, NULL});
    if (settings.count)
        args_add_all(&command, (const char *const *)settings.items);
    process_become(&spec);
    args_free(&command);
    free(program);
    return terminal.dry_run ? EXIT_OK : EXIT_FAILED;
}

static int run(void)
{
    struct project project;
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (!build_check_preset(preset) || !project_find(app, preset, true, &project))
        return EXIT_USAGE;
    result = build_run(&project.build);
    if (result == EXIT_OK && !interrupted()) {
        char *program = project_program(&project);
        char *json = text_json(program);

        emit_json("{\"running\":\"%s\",\"program\":%s}", project.name, json);
        free(program);
        free(json);
        result = become_device(&project);
    }
    project_free(&project);
    return result;
}

static const struct argp_option options[] = {
    {"board", 'b', "BOARD", 0, "The board to run on: `linnet boards` shows them", 0},
    {"preset", 'p', "PRESET", 0, "What to build for (default: " DEFAULT_PRESET ")", 0},
    {"pcap", OPTION_PCAP, "FILE", 0, "Write every Ethernet frame of the device to a file", 0},
    {0},
};

const struct verb verb_run = {
    .name = "run",
    .summary = "Build an application and run it on the simulator or a board",
    .example = "linnet run mqtt_echo -- --broker localhost:8883",
    .usage = "[APP] [-- SETTING...]",
    .more = "APP is an application of this checkout or a folder made by `linnet new`; in\n"
            "such a folder it can be left out. Settings are passed on to the device. The\n"
            "exit code is the application's. A board runs in QEMU, with a network of its own.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
