/* SPDX-License-Identifier: MIT */
/*
 * `linnet config`: looking at options and changing them, by a menu or by name. What is written is
 * one file that belongs to the user and says only what differs: app.config of a project, or
 * local.config in the build folder of this checkout. The rules are Kconfig's; tools/optgen applies
 * them here exactly as in the build.
 */
#include "files.h"
#include "options.h"
#include "process.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *app;
static const char *preset = DEFAULT_PRESET;
static const char *reference;
static bool list;
static struct args names;
static struct args wishes;

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'p':
        preset = argument;
        return 0;
    case 'a':
        app = argument;
        return 0;
    case 'l':
        list = true;
        return 0;
    case 'r':
        reference = argument;
        return 0;
    case ARGP_KEY_ARG:
        args_add(strchr(argument, '=') ? &wishes : &names, "%s", argument);
        return 0;
    case ARGP_KEY_END:
        if ((names.count > 0) + (wishes.count > 0) + list + (reference != NULL) > 1)
            argp_error(state, "names, settings, --list and --reference exclude each other");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void emit_view(const struct option_view *view)
{
    const char *const texts[] = {view->name,     view->type,   view->value,
                                 view->standard, view->range,  view->condition,
                                 view->place,    view->prompt, view->help};
    char *json[sizeof texts / sizeof texts[0]];

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        json[i] = text_json(texts[i]);
    emit_json("{\"name\":%s,\"type\":%s,\"value\":%s,\"default\":%s,\"range\":%s,"
              "\"depends\":%s,\"place\":%s,\"prompt\":%s,\"help\":%s}",
              json[0], json[1], json[2], json[3], json[4], json[5], json[6], json[7], json[8]);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        free(json[i]);
}

static const char *summary(const struct option_view *view)
{
    return *view->prompt ? view->prompt : "(follows from others)";
}

static void print_list(const struct option_view *views)
{
    const char *menu = "";

    if (!terminal.json)
        printf("  %-44s %-12s %-12s %s\n", "option", "value", "default", "what it is");
    for (const struct option_view *view = views; view->name; view++) {
        bool changed = strcmp(view->value, view->standard) != 0;

        if (terminal.json) {
            emit_view(view);
            continue;
        }
        if (strcmp(menu, view->menu) != 0)
            printf("\n%s\n", view->menu);
        menu = view->menu;
        printf("%s%s %-44s %-12s %-12s %s%s\n", changed ? colour_begin(stdout, COLOUR_WARNING) : "",
               changed ? "*" : " ", view->name, view->value, view->standard, summary(view),
               changed ? colour_end(stdout) : "");
    }
}

static void print_view(const struct option_view *view)
{
    if (terminal.json) {
        emit_view(view);
        return;
    }
    printf("%s=%s\n  %s\n", view->name, view->value, summary(view));
    printf("  type %s", view->type);
    if (*view->range)
        printf(", range %s", view->range);
    printf(", default %s\n", *view->standard ? view->standard : "(empty)");
    if (*view->condition)
        printf("  depends on %s\n", view->condition);
    printf("  declared in %s\n", view->place);
    if (*view->help)
        printf("\n%s\n", view->help);
}

static const struct option_view *find(const struct option_view *views, const char *name)
{
    for (; views->name; views++)
        if (strcmp(views->name, name) == 0)
            return views;
    return NULL;
}

static void complain_unknown(const struct option_view *views, const char *name)
{
    const char *near = NULL;
    size_t shortest = strlen(name) / 3 + 1;

    for (const struct option_view *view = views; view->name; view++) {
        size_t distance = text_distance(name, view->name);

        if (distance < shortest) {
            shortest = distance;
            near = view->name;
        }
    }
    char *what = text_format("there is no option `%s`", name);
    char *mend = near ? text_format("did you mean:  linnet config %s", near)
                      : text_copy("see all of them:  linnet config --list");

    complain(what, NULL, mend);
    free(what);
    free(mend);
}

static int show(const struct options *options)
{
    char *text = NULL;
    struct option_view *views = options_describe(options, &text);
    int result = views ? EXIT_OK : EXIT_FAILED;

    if (views && list)
        print_list(views);
    for (size_t i = 0; views && i < names.count; i++) {
        const struct option_view *view = find(views, names.items[i]);

        if (view) {
            print_view(view);
        } else {
            complain_unknown(views, names.items[i]);
            result = EXIT_USAGE;
        }
    }
    free(views);
    free(text);
    return result;
}

/* The file that is really changed: with --dry-run a copy of the user's. NULL if there is no copy. */
static char *file_to_change(const struct options *options)
{
    if (!terminal.dry_run)
        return text_copy(options->file);
    char *copy = text_format("%s/dry-run.config", options->folder);
    char *text = read_whole_file(options->file);
    bool good = text ? write_whole_file(copy, text, 0666) : unlink(copy) == 0 || errno == ENOENT;

    free(text);
    if (good)
        return copy;
    complain("cannot copy the options", strerror(errno), NULL);
    free(copy);
    return NULL;
}

static void tell_change(const struct options *options, const char *before, const char *changed)
{
    char *now = read_whole_file(changed);
    bool same = strcmp(before ? before : "", now ? now : "") == 0;
    char *json = text_json(options->file);

    emit_json("{\"file\":%s,\"changed\":%s}", json, same ? "false" : "true");
    if (same)
        say("Nothing has changed.");
    else
        say("%s %s; the next build uses it.", terminal.dry_run ? "Would write" : "Wrote",
            options->file);
    free(now);
    free(json);
}

/* Lets optgen change the user's file. */
static int change(const struct options *options, struct args *words)
{
    char *file = file_to_change(options);
    char *before = file ? read_whole_file(file) : NULL;
    char *output = NULL;
    bool good = false;

    if (file) {
        args_add_all(words, (const char *const[]){"-e", file, NULL});
        good = options_run(options, words, false, &output);
        if (good)
            tell_change(options, before, file);
        else
            complain("the options stay as they were", output,
                     "see what is possible:  linnet config NAME");
    }
    free(file);
    free(before);
    free(output);
    return good ? EXIT_OK : EXIT_FAILED;
}

static int set(const struct options *options)
{
    struct args words = {0};
    int result;

    for (size_t i = 0; i < wishes.count; i++)
        args_add_all(&words, (const char *const[]){"-w", wishes.items[i], NULL});
    result = change(options, &words);
    args_free(&words);
    return result;
}

/* Runs the menu over a copy of the values; true if it ended as it should. */
static bool run_menu(const char *copy)
{
    struct args command = {0};
    struct args environment = {0};
    struct process_spec spec = {.args = &command,
                                .environment = &environment,
                                .directory = linnet_root(),
                                .output = PROCESS_DIRECT,
                                .patient = true,
                                .asks = true};
    int status;

    args_add_all(&environment, (const char *const[]){"CONFIG_=", NULL});
    args_add(&environment, "KCONFIG_CONFIG=%s", copy);
    args_add_all(&command, (const char *const[]){"kconfig-mconf", "Kconfig", NULL});
    status = process_run(&spec);
    args_free(&command);
    args_free(&environment);
    if (status != 0 && status != PROCESS_STOPPED)
        complain("the menu failed", "its message is above",
                 "a larger terminal (80x19 at least), or by name:  linnet config NAME=VALUE");
    return status == 0;
}

/* A copy of all values, for the menu to change; NULL, with a message, if a layer is at fault. */
static char *values_copy(const struct options *options)
{
    char *text = NULL;
    struct option_view *views = options_describe(options, &text);
    char *result = text_format("%s/linnet.config", options->folder);
    char *copy = text_format("%s/menu.config", options->folder);
    char *values = views ? read_whole_file(result) : NULL;

    if (views && (!values || !write_whole_file(copy, values, 0666))) {
        complain("cannot copy the options", strerror(errno), "make room: df -h");
        free(values);
        values = NULL;
    }
    free(views);
    free(text);
    free(result);
    if (values) {
        free(values);
        return copy;
    }
    free(copy);
    return NULL;
}

static int menu(const struct options *options)
{
    if (!terminal.dry_run && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))) {
        complain("the menu needs a terminal", "input or output is something else",
                 "by name:  linnet config NAME=VALUE, linnet config --list");
        return EXIT_ENVIRONMENT;
    }
    char *copy = values_copy(options);
    struct args words = {0};
    int result = EXIT_FAILED;

    if (copy && run_menu(copy)) {
        args_add_all(&words, (const char *const[]){"-t", copy, NULL});
        result = change(options, &words);
    }
    args_free(&words);
    free(copy);
    return result;
}

static int run(void)
{
    struct project project;
    struct options options;
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (reference)
        return options_write_reference(reference) ? EXIT_OK : EXIT_FAILED;
    if (!build_check_preset(preset) || !project_find(app, preset, false, &project))
        return EXIT_USAGE;
    result = options_open(&options, &project, preset);
    if (result == EXIT_OK)
        result = list || names.count ? show(&options)
                 : wishes.count      ? set(&options)
                                     : menu(&options);
    options_close(&options);
    project_free(&project);
    return result;
}

static const struct argp_option options_of_verb[] = {
    {"preset", 'p', "PRESET", 0, "Whose options (default: " DEFAULT_PRESET ")", 0},
    {"app", 'a', "FOLDER", 0, "A project made by `linnet new` (default: the current folder)", 0},
    {"list", 'l', NULL, 0, "Print every option: value, default, what it is", 0},
    {"reference", 'r', "FILE", 0, "Write the reference of all options as Markdown", 0},
    {0},
};

const struct verb verb_config = {
    .name = "config",
    .summary = "Look at the options and change them, in a menu or by name",
    .example = "linnet config configMAX_PRIORITIES=9",
    .usage = "[NAME... | NAME=VALUE...]",
    .more = "Without arguments a menu opens: / searches, ? explains. NAME explains an option,\n"
            "NAME=VALUE sets it. In a project made by `linnet new` the file app.config is\n"
            "written; in this checkout build/PRESET/local.config, which is the last layer of that\n"
            "build folder. Only what differs is written, and your own lines stay.",
    .options = options_of_verb,
    .parser = parse,
    .writes = true,
    .run = run,
};
