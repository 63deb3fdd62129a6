/* SPDX-License-Identifier: MIT */
/*
 * A reader of the Kconfig language as far as declarations go. It is line by line: an entry begins
 * with `config` or `menuconfig`, its attributes follow, and every other keyword ends it. A help
 * text reaches up to the first line that is indented less than the text's first line.
 */
#include "kconfig.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 8, MAX_MENUS = 8 };

struct reader {
    struct options *options;
    struct text *text;
    size_t current; /* index of the entry being read + 1, or 0 */
    const char *menus[MAX_MENUS];
    int menu_depth;
    int choices; /* how many choices there were */
    bool in_choice;
    int depth;
};

static struct place here(const struct reader *reader)
{
    return (struct place){reader->text->path, reader->text->line};
}

static struct option *current(struct reader *reader)
{
    return reader->current == 0 ? NULL : &reader->options->items[reader->current - 1];
}

/* Cuts the comment off a line and says whether it was the mark `bare`. */
static bool cut_comment(char *line)
{
    bool quoted = false;

    for (char *at = line; *at != '\0'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (*at == '#' && !quoted) {
            bool bare = strcmp(text_skip(at + 1), "bare") == 0;
            *at = '\0';
            return bare;
        }
    }
    return false;
}

static void trim_end(char *line)
{
    size_t length = strlen(line);

    while (length > 0 && strchr(" \t", line[length - 1]) != NULL)
        line[--length] = '\0';
}

/* Takes a quoted text off the front of *rest; NULL if there is none. */
static char *take_quoted(char **rest)
{
    char *at = *rest;
    if (*at != '"')
        return NULL;

    char *end = at + 1;
    while (*end != '\0' && *end != '"')
        end += *end == '\\' && end[1] != '\0' ? 2 : 1;
    if (*end == '\0')
        return NULL;
    *end = '\0';
    *rest = text_skip(end + 1);
    return at + 1;
}

static struct option *add_option(struct options *options)
{
    if (options->count == options->room) {
        size_t room = options->room == 0 ? 128 : options->room * 2;
        struct option *items = realloc(options->items, room * sizeof *items);
        if (items == NULL)
            return NULL;
        options->items = items;
        options->room = room;
    }
    struct option *option = &options->items[options->count++];
    *option = (struct option){.menu = ""};
    return option;
}

static void begin_entry(struct reader *reader, char *name, bool bare)
{
    struct option *option = kconfig_find(reader->options, name);

    if (*name == '\0') {
        report(here(reader), "config without a name");
        return;
    }
    if (option == NULL) {
        option = add_option(reader->options);
        if (option == NULL) {
            report(here(reader), "out of memory");
            return;
        }
        option->name = name;
        option->place = here(reader);
        option->choice = reader->in_choice ? reader->choices : 0;
        if (reader->menu_depth > 0)
            option->menu = reader->menus[reader->menu_depth - 1];
    }
    option->bare = option->bare || bare;
    reader->current = (size_t)(option - reader->options->items) + 1;
}

static void set_prompt(struct option *option, char *rest)
{
    char *condition;

    if (take_quoted(&rest) != NULL && text_word(rest, "if", &condition))
        option->prompt_if = condition;
}

static bool read_type(struct reader *reader, struct option *option, char *line)
{
    static const struct {
        const char *word;
        enum option_type type;
    } types[] = {{"bool", OPTION_BOOL},     {"boolean", OPTION_BOOL},     {"def_bool", OPTION_BOOL},
                 {"int", OPTION_INT},       {"hex", OPTION_HEX},          {"string", OPTION_STRING},
                 {"tristate", OPTION_BOOL}, {"def_tristate", OPTION_BOOL}};
    char *rest;

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!text_word(line, types[i].word, &rest))
            continue;
        if (option->type != OPTION_UNTYPED && option->type != types[i].type)
            report(here(reader), "%s has another type at %s:%d", option->name, option->place.file,
                   option->place.line);
        if (strstr(types[i].word, "tristate") != NULL)
            report(here(reader), "%s: there are no modules here; use bool", option->name);
        option->type = types[i].type;
        set_prompt(option, rest);
        return true;
    }
    return false;
}

static bool read_attribute(struct reader *reader, char *line)
{
    struct option *option = current(reader);
    char *rest;

    if (option == NULL)
        return false;
    if (read_type(reader, option, line))
        return true;
    if (text_word(line, "prompt", &rest)) {
        set_prompt(option, rest);
    } else if (text_word(line, "range", &rest)) {
        if (option->range == NULL)
            option->range = rest;
    } else if (text_word(line, "depends", &rest) && text_word(rest, "on", &rest)) {
        if (option->depends == NULL)
            option->depends = rest;
    } else {
        return false;
    }
    return true;
}

static size_t indentation(const char *line)
{
    size_t columns = 0;

    for (; *line == ' ' || *line == '\t'; line++)
        columns = *line == '\t' ? (columns / 8 + 1) * 8 : columns + 1;
    return columns;
}

/* Passes over a help text. The line after it is read again: it is given back to the text. */
static void skip_help(struct text *text)
{
    size_t margin = 0;

    for (;;) {
        char *start = text->rest;
        size_t length = strcspn(start, "\n");
        bool blank = strspn(start, " \t\r") >= length;

        if (!blank && margin == 0)
            margin = indentation(start);
        if (*start == '\0' || (!blank && (margin == 0 || indentation(start) < margin)))
            return;
        (void)text_line(text);
    }
}

static void add_header(struct reader *reader, char *rule)
{
    struct options *options = reader->options;
    char *colon = strchr(rule, ':');

    if (colon == NULL || colon == rule) {
        report(here(reader), "malformed header rule: write '# header NAME.h: PREFIX...'");
    } else if (options->header_count == MAX_HEADERS) {
        report(here(reader), "more than %d headers", MAX_HEADERS);
    } else {
        *colon = '\0';
        options->headers[options->header_count].header = rule;
        options->headers[options->header_count++].prefixes = text_skip(colon + 1);
    }
}

static void enter_menu(struct reader *reader, char *rest)
{
    char *title = take_quoted(&rest);

    if (title == NULL)
        report(here(reader), "menu without a title");
    if (reader->menu_depth < MAX_MENUS)
        reader->menus[reader->menu_depth++] = title != NULL ? title : "";
    else
        report(here(reader), "more than %d menus in one another", MAX_MENUS);
}

static void read_source(struct reader *reader, const char *path);

/* Every keyword that is no attribute ends the entry before it. */
static void read_structure(struct reader *reader, char *line)
{
    char *rest;

    reader->current = 0;
    if (text_word(line, "menu", &rest)) {
        enter_menu(reader, rest);
    } else if (text_word(line, "endmenu", &rest)) {
        reader->menu_depth -= reader->menu_depth > 0 ? 1 : 0;
    } else if (text_word(line, "choice", &rest)) {
        reader->choices++;
        reader->in_choice = true;
    } else if (text_word(line, "endchoice", &rest)) {
        reader->in_choice = false;
    } else if (text_word(line, "source", &rest)) {
        char *path = take_quoted(&rest);
        read_source(reader, path != NULL ? path : rest);
    }
}

static void read_line(struct reader *reader, char *line)
{
    bool bare;
    char *rest;

    line = text_skip(line);
    if (text_word(line, "# header", &rest)) {
        add_header(reader, rest);
        return;
    }
    bare = cut_comment(line);
    trim_end(line);
    if (*line == '\0')
        return;
    if (text_word(line, "help", &rest) || text_word(line, "---help---", &rest)) {
        skip_help(reader->text);
        return;
    }
    if (read_attribute(reader, line) || text_word(line, "default", &rest) ||
        text_word(line, "select", &rest))
        return;
    if (text_word(line, "config", &rest) || text_word(line, "menuconfig", &rest)) {
        begin_entry(reader, rest, bare);
        return;
    }
    read_structure(reader, line);
}

static void read_source(struct reader *reader, const char *path)
{
    struct text *outer = reader->text;

    if (reader->depth == MAX_DEPTH) {
        report(here(reader), "sources are nested more than %d deep", MAX_DEPTH);
        return;
    }
    struct text *text = text_load(&reader->options->texts, path);
    if (text == NULL) {
        report(outer != NULL ? here(reader) : (struct place){path, 0}, "cannot read %s: %s", path,
               strerror(errno));
        return;
    }
    reader->depth++;
    reader->text = text;
    for (char *line = text_line(text); line != NULL; line = text_line(text))
        read_line(reader, line);
    reader->text = outer;
    reader->depth--;
}

static size_t matching_prefix(const char *prefixes, const char *name)
{
    size_t best = 0;

    while (*prefixes != '\0') {
        size_t length = strcspn(prefixes, " \t");
        if (length > best && strncmp(prefixes, name, length) == 0)
            best = length;
        prefixes += length;
        prefixes += strspn(prefixes, " \t");
    }
    return best;
}

/* The rule with the longest matching prefix decides. */
static void find_header(const struct options *options, struct option *option)
{
    size_t best = 0;

    for (size_t i = 0; i < options->header_count; i++) {
        size_t length = matching_prefix(options->headers[i].prefixes, option->name);
        if (length > best) {
            best = length;
            option->header = options->headers[i].header;
        }
    }
}

static void finish(struct options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        struct option *option = &options->items[i];

        if (option->type == OPTION_UNTYPED)
            report(option->place, "%s has no type: add bool, int, hex or string", option->name);
        if (option->bare && option->type != OPTION_STRING)
            report(option->place, "%s is marked bare, which only a string can be", option->name);
        find_header(options, option);
        if (option->header == NULL && strncmp(option->name, "LINNET_", 7) != 0)
            report(option->place,
                   "%s: no header rule has its prefix; add '# header NAME.h: PREFIX'",
                   option->name);
    }
}

bool kconfig_read(struct options *options, const char *path)
{
    struct reader reader = {.options = options};
    int before = report_count();

    *options = (struct options){0};
    read_source(&reader, path);
    finish(options);
    return report_count() == before;
}

void kconfig_free(struct options *options)
{
    free(options->items);
    text_free(options->texts);
}

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
