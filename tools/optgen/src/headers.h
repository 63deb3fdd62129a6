/* SPDX-License-Identifier: MIT */
/* The C headers made from the result: one per header rule, every option defined. */
#pragma once

#include "layer.h"

/* Writes the headers into the folder, each only if its text has changed. `layers` are the names of
 * the files that the result comes from. False when something was reported. */
bool headers_write(const struct options *options, const struct layer *result, const char *folder,
                   char *const layers[], size_t layer_count);
