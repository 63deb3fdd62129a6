/* SPDX-License-Identifier: MIT */
/* Changing a layer that a person wrote: only the lines of options that change. */
#pragma once

#include "evaluate.h"

struct edit {
    const struct evaluation *evaluation;
    char *const *layers; /* below the file */
    size_t layer_count;
    const char *path; /* the file to be changed; it need not be there yet */
};

/* Sets options in the file, each given as NAME=VALUE. Nothing is written unless all of them come to
 * hold. False when something was reported. */
bool edit_set(const struct edit *edit, char *wishes[], size_t wish_count);

/* Makes the file say what `target`, a whole configuration, has other than the layers below, and
 * nothing that follows from the rest. False when something was reported. */
bool edit_to(const struct edit *edit, const char *target);
