/* SPDX-License-Identifier: MIT */
/* What people and other programs are told about the options. */
#pragma once

#include <stdio.h>

#include "layer.h"

/* One line per option, its fields separated by tabs: name, type, value, default, range, condition,
 * place, menu, prompt, help. A line's end inside the help is written as \n, a backslash as \\. */
void describe_options(FILE *out, const struct options *options, const struct layer *defaults,
                      const struct layer *values);

/* The reference of all options as Markdown, in the order of their declaration. */
void describe_reference(FILE *out, const struct options *options);
