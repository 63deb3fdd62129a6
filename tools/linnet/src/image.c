/* SPDX-License-Identifier: MIT */
/* The file is the compiler's, but it is read as if it were anybody's: nothing beyond its end. */
#include "image.h"

#include "terminal.h"
#include "text.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_inside(const struct image *image, size_t offset, size_t size)
{
    return offset <= image->size && size <= image->size - offset;
}

static const Elf32_Ehdr *header_of(const struct image *image)
{
    return (const Elf32_Ehdr *)(const void *)image->bytes;
}

/* A section's header; NULL: there is none. */
static const Elf32_Shdr *section_header(const struct image *image, size_t number)
{
    const Elf32_Ehdr *header = header_of(image);
    size_t offset = header->e_shoff + number * sizeof(Elf32_Shdr);

    if (number >= header->e_shnum || !is_inside(image, offset, sizeof(Elf32_Shdr)))
        return NULL;
    return (const Elf32_Shdr *)(const void *)(image->bytes + offset);
}

/* A string of a table of strings; "" if it is none. */
static const char *string_in(const struct image *image, const Elf32_Shdr *table, size_t offset)
{
    if (!table || !is_inside(image, table->sh_offset, table->sh_size) || offset >= table->sh_size ||
        image->bytes[table->sh_offset + table->sh_size - 1] != '\0')
        return "";
    return image->bytes + table->sh_offset + offset;
}

static char *read_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long length = -1;

    if (file && fseek(file, 0, SEEK_END) == 0)
        length = ftell(file);
    if (length > 0 && fseek(file, 0, SEEK_SET) == 0)
        bytes = malloc((size_t)length);
    if (bytes && fread(bytes, 1, (size_t)length, file) != (size_t)length) {
        free(bytes);
        bytes = NULL;
    }
    if (file)
        fclose(file);
    *size = bytes ? (size_t)length : 0;
    return bytes;
}

static bool is_known(const struct image *image)
{
    const Elf32_Ehdr *header = header_of(image);

    return image->size >= sizeof *header && memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
           header->e_ident[EI_CLASS] == ELFCLASS32 && header->e_ident[EI_DATA] == ELFDATA2LSB &&
           header->e_shentsize == sizeof(Elf32_Shdr) && section_header(image, 0);
}

static void take_sections(struct image *image)
{
    const Elf32_Shdr *names = section_header(image, header_of(image)->e_shstrndx);
    size_t most = header_of(image)->e_shnum;

    image->sections = calloc(most, sizeof *image->sections);
    for (size_t i = 0; image->sections && i < most; i++) {
        const Elf32_Shdr *header = section_header(image, i);

        if (!header || !(header->sh_flags & SHF_ALLOC) || header->sh_size == 0)
            continue;
        struct image_section section = {.name = string_in(image, names, header->sh_name),
                                        .address = header->sh_addr,
                                        .size = header->sh_size,
                                        .in_program = header->sh_type != SHT_NOBITS,
                                        .in_ram = (header->sh_flags & SHF_WRITE) ||
                                                  header->sh_type == SHT_NOBITS};
        image->program += section.in_program ? section.size : 0;
        image->ram += section.in_ram ? section.size : 0;
        image->sections[image->section_count++] = section;
    }
}

bool image_read(const char *path, struct image *image)
{
    *image = (struct image){0};
    image->bytes = read_bytes(path, &image->size);
    if (image->bytes && is_known(image)) {
        take_sections(image);
        if (image->section_count > 0)
            return true;
    }
    char *what = text_format("%s is no image of a 32-bit board", path);

    complain(what, image->bytes ? NULL : strerror(errno), "build it again");
    free(what);
    image_free(image);
    return false;
}

static bool find_in(const struct image *image, const Elf32_Shdr *table, const char *name,
                    Elf32_Sym *found)
{
    const Elf32_Shdr *names = section_header(image, table->sh_link);

    if (!is_inside(image, table->sh_offset, table->sh_size))
        return false;
    for (size_t at = 0; at + sizeof *found <= table->sh_size; at += sizeof *found) {
        memcpy(found, image->bytes + table->sh_offset + at, sizeof *found);
        if (strcmp(string_in(image, names, found->st_name), name) == 0)
            return true;
    }
    return false;
}

bool image_symbol(const struct image *image, const char *name, unsigned long *value,
                  unsigned long *size)
{
    Elf32_Sym symbol;

    for (size_t i = 0; i < header_of(image)->e_shnum; i++) {
        const Elf32_Shdr *header = section_header(image, i);

        if (!header || header->sh_type != SHT_SYMTAB || !find_in(image, header, name, &symbol))
            continue;
        if (value)
            *value = symbol.st_value;
        if (size)
            *size = symbol.st_size;
        return true;
    }
    return false;
}

void image_free(struct image *image)
{
    free(image->bytes);
    free(image->sections);
    *image = (struct image){0};
}
