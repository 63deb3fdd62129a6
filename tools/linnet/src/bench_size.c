/* SPDX-License-Identifier: MIT */
#include "bench_size.h"

#include "text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The part of the map behind the discarded sections. */
static const char *linked_part(const char *map)
{
    const char *at = strstr(map, "Linker script and memory map");

    return at ? at : map;
}

static bool begins(const char *name, const char *head)
{
    return strncmp(name, head, strlen(head)) == 0;
}

static bool is_stack(const char *section)
{
    return strstr(section, "_stack") != NULL;
}

static void add(struct bench_size *size, const char *section, size_t bytes)
{
    if (begins(section, ".text") || begins(section, ".rodata")) {
        size->text += bytes;
    } else if (begins(section, ".data") || begins(section, ".bss") || begins(section, "COMMON")) {
        size->data += bytes;
        if (is_stack(section))
            size->stacks += bytes;
    }
}

/* ` .text.name  0xADDRESS  0xSIZE  ARCHIVE(MEMBER)`; a long name stands on a line of its own before
 * the rest. */
struct bench_size bench_size_of(const char *map, const char *archive)
{
    struct bench_size size = {0};
    char section[256] = "";
    char *copy = text_copy(linked_part(map));
    char *rest = copy;
    char *line;

    while ((line = strsep(&rest, "\n"))) {
        unsigned long address;
        unsigned long bytes;
        char origin[1024];

        if (line[0] == ' ' && line[1] != ' ' && line[1] != '*')
            sscanf(line, " %255s", section);
        else if (begins(line, "                0x") == false)
            continue;
        if ((sscanf(line, " 0x%lx 0x%lx %1023s", &address, &bytes, origin) == 3 ||
             sscanf(line, " %*s 0x%lx 0x%lx %1023s", &address, &bytes, origin) == 3) &&
            strstr(origin, archive))
            add(&size, section, bytes);
    }
    free(copy);
    return size;
}
