/* SPDX-License-Identifier: MIT */
/*
 * `linnet`, the one command. The first word is a verb; each verb is a file of its own. Exit codes:
 * 0 ok, 1 failed, 2 wrong use, 3 something is missing on this machine, 130 interrupted.
 */
#include "process.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>
#include <string.h>

static int unknown_verb(const char *name)
{
    const struct verb *near = verb_suggest(name);
    char *what = text_format("there is no verb `%s`", name);
    char *mend = near ? text_format("did you mean:  linnet %s", near->name)
                      : text_copy("see all of them:  linnet help");

    complain(what, NULL, mend);
    free(what);
    free(mend);
    return EXIT_USAGE;
}

/* The spellings that everybody tries first. */
static const char *verb_of_word(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return "help";
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        return "version";
    return word;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? verb_of_word(argv[1]) : "help";
    const struct verb *verb = verb_find(name);
    int result;

    if (!verb)
        return unknown_verb(name);
    if (argc > 1) {
        argc--;
        argv++;
    }
    verb_parse(verb, argc, argv);
    processes_begin();
    result = verb->run();
    processes_end();
    return interrupted() ? EXIT_STOPPED : result;
}
