/* SPDX-License-Identifier: MIT */
#include "image.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_file(struct image *image, const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = -1;

    if (file == NULL)
        return false;
    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    rewind(file);
    if (size > 0)
        image->file = malloc((size_t)size + 1);
    if (image->file != NULL) {
        image->file_size = fread(image->file, 1, (size_t)size, file);
        image->file[image->file_size] = 0; /* the last name ends, whatever the file says */
    }
    fclose(file);
    return image->file != NULL;
}

/* Copies a piece of the file; false if it is not all there. */
static bool get(const struct image *image, size_t offset, void *piece, size_t size)
{
    if (offset > image->file_size || size > image->file_size - offset)
        return false;
    memcpy(piece, image->file + offset, size);
    return true;
}

static bool get_section(const struct image *image, const Elf32_Ehdr *header, size_t index,
                        Elf32_Shdr *section)
{
    return index < header->e_shnum &&
           get(image, header->e_shoff + index * sizeof *section, section, sizeof *section);
}

static int by_address(const void *one, const void *other)
{
    const struct symbol *a = one;
    const struct symbol *b = other;

    return (a->address > b->address) - (a->address < b->address);
}

static bool read_symbols(struct image *image, const Elf32_Shdr *table, const Elf32_Shdr *names)
{
    size_t count = table->sh_size / sizeof(Elf32_Sym);

    image->symbols = calloc(count ? count : 1, sizeof *image->symbols);
    if (image->symbols == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        Elf32_Sym entry;
        size_t name;

        if (!get(image, table->sh_offset + i * sizeof entry, &entry, sizeof entry))
            return false;
        name = (size_t)names->sh_offset + entry.st_name;
        if (ELF32_ST_TYPE(entry.st_info) != STT_FUNC || name >= image->file_size)
            continue;
        image->symbols[image->symbol_count++] = (struct symbol){entry.st_value & ~1u, entry.st_size,
                                                                (const char *)image->file + name};
    }
    qsort(image->symbols, image->symbol_count, sizeof *image->symbols, by_address);
    return true;
}

bool image_read(struct image *image, const char *path)
{
    Elf32_Ehdr header;
    Elf32_Shdr table;
    Elf32_Shdr names;

    memset(image, 0, sizeof *image);
    if (!read_file(image, path) || !get(image, 0, &header, sizeof header) ||
        memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS32 ||
        header.e_ident[EI_DATA] != ELFDATA2LSB)
        return false;
    for (size_t i = 0; get_section(image, &header, i, &table); i++)
        if (table.sh_type == SHT_SYMTAB && get_section(image, &header, table.sh_link, &names))
            return read_symbols(image, &table, &names);
    return false;
}

void image_free(struct image *image)
{
    free(image->symbols);
    free(image->file);
}

const struct symbol *image_symbol_at(const struct image *image, uint32_t address)
{
    size_t low = 0;
    size_t high = image->symbol_count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (image->symbols[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &image->symbols[low - 1] : NULL;
}

const struct symbol *image_symbol_named(const struct image *image, const char *name)
{
    for (size_t i = 0; i < image->symbol_count; i++)
        if (strcmp(image->symbols[i].name, name) == 0)
            return &image->symbols[i];
    return NULL;
}

uint16_t image_code(const struct image *image, uint32_t address)
{
    Elf32_Ehdr header;
    Elf32_Phdr segment;

    if (!get(image, 0, &header, sizeof header))
        return 0;
    for (size_t i = 0; i < header.e_phnum; i++) {
        uint8_t code[2];

        if (!get(image, header.e_phoff + i * sizeof segment, &segment, sizeof segment))
            return 0;
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
            address - segment.p_vaddr < segment.p_filesz &&
            get(image, segment.p_offset + (address - segment.p_vaddr), code, sizeof code))
            return (uint16_t)(code[0] + code[1] * 256);
    }
    return 0;
}
