/* SPDX-License-Identifier: MIT */
/* Which source an address of an image comes from, by what the compiler says for debuggers. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct source_place {
    unsigned long address; /* of a function or a datum */
    unsigned long entry;   /* what describes it */
};

struct source_unit {
    unsigned long entry; /* what comes behind it, up to the next, is of this source */
    char *path;
};

struct size_sources {
    struct source_place *places;
    struct source_unit *units;
    size_t place_count, place_room, unit_count, unit_room;
};

/* False, with a message, if the image could not be read. An image without such words has no places. */
bool size_sources_read(const char *image, const char *objdump, struct size_sources *sources);

/* The path as the compiler was given it, or NULL: nothing known begins at the address. */
const char *size_sources_at(const struct size_sources *sources, unsigned long address);

void size_sources_free(struct size_sources *sources);
