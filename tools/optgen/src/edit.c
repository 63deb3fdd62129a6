/* SPDX-License-Identifier: MIT */
/*
 * The file belongs to its author: comments, order and spelling stay; a line goes or changes only if
 * its option gets another value, and new ones come at the end. It is written beside its place and
 * moved there, so that it is whole at any time.
 *
 * A configuration made by a menu holds every option. What the file must say of it is found by
 * trial: of all options that differ from the layers below, each is left out if the result is the
 * same without it (a hidden option follows from the one that hides it).
 */
#define _POSIX_C_SOURCE 200809L

#include "edit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char starting_text[] =
    "# What differs from the board's options, one NAME=VALUE a line; see `linnet config --help`.\n";

/* Layers, all for the same options. */
struct work {
    struct layer below;  /* what the layers below ask for */
    struct layer base;   /* the values that they lead to */
    struct layer file;   /* what the file says now */
    struct layer wanted; /* what it shall say */
    struct text *text;   /* the file line by line, NULL if it is not there */
};

static bool make_layer(struct layer *layer, const struct options *options)
{
    *layer = (struct layer){calloc(options->count + 1, sizeof *layer->settings), NULL};
    if (layer->settings == NULL)
        report((struct place){"optgen", 0}, "out of memory");
    return layer->settings != NULL;
}

static bool begin(const struct edit *edit, struct work *work)
{
    const struct options *options = edit->evaluation->options;

    *work = (struct work){0};
    if (!make_layer(&work->wanted, options))
        return false;
    work->text = text_load(&work->wanted.texts, edit->path);
    if (work->text == NULL && errno != ENOENT) {
        report((struct place){edit->path, 0}, "cannot read: %s", strerror(errno));
        return false;
    }
    bool read = work->text != NULL ? layer_read(&work->file, options, edit->path)
                                   : make_layer(&work->file, options);
    return read &&
           evaluate(edit->evaluation, edit->layers, edit->layer_count, &work->below, &work->base);
}

static void end(struct work *work)
{
    layer_free(&work->below);
    layer_free(&work->base);
    layer_free(&work->file);
    layer_free(&work->wanted);
}

/* The option that a line of the file sets, or NULL. */
static const struct option *option_of(const struct options *options, const char *line)
{
    char name[128];
    const char *at = strncmp(line, "# ", 2) == 0 ? line + 2 : line;
    size_t length = strcspn(at, "= ");

    if (length >= sizeof name ||
        (at == line ? at[length] != '=' : strcmp(at + length, " is not set")))
        return NULL;
    memcpy(name, at, length);
    name[length] = '\0';
    return kconfig_find(options, name);
}

static void put_setting(FILE *out, const struct option *option, const char *value)
{
    const char *quote = option->type == OPTION_STRING ? "\"" : "";

    fprintf(out, "%s=%s%s%s\n", option->name, quote, value, quote);
}

/* The new text: what stays, what changes in its place, and what is new. */
static void compose(FILE *out, const struct options *options, struct work *work, bool *written)
{
    if (work->text == NULL)
        fputs(starting_text, out);
    for (char *line = work->text != NULL ? text_line(work->text) : NULL; line != NULL;
         line = text_line(work->text)) {
        const struct option *option = option_of(options, line);
        size_t index = option != NULL ? (size_t)(option - options->items) : 0;

        if (option == NULL) {
            fprintf(out, "%s\n", line);
        } else if (work->wanted.settings[index].value != NULL && !written[index]) {
            if (work->file.settings[index].value != NULL &&
                layer_same_setting(&work->file, &work->wanted, options, index))
                fprintf(out, "%s\n", line);
            else
                put_setting(out, option, work->wanted.settings[index].value);
            written[index] = true;
        }
    }
    for (size_t i = 0; i < options->count; i++)
        if (work->wanted.settings[i].value != NULL && !written[i])
            put_setting(out, &options->items[i], work->wanted.settings[i].value);
}

static bool replace_file(const char *path, const char *content, size_t size)
{
    char beside[4096];
    int length = snprintf(beside, sizeof beside, "%s.new", path);

    if (length < 0 || (size_t)length >= sizeof beside)
        errno = ENAMETOOLONG;
    else if (text_write_changed(beside, content, size) && rename(beside, path) == 0)
        return true;
    report((struct place){path, 0}, "cannot write: %s", strerror(errno));
    return false;
}

static bool says_nothing(const struct work *work, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (work->wanted.settings[i].value != NULL)
            return false;
    return work->text == NULL;
}

static bool write_file(const struct edit *edit, struct work *work)
{
    const struct options *options = edit->evaluation->options;

    if (says_nothing(work, options->count))
        return true;
    bool *written = calloc(options->count + 1, sizeof *written);
    char *content = NULL;
    size_t size = 0;
    FILE *out = written != NULL ? open_memstream(&content, &size) : NULL;
    bool good = false;

    if (out != NULL)
        compose(out, options, work, written);
    if (out == NULL || fclose(out) != 0)
        report((struct place){edit->path, 0}, "out of memory");
    else
        good = replace_file(edit->path, content, size);
    free(content);
    free(written);
    return good;
}

bool edit_set(const struct edit *edit, char *wishes[], size_t wish_count)
{
    const struct options *options = edit->evaluation->options;
    struct work work;
    struct layer result = {0};
    bool good = begin(edit, &work);

    if (good)
        memcpy(work.wanted.settings, work.file.settings,
               options->count * sizeof *work.wanted.settings);
    for (size_t i = 0; i < wish_count && good; i++)
        good = layer_set(&work.wanted, options, wishes[i], (struct place){"command line", 0});
    good = good && evaluate_on_top(edit->evaluation, &work.below, &work.wanted, &result) &&
           layer_honoured(&work.wanted, &result, options) && write_file(edit, &work);
    layer_free(&result);
    end(&work);
    return good;
}

static bool leads_to(const struct edit *edit, struct work *work, const struct layer *target)
{
    const struct options *options = edit->evaluation->options;
    struct layer result;
    bool same = evaluate_on_top(edit->evaluation, &work->below, &work->wanted, &result);

    for (size_t i = 0; i < options->count && same; i++)
        same = layer_same_setting(&result, target, options, i);
    layer_free(&result);
    return same;
}

/* All that can be set and differs, and what the file says already and is right. */
static void want_differences(const struct edit *edit, struct work *work, const struct layer *target)
{
    const struct options *options = edit->evaluation->options;

    for (size_t i = 0; i < options->count; i++) {
        const struct option *option = &options->items[i];
        const char *value = target->settings[i].value;
        bool differs = !layer_same_setting(&work->base, target, options, i);
        bool kept = work->file.settings[i].value != NULL &&
                    layer_same_setting(&work->file, target, options, i);

        if (option->prompt == NULL || (!differs && !kept))
            continue;
        if (option->choice != 0 && (value == NULL || strcmp(value, "y") != 0) && !kept)
            continue;
        work->wanted.settings[i].value = value != NULL ? value : "n";
    }
}

static void leave_out_what_follows(const struct edit *edit, struct work *work,
                                   const struct layer *target)
{
    for (size_t i = 0; i < edit->evaluation->options->count; i++) {
        struct setting kept = work->wanted.settings[i];

        if (kept.value == NULL || work->file.settings[i].value != NULL)
            continue;
        work->wanted.settings[i] = (struct setting){0};
        if (!leads_to(edit, work, target))
            work->wanted.settings[i] = kept;
    }
}

bool edit_to(const struct edit *edit, const char *target_path)
{
    const struct options *options = edit->evaluation->options;
    struct work work;
    struct layer read = {0};
    struct layer target = {0};
    bool good = begin(edit, &work) && layer_read(&read, options, target_path) &&
                evaluate_once(edit->evaluation, &read, &target);

    if (good) {
        want_differences(edit, &work, &target);
        good = leads_to(edit, &work, &target);
        if (!good)
            report((struct place){target_path, 0}, "no layer on top of the others leads to this");
    }
    if (good) {
        leave_out_what_follows(edit, &work, &target);
        good = write_file(edit, &work);
    }
    layer_free(&read);
    layer_free(&target);
    end(&work);
    return good;
}
