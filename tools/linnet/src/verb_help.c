/* SPDX-License-Identifier: MIT */
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *asked_for;

static error_t parse(int key, char *argument, struct argp_state *state)
{
    if (key != ARGP_KEY_ARG || state->arg_num > 0)
        return ARGP_ERR_UNKNOWN;
    if (!verb_find(argument)) {
        const struct verb *near = verb_suggest(argument);

        argp_error(state, "there is no verb `%s`%s%s", argument, near ? "; did you mean " : "",
                   near ? near->name : "");
    }
    asked_for = argument;
    return 0;
}

static void list_json(void)
{
    for (const struct verb *const *verb = all_verbs; *verb; verb++) {
        char *summary = text_json((*verb)->summary);
        char *example = text_json((*verb)->example);

        emit_json("{\"verb\":\"%s\",\"summary\":%s,\"example\":%s}", (*verb)->name, summary,
                  example);
        free(summary);
        free(example);
    }
}

static int run(void)
{
    if (asked_for) {
        verb_print_help(verb_find(asked_for));
        return EXIT_OK;
    }
    if (terminal.json) {
        list_json();
        return EXIT_OK;
    }
    puts("Example:\n"
         "  ./linnet demo      a simulated device talks MQTT over mutual TLS with a real broker\n"
         "  ./linnet test      build and run the fast tests\n\n"
         "Verbs:");
    for (const struct verb *const *verb = all_verbs; *verb; verb++)
        printf("  %-11s %s\n", (*verb)->name, (*verb)->summary);
    puts("\nEvery verb explains itself:  linnet VERB --help\n"
         "Exit codes: 0 ok, 1 failed, 2 wrong use, 3 something is missing on this machine.");
    return EXIT_OK;
}

const struct verb verb_help = {
    .name = "help",
    .summary = "Show the verbs, or the help of one",
    .example = "linnet help demo",
    .usage = "[VERB]",
    .parser = parse,
    .run = run,
};
