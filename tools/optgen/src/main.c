/* SPDX-License-Identifier: MIT */
/*
 * optgen: option headers from Kconfig.
 *
 *   optgen [-k KCONFIG_CONF] -o FOLDER KCONFIG LAYER...       writes the headers
 *   optgen … -d -o FOLDER KCONFIG LAYER...                    describes every option, with values
 *   optgen … -e FILE -w NAME=VALUE… -o FOLDER KCONFIG LAYER...   sets options in FILE, a layer on top
 *   optgen … -e FILE -t TARGET -o FOLDER KCONFIG LAYER...     makes FILE lead to TARGET's values
 *   optgen -l | -s | -m KCONFIG                               options, sources, reference
 *
 * Works out the options of the Kconfig file with the layers on top (the last one is strongest) and
 * leaves the result as FOLDER/linnet.config. -l prints NAME TYPE PLACE of every option, -s the names
 * of the Kconfig sources, -m the reference as Markdown. Exit code 0, or 1 after messages, or 2 for a
 * wrong command line.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "describe.h"
#include "edit.h"
#include "evaluate.h"
#include "headers.h"

enum { MAX_WISHES = 256 };

struct command {
    const char *kconfig_conf;
    const char *folder;
    const char *edited;
    const char *target;
    char *wishes[MAX_WISHES];
    size_t wish_count;
    char view; /* l, s, m or d; 0: headers, or the edit */
};

static const char usage[] =
    "Usage: optgen [-k KCONFIG_CONF] -o FOLDER KCONFIG LAYER...\n"
    "       optgen … -d -o FOLDER KCONFIG LAYER...   every option with its value, by fields\n"
    "       optgen … -e FILE -w NAME=VALUE... -o FOLDER KCONFIG LAYER...   sets options in FILE\n"
    "       optgen … -e FILE -t TARGET -o FOLDER KCONFIG LAYER...   FILE leads to TARGET\n"
    "       optgen -l KCONFIG    lists the options: name, type, place\n"
    "       optgen -s KCONFIG    lists the Kconfig files\n"
    "       optgen -m KCONFIG    the reference of the options, as Markdown\n";

static bool is_complete(const struct command *command)
{
    if (command->edited != NULL)
        return command->folder != NULL && command->view == 0 &&
               (command->target != NULL) != (command->wish_count > 0);
    if (command->view == 0 || command->view == 'd')
        return command->folder != NULL;
    return true;
}

static bool read_command(struct command *command, int count, char *words[])
{
    int letter;

    while ((letter = getopt(count, words, "k:o:e:t:w:lsmd")) != -1) {
        if (letter == 'k')
            command->kconfig_conf = optarg;
        else if (letter == 'o')
            command->folder = optarg;
        else if (letter == 'e')
            command->edited = optarg;
        else if (letter == 't')
            command->target = optarg;
        else if (letter == 'w' && command->wish_count < MAX_WISHES)
            command->wishes[command->wish_count++] = optarg;
        else if (letter != '?' && letter != 'w')
            command->view = (char)letter;
        else
            return false;
    }
    return optind < count && is_complete(command);
}

static void list(const struct command *command, const struct options *options)
{
    static const char *const types[] = {"", "bool", "int", "hex", "string"};

    for (size_t i = 0; i < options->count && command->view == 'l'; i++) {
        const struct option *option = &options->items[i];
        printf("%s\t%s\t%s:%d\n", option->name, types[option->type], option->place.file,
               option->place.line);
    }
    for (struct text *text = options->texts; text != NULL && command->view == 's';
         text = text->next)
        puts(text->path);
    if (command->view == 'm')
        describe_reference(stdout, options);
}

/* The defaults are what no layer at all leads to; the result in the folder is that of the layers. */
static void describe(const struct evaluation *evaluation, char *const layers[], size_t layer_count)
{
    struct layer asked[2] = {{0}};
    struct layer defaults = {0};
    struct layer values = {0};

    if (evaluate(evaluation, NULL, 0, &asked[0], &defaults) &&
        evaluate(evaluation, layers, layer_count, &asked[1], &values))
        describe_options(stdout, evaluation->options, &defaults, &values);
    layer_free(&asked[0]);
    layer_free(&asked[1]);
    layer_free(&defaults);
    layer_free(&values);
}

static void generate(const struct evaluation *evaluation, const char *folder, char *const layers[],
                     size_t layer_count)
{
    struct layer asked;
    struct layer result;

    if (evaluate(evaluation, layers, layer_count, &asked, &result))
        (void)headers_write(evaluation->options, &result, folder, layers, layer_count);
    layer_free(&asked);
    layer_free(&result);
}

static void work(struct command *command, const struct options *options, const char *kconfig,
                 char *const layers[], size_t layer_count)
{
    char config[4096];
    int length = snprintf(config, sizeof config, "%s/linnet.config", command->folder);

    if (length < 0 || (size_t)length >= sizeof config) {
        report((struct place){command->folder, 0}, "the folder's name is too long");
        return;
    }
    struct evaluation evaluation = {options, kconfig, command->kconfig_conf, config};
    struct edit edit = {&evaluation, layers, layer_count, command->edited};
    if (command->view == 'd')
        describe(&evaluation, layers, layer_count);
    else if (command->edited == NULL)
        generate(&evaluation, command->folder, layers, layer_count);
    else if (command->target != NULL)
        (void)edit_to(&edit, command->target);
    else
        (void)edit_set(&edit, command->wishes, command->wish_count);
}

int main(int count, char *words[])
{
    struct command command = {.kconfig_conf = "kconfig-conf"};
    struct options options;

    if (!read_command(&command, count, words)) {
        fputs(usage, stderr);
        return 2;
    }
    char *kconfig = words[optind];
    char **layers = &words[optind + 1];
    size_t layer_count = (size_t)(count - optind - 1);

    if (kconfig_read(&options, kconfig)) {
        if (command.folder != NULL)
            work(&command, &options, kconfig, layers, layer_count);
        else
            list(&command, &options);
    }
    kconfig_free(&options);
    return report_count() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
