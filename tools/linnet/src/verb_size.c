/* SPDX-License-Identifier: MIT */
/* `linnet size`: what an application takes of a board's memory, by component and by task. */
#include "args.h"
#include "board_data.h"
#include "cmake_build.h"
#include "files.h"
#include "image.h"
#include "process.h"
#include "project.h"
#include "size_budget.h"
#include "size_map.h"
#include "stack_use.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>
#include <string.h>

static const char *app;
static const char *board;
static bool budget;

enum { OPTION_BUDGET = 0x6000, NAMES_SHOWN = 4 };

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'b':
        board = argument;
        return 0;
    case OPTION_BUDGET:
        budget = true;
        return 0;
    case ARGP_KEY_ARG:
        if (app)
            return ARGP_ERR_UNKNOWN;
        app = argument;
        return 0;
    case ARGP_KEY_END:
        if (!board)
            argp_error(state, "--board BOARD is needed: `linnet boards` shows them");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- components ---------------------------------------------------------------------------------- */

static void show_row(const char *name, unsigned long program, unsigned long ram)
{
    char *word = text_json(name);

    emit_json("{\"component\":%s,\"program\":%lu,\"ram\":%lu}", word, program, ram);
    if (!terminal.json)
        say("%-16s %10lu %10lu", name, program, ram);
    free(word);
}

static void show_components(const struct image *image, const struct component_size *sizes)
{
    char *flash = board_data(board, "BOARD_FLASH_SIZE");
    char *ram = board_data(board, "BOARD_RAM_SIZE");

    if (!terminal.json)
        say("%-16s %10s %10s", "COMPONENT", "PROGRAM", "RAM");
    for (enum component i = 0; i < COMPONENT_COUNT; i++)
        show_row(component_name(i), sizes[i].program, sizes[i].ram);
    show_row("total", image->program, image->ram);
    if (!terminal.json)
        say("%-16s %10s %10s", "the board has", flash ? flash : "-", ram ? ram : "-");
    free(flash);
    free(ram);
}

/* --- tasks --------------------------------------------------------------------------------------- */

static char *json_list(const struct args *names)
{
    char *list = text_copy("[");

    for (size_t i = 0; i < names->count; i++) {
        char *word = text_json(names->items[i]);
        char *item = text_format("%s%s", i > 0 ? "," : "", word);

        list = text_append(list, item, strlen(item));
        free(word);
        free(item);
    }
    return text_append(list, "]", 1);
}

/* `what: A, B, C and 12 more`; with --verbose all of them. */
static void show_names(const char *what, const struct args *names)
{
    size_t shown = terminal.verbose || names->count <= NAMES_SHOWN ? names->count : NAMES_SHOWN;
    char *line = text_format("%-16s   %s: ", "", what);

    for (size_t i = 0; i < shown; i++) {
        char *item = text_format("%s%s", i > 0 ? ", " : "", names->items[i]);

        line = text_append(line, item, strlen(item));
        free(item);
    }
    if (names->count > shown)
        say("%s and %zu more", line, names->count - shown);
    else if (names->count > 0)
        say("%s", line);
    free(line);
}

static void show_task_json(const struct stack_task *task)
{
    char *path = json_list(&task->path), *indirect = json_list(&task->indirect);
    char *cycles = json_list(&task->cycles), *unbounded = json_list(&task->unbounded);

    emit_json("{\"task\":\"%s\",\"stack\":%lu,\"path\":%s,\"indirect\":%s,\"cycles\":%s,"
              "\"unbounded\":%s}",
              task->function, task->worst, path, indirect, cycles, unbounded);
    free(path);
    free(indirect);
    free(cycles);
    free(unbounded);
}

static void show_task(const struct stack_task *task)
{
    bool open = task->indirect.count + task->cycles.count + task->unbounded.count > 0;

    say("%-16s %10lu%s", task->function, task->worst, open ? " and what is not known" : "");
    if (terminal.verbose)
        show_names("deepest", &task->path);
    show_names("call through pointers", &task->indirect);
    show_names("recursion", &task->cycles);
    show_names("size set at run time", &task->unbounded);
}

static int show_stacks(const char *image, const char *folder, const char *name, const char *objdump)
{
    struct stack_use use;
    bool good = stack_use_read(image, folder, name, objdump, &use);

    if (good && !terminal.json)
        say("\n%-16s %10s", "TASK RUNS", "STACK");
    for (size_t i = 0; good && i < use.count; i++) {
        if (terminal.json)
            show_task_json(&use.tasks[i]);
        else
            show_task(&use.tasks[i]);
    }
    stack_use_free(&use);
    return good ? EXIT_OK : EXIT_FAILED;
}

/* --- the verb ------------------------------------------------------------------------------------ */

static int show(const struct project *project)
{
    char *folder = build_folder(&project->build);
    char *program = project_program(project);
    char *path = text_format("%s.elf", program);
    char *objdump = board_tool(board, "objdump");
    struct component_size sizes[COMPONENT_COUNT];
    struct image image = {0};
    int result = EXIT_FAILED;

    if (image_read(path, &image) && size_map_read(program, &image, objdump, sizes)) {
        show_components(&image, sizes);
        result = show_stacks(path, folder, project->name, objdump);
        if (result == EXIT_OK && budget)
            result = size_budget_run(board, &image);
    }
    image_free(&image);
    free(folder);
    free(program);
    free(path);
    free(objdump);
    return result;
}

static bool is_emulated(void)
{
    char *emulator = board_data(board, "BOARD_QEMU");
    bool emulated = emulator != NULL;

    if (!emulated)
        complain("the simulator has the memory of its host", NULL,
                 "choose a board: linnet boards shows them");
    free(emulator);
    return emulated;
}

static int run(void)
{
    struct project project;
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (!board_check(board) || !is_emulated() || !project_find(app, board, true, &project))
        return EXIT_USAGE;
    if (budget && !size_budget_check(board, project.name)) {
        project_free(&project);
        return EXIT_USAGE;
    }
    result = build_run(&project.build);
    if (result == EXIT_OK && !terminal.dry_run && !interrupted())
        result = show(&project);
    project_free(&project);
    return interrupted() ? EXIT_STOPPED : result;
}

static const struct argp_option options[] = {
    {"board", 'b', "BOARD", 0, "The board: `linnet boards` shows them", 0},
    {"budget", OPTION_BUDGET, NULL, 0, "Run it, and fail if it takes more than the board's budget",
     0},
    {0},
};

const struct verb verb_size = {
    .name = "size",
    .summary = "Show what an application takes of a board's memory",
    .example = "linnet size mqtt_echo --board lm3s6965evb",
    .usage = "[APP]",
    .more =
        "Program memory and RAM by component, from the linker's map; the deepest stack of each\n"
        "task, from what the compiler says of each function and from the image's calls. Calls\n"
        "through pointers and recursion have no bound: they are named, with -v all of them.\n"
        "--budget boots the board in QEMU at 15.6 million instructions a second and has it\n"
        "connect to a broker over mutual TLS, keep the connection alive for 60 s, lose the\n"
        "broker and connect again; RAM is what that took at most, with variables, the kernel's\n"
        "and the C library's heap, and all stacks. It lasts about two minutes.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
