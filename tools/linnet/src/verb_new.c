/* SPDX-License-Identifier: MIT */
/*
 * `linnet new`: a project outside this checkout. Its first application is docs/examples/first, the
 * same file that the README shows and the tests compile; the checkout is found again by the path
 * in `linnet.path`.
 */
#include "files.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *name;
static const char *parent = ".";

static const char cmake_text[] =
    "# Made by `linnet new`; yours to change. linnet.path says where Linnet lies.\n"
    "cmake_minimum_required(VERSION 3.22)\n"
    "project(%s C ASM)\n"
    "\n"
    "file(STRINGS linnet.path linnet_path LIMIT_COUNT 1)\n"
    "add_subdirectory(\"${linnet_path}\" linnet EXCLUDE_FROM_ALL)\n"
    "\n"
    "linnet_app(%s SOURCES main.c DEPENDS linnet::kernel)\n";

static const char readme_text[] =
    "# %s\n"
    "\n"
    "An application on Linnet.\n"
    "\n"
    "    %s/linnet run      # builds it and runs it on the simulator\n"
    "    %s/linnet build    # only builds it\n"
    "    %s/linnet config   # its options, in a menu; `config NAME=VALUE` sets one\n"
    "\n"
    "`main.c` is the application, `CMakeLists.txt` says what it consists of and which libraries "
    "it\n"
    "uses, `linnet.path` where Linnet lies. `config` writes what it changes to `app.config`, and\n"
    "`FreeRTOSConfig_app.h`, if you make one, is for asserts and trace macros. Everything that is\n"
    "built lies in `build/`.\n";

static const char ignore_text[] = "/build/\n/compile_commands.json\n";

static bool is_name(const char *text)
{
    if (!islower((unsigned char)text[0]) || strlen(text) > 40)
        return false;
    for (const char *at = text; *at; at++)
        if (!islower((unsigned char)*at) && !isdigit((unsigned char)*at) && *at != '_')
            return false;
    return true;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'd':
        parent = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            return ARGP_ERR_UNKNOWN;
        if (!is_name(argument))
            argp_error(state,
                       "%s: a name of small letters, digits and _ is expected, a letter first",
                       argument);
        name = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "the new application needs a name");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool put(const char *folder, const char *file, const char *text)
{
    char *path = text_format("%s/%s", folder, file);
    bool written = true;

    if (terminal.dry_run)
        say("would write %s", path);
    else
        written = write_whole_file(path, text, 0666);
    if (!written) {
        char *what = text_format("cannot write %s", path);

        complain(what, strerror(errno), "make room or choose another place with --dir");
        free(what);
    }
    free(path);
    return written;
}

static bool fill(const char *folder, const char *root)
{
    char *example = text_format("%s/docs/examples/first/main.c", root);
    char *source = read_whole_file(example);
    char *cmake = text_format(cmake_text, name, name);
    char *readme = text_format(readme_text, name, root, root, root);
    char *path = text_format("%s\n", root);
    bool filled = false;

    if (!source)
        complain("the first application is not in this checkout", example,
                 "git status, git checkout");
    else
        filled = put(folder, "main.c", source) && put(folder, "CMakeLists.txt", cmake) &&
                 put(folder, "README.md", readme) && put(folder, ".gitignore", ignore_text) &&
                 put(folder, "linnet.path", path);
    free(example);
    free(source);
    free(cmake);
    free(readme);
    free(path);
    return filled;
}

/* True if the folder is free and, unless this is a dry run, made. */
static bool make_place(const char *folder)
{
    if (folder_exists(folder) || file_exists(folder)) {
        char *what = text_format("%s is there already", folder);

        complain(what, NULL, "choose another name, or another place with --dir");
        free(what);
        return false;
    }
    if (terminal.dry_run || make_folder(folder))
        return true;
    complain("cannot make the folder", strerror(errno), "choose another place with --dir");
    return false;
}

static int run(void)
{
    const char *root = linnet_root();
    char *folder = text_format("%s/%s", parent, name);
    bool made = root && make_place(folder) && fill(folder, root);

    if (made) {
        char *json = text_json(folder);

        emit_json("{\"made\":%s}", json);
        char *place = text_shell_quote(folder);
        char *command = text_format("%s/linnet", root);
        char *quoted = text_shell_quote(command);

        say("%s %s. Next:\n  cd %s && %s run", terminal.dry_run ? "Would make" : "Made", folder,
            place, quoted);
        free(json);
        free(place);
        free(command);
        free(quoted);
    }
    free(folder);
    return made ? EXIT_OK : root ? EXIT_FAILED : EXIT_ENVIRONMENT;
}

static const struct argp_option options[] = {
    {"dir", 'd', "FOLDER", 0, "Where to make it (default: the current folder)", 0},
    {0},
};

const struct verb verb_new = {
    .name = "new",
    .summary = "Make a project of your own outside this checkout",
    .example = "linnet new blinky && cd blinky && ../linnet run",
    .usage = "NAME",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
