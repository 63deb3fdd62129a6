/* SPDX-License-Identifier: MIT */
/*
 * Which addresses QEMU should log (-dfilter), so that what surely has nothing to do with the mask does not
 * make the log long.
 */
#pragma once

#include "image.h"

#include <stdio.h>

/* Writes `FIRST..LAST` of all runs of functions, with commas between, and the end of the line. The
 * functions that stand in `names`, one a line, are left out, unless they raise or lower the mask
 * themselves. */
void ranges_write(FILE *to, const struct image *image, const char *names);

/* True if a name stands in the text on a line of its own. */
bool names_have(const char *names, const char *name);
