/* SPDX-License-Identifier: MIT */
#include "ranges.h"

#include "mask.h"

#include <string.h>

bool names_have(const char *names, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = names; length != 0 && (at = strstr(at, name)) != NULL; at += length)
        if ((at == names || at[-1] == '\n') && (at[length] == '\n' || at[length] == '\0'))
            return true;
    return false;
}

static bool changes_mask(const struct image *image, uint32_t from, uint32_t end)
{
    unsigned source;

    for (uint32_t at = from; at < end; at += 2)
        if (mask_decode(image_code(image, at), image_code(image, at + 2), &source) != MASK_KEPT)
            return true;
    return false;
}

/* Where the function that begins at `address` ends: with the next one, or by its size. */
static uint32_t end_of(const struct image *image, size_t index)
{
    uint32_t address = image->symbols[index].address;

    for (size_t i = index + 1; i < image->symbol_count; i++)
        if (image->symbols[i].address != address)
            return image->symbols[i].address;
    return address + image->symbols[index].size;
}

/* Of several names of one function each has to be among those that are left out. */
static bool is_left_out(const struct image *image, size_t index, const char *names)
{
    uint32_t address = image->symbols[index].address;

    for (size_t i = index; i < image->symbol_count && image->symbols[i].address == address; i++)
        if (!names_have(names, image->symbols[i].name))
            return false;
    return !changes_mask(image, address, end_of(image, index));
}

void ranges_write(FILE *to, const struct image *image, const char *names)
{
    const char *between = "";
    bool open = false;

    for (size_t i = 0; i < image->symbol_count; i++) {
        uint32_t address = image->symbols[i].address;

        if (i > 0 && address == image->symbols[i - 1].address)
            continue;
        bool left_out = is_left_out(image, i, names);
        if (open && left_out)
            fprintf(to, "0x%x", (unsigned)address - 1);
        if (!open && !left_out) {
            fprintf(to, "%s0x%x..", between, (unsigned)address);
            between = ",";
        }
        open = !left_out;
    }
    if (open)
        fprintf(to, "0x%x", (unsigned)end_of(image, image->symbol_count - 1) - 1);
    fputc('\n', to);
}
