/* SPDX-License-Identifier: MIT */
/* Completion scripts for three shells, made from the same tables that parse the command line. */
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *shell;

static bool is_shell(const char *name)
{
    return strcmp(name, "bash") == 0 || strcmp(name, "zsh") == 0 || strcmp(name, "fish") == 0;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case ARGP_KEY_ARG:
        if (shell || !is_shell(argument))
            argp_error(state, "%s: one of bash, zsh, fish is expected", argument);
        shell = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which shell? bash, zsh or fish");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool is_shown(const struct argp_option *option)
{
    return option->name && !(option->flags & OPTION_HIDDEN);
}

static void append_options(char **words, const struct argp_option *options)
{
    for (; options && (options->name || options->key || options->doc); options++) {
        if (!is_shown(options))
            continue;
        char *word = text_format("%s--%s", **words ? " " : "", options->name);

        *words = text_append(*words, word, strlen(word));
        free(word);
    }
}

static char *options_of(const struct verb *verb)
{
    char *words = text_copy("");

    append_options(&words, verb->options);
    append_options(&words, verb_common_options(verb));
    return words;
}

static char *verb_names(void)
{
    char *names = text_copy("");

    for (const struct verb *const *verb = all_verbs; *verb; verb++) {
        if (*names)
            names = text_append(names, " ", 1);
        names = text_append(names, (*verb)->name, strlen((*verb)->name));
    }
    return names;
}

/* The script for bash, which zsh understands through its bashcompinit. */
static char *bash_script(bool zsh)
{
    char *names = verb_names();
    char *script = text_copy(zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : "");
    char *head = text_format("# Made by `linnet completion`.\n"
                             "_linnet() {\n"
                             "    local word=${COMP_WORDS[COMP_CWORD]} words='%s'\n"
                             "    if [ \"$COMP_CWORD\" -gt 1 ]; then\n"
                             "        case ${COMP_WORDS[1]} in\n"
                             "        help) ;;\n",
                             names);
    const char *tail = "        *) words= ;;\n"
                       "        esac\n"
                       "    fi\n"
                       "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                       "}\n"
                       "complete -o default -F _linnet linnet ./linnet\n";

    script = text_append(script, head, strlen(head));
    for (const struct verb *const *verb = all_verbs; *verb; verb++) {
        char *options = options_of(*verb);
        char *line = text_format("        %s) words='%s%s' ;;\n", (*verb)->name,
                                 *verb == &verb_completion ? "bash zsh fish " : "", options);

        if (*verb != &verb_help)
            script = text_append(script, line, strlen(line));
        free(options);
        free(line);
    }
    script = text_append(script, tail, strlen(tail));
    free(names);
    free(head);
    return script;
}

static void append_fish_options(char **script, const char *verb, const struct argp_option *options)
{
    for (; options && (options->name || options->key || options->doc); options++) {
        if (!is_shown(options))
            continue;
        char *doc = text_shell_quote(options->doc ? options->doc : "");
        char *line = text_format(
            "complete -c linnet -n '__fish_seen_subcommand_from %s' -l %s%s -d %s\n", verb,
            options->name, options->arg ? " -r" : "", doc);

        *script = text_append(*script, line, strlen(line));
        free(doc);
        free(line);
    }
}

static char *fish_script(void)
{
    char *script = text_copy("# Made by `linnet completion`.\n");

    for (const struct verb *const *verb = all_verbs; *verb; verb++) {
        char *summary = text_shell_quote((*verb)->summary);
        char *line = text_format("complete -c linnet -n __fish_use_subcommand -f -a %s -d %s\n",
                                 (*verb)->name, summary);

        script = text_append(script, line, strlen(line));
        append_fish_options(&script, (*verb)->name, (*verb)->options);
        append_fish_options(&script, (*verb)->name, verb_common_options(*verb));
        free(summary);
        free(line);
    }
    return script;
}

static int run(void)
{
    char *script = strcmp(shell, "fish") == 0 ? fish_script() : bash_script(*shell == 'z');
    char *json = text_json(script);

    if (terminal.json)
        emit_json("{\"shell\":\"%s\",\"script\":%s}", shell, json);
    else
        fputs(script, stdout);
    free(script);
    free(json);
    return EXIT_OK;
}

const struct verb verb_completion = {
    .name = "completion",
    .summary = "Print a completion script for a shell",
    .example = "eval \"$(./linnet completion bash)\"",
    .usage = "bash|zsh|fish",
    .parser = parse,
    .run = run,
};
