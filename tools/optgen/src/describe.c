/* SPDX-License-Identifier: MIT */
/*
 * Two views of the same declarations: lines of fields for `linnet config`, and a page of Markdown
 * for the book. The page shows what the Kconfig files say, conditions and all, and no values: those
 * differ from board to board.
 */
#define _POSIX_C_SOURCE 200809L

#include "describe.h"

#include <stdlib.h>
#include <string.h>

static const char *const types[] = {"", "bool", "int", "hex", "string"};

static const char *text_or_nothing(const char *text)
{
    return text != NULL ? text : "";
}

static const char *value_or_no(const struct option *option, const char *value)
{
    return value == NULL && option->type == OPTION_BOOL ? "n" : text_or_nothing(value);
}

static void put_field(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '\n')
            fputs("\\n", out);
        else if (*text == '\\')
            fputs("\\\\", out);
        else
            fputc(*text == '\t' ? ' ' : *text, out);
    fputc('\t', out);
}

/* The help as one text; a member of a choice has that of the choice. */
static char *whole_help(const struct options *options, const struct option *option)
{
    const char *help = option->help;
    char *text = NULL;
    size_t size = 0;

    if (help == NULL && option->choice != 0)
        help = options->choices[option->choice - 1].help;
    FILE *memory = help != NULL ? open_memstream(&text, &size) : NULL;
    if (memory == NULL)
        return NULL;
    kconfig_print_help(memory, help, "");
    fclose(memory);
    if (size > 0)
        text[size - 1] = '\0';
    return text;
}

static void describe_one(FILE *out, const struct options *options, const struct option *option,
                         const char *by_default, const char *value)
{
    char condition[512];
    char place[512];
    char *help = whole_help(options, option);

    snprintf(place, sizeof place, "%s:%d", option->place.file, option->place.line);
    put_field(out, option->name);
    put_field(out, types[option->type]);
    put_field(out, value_or_no(option, value));
    put_field(out, value_or_no(option, by_default));
    put_field(out, text_or_nothing(option->range));
    put_field(out, kconfig_condition(option, condition, sizeof condition));
    put_field(out, place);
    put_field(out, option->menu);
    put_field(out, text_or_nothing(option->prompt));
    put_field(out, text_or_nothing(help));
    fputc('\n', out);
    free(help);
}

void describe_options(FILE *out, const struct options *options, const struct layer *defaults,
                      const struct layer *values)
{
    for (size_t i = 0; i < options->count; i++)
        describe_one(out, options, &options->items[i], defaults->settings[i].value,
                     values->settings[i].value);
}

/* `if` stands outside the code quotes, and a default of a condition names it. */
static void put_default(FILE *out, const char *text)
{
    const char *condition = strstr(text, " if ");

    if (condition == NULL)
        fprintf(out, "`%s`", text);
    else
        fprintf(out, "`%.*s` if `%s`", (int)(condition - text), text, condition + 4);
}

static void put_defaults(FILE *out, const struct options *options, const struct option *option)
{
    const struct choice *choice = option->choice != 0 ? &options->choices[option->choice - 1]
                                                      : NULL;

    fputs("| default | ", out);
    if (choice != NULL)
        fputs(choice->default_to != NULL && strcmp(choice->default_to, option->name) == 0 ? "`y`"
                                                                                          : "`n`",
              out);
    else if (option->defaults[0] == NULL)
        fputs(option->type == OPTION_BOOL ? "`n`" : "none", out);
    for (size_t i = 0; choice == NULL && i < MAX_DEFAULTS && option->defaults[i] != NULL; i++) {
        fputs(i > 0 ? "; otherwise " : "", out);
        put_default(out, option->defaults[i]);
    }
    fputs(" |\n", out);
}

/* A range of two plain numbers reads as `1 … 255`; any other stands as it is. */
static void put_range(FILE *out, const struct option *option)
{
    const char *range = text_or_nothing(option->range);
    size_t first = strcspn(range, " \t");

    if (option->type == OPTION_BOOL)
        fputs("| range | `y` or `n` |\n", out);
    else if (*range != '\0')
        fprintf(out, "| range | `%.*s` … `%s` |\n", (int)first, range,
                range + first + strspn(range + first, " \t"));
    else
        fprintf(out, "| range | %s |\n", option->type == OPTION_STRING ? "any text" : "any number");
}

static void put_option(FILE *out, const struct options *options, const struct option *option)
{
    char condition[512];
    char *help = whole_help(options, option);

    kconfig_condition(option, condition, sizeof condition);
    fprintf(out, "\n#### %s\n\n", option->name);
    if (option->prompt != NULL)
        fprintf(out, "%s.\n\n", option->prompt);
    fprintf(out, "| | |\n|---|---|\n| type | %s%s |\n", types[option->type],
            option->bare ? ", C text that is not quoted" : "");
    put_range(out, option);
    put_defaults(out, options, option);
    if (option->choice != 0)
        fprintf(out, "| one of | %s |\n",
                text_or_nothing(options->choices[option->choice - 1].prompt));
    fprintf(out, *condition != '\0' ? "| depends on | `%s` |\n" : "| depends on | nothing |\n",
            condition);
    fprintf(out, "| declared in | %s:%d |\n", option->place.file, option->place.line);
    if (help != NULL)
        fprintf(out, "\n%s\n", help);
    else if (option->prompt == NULL)
        fputs("\nIt cannot be set: it follows from others.\n", out);
    free(help);
}

static void put_heads(FILE *out, const struct option *option, const char **part, const char **menu)
{
    if (strcmp(*part, option->part) != 0)
        fprintf(out, "\n## %s\n", option->part);
    if (strcmp(*menu, option->menu) != 0 && strcmp(option->menu, option->part) != 0)
        fprintf(out, "\n### %s\n", option->menu);
    *part = option->part;
    *menu = option->menu;
}

void describe_reference(FILE *out, const struct options *options)
{
    const char *part = "";
    const char *menu = "";

    fputs(
        "# Reference of the options\n\n"
        "Made from the Kconfig files by `linnet config --reference`; every option is the C macro\n"
        "of its name. How to set one: `linnet config --help`. A board, a preset and an\n"
        "application may each set other values than the defaults here; `linnet config --list`\n"
        "shows those that count.\n",
        out);
    for (size_t i = 0; i < options->count; i++) {
        put_heads(out, &options->items[i], &part, &menu);
        put_option(out, options, &options->items[i]);
    }
}
