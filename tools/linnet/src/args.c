/* SPDX-License-Identifier: MIT */
#include "args.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void push(struct args *args, char *word)
{
    char **items = realloc(args->items, (args->count + 2) * sizeof *items);

    if (!items || !word) {
        fputs("linnet: out of memory\n", stderr);
        exit(1);
    }
    items[args->count++] = word;
    items[args->count] = NULL;
    args->items = items;
}

void args_add(struct args *args, const char *format, ...)
{
    va_list values;
    char *word;

    va_start(values, format);
    if (vasprintf(&word, format, values) < 0)
        word = NULL;
    va_end(values);
    push(args, word);
}

void args_add_all(struct args *args, const char *const *words)
{
    for (; *words; words++)
        push(args, text_copy(*words));
}

char *args_line(const struct args *args)
{
    char *line = text_copy("");

    for (size_t i = 0; i < args->count; i++) {
        char *word = text_shell_quote(args->items[i]);

        if (i)
            line = text_append(line, " ", 1);
        line = text_append(line, word, strlen(word));
        free(word);
    }
    return line;
}

bool args_contain(const struct args *args, const char *word)
{
    for (size_t i = 0; i < args->count; i++)
        if (strcmp(args->items[i], word) == 0)
            return true;
    return false;
}

void args_free(struct args *args)
{
    for (size_t i = 0; i < args->count; i++)
        free(args->items[i]);
    free(args->items);
    *args = (struct args){0};
}
