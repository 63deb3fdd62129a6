/* SPDX-License-Identifier: MIT */
/*
 * The options of a build: its layers, and tools/optgen, which reads and changes them. The layers
 * are the ones that cmake/LinnetOptions.cmake uses; the last of them is the one to be written.
 */
#pragma once

#include "args.h"
#include "project.h"

#include <stdbool.h>
#include <stddef.h>

struct options {
    struct args layers; /* below the file, weakest first */
    char *file;         /* the layer that is the user's: app.config, or local.config of the build */
    char *folder;       /* scratch, inside the build folder */
};

/* One option as `optgen -d` describes it; all strings lie in the description. */
struct option_view {
    const char *name, *type, *value, *standard, *range, *condition, *place, *menu, *prompt, *help;
};

/* Finds the layers and makes sure of the program. An exit code; free the options in any case. */
int options_open(struct options *options, const struct project *project, const char *preset);
void options_close(struct options *options);

/* Runs optgen with these words in front of the scratch folder, the Kconfig file and the layers.
 * False if it failed; *output is what it wrote, to be freed by the caller. With `with_file` the
 * user's file is the last layer. */
bool options_run(const struct options *options, const struct args *words, bool with_file,
                 char **output);

/* All options with their values; ended by an entry without a name. NULL, with a message, if a layer
 * is at fault. The list is freed by the caller, and the text that it points into. */
struct option_view *options_describe(const struct options *options, char **text);

/* Writes the reference of all options as Markdown. False, with a message, if that failed. */
bool options_write_reference(const char *path);
