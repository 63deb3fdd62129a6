/* SPDX-License-Identifier: MIT */
/*
 * A layer: a file in the form of a .config that sets some options, written by a person (a board's,
 * a preset's, an application's) or by kconfig-conf (the result). Each line is NAME=VALUE,
 * `# NAME is not set`, another comment, or empty.
 */
#pragma once

#include "kconfig.h"

struct setting {
    const char *value; /* y or n, a number, or the text inside the quotes; NULL: not set */
    struct place place;
};

struct layer {
    struct setting *settings; /* one per option, in the order of the options */
    struct text *texts;
};

/* Reads one file. Every line must be well-formed, name a known option and bear a value of its
 * type; anything else is reported. False when something was. Free the layer in either case. */
bool layer_read(struct layer *layer, const struct options *options, const char *path);

/* Sets one option from a text NAME=VALUE, which is cut in place and must outlive the layer; a text
 * option's value may stand without quotes. False when something was reported. */
bool layer_set(struct layer *layer, const struct options *options, char *wish, struct place place);

void layer_free(struct layer *layer);

/* Takes over what `upper` sets; choosing one member of a choice forgets the others. The texts of
 * `upper` must outlive the layer. */
void layer_cover(struct layer *layer, const struct layer *upper, const struct options *options);

/* Writes the layer for kconfig-conf. False when the file cannot be written (errno says why). */
bool layer_write(const struct layer *layer, const struct options *options, const char *path);

/* True if one option has the same value in both; an unset boolean counts as n. */
bool layer_same_setting(const struct layer *one, const struct layer *other,
                        const struct options *options, size_t index);

/* Reports every option of `asked` that has become something else in `result`, and why. */
bool layer_honoured(const struct layer *asked, const struct layer *result,
                    const struct options *options);
