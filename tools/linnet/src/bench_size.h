/* SPDX-License-Identifier: MIT */
/* What of a linked image belongs to an archive: read from the linker's map. */
#pragma once

#include <stddef.h>

struct bench_size {
    size_t text;   /* code and constants */
    size_t data;   /* initialised and zeroed data … */
    size_t stacks; /* … of which sections of objects whose names end in _stack */
};

/* Sums up the sections that the map of GNU ld says come from the archive, for instance
 * `libkernel-Os.a`. Sections that were discarded are not counted. */
struct bench_size bench_size_of(const char *map, const char *archive);
