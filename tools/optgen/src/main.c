/* SPDX-License-Identifier: MIT */
/*
 * optgen: option headers from Kconfig.
 *
 *   optgen [-k KCONFIG_CONF] [-l] [-o FOLDER] KCONFIG LAYER...
 *
 * Works out the options of the Kconfig file with the layers on top (the last one is strongest),
 * leaves the result as FOLDER/linnet.config and writes the headers that the Kconfig files name
 * into FOLDER. With -l it prints NAME TYPE PLACE of every option instead; with -s the names of the
 * Kconfig sources. Exit code 0, or 1 after messages, or 2 for a wrong command line.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "evaluate.h"
#include "headers.h"

struct command {
    const char *kconfig_conf;
    const char *folder;
    bool list_options;
    bool list_sources;
};

static const char usage[] = "Usage: optgen [-k KCONFIG_CONF] -o FOLDER KCONFIG LAYER...\n"
                            "       optgen -l KCONFIG    lists the options: name, type, place\n"
                            "       optgen -s KCONFIG    lists the Kconfig files\n";

static bool read_command(struct command *command, int count, char *words[])
{
    int letter;

    while ((letter = getopt(count, words, "k:o:ls")) != -1) {
        if (letter == 'k')
            command->kconfig_conf = optarg;
        else if (letter == 'o')
            command->folder = optarg;
        else if (letter == 'l')
            command->list_options = true;
        else if (letter == 's')
            command->list_sources = true;
        else
            return false;
    }
    return optind < count &&
           (command->folder != NULL || command->list_options || command->list_sources);
}

static void list(const struct command *command, const struct options *options)
{
    static const char *const types[] = {"", "bool", "int", "hex", "string"};

    for (size_t i = 0; i < options->count && command->list_options; i++) {
        const struct option *option = &options->items[i];
        printf("%s\t%s\t%s:%d\n", option->name, types[option->type], option->place.file,
               option->place.line);
    }
    for (struct text *text = options->texts; text != NULL && command->list_sources;
         text = text->next)
        puts(text->path);
}

static void generate(const struct command *command, const struct options *options,
                     const char *kconfig, char *const layers[], size_t layer_count)
{
    char config[4096];
    struct layer result;
    int length = snprintf(config, sizeof config, "%s/linnet.config", command->folder);

    if (length < 0 || (size_t)length >= sizeof config) {
        report((struct place){command->folder, 0}, "the folder's name is too long");
        return;
    }
    struct evaluation evaluation = {options, kconfig, command->kconfig_conf, config};
    if (evaluate(&evaluation, layers, layer_count, &result))
        (void)headers_write(options, &result, command->folder, layers, layer_count);
    layer_free(&result);
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
            generate(&command, &options, kconfig, layers, layer_count);
        else
            list(&command, &options);
    }
    kconfig_free(&options);
    return report_count() == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
