/* SPDX-License-Identifier: MIT */
/*
 * A reader of the Kconfig language as far as declarations go. It is line by line: an entry begins
 * with `config` or `menuconfig`, its attributes follow, and every other keyword ends it. A help
 * text reaches up to the first line that is indented less than the text's first line.
 */
#include "kconfig.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 8 };

/* What an entry stands in: `menu`, `choice` or `if`. */
struct scope {
    char kind;         /* 'm', 'c' or 'i' */
    const char *title; /* of a menu */
    char *condition;   /* or NULL */
};

struct reader {
    struct options *options;
    struct text *text;
    size_t current; /* index of the entry being read + 1, or 0 */
    struct scope scopes[MAX_SCOPES];
    int scope_depth;
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
    *option = (struct option){.part = "", .menu = ""};
    return option;
}

static struct scope *innermost(struct reader *reader)
{
    return reader->scope_depth == 0 ? NULL : &reader->scopes[reader->scope_depth - 1];
}

/* The choice whose members or attributes are being read, or NULL. */
static struct choice *open_choice(struct reader *reader)
{
    struct scope *scope = innermost(reader);

    return scope != NULL && scope->kind == 'c'
               ? &reader->options->choices[reader->options->choice_count - 1]
               : NULL;
}

static void add_text(struct reader *reader, char *texts[], size_t room, char *text)
{
    for (size_t i = 0; i < room; i++)
        if (texts[i] == NULL) {
            texts[i] = text;
            return;
        }
    report(here(reader), "more than %zu defaults or conditions of one option", room);
}

/* Takes over what the menus, the choice and the `if`s around an entry say. */
static void place_entry(struct reader *reader, struct option *option)
{
    for (int i = 0; i < reader->scope_depth; i++) {
        const struct scope *scope = &reader->scopes[i];
        if (scope->kind == 'm' && *option->part == '\0')
            option->part = scope->title;
        if (scope->kind == 'm')
            option->menu = scope->title;
        if (scope->condition != NULL)
            add_text(reader, option->depends, MAX_CONDITIONS, scope->condition);
    }
    if (open_choice(reader) != NULL)
        option->choice = (int)reader->options->choice_count;
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
        place_entry(reader, option);
    }
    option->bare = option->bare || bare;
    reader->current = (size_t)(option - reader->options->items) + 1;
}

static void set_prompt(struct option *option, char *rest)
{
    char *condition;
    char *prompt = take_quoted(&rest);

    if (prompt == NULL)
        return;
    option->prompt = prompt;
    if (text_word(rest, "if", &condition))
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
        if (strncmp(types[i].word, "def_", 4) == 0)
            add_text(reader, option->defaults, MAX_DEFAULTS, rest);
        else
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
        add_text(reader, option->depends, MAX_CONDITIONS, rest);
    } else if (text_word(line, "default", &rest)) {
        add_text(reader, option->defaults, MAX_DEFAULTS, rest);
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

/* Takes a help text as it stands, up to the line that ends it. */
static char *take_help(struct text *text)
{
    char *start = text->rest;
    char *end = start;
    size_t margin = 0;

    for (char *at = start; *at != '\0'; at = text->rest) {
        size_t length = strcspn(at, "\n");
        bool blank = strspn(at, " \t\r") >= length;

        if (!blank && margin == 0)
            margin = indentation(at);
        if (!blank && (margin == 0 || indentation(at) < margin))
            break;
        text->rest = at + length + (at[length] == '\n' ? 1 : 0);
        text->line++;
        if (!blank)
            end = at + length;
    }
    if (end == start)
        return NULL;
    /* Where the text ends there is a line's end, or the file's. */
    *end = '\0';
    return start + strspn(start, "\r\n");
}

static void read_help(struct reader *reader)
{
    char *help = take_help(reader->text);

    if (current(reader) != NULL)
        current(reader)->help = help;
    else if (open_choice(reader) != NULL)
        open_choice(reader)->help = help;
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

static void enter(struct reader *reader, char kind, const char *title, char *condition)
{
    if (reader->scope_depth < MAX_SCOPES)
        reader->scopes[reader->scope_depth++] = (struct scope){kind, title, condition};
    else
        report(here(reader), "more than %d menus and conditions in one another", MAX_SCOPES);
}

static void enter_menu(struct reader *reader, char *rest)
{
    char *title = take_quoted(&rest);

    if (title == NULL)
        report(here(reader), "menu without a title");
    enter(reader, 'm', title != NULL ? title : "", NULL);
}

static void enter_choice(struct reader *reader)
{
    if (reader->options->choice_count == MAX_CHOICES) {
        report(here(reader), "more than %d choices", MAX_CHOICES);
        return;
    }
    reader->options->choice_count++;
    enter(reader, 'c', NULL, NULL);
}

static void leave(struct reader *reader)
{
    reader->scope_depth -= reader->scope_depth > 0 ? 1 : 0;
}

static void read_source(struct reader *reader, const char *path);

/* Attributes that stand before the first entry of a menu or choice belong to it. */
static bool read_scope_attribute(struct reader *reader, char *line)
{
    struct scope *scope = innermost(reader);
    struct choice *choice = open_choice(reader);
    char *rest;

    if (scope == NULL || current(reader) != NULL)
        return false;
    if (text_word(line, "depends", &rest) && text_word(rest, "on", &rest))
        scope->condition = rest;
    else if (choice != NULL && text_word(line, "prompt", &rest))
        choice->prompt = take_quoted(&rest);
    else if (choice != NULL && text_word(line, "default", &rest))
        choice->default_to = rest;
    else
        return false;
    return true;
}

/* Every keyword that is no attribute ends the entry before it. */
static void read_structure(struct reader *reader, char *line)
{
    char *rest;

    reader->current = 0;
    if (text_word(line, "menu", &rest)) {
        enter_menu(reader, rest);
    } else if (text_word(line, "choice", &rest)) {
        enter_choice(reader);
    } else if (text_word(line, "if", &rest)) {
        enter(reader, 'i', NULL, rest);
    } else if (text_word(line, "endmenu", &rest) || text_word(line, "endchoice", &rest) ||
               text_word(line, "endif", &rest)) {
        leave(reader);
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
        read_help(reader);
        return;
    }
    if (read_attribute(reader, line) || read_scope_attribute(reader, line) ||
        text_word(line, "select", &rest) || text_word(line, "optional", &rest))
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
