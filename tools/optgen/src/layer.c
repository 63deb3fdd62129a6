/* SPDX-License-Identifier: MIT */
/*
 * Reading, covering and comparing layers. kconfig-conf drops what it does not like without a word
 * (unknown names, values out of range, options that others forbid): the checks here make each of
 * these an error that names the line.
 */
#include "layer.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_number(const char *value, int base)
{
    char *end;

    if (isspace((unsigned char)*value) || *value == '\0')
        return false;
    errno = 0;
    (void)strtoll(value, &end, base);
    return *end == '\0' && errno == 0;
}

/* Takes the quotes off; false when they are not a pair around the whole. */
static bool unquote(char **value)
{
    char *at = *value;

    if (*at++ != '"')
        return false;
    while (*at != '\0' && *at != '"')
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    if (*at != '"' || at[1] != '\0')
        return false;
    *at = '\0';
    (*value)++;
    return true;
}

/* What a value of the type looks like, or NULL if this is one. */
static const char *mismatch(enum option_type type, char **value)
{
    switch (type) {
    case OPTION_BOOL:
        return strcmp(*value, "y") == 0 || strcmp(*value, "n") == 0 ? NULL : "y or n";
    case OPTION_INT:
        return is_number(*value, 10) ? NULL : "a decimal number";
    case OPTION_HEX:
        return is_number(*value, 16) ? NULL : "a hexadecimal number such as 0x1000";
    default:
        return unquote(value) ? NULL : "a text in double quotes";
    }
}

static void report_unknown(struct place place, const struct options *options, const char *name)
{
    const struct option *nearest = kconfig_nearest(options, name);

    if (nearest != NULL)
        report(place, "%s: there is no such option; is %s meant?", name, nearest->name);
    else
        report(place, "%s: there is no such option; take the line out or correct the name", name);
}

/* Sets one option from a line's two sides. */
static void set(struct layer *layer, const struct options *options, char *name, char *value,
                struct place place)
{
    const struct option *option = kconfig_find(options, name);
    if (option == NULL) {
        report_unknown(place, options, name);
        return;
    }

    struct setting *setting = &layer->settings[option - options->items];
    const char *wanted = mismatch(option->type, &value);
    if (wanted != NULL)
        report(place, "%s: '%s' is not a value for it; write %s", name, value, wanted);
    else if (setting->value != NULL && strcmp(setting->value, value) != 0)
        report(place, "%s: set to another value in line %d; keep one of them", name,
               setting->place.line);
    else
        *setting = (struct setting){value, place};
}

/* `# NAME is not set` is kconfig's way of writing NAME=n. */
static char *not_set(char *line)
{
    static const char end[] = " is not set";
    size_t length = strlen(line);

    if (strncmp(line, "# ", 2) != 0 || length < sizeof end + 2)
        return NULL;
    if (strcmp(line + length - (sizeof end - 1), end) != 0)
        return NULL;
    line[length - (sizeof end - 1)] = '\0';
    return strpbrk(line + 2, " \t") == NULL ? line + 2 : NULL;
}

static void read_line(struct layer *layer, const struct options *options, char *line,
                      struct place place)
{
    static char no[] = "n";
    char *off = not_set(line);

    if (off != NULL) {
        set(layer, options, off, no, place);
        return;
    }
    if (*line == '#' || *line == '\0')
        return;
    char *equals = strchr(line, '=');
    size_t name_length = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (equals == NULL || equals != line + name_length || name_length == 0) {
        report(place, "malformed line '%s': write NAME=VALUE, '# NAME is not set' or a comment",
               line);
        return;
    }
    *equals = '\0';
    set(layer, options, line, equals + 1, place);
}

bool layer_read(struct layer *layer, const struct options *options, const char *path)
{
    int before = report_count();

    *layer = (struct layer){.settings = calloc(options->count + 1, sizeof *layer->settings)};
    struct text *text = text_load(&layer->texts, path);
    if (layer->settings == NULL || text == NULL) {
        report((struct place){path, 0}, "cannot read: %s", strerror(errno));
        return false;
    }
    for (char *line = text_line(text); line != NULL; line = text_line(text))
        read_line(layer, options, line, (struct place){text->path, text->line});
    return report_count() == before;
}

void layer_free(struct layer *layer)
{
    free(layer->settings);
    text_free(layer->texts);
    *layer = (struct layer){0};
}

static void forget_choice(struct layer *layer, const struct options *options, int choice)
{
    for (size_t i = 0; i < options->count; i++)
        if (options->items[i].choice == choice)
            layer->settings[i] = (struct setting){0};
}

void layer_cover(struct layer *layer, const struct layer *upper, const struct options *options)
{
    for (size_t i = 0; i < options->count; i++) {
        int choice = options->items[i].choice;
        if (upper->settings[i].value == NULL)
            continue;
        if (choice != 0 && strcmp(upper->settings[i].value, "y") == 0)
            forget_choice(layer, options, choice);
        layer->settings[i] = upper->settings[i];
    }
}

bool layer_write(const struct layer *layer, const struct options *options, const char *path)
{
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return false;

    for (size_t i = 0; i < options->count; i++) {
        const char *quote = options->items[i].type == OPTION_STRING ? "\"" : "";
        const char *value = layer->settings[i].value;
        if (value != NULL)
            fprintf(file, "%s=%s%s%s\n", options->items[i].name, quote, value, quote);
    }
    bool written = !ferror(file);
    return fclose(file) == 0 && written;
}

/* A text that needs no quotes to be told from its end. */
static bool is_plain(const char *value)
{
    return strpbrk(value, "\"\\\n") == NULL;
}

bool layer_set(struct layer *layer, const struct options *options, char *wish, struct place place)
{
    char *value = strchr(wish, '=');
    int before = report_count();

    if (value == NULL) {
        report(place, "malformed '%s': write NAME=VALUE", wish);
        return false;
    }
    *value++ = '\0';
    const struct option *option = kconfig_find(options, wish);
    if (option == NULL) {
        report_unknown(place, options, wish);
        return false;
    }
    struct setting *setting = &layer->settings[option - options->items];
    if (option->choice != 0 && strcmp(value, "y") == 0)
        forget_choice(layer, options, option->choice);
    *setting = (struct setting){0};
    if (option->type == OPTION_STRING && is_plain(value))
        *setting = (struct setting){value, place};
    else
        set(layer, options, wish, value, place);
    return report_count() == before;
}

static bool same_value(const struct option *option, const char *a, const char *b)
{
    if (option->type == OPTION_INT || option->type == OPTION_HEX) {
        int base = option->type == OPTION_INT ? 10 : 16;
        return strtoll(a, NULL, base) == strtoll(b, NULL, base);
    }
    return strcmp(a, b) == 0;
}

/* False also for a range that is not two numbers. */
static bool is_within(const char *range, const char *value)
{
    long long low;
    long long high;
    long long number = strtoll(value, NULL, 0);

    return sscanf(range, "%lli %lli", &low, &high) == 2 && low <= number && number <= high;
}

static void report_refused(const struct option *option, const struct setting *wish,
                           const char *value)
{
    char condition[512];

    kconfig_condition(option, condition, sizeof condition);
    if (option->range != NULL && !is_within(option->range, wish->value))
        report(wish->place, "%s: %s is not possible (it stays %s): its range is %s, see %s:%d",
               option->name, wish->value, value, option->range, option->place.file,
               option->place.line);
    else
        report(wish->place, "%s: %s is not possible (it stays %s): it depends on %s, see %s:%d",
               option->name, wish->value, value,
               *condition != '\0' ? condition : "nothing of its own", option->place.file,
               option->place.line);
}

bool layer_same_setting(const struct layer *one, const struct layer *other,
                        const struct options *options, size_t index)
{
    const char *a = one->settings[index].value;
    const char *b = other->settings[index].value;

    return same_value(&options->items[index], a != NULL ? a : "n", b != NULL ? b : "n");
}

bool layer_honoured(const struct layer *asked, const struct layer *result,
                    const struct options *options)
{
    int before = report_count();

    for (size_t i = 0; i < options->count; i++) {
        const struct option *option = &options->items[i];
        const struct setting *wish = &asked->settings[i];
        const char *value = result->settings[i].value;

        if (value == NULL)
            value = "n";
        if (wish->value == NULL || same_value(option, wish->value, value))
            continue;
        report_refused(option, wish, value);
    }
    return report_count() == before;
}
