/* SPDX-License-Identifier: MIT */
#include "verb.h"

#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_JSON = 0x1000, OPTION_DRY_RUN, OPTION_USAGE };

const struct verb *const all_verbs[] = {&verb_demo,    &verb_new,   &verb_config,     &verb_test,
                                        &verb_build,   &verb_run,   &verb_bench,      &verb_boards,
                                        &verb_monitor, &verb_debug, &verb_size,       &verb_doctor,
                                        &verb_version, &verb_help,  &verb_completion, NULL};

static const struct argp_option common_options[] = {
    {"help", 'h', NULL, 0, "Show this help", -1},
    {"usage", OPTION_USAGE, NULL, OPTION_HIDDEN, NULL, -1},
    {"verbose", 'v', NULL, 0, "Show each underlying command so that it can be pasted", -1},
    {"json", OPTION_JSON, NULL, 0, "Write results as JSON, one value a line", -1},
    {"dry-run", OPTION_DRY_RUN, NULL, 0, "Show what would be done and do nothing", -1},
    {0},
};

static const struct argp_option common_options_of_readers[] = {
    {"help", 'h', NULL, 0, "Show this help", -1},
    {"usage", OPTION_USAGE, NULL, OPTION_HIDDEN, NULL, -1},
    {"verbose", 'v', NULL, 0, "Show each underlying command so that it can be pasted", -1},
    {"json", OPTION_JSON, NULL, 0, "Write results as JSON, one value a line", -1},
    {0},
};

const struct argp_option *verb_common_options(const struct verb *verb)
{
    return verb->writes ? common_options : common_options_of_readers;
}

const struct verb *verb_find(const char *name)
{
    for (const struct verb *const *verb = all_verbs; *verb; verb++)
        if (strcmp((*verb)->name, name) == 0)
            return *verb;
    return NULL;
}

const struct verb *verb_suggest(const char *name)
{
    const struct verb *nearest = NULL;
    size_t shortest = 3;

    for (const struct verb *const *verb = all_verbs; *verb; verb++) {
        size_t distance = text_distance(name, (*verb)->name);

        if (distance < shortest && distance < strlen((*verb)->name)) {
            shortest = distance;
            nearest = *verb;
        }
    }
    return nearest;
}

static error_t parse_common(int key, char *argument, struct argp_state *state)
{
    const struct verb *verb = state->input;

    (void)argument;
    switch (key) {
    case 'h':
        verb_print_help(verb);
        exit(EXIT_OK);
    case OPTION_USAGE:
        argp_state_help(state, stdout, ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
        return 0;
    case 'v':
        terminal.verbose = true;
        return 0;
    case OPTION_JSON:
        terminal.json = true;
        return 0;
    case OPTION_DRY_RUN:
        terminal.dry_run = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_verb(int key, char *argument, struct argp_state *state)
{
    const struct verb *verb = state->input;

    if (key == ARGP_KEY_INIT)
        state->child_inputs[0] = state->input;
    if (verb->parser)
        return verb->parser(key, argument, state);
    if (key == ARGP_KEY_ARG)
        argp_error(state, "%s: this verb takes no argument", argument);
    return ARGP_ERR_UNKNOWN;
}

static char *program_name(const struct verb *verb)
{
    return text_format("linnet %s", verb->name);
}

/* Calls the function with the verb's whole argp. */
static void with_argp(const struct verb *verb, void (*use)(const struct argp *, void *), void *data)
{
    static const struct argp_option none[] = {{0}};
    struct argp common = {.options = verb_common_options(verb), .parser = parse_common};
    struct argp_child children[] = {{&common, 0, NULL, 0}, {0}};
    struct argp argp = {.options = verb->options ? verb->options : none,
                        .parser = parse_verb,
                        .args_doc = verb->usage,
                        .children = children};

    use(&argp, data);
}

struct command_line {
    const struct verb *verb;
    int argc;
    char **argv;
};

static void parse(const struct argp *argp, void *data)
{
    const struct command_line *line = data;

    argp_err_exit_status = EXIT_USAGE;
    argp_parse(argp, line->argc, line->argv, ARGP_NO_HELP | ARGP_IN_ORDER, NULL,
               (void *)(size_t)line->verb);
}

void verb_parse(const struct verb *verb, int argc, char **argv)
{
    struct command_line line = {verb, argc, argv};

    /* argp names the program after the first word in what it prints. */
    argv[0] = program_name(verb);
    with_argp(verb, parse, &line);
}

static void print_help(const struct argp *argp, void *data)
{
    const struct verb *verb = data;
    char *name = program_name(verb);

    printf("Example:\n  %s\n\n%s.\n\n", verb->example, verb->summary);
    setenv("ARGP_HELP_FMT", "no-dup-args-note", 0);
    argp_help(argp, stdout, ARGP_HELP_USAGE | ARGP_HELP_LONG, name);
    if (verb->more)
        printf("\n%s\n", verb->more);
    free(name);
}

void verb_print_help(const struct verb *verb)
{
    with_argp(verb, print_help, (void *)(size_t)verb);
}
