/* SPDX-License-Identifier: MIT */
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The version stands in the root CMakeLists.txt: project(Linnet VERSION x.y.z …). */
static char *version_of(const char *root)
{
    char *path = text_format("%s/CMakeLists.txt", root);
    char *text = read_whole_file(path);
    const char *at = text ? strstr(text, "project(Linnet VERSION ") : NULL;
    char version[32] = "unknown";

    if (at)
        sscanf(at, "project(Linnet VERSION %31[0-9.]", version);
    free(path);
    free(text);
    return text_copy(version);
}

/* What git says of the checkout; empty without git. */
static char *revision_of(const char *root)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *output = NULL;

    args_add_all(&command, (const char *const[]){"git", "-C", root, "describe", "--always",
                                                 "--dirty", "--tags", NULL});
    if (process_capture(&spec, &output) != 0)
        output[0] = '\0';
    output[strcspn(output, "\n")] = '\0';
    args_free(&command);
    return output;
}

static int run(void)
{
    const char *root = linnet_root();

    if (!root)
        return EXIT_ENVIRONMENT;
    char *version = version_of(root);
    char *revision = revision_of(root);
    char *where = text_json(root);
    char *what = text_json(revision);

    if (terminal.json)
        emit_json("{\"name\":\"linnet\",\"version\":\"%s\",\"revision\":%s,\"root\":%s}", version,
                  what, where);
    else
        say("linnet %s%s%s%s  %s", version, *revision ? " (" : "", revision, *revision ? ")" : "",
            root);
    free(version);
    free(revision);
    free(where);
    free(what);
    return EXIT_OK;
}

const struct verb verb_version = {
    .name = "version",
    .summary = "Show the version and the checkout it comes from",
    .example = "linnet version --json",
    .run = run,
};
