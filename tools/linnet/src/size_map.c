/* SPDX-License-Identifier: MIT */
/*
 * A map has a line for each part of each output section, with the file that it came from:
 *
 *  .text.NAME     0x00000000000002a4      0x1fc apps/…/main.c.obj
 *
 * A long name has its line for itself. Which memory a part lies in is what the image says of its output
 * section.
 *
 * What was compiled when the image was linked (BOARD_WHOLE) comes from a file /tmp/….ltrans12.ltrans.o, one for
 * each source, whose name is lost: the debug information has it for each function and datum.
 */
#include "size_map.h"

#include "files.h"
#include "size_sources.h"
#include "terminal.h"
#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEAP_NAME "ucHeap"
#define LINK_MARK ".ltrans"

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

/* By the file that a part came from. */
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

/* By the path of a source. Among the folders that it goes through the last one counts: what is above the
 * checkout may have any name. */
static enum component component_of_source(const char *path)
{
    static const struct {
        const char *folder;
        enum component component;
    } folders[] = {
        {"/third_party/", COMPONENT_TLS}, {"/libs/tls/", COMPONENT_TLS},
        {"/libs/", COMPONENT_LIBS},       {"/net/", COMPONENT_NET},
        {"/kernel/", COMPONENT_KERNEL},   {"/ports/", COMPONENT_PORT},
        {"/boards/", COMPONENT_BOARD},    {"/drivers/", COMPONENT_BOARD},
    };

    for (size_t at = strlen(path); at-- > 0;)
        for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
            if (strncmp(path + at, folders[i].folder, strlen(folders[i].folder)) == 0)
                return folders[i].component;
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
    unsigned long unit; /* which of those that were compiled at the link; 0: none, it was before */
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

/* …ltrans0.ltrans.o is the first. */
static unsigned long unit_of(const char *file)
{
    const char *mark = strstr(file, LINK_MARK);

    return mark ? strtoul(mark + strlen(LINK_MARK), NULL, 10) + 1 : 0;
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
    part.unit = unit_of(file);
    add_part(parts, part);
}

static int by_place(const void *one, const void *other)
{
    const struct part *a = one, *b = other;

    if (a->address != b->address)
        return a->address < b->address ? -1 : 1;
    return a->size > b->size ? -1 : a->size < b->size;
}

/* A unit is that of its functions and data; its strings, which have no names, go with them. */
static bool settle_units(const char *image, const char *objdump, struct parts *parts)
{
    struct size_sources sources;
    enum component *owners;
    unsigned long most = 0;

    for (size_t i = 0; i < parts->count; i++)
        most = parts->items[i].unit > most ? parts->items[i].unit : most;
    if (most == 0)
        return true;
    if (!size_sources_read(image, objdump, &sources))
        return false;
    owners = calloc(most + 1, sizeof *owners);
    if (!owners)
        abort();
    for (unsigned long i = 0; i <= most; i++)
        owners[i] = COMPONENT_OTHER;
    for (size_t i = 0; i < parts->count; i++) {
        const struct part *part = &parts->items[i];
        const char *path = part->unit ? size_sources_at(&sources, part->address) : NULL;

        if (path)
            owners[part->unit] = component_of_source(path);
    }
    for (size_t i = 0; i < parts->count; i++)
        if (parts->items[i].unit)
            parts->items[i].component = owners[parts->items[i].unit];
    free(owners);
    size_sources_free(&sources);
    return true;
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
    sizes[COMPONENT_OTHER].program += image->program > program ? image->program - program : 0;
    sizes[COMPONENT_OTHER].ram += image->ram > ram ? image->ram - ram : 0;
}

static void take_lines(char *text, const struct image *image, struct parts *parts)
{
    const struct image_section *section = NULL;

    for (char *line = strchr(text + 1, '\n'); line;) {
        char *end = strchr(++line, '\n');

        if (end)
            *end = '\0';
        take_line(line, image, &section, parts);
        line = end;
    }
}

bool size_map_read(const char *program, const struct image *image, const char *objdump,
                   struct component_size *sizes)
{
    char *path = text_format("%s.map", program), *image_path = text_format("%s.elf", program);
    char *text = read_whole_file(path);
    char *begin = text ? strstr(text, "\nLinker script and memory map") : NULL;
    struct parts parts = {0};
    bool good = begin != NULL;

    memset(sizes, 0, COMPONENT_COUNT * sizeof *sizes);
    if (good) {
        take_lines(begin, image, &parts);
        good = settle_units(image_path, objdump, &parts);
        sum_up(&parts, sizes);
        set_apart(image, sizes);
    } else {
        char *what = text_format("there is no map of the linker's in %s", path);

        complain(what, NULL, "build it again");
        free(what);
    }
    free(text);
    free(path);
    free(image_path);
    return good;
}
