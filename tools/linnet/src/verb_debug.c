/* SPDX-License-Identifier: MIT */
/*
 * `linnet debug`: the application in gdb, with the commands of tools/gdb/linnet.py. A board's emulator
 * waits for gdb before its first instruction and ends with it; the simulator's program is gdb's own child.
 */
#include "args.h"
#include "board_data.h"
#include "cmake_build.h"
#include "files.h"
#include "packages.h"
#include "process.h"
#include "project.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *app;
static const char *preset = DEFAULT_PRESET;
static bool batch;
static struct args commands; /* for gdb: -ex COMMAND, -x FILE */
static struct args settings; /* for the device */

enum { PATIENCE_MS = 10000, LOOK_MS = 20 };

#define GDB "gdb-multiarch"

static error_t parse(int key, char *argument, struct argp_state *state)
{
    switch (key) {
    case 'b':
    case 'p':
        preset = argument;
        return 0;
    case 'B':
        batch = true;
        return 0;
    case 'e':
        args_add_all(&commands, (const char *const[]){"-ex", argument, NULL});
        return 0;
    case 'x':
        if (!file_exists(argument))
            argp_error(state, "--commands %s: there is no such file", argument);
        args_add_all(&commands, (const char *const[]){"-x", argument, NULL});
        return 0;
    case ARGP_KEY_ARG:
        if (!app && !state->quoted)
            app = argument;
        else
            args_add(&settings, "%s", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* --- gdb ----------------------------------------------------------------------------------------- */

static void add_list(struct args *command, const struct args *words)
{
    if (words->count)
        args_add_all(command, (const char *const *)words->items);
}

static void add_gdb_words(struct args *command)
{
    args_add_all(command, (const char *const[]){GDB, "-q", NULL});
    if (batch)
        args_add_all(command, (const char *const[]){"-nx", "-batch", NULL});
    args_add_all(command, (const char *const[]){"-iex", "set pagination off", "-x", NULL});
    args_add(command, "%s/tools/gdb/linnet.py", linnet_root());
}

static int run_gdb(const struct args *command)
{
    struct process_spec spec = {.args = command, .output = PROCESS_DIRECT, .asks = !batch};
    int status = process_run(&spec);

    if (status == PROCESS_STOPPED)
        return EXIT_STOPPED;
    return status == 0 ? EXIT_OK : EXIT_FAILED;
}

/* --- the simulator ------------------------------------------------------------------------------- */

static int debug_program(const struct project *project)
{
    char *program = project_program(project);
    struct args command = {0};
    int result;

    add_gdb_words(&command);
    /* The tick. */
    args_add_all(&command,
                 (const char *const[]){"-ex", "handle SIGALRM nostop noprint pass", NULL});
    add_list(&command, &commands);
    args_add_all(&command, (const char *const[]){"--args", program, NULL});
    add_list(&command, &settings);
    result = run_gdb(&command);
    args_free(&command);
    free(program);
    return result;
}

/* --- a board ------------------------------------------------------------------------------------- */

/* Starts the emulator, which waits at the socket. */
static bool start_emulator(const struct project *project, const char *socket,
                           struct process *emulator)
{
    const char *more = getenv("LINNET_QEMU_MORE");
    char *program = project_program(project);
    struct args command = {0}, environment = {0};
    struct process_spec spec = {.args = &command, .environment = &environment};
    bool started;

    args_add(&environment,
             "LINNET_QEMU_MORE=%s -S -chardev socket,id=gdb,path=%s,server=on,wait=off "
             "-gdb chardev:gdb",
             more ? more : "", socket);
    args_add(&command, "%s", program);
    add_list(&command, &settings);
    started = process_start(emulator, &spec);
    args_free(&command);
    args_free(&environment);
    free(program);
    return started;
}

/* Until gdb can come. False, with a message, if the emulator ended before. */
static bool wait_for_socket(struct process *emulator, const char *socket)
{
    long long end = now_ms() + PATIENCE_MS;

    while (access(socket, F_OK) != 0 && !process_ended(emulator) && !interrupted() &&
           now_ms() < end)
        sleep_ms(LOOK_MS);
    if (access(socket, F_OK) == 0 || interrupted())
        return !interrupted();
    complain("the emulator did not start", "its words above say why",
             "linnet run with -v shows its command line");
    return false;
}

static int debug_image(const struct project *project, const char *socket)
{
    char *program = project_program(project);
    struct args command = {0};
    int result;

    add_gdb_words(&command);
    args_add(&command, "-ex");
    args_add(&command, "target remote %s", socket);
    add_list(&command, &commands);
    args_add(&command, "%s.elf", program);
    result = run_gdb(&command);
    args_free(&command);
    free(program);
    return result;
}

static int debug_board(const struct project *project)
{
    char folder[] = "/tmp/linnet-debug-XXXXXX";
    struct process emulator = {.output = -1};
    char *socket;
    int result = EXIT_FAILED;

    if (terminal.dry_run)
        return debug_image(project, "SOCKET");
    if (!mkdtemp(folder)) {
        complain("no folder can be made in /tmp", strerror(errno), "look at: df -h /tmp");
        return EXIT_ENVIRONMENT;
    }
    socket = text_format("%s/gdb", folder);
    if (start_emulator(project, socket, &emulator)) {
        if (wait_for_socket(&emulator, socket))
            result = debug_image(project, socket);
        process_stop(&emulator);
    }
    free(socket);
    remove_folder(folder);
    return interrupted() ? EXIT_STOPPED : result;
}

/* --- the verb ------------------------------------------------------------------------------------ */

/* Debian's gdb for many CPUs has one that it does not know. */
static bool gdb_knows_cpu(void)
{
    char *port = board_data(preset, "BOARD_PORT");
    bool known = port == NULL || strcmp(port, "xtensa") != 0;

    if (!known)
        complain("no gdb that Debian has knows Xtensa", NULL,
                 "choose another board: `linnet boards` shows them; what a crash prints is decoded "
                 "by `linnet monitor`");
    free(port);
    return known;
}

static int ensure_gdb(void)
{
    if (!gdb_knows_cpu())
        return EXIT_ENVIRONMENT;
    int result = packages_ensure(NEED_DEBUG);
    char *gdb = find_command(GDB);

    if (result == EXIT_OK && !gdb) {
        complain(GDB " is missing", NULL, "run as root:  apt-get install " GDB);
        result = EXIT_ENVIRONMENT;
    }
    free(gdb);
    return result;
}

static int run(void)
{
    struct project project;
    char *emulator;
    int result;

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    if (!build_check_preset(preset) || !project_find(app, preset, true, &project))
        return EXIT_USAGE;
    result = ensure_gdb();
    if (result == EXIT_OK)
        result = build_run(&project.build);
    emulator = board_data(preset, "BOARD_QEMU");
    if (result == EXIT_OK && !interrupted()) {
        char *name = text_json(project.name);

        emit_json("{\"debugging\":%s,\"preset\":\"%s\"}", name, preset);
        free(name);
        result = emulator ? debug_board(&project) : debug_program(&project);
    }
    free(emulator);
    project_free(&project);
    return result;
}

static const struct argp_option options[] = {
    {"board", 'b', "BOARD", 0, "The board to run on: `linnet boards` shows them", 0},
    {"preset", 'p', "PRESET", 0, "What to build for (default: " DEFAULT_PRESET ")", 0},
    {"eval", 'e', "COMMAND", 0, "A command for gdb; may be given several times", 0},
    {"commands", 'x', "FILE", 0, "A file with commands for gdb", 0},
    {"batch", 'B', NULL, 0, "End after the commands instead of asking for more", 0},
    {0},
};

const struct verb verb_debug = {
    .name = "debug",
    .summary = "Run an application in gdb, with its tasks and their stacks",
    .example = "linnet debug mqtt_echo --board mps2-an385 -- --broker localhost:8883",
    .usage = "[APP] [-- SETTING...]",
    .more =
        "A board is emulated: it stands before its first instruction until gdb says `continue`,\n"
        "and ends with gdb. In the simulator the application starts with `run`. Besides gdb's\n"
        "own commands there are\n"
        "  linnet tasks           state, priority, stack and place of each task\n"
        "  linnet task NAME bt    the calls of a task, also of one that does not run\n"
        "(on Cortex-M, Cortex-A, RISC-V, MIPS and the simulator). There is no gdb for Xtensa.",
    .options = options,
    .parser = parse,
    .writes = true,
    .run = run,
};
