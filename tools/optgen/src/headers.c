/* SPDX-License-Identifier: MIT */
/*
 * A header is first composed in memory and then compared with the file that is there. Booleans
 * become 0 or 1, also those that kconfig-conf hides; numbers stay as written; strings are quoted
 * unless they are C text. A number or string must always have a value: its default stands without
 * a condition, and only its prompt may depend on others.
 */
#define _POSIX_C_SOURCE 200809L

#include "headers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char spdx[] = "/* SPDX-License-Identifier: MIT */\n";

static void put_head(FILE *out, char *const layers[], size_t layer_count)
{
    fprintf(out, "%s/*\n * Written by tools/optgen from the Kconfig files and\n", spdx);
    for (size_t i = 0; i < layer_count; i++)
        fprintf(out, " *   %s\n", layers[i]);
    fputs(" * Change those instead: this file is written anew when they change.\n */\n"
          "#pragma once\n",
          out);
}

static void put_option(FILE *out, const struct option *option, const char *value)
{
    int width = (int)strlen(option->name) < 48 ? 48 : (int)strlen(option->name);

    if (option->type == OPTION_BOOL)
        value = value != NULL && strcmp(value, "y") == 0 ? "1" : "0";
    if (value == NULL)
        report(option->place, "%s has no value: give it a default without a condition",
               option->name);
    else if (option->type == OPTION_STRING && !option->bare)
        fprintf(out, "#define %-*s \"%s\"\n", width, option->name, value);
    else
        fprintf(out, "#define %-*s %s\n", width, option->name, value);
}

/* The application's own header comes last, so that it can use the options. */
static void put_application(FILE *out, const char *header)
{
    int stem = (int)(strlen(header) - strlen(".h"));

    fprintf(out,
            "\n#if defined(__has_include)\n#if __has_include(\"%.*s_app.h\")\n"
            "#include \"%.*s_app.h\"\n#endif\n#endif\n",
            stem, header, stem, header);
}

static void compose(FILE *out, const struct options *options, const struct layer *result,
                    const char *header)
{
    const char *menu = "";

    for (size_t i = 0; i < options->count; i++) {
        const struct option *option = &options->items[i];
        if (option->header == NULL || strcmp(option->header, header) != 0)
            continue;
        if (strcmp(menu, option->menu) != 0)
            fprintf(out, "\n/* %s */\n", option->menu);
        menu = option->menu;
        put_option(out, option, result->settings[i].value);
    }
    put_application(out, header);
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name);

    return length > strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

static bool write_one(const struct options *options, const struct layer *result, const char *folder,
                      const char *header, char *const layers[], size_t layer_count)
{
    char path[4096];
    char *content = NULL;
    size_t size = 0;
    int length = snprintf(path, sizeof path, "%s/%s", folder, header);

    if (length < 0 || (size_t)length >= sizeof path || !ends_in(header, ".h")) {
        report((struct place){header, 0}, "not a name for a header in %s", folder);
        return false;
    }
    int before = report_count();
    FILE *out = open_memstream(&content, &size);
    if (out != NULL) {
        put_head(out, layers, layer_count);
        compose(out, options, result, header);
    }
    if (out == NULL || fclose(out) != 0)
        report((struct place){path, 0}, "out of memory");
    else if (report_count() == before && !text_write_changed(path, content, size))
        report((struct place){path, 0}, "cannot write: %s", strerror(errno));
    free(content);
    return report_count() == before;
}

static bool has_options(const struct options *options, const char *header)
{
    for (size_t i = 0; i < options->count; i++)
        if (options->items[i].header != NULL && strcmp(options->items[i].header, header) == 0)
            return true;
    return false;
}

/* A header may have several rules, of which the first one writes it, and none without options. */
static bool is_due(const struct options *options, size_t rule)
{
    for (size_t i = 0; i < rule; i++)
        if (strcmp(options->headers[i].header, options->headers[rule].header) == 0)
            return false;
    return has_options(options, options->headers[rule].header);
}

bool headers_write(const struct options *options, const struct layer *result, const char *folder,
                   char *const layers[], size_t layer_count)
{
    bool good = true;

    for (size_t i = 0; i < options->header_count; i++)
        if (is_due(options, i))
            good = write_one(options, result, folder, options->headers[i].header, layers,
                             layer_count) &&
                   good;
    return good;
}
