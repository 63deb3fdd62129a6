/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "files.h"
#include "packages.h"
#include "preset.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FIELDS = 10 };

static char *program_path(void)
{
    return text_format("%s/build/host/optgen", linnet_root());
}

/* Adds the sources of optgen; true if one of them is newer than the program. */
static bool add_sources(struct args *command, const char *program)
{
    char *pattern = text_format("%s/tools/optgen/src/*.[ch]", linnet_root());
    struct stat built;
    bool stale = stat(program, &built) != 0;
    glob_t found = {0};

    glob(pattern, 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct stat source;
        const char *path = found.gl_pathv[i];

        if (path[strlen(path) - 1] == 'c')
            args_add(command, "%s", path);
        if (!stale && stat(path, &source) == 0)
            stale = source.st_mtime >= built.st_mtime;
    }
    globfree(&found);
    free(pattern);
    return stale;
}

/* Compiled beside its place and moved there, so that two runs at once never meet half a program. */
static bool ensure_program(void)
{
    char *program = program_path();
    char *fresh = text_format("%s.%lld", program, now_ms());
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *output = NULL;
    bool good = true;

    args_add_all(&command, (const char *const[]){"cc", "-std=c11", "-O1", "-o", fresh, NULL});
    if (add_sources(&command, program))
        good = process_capture(&spec, &output) == 0 && rename(fresh, program) == 0;
    if (!good)
        complain("tools/optgen does not compile", output, "git status, git checkout");
    free(output);
    args_free(&command);
    free(fresh);
    free(program);
    return good;
}

static void add_layer(struct options *options, const char *name)
{
    char *path = text_format("%s/options/%s.config", linnet_root(), name ? name : "");

    if (name && file_exists(path))
        args_add(&options->layers, "options/%s.config", name);
    free(path);
}

int options_open(struct options *options, const struct project *project, const char *preset)
{
    char *board = preset_setting(preset, "LINNET_BOARD");
    char *more = preset_setting(preset, "LINNET_OPTIONS");
    char *build = build_folder(&project->build);
    int result = packages_ensure(NEED_CONFIG);

    *options = (struct options){
        .file = project->folder ? text_format("%s/app.config", project->folder)
                                : text_format("%s/local.config", build),
        .folder = text_format("%s/config", build),
    };
    add_layer(options, board);
    add_layer(options, more);
    free(board);
    free(more);
    free(build);
    if (result != EXIT_OK)
        return result;
    if (!make_folder(options->folder)) {
        complain("cannot make a folder for the options", strerror(errno), "make room: df -h");
        return EXIT_FAILED;
    }
    return ensure_program() ? EXIT_OK : EXIT_ENVIRONMENT;
}

void options_close(struct options *options)
{
    args_free(&options->layers);
    free(options->file);
    free(options->folder);
}

/* Messages are shown in a line of their own. */
static void trim_end(char *text)
{
    size_t length = strlen(text);

    while (length > 0 && text[length - 1] == '\n')
        text[--length] = '\0';
}

bool options_run(const struct options *options, const struct args *words, bool with_file,
                 char **output)
{
    char *program = program_path();
    struct args command = {0};
    struct process_spec spec = {.args = &command, .directory = linnet_root(), .quiet = true};
    int status;

    args_add(&command, "%s", program);
    if (words->count)
        args_add_all(&command, (const char *const *)words->items);
    args_add_all(&command, (const char *const[]){"-o", options->folder, "Kconfig", NULL});
    if (options->layers.count)
        args_add_all(&command, (const char *const *)options->layers.items);
    if (with_file && file_exists(options->file))
        args_add(&command, "%s", options->file);
    status = process_capture(&spec, output);
    trim_end(*output);
    args_free(&command);
    free(program);
    return status == 0;
}

/* Takes the escapes of a field back, in place. */
static void unescape(char *text)
{
    char *to = text;

    for (; *text; text++) {
        if (*text == '\\' && text[1])
            *to++ = *++text == 'n' ? '\n' : *text;
        else
            *to++ = *text;
    }
    *to = '\0';
}

static bool read_view(char *line, struct option_view *view)
{
    char *fields[FIELDS];

    for (int i = 0; i < FIELDS; i++) {
        fields[i] = strsep(&line, "\t");
        if (!line)
            return false;
        unescape(fields[i]);
    }
    *view = (struct option_view){fields[0], fields[1], fields[2], fields[3], fields[4],
                                 fields[5], fields[6], fields[7], fields[8], fields[9]};
    return true;
}

struct option_view *options_describe(const struct options *options, char **text)
{
    struct args words = {0};
    struct option_view *views = NULL;
    size_t count = 0;
    char *line;

    args_add(&words, "-d");
    bool good = options_run(options, &words, true, text);
    args_free(&words);
    if (!good) {
        complain("the options cannot be worked out", *text, "correct the line that it names");
        return NULL;
    }
    char *rest = *text;
    while ((line = strsep(&rest, "\n"))) {
        struct option_view *larger = realloc(views, (count + 2) * sizeof *views);

        if (!larger)
            break;
        views = larger;
        count += read_view(line, &views[count]);
        views[count] = (struct option_view){0};
    }
    return views;
}

bool options_write_reference(const char *path)
{
    char *program = program_path();
    struct args command = {0};
    struct process_spec spec = {.args = &command, .directory = linnet_root(), .quiet = true};
    char *output = NULL;
    bool good = ensure_program();

    args_add_all(&command, (const char *const[]){program, "-m", "Kconfig", NULL});
    if (good) {
        good = process_capture(&spec, &output) == 0;
        if (!good)
            complain("the Kconfig files cannot be read", output, "correct the line that it names");
    }
    if (good && terminal.dry_run) {
        say("would write %s", path);
    } else if (good && !write_whole_file(path, output, 0666)) {
        good = false;
        complain("cannot write the reference", strerror(errno), "choose another file");
    }
    free(output);
    args_free(&command);
    free(program);
    return good;
}
