/* SPDX-License-Identifier: MIT */
/* The file is our own, written in one form: a preset's name is the first of its members. */
#include "preset.h"

#include "files.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ANCESTORS = 8 };

/* The text from a preset's name up to the next preset's, in memory of its own; NULL: none such. */
static char *preset_text(const char *all, const char *preset)
{
    char *name = text_format("\"name\": \"%s\"", preset);
    const char *begin = strstr(all, name);
    const char *end = begin ? strstr(begin + strlen(name), "\"name\": \"") : NULL;
    char *text = NULL;

    if (begin)
        text = text_append(NULL, begin, end ? (size_t)(end - begin) : strlen(begin));
    free(name);
    return text;
}

/* The string that belongs to a key, to be freed by the caller, or NULL. */
static char *string_of(const char *text, const char *key)
{
    char *quoted = text_format("\"%s\": \"", key);
    const char *at = strstr(text, quoted);
    char *value = NULL;

    if (at) {
        at += strlen(quoted);
        value = text_append(NULL, at, strcspn(at, "\""));
    }
    free(quoted);
    return value;
}

/* A preset's own name in the place of ${presetName}. */
static char *expand(char *value, const char *preset)
{
    static const char macro[] = "${presetName}";
    char *at = value ? strstr(value, macro) : NULL;
    char *expanded;

    if (!at)
        return value;
    *at = '\0';
    expanded = text_format("%s%s%s", value, preset, at + strlen(macro));
    free(value);
    return expanded;
}

char *preset_setting(const char *preset, const char *variable)
{
    char *path = text_format("%s/CMakePresets.json", linnet_root());
    char *all = read_whole_file(path);
    char *name = text_copy(preset);
    char *value = NULL;

    for (int i = 0; all && name && !value && i < MOST_ANCESTORS; i++) {
        char *text = preset_text(all, name);

        free(name);
        name = NULL;
        if (text) {
            value = string_of(text, variable);
            name = string_of(text, "inherits");
        }
        free(text);
    }
    free(path);
    free(all);
    free(name);
    return expand(value, preset);
}
