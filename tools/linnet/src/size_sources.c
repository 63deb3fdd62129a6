/* SPDX-License-Identifier: MIT */
/*
 * objdump shows the debug information as entries of several lines:
 *
 *  <1><27d75>: Abbrev Number: 2 (DW_TAG_variable)
 *     <27d76>   DW_AT_abstract_origin: <0x96be4>
 *     <27d7a>   DW_AT_location    : 5 byte block: 3 a0 17 0 20     (DW_OP_addr: 200017a0)
 *
 * What was compiled when the image was linked has its address in a unit without a name; its origin lies in
 * the unit of its source.
 */
#include "size_sources.h"

#include "args.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* The entry that is being read. */
struct entry {
    unsigned long number, origin;
    bool is_unit;
};

static void *grown(void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = 2 * *room + 1024;
    items = realloc(items, *room * size);
    if (!items)
        abort();
    return items;
}

static void add_unit(struct size_sources *sources, unsigned long entry, const char *path)
{
    sources->units = grown(sources->units, sources->unit_count, &sources->unit_room,
                           sizeof *sources->units);
    sources->units[sources->unit_count++] = (struct source_unit){entry, text_copy(path)};
}

static void add_place(struct size_sources *sources, unsigned long address, unsigned long entry)
{
    sources->places = grown(sources->places, sources->place_count, &sources->place_room,
                            sizeof *sources->places);
    sources->places[sources->place_count++] = (struct source_place){address, entry};
}

/* ` <1><27d75>: … (DW_TAG_variable)`: a new entry. */
static bool begin_entry(const char *line, struct entry *entry)
{
    const char *number = line[0] == ' ' && line[1] == '<' ? strchr(line + 2, '<') : NULL;

    if (!number)
        return false;
    entry->number = entry->origin = strtoul(number + 1, NULL, 16);
    entry->is_unit = strstr(number, "(DW_TAG_compile_unit)") != NULL;
    return true;
}

static void take_attribute(const char *line, struct entry *entry, struct size_sources *sources)
{
    const char *what = strstr(line, "DW_AT_"), *value;

    if (!what)
        return;
    if (strncmp(what, "DW_AT_name ", 11) == 0) {
        const char *colon = strrchr(what, ':');

        if (entry->is_unit && colon)
            add_unit(sources, entry->number, colon + 1 + strspn(colon + 1, " "));
    } else if (strncmp(what, "DW_AT_abstract_origin:", 22) == 0) {
        value = strchr(what, '<');
        entry->origin = value ? strtoul(value + 1, NULL, 16) : entry->number;
    } else if (strncmp(what, "DW_AT_low_pc ", 13) == 0) {
        value = strchr(what, ':');
        if (value)
            add_place(sources, strtoul(value + 1, NULL, 16), entry->origin);
    } else if ((value = strstr(what, "(DW_OP_addr: "))) {
        add_place(sources, strtoul(value + 13, NULL, 16), entry->origin);
    }
}

static int by_address(const void *one, const void *other)
{
    const struct source_place *a = one, *b = other;

    return a->address < b->address ? -1 : a->address > b->address;
}

static void take_all(char *text, struct size_sources *sources)
{
    struct entry entry = {0};

    for (char *line = text; line && *line;) {
        char *end = strchr(line, '\n');

        if (end)
            *end = '\0';
        if (!begin_entry(line, &entry))
            take_attribute(line, &entry, sources);
        line = end ? end + 1 : NULL;
    }
    if (sources->place_count > 0)
        qsort(sources->places, sources->place_count, sizeof *sources->places, by_address);
}

bool size_sources_read(const char *image, const char *objdump, struct size_sources *sources)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *text = NULL;
    bool good;

    *sources = (struct size_sources){0};
    args_add_all(&command, (const char *const[]){objdump, "-Wi", image, NULL});
    good = process_capture(&spec, &text) == 0 && text;
    args_free(&command);
    if (good)
        take_all(text, sources);
    else if (!interrupted())
        complain("the image's debug information could not be read", text,
                 "linnet doctor names what is missing");
    free(text);
    return good;
}

/* The last unit that begins at or before the entry; they come in order. */
static const char *path_of(const struct size_sources *sources, unsigned long entry)
{
    size_t least = 0, most = sources->unit_count;

    while (least < most) {
        size_t middle = (least + most) / 2;

        if (sources->units[middle].entry <= entry)
            least = middle + 1;
        else
            most = middle;
    }
    if (least == 0 || sources->units[least - 1].path[0] == '<') /* <artificial>: the linker's */
        return NULL;
    return sources->units[least - 1].path;
}

const char *size_sources_at(const struct size_sources *sources, unsigned long address)
{
    struct source_place wanted = {.address = address};
    const struct source_place *place = sources->place_count > 0
                                           ? bsearch(&wanted, sources->places, sources->place_count,
                                                     sizeof *sources->places, by_address)
                                           : NULL;

    return place ? path_of(sources, place->entry) : NULL;
}

void size_sources_free(struct size_sources *sources)
{
    for (size_t i = 0; i < sources->unit_count; i++)
        free(sources->units[i].path);
    free(sources->units);
    free(sources->places);
    *sources = (struct size_sources){0};
}
