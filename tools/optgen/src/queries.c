/* SPDX-License-Identifier: MIT */
/* What is asked of options that have been read: one by its name, the nearest, texts about it. */
#include "kconfig.h"

#include <stdint.h>
#include <string.h>

struct option *kconfig_find(const struct options *options, const char *name)
{
    for (size_t i = 0; i < options->count; i++)
        if (strcmp(options->items[i].name, name) == 0)
            return &options->items[i];
    return NULL;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, one row at a time; names of more than 63 characters count as far. */
static size_t distance(const char *a, const char *b)
{
    size_t row[64];
    size_t length = strlen(b);

    if (length >= sizeof row / sizeof row[0])
        return SIZE_MAX;
    for (size_t j = 0; j <= length; j++)
        row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < length; j++) {
            size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = smaller(replaced, smaller(row[j], row[j + 1]) + 1);
        }
    }
    return row[length];
}

const struct option *kconfig_nearest(const struct options *options, const char *name)
{
    const struct option *nearest = NULL;
    size_t best = strlen(name) / 3 + 1;

    for (size_t i = 0; i < options->count; i++) {
        size_t away = distance(name, options->items[i].name);
        if (away < best) {
            best = away;
            nearest = &options->items[i];
        }
    }
    return nearest;
}

const char *kconfig_condition(const struct option *option, char *buffer, size_t size)
{
    const char *parts[MAX_CONDITIONS + 1] = {option->prompt_if};
    size_t used = 0;

    memcpy(&parts[1], option->depends, sizeof option->depends);
    buffer[0] = '\0';
    for (size_t i = 0; i <= MAX_CONDITIONS; i++) {
        if (parts[i] == NULL)
            continue;
        int length = snprintf(buffer + used, size - used, "%s%s", used > 0 ? " && " : "", parts[i]);
        if (length < 0 || (size_t)length >= size - used)
            break;
        used += (size_t)length;
    }
    return buffer;
}

void kconfig_print_help(FILE *out, const char *help, const char *begin)
{
    size_t margin = strspn(help, " \t");
    bool first = true;

    while (*help != '\0') {
        size_t length = strcspn(help, "\n");
        size_t blank = strspn(help, " \t");
        size_t skip = blank < margin ? blank : margin;

        if (skip > length)
            skip = length;
        fprintf(out, "%s%.*s\n", first ? "" : begin, (int)(length - skip), help + skip);
        first = false;
        help += length + (help[length] == '\n' ? 1 : 0);
    }
}
