/* SPDX-License-Identifier: MIT */
/* What an image for a board consists of: the sections and symbols of a 32-bit ELF file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct image_section {
    const char *name;
    unsigned long address, size;
    bool in_program; /* has contents that are stored: code, constants, first values of variables */
    bool in_ram;     /* can be written to */
};

struct image {
    char *bytes;
    size_t size;
    struct image_section *sections; /* those that take memory on the board */
    size_t section_count;
    unsigned long program, ram; /* the sums */
};

/* False, with a message, if the file is no such image. */
bool image_read(const char *path, struct image *image);

/* Value and size of a symbol; NULL where they are not wanted. False: there is no such symbol. */
bool image_symbol(const struct image *image, const char *name, unsigned long *value,
                  unsigned long *size);

void image_free(struct image *image);
