/* SPDX-License-Identifier: MIT */
/*
 * `linnet monitor`: shows what an application on a board prints, and names the places in the source that
 * a crash leaves as numbers: the program counter, the return address, and what on the stack is one.
 */
#include "args.h"
#include "board_data.h"
#include "cmake_build.h"
#include "files.h"
#include "process.h"
#include "project.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *app;
static const char *board;
static const char *input;
static struct args settings;

enum { OPTION_INPUT = 0x5000, LINE_MOST = 1024 };

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'b':
        board = argument;
        return 0;
    case OPTION_INPUT:
        input = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (!app && !state->quoted)
            app = argument;
        else
            args_add(&settings, "%s", argument);
        return 0;
    case ARGP_KEY_END:
        if (!board)
            argp_error(state, "--board BOARD is needed: `linnet boards` shows them");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- places -------------------------------------------------------------------------------------- */

static char *image;     /* with its symbols */
static char *addr2line; /* of the board's toolchain */

/* `FUNCTION FILE:LINE`, or NULL if the address is none of the program's; to be freed by the caller. */
static char *place_of(unsigned long address)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *output = NULL, *end, *place = NULL;

    args_add_all(&command, (const char *const[]){addr2line, "-f", "-s", "-e", image, NULL});
    args_add(&command, "0x%lx", address);
    if (process_capture(&spec, &output) == 0 && output && output[0] != '?' &&
        (end = strchr(output, '\n')) != NULL) {
        *end++ = '\0';
        end[strcspn(end, "\n")] = '\0';
        place = text_format("%s  %s", output, end);
    }
    args_free(&command);
    free(output);
    return place;
}

static void tell(const char *what, unsigned long address)
{
    char *place = place_of(address);
    char *json = text_json(place ? place : "");

    emit_json("{\"%s\":\"0x%lx\",\"place\":%s}", what, address, json);
    /* What has no line is no code of the program's. */
    if (place && !strstr(place, "??") && !terminal.json)
        say("  %s%-6s%s 0x%08lx  %s", colour_begin(stdout, COLOUR_WARNING), what,
            colour_end(stdout), address, place);
    free(place);
    free(json);
}

/* The number behind a register's name in a line of a crash. */
static bool register_in(const char *line, const char *name, unsigned long *value)
{
    char *wanted = text_format(" %s ", name);
    const char *at = strstr(line, wanted);
    char *end = NULL;

    if (at)
        *value = strtoul(at + strlen(wanted), &end, 16);
    free(wanted);
    return at && end && end > at + 4 && (isspace((unsigned char)*end) || *end == '\0');
}

/* Words of the stack, from " stack" to the line that is none of it any more. Thumb's return addresses
 * are odd, those of others are even: what lies in no function is passed over. */
static void tell_stack(const char *line)
{
    for (const char *at = line; *at;) {
        char *end;
        const unsigned long value = strtoul(at, &end, 16);

        if (end == at) {
            at++;
            continue;
        }
        if (end - at >= 8 && value > 0x100)
            tell("stack", (value & ~1ul) - 2);
        at = end;
    }
}

static void look_at_line(const char *line)
{
    static bool in_stack;
    const char *stack = strstr(line, " stack ");
    unsigned long value;

    if (register_in(line, "pc", &value))
        tell("pc", value & ~1ul);
    if (register_in(line, "lr", &value))
        tell("lr", (value & ~1ul) - 2);
    if (stack)
        tell_stack(stack + 7);
    else if (in_stack && strspn(line, " 0123456789abcdef") == strlen(line) && *line)
        tell_stack(line);
    in_stack = stack || (in_stack && strspn(line, " 0123456789abcdef") == strlen(line) && *line);
}

/* --- where the lines come from ------------------------------------------------------------------- */

/* Passes text on, and looks at each line that is whole. */
static void take(const char *text, size_t size)
{
    static char line[LINE_MOST];
    static size_t used;

    for (size_t i = 0; i < size; i++) {
        if (!terminal.json)
            putchar(text[i]);
        if (text[i] != '\n' && used < sizeof line - 1) {
            line[used++] = text[i];
            continue;
        }
        line[used] = '\0';
        used = 0;
        fflush(stdout);
        look_at_line(line);
    }
}

static void pass_on(struct process *device)
{
    char chunk[512];
    ssize_t got;

    while ((got = process_read(device, chunk, sizeof chunk)) > 0)
        take(chunk, (size_t)got);
}

static int watch_program(const struct project *project)
{
    char *program = project_program(project);
    struct args command = {0};
    struct process_spec spec = {.args = &command, .output = PROCESS_PIPE};
    struct process device = {.output = -1};
    struct process *waited[] = {&device};
    int result = EXIT_FAILED;

    args_add(&command, "%s", program);
    if (settings.count)
        args_add_all(&command, (const char *const *)settings.items);
    if (process_start(&device, &spec)) {
        bool ended;

        do {
            processes_wait(waited, 1, 200);
            ended = process_ended(&device); /* what it left behind is still to be read */
            pass_on(&device);
        } while (!ended && !interrupted());
        process_stop(&device);
        result = interrupted() ? EXIT_STOPPED : device.status;
    }
    args_free(&command);
    free(program);
    return result;
}

static int read_log(void)
{
    char *text = read_whole_file(input);

    if (!text) {
        char *what = text_format("cannot read %s", input);

        complain(what, NULL, "give the file with what the board printed");
        free(what);
        return EXIT_USAGE;
    }
    take(text, strlen(text));
    free(text);
    return EXIT_OK;
}

static int run(void)
{
    struct project project;
    char *toolchain, *program;
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (!board_check(board) || !project_find(app, board, true, &project))
        return EXIT_USAGE;
    result = build_run(&project.build);
    toolchain = board_data(board, "BOARD_TOOLCHAIN");
    program = project_program(&project);
    addr2line = board_tool(board, "addr2line");
    image = toolchain ? text_format("%s.elf", program) : text_copy(program);
    if (result == EXIT_OK && !terminal.dry_run)
        result = input ? read_log() : watch_program(&project);
    free(toolchain);
    free(program);
    free(addr2line);
    free(image);
    project_free(&project);
    return result;
}

static const struct argp_option options[] = {
    {"board", 'b', "BOARD", 0, "The board: `linnet boards` shows them", 0},
    {"input", OPTION_INPUT, "FILE", 0, "Read what a board printed from a file, and run nothing", 0},
    {0},
};

const struct verb verb_monitor = {
    .name = "monitor",
    .summary = "Run an application on a board and name the places of a crash",
    .example = "linnet monitor mqtt_echo --board mps2-an385",
    .usage = "APP [-- SETTING...]",
    .more = "What the board prints is passed on; behind a crash stand the function, the file and\n"
            "the line of its program counter, its return address and the words of its stack.\n"
            "The exit code is the application's.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
