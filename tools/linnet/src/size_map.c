/* SPDX-License-Identifier: MIT */
/*
 * A map has a line for each part of each output section, with the file that it came from:
 *
 *  .text.NAME     0x00000000000002a4      0x1fc apps/…/main.c.obj
 *
 * A long name has its line for itself. Which memory a part lies in is what the image says of its output
 * section.
 */
#include "size_map.h"

#include "files.h"
#include "terminal.h"
#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEAP_NAME "ucHeap"

const char *component_name(enum component component)
{
    static const char *const names[COMPONENT_COUNT] = {
        [COMPONENT_KERNEL] = "kernel",
        [COMPONENT_PORT] = "port",
        [COMPONENT_NET] = "net",
        [COMPONENT_TLS] = "tls",
        [COMPONENT_LIBS] = "libs",
        [COMPONENT_C_LIBRARY] = "C library",
        [COMPONENT_BOARD] = "board",
        [COMPONENT_APPLICATION] = "application",
        [COMPONENT_HEAP] = "kernel's heap",
        [COMPONENT_OTHER] = "other",
    };

    return names[component];
}

/* By the file that a part came from. What is optimised as a whole comes from a file of the linker's, and
 * only Mbed TLS is (third_party/CMakeLists.txt). */
static enum component component_of(const char *file)
{
    static const struct {
        const char *part;
        enum component component;
    } files[] = {
        {"/liblinnet_kernel.a", COMPONENT_KERNEL},
        {"/liblinnet_port.a", COMPONENT_PORT},
        {"/liblinnet_start.a", COMPONENT_PORT},
        {"/liblinnet_net.a", COMPONENT_NET},
        {"/liblinnet_net_core.a", COMPONENT_NET},
        {"/liblinnet_tls.a", COMPONENT_TLS},
        {"/liblinnet_mbedtls.a", COMPONENT_TLS},
        {".ltrans", COMPONENT_TLS},
        {"/liblinnet_app_common.a", COMPONENT_APPLICATION},
        {"boards/", COMPONENT_BOARD},
        {"drivers/", COMPONENT_BOARD},
        {"/liblinnet_", COMPONENT_LIBS},
        {"/libc", COMPONENT_C_LIBRARY},
        {"/libm", COMPONENT_C_LIBRARY},
        {"/libg", COMPONENT_C_LIBRARY},
        {"/crt", COMPONENT_C_LIBRARY},
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (strstr(file, files[i].part))
            return files[i].component;
    return COMPONENT_APPLICATION;
}

static const struct image_section *section_named(const struct image *image, const char *name,
                                                 size_t length)
{
    for (size_t i = 0; i < image->section_count; i++)
        if (strlen(image->sections[i].name) == length &&
            strncmp(image->sections[i].name, name, length) == 0)
            return &image->sections[i];
    return NULL;
}

/* ` 0xADDRESS 0xSIZE FILE`, anywhere in the line. False: the line is none. */
static bool read_part(const char *line, unsigned long *address, unsigned long *size,
                      const char **file)
{
    const char *at = strstr(line, " 0x");
    char *end;

    if (!at)
        return false;
    *address = strtoul(at, &end, 16);
    end += strspn(end, " ");
    if (strncmp(end, "0x", 2) != 0)
        return false;
    *size = strtoul(end, &end, 16);
    *file = end + strspn(end, " ");
    return end != *file && **file != '\0';
}

/* The parts of an image that the map names. */
struct part {
    unsigned long address, size;
    const struct image_section *section;
    enum component component;
};

struct parts {
    struct part *items;
    size_t count, room;
};

static void add_part(struct parts *parts, struct part part)
{
    if (parts->count == parts->room) {
        parts->room = 2 * parts->room + 1024;
        parts->items = realloc(parts->items, parts->room * sizeof *parts->items);
        if (!parts->items)
            abort();
    }
    parts->items[parts->count++] = part;
}

static void take_line(const char *line, const struct image *image,
                      const struct image_section **section, struct parts *parts)
{
    struct part part;
    const char *file;

    if (line[0] != ' ') {
        if (line[0] != '\0')
            *section = section_named(image, line, strcspn(line, " "));
        return;
    }
    if (!*section || line[1] == '*' || !read_part(line, &part.address, &part.size, &file) ||
        part.address < (*section)->address ||
        part.address + part.size > (*section)->address + (*section)->size)
        return;
    part.section = *section;
    part.component = component_of(file);
    add_part(parts, part);
}

static int by_place(const void *one, const void *other)
{
    const struct part *a = one, *b = other;

    if (a->address != b->address)
        return a->address < b->address ? -1 : 1;
    return a->size > b->size ? -1 : a->size < b->size;
}

/* Parts that share a string overlap: each byte counts once. */
static void sum_up(struct parts *parts, struct component_size *sizes)
{
    unsigned long covered = 0;

    if (parts->count > 0)
        qsort(parts->items, parts->count, sizeof *parts->items, by_place);
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];
        unsigned long begin = part->address > covered ? part->address : covered;
        unsigned long end = part->address + part->size;

        if (end <= begin)
            continue;
        sizes[part->component].program += part->section->in_program ? end - begin : 0;
        sizes[part->component].ram += part->section->in_ram ? end - begin : 0;
        covered = end;
    }
    free(parts->items);
}

/* The heap is shown by itself, and so is what nobody's part is. */
static void set_apart(const struct image *image, struct component_size *sizes)
{
    unsigned long heap = 0, program = 0, ram = 0;

    if (image_symbol(image, HEAP_NAME, NULL, &heap) && heap <= sizes[COMPONENT_KERNEL].ram) {
        sizes[COMPONENT_KERNEL].ram -= heap;
        sizes[COMPONENT_HEAP].ram = heap;
    }
    for (size_t i = 0; i < COMPONENT_COUNT; i++) {
        program += sizes[i].program;
        ram += sizes[i].ram;
    }
    sizes[COMPONENT_OTHER].program = image->program > program ? image->program - program : 0;
    sizes[COMPONENT_OTHER].ram = image->ram > ram ? image->ram - ram : 0;
}

bool size_map_read(const char *path, const struct image *image, struct component_size *sizes)
{
    const struct image_section *section = NULL;
    struct parts parts = {0};
    char *text = read_whole_file(path);
    char *line = text ? strstr(text, "\nLinker script and memory map") : NULL;

    if (!line) {
        char *what = text_format("there is no map of the linker's in %s", path);

        complain(what, NULL, "build it again");
        free(what);
        free(text);
        return false;
    }
    memset(sizes, 0, COMPONENT_COUNT * sizeof *sizes);
    for (line = strchr(line + 1, '\n'); line;) {
        char *end = strchr(++line, '\n');

        if (end)
            *end = '\0';
        take_line(line, image, &section, &parts);
        line = end;
    }
    sum_up(&parts, sizes);
    set_apart(image, sizes);
    free(text);
    return true;
}
