/* SPDX-License-Identifier: MIT */
/*
 * A verb of the command line: its words, its options and its body. Every verb takes --help,
 * --verbose and --json besides its own options, and --dry-run if it writes anything.
 */
#pragma once

#include <argp.h>
#include <stdbool.h>

struct verb {
    const char *name;
    const char *summary;               /* one line for the overview */
    const char *example;               /* opens the help: a command line and what it does */
    const char *usage;                 /* the arguments, as argp's args_doc */
    const char *more;                  /* the rest of the help, or NULL */
    const struct argp_option *options; /* of its own, ended by {0}; or NULL */
    argp_parser_t parser;              /* for those and the arguments; or NULL: takes none */
    bool writes;                       /* takes --dry-run */
    /* The body; returns an exit code. */
    int (*run)(void);
};

extern const struct verb verb_demo, verb_new, verb_test, verb_build, verb_run, verb_doctor,
    verb_version, verb_help, verb_completion, verb_config, verb_bench, verb_boards, verb_monitor,
    verb_size, verb_debug;

/* All verbs in the order of the overview, ended by NULL. */
extern const struct verb *const all_verbs[];

const struct verb *verb_find(const char *name);

/* The verb whose name is nearest to a mistyped one, or NULL if none is near. */
const struct verb *verb_suggest(const char *name);

/* Reads the options of the verb; ends the program on --help (0) and on misuse (2). */
void verb_parse(const struct verb *verb, int argc, char **argv);

/* Prints the help of a verb. */
void verb_print_help(const struct verb *verb);

/* The options that every verb has, ended by {0}. */
const struct argp_option *verb_common_options(const struct verb *verb);
