/* SPDX-License-Identifier: MIT */
/* What a trace needs to know of the image that ran: its code and the names of its functions, read
 * from a 32-bit little-endian ELF file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct symbol {
    uint32_t address;
    uint32_t size;
    const char *name;
};

struct image {
    uint8_t *file;
    size_t file_size;
    struct symbol *symbols; /* the functions, by address */
    size_t symbol_count;
};

/* False if the file cannot be read or is no such image. */
bool image_read(struct image *image, const char *path);
void image_free(struct image *image);

/* The function that the address lies in, or NULL. */
const struct symbol *image_symbol_at(const struct image *image, uint32_t address);

/* The function of that name, or NULL. */
const struct symbol *image_symbol_named(const struct image *image, const char *name);

/* The halfword of code at an address; 0 if the image has none there. */
uint16_t image_code(const struct image *image, uint32_t address);
