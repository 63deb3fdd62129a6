/* SPDX-License-Identifier: MIT */
/*
 * The run is `linnet demo` with a clock that counts instructions: one message, at whose answer the broker
 * is killed; a silence that is longer than the keep-alive and two handshakes; another message. What
 * the device used is in its summary; what it was given for good is in the image.
 */
#include "size_budget.h"

#include "args.h"
#include "board_data.h"
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* 64 ns an instruction, and idling at the pace of the host, where the broker lives. */
#define CLOCK      "LINNET_ICOUNT=6"
#define IDLE       "LINNET_ICOUNT_SLEEP=on"
#define KEEP_ALIVE "60"
#define SILENCE_MS "110000"

struct run {
    long connections, pings, killed;
    bool complete; /* every message came back */
    long heap, heap_size, main_stack, c_heap;
};

/* What the board allows, or -1. */
static long limit(const char *board, const char *name)
{
    char *text = board_data(board, name);
    long bytes = -1;

    if (text && !text_number(text, 1, 1L << 30, &bytes))
        bytes = -1;
    free(text);
    return bytes;
}

bool size_budget_check(const char *board, const char *app)
{
    char *promised = board_data(board, "BOARD_BUDGET_APP");
    bool good = promised && strcmp(promised, app) == 0 && limit(board, "BOARD_BUDGET_RAM") > 0 &&
                limit(board, "BOARD_BUDGET_PROGRAM") > 0;

    if (!good) {
        char *what = text_format("%s has no budget on the board `%s`", app, board);

        complain(what, promised ? "its budget is that of another application" : NULL,
                 "leave --budget out, or give the board BOARD_BUDGET_APP, _RAM and _PROGRAM "
                 "(boards/README.md)");
        free(what);
    }
    free(promised);
    return good;
}

/* The number behind a name in a line of JSON, or -1. */
static long number_in(const char *line, const char *name)
{
    char *wanted = text_format("\"%s\":", name);
    const char *at = strstr(line, wanted);
    long number = at ? strtol(at + strlen(wanted), NULL, 10) : -1;

    free(wanted);
    return number;
}

static void take_summary(const char *line, struct run *run)
{
    const char *heap = strstr(line, "\"heap\":");

    run->complete = number_in(line, "published") == 2 && number_in(line, "received") == 2 &&
                    number_in(line, "acknowledged") == 2;
    run->heap = heap ? number_in(heap, "high_water") : -1;
    run->heap_size = heap ? number_in(heap, "size") : -1;
    run->main_stack = number_in(line, "main_stack");
    run->c_heap = number_in(line, "c_heap");
}

static void take_line(const char *line, struct run *run)
{
    if (strstr(line, "\"event\":\"summary\""))
        take_summary(line, run);
    else if (strstr(line, "\"event\":\"tls\""))
        run->connections++;
    else if (strstr(line, "\"step\":\"broker-killed\""))
        run->killed++;
    else if (strstr(line, "\"step\":\"end\""))
        run->pings = number_in(line, "pings");
    if (terminal.json || terminal.verbose)
        fprintf(stderr, "%s\n", line);
    else
        show_status("%.70s", line);
}

static void take_output(struct process *demo, char **text, struct run *run)
{
    char chunk[1024], *end;
    ssize_t got;

    while ((got = process_read(demo, chunk, sizeof chunk)) > 0)
        *text = text_append(*text, chunk, (size_t)got);
    while (*text && (end = strchr(*text, '\n'))) {
        *end = '\0';
        take_line(*text, run);
        memmove(*text, end + 1, strlen(end + 1) + 1);
    }
}

/* The demo's exit code. */
static int play(const char *board, struct run *run)
{
    struct args command = {0}, environment = {0};
    struct process_spec spec = {
        .args = &command, .environment = &environment, .output = PROCESS_PIPE};
    struct process demo = {.output = -1};
    struct process *waited[] = {&demo};
    char *text = NULL;
    bool ended = false;

    args_add_all(&environment, (const char *const[]){CLOCK, IDLE, NULL});
    args_add(&command, "%s/build/host/linnet", linnet_root());
    args_add_all(&command, (const char *const[]){"demo", "--json", "--board", board, "--client-id",
                                                 "budget-01", "--messages", "2", "--interval",
                                                 SILENCE_MS, "--keep-alive", KEEP_ALIVE,
                                                 "--kill-broker-after", "2", NULL});
    if (!process_start(&demo, &spec))
        demo.status = EXIT_FAILED;
    while (demo.pid && !ended && !interrupted()) {
        processes_wait(waited, 1, 500);
        ended = process_ended(&demo); /* what it left behind is still to be read */
        take_output(&demo, &text, run);
    }
    process_stop(&demo);
    show_status("%s", "");
    args_free(&command);
    args_free(&environment);
    free(text);
    return demo.status;
}

/* False, with a message: the run did not show what it is for. */
static bool judge_run(const struct run *run, int status)
{
    const char *why = NULL;

    if (status != 0)
        why = "the demo failed: run it with -v to see why";
    else if (!run->complete)
        why = "not every message came back";
    else if (run->killed != 1 || run->connections < 2)
        why = "the device did not connect again after the broker was killed";
    else if (run->pings < 1)
        why = "there was no sign of life in 60 s of silence";
    else if (run->heap < 0 || run->main_stack < 0 || run->c_heap < 0)
        why = "the device's summary does not say what memory it used";
    if (why)
        complain("the run that the budget is for went wrong", why, "linnet demo --help");
    return !why;
}

/* What was given for good but the heap's whole arena, and of that and the others what was used. What lies
 * above the main stack, the record of a crash, is given for good too. */
static unsigned long ram_of(const struct image *image, const struct run *run)
{
    unsigned long end = 0, stack_top = 0;

    if (!image_symbol(image, "ram_end", &end, NULL) ||
        !image_symbol(image, "main_stack_top", &stack_top, NULL))
        end = stack_top;
    return image->ram - (unsigned long)run->heap_size + (unsigned long)run->heap +
           (unsigned long)run->main_stack + (unsigned long)run->c_heap + (end - stack_top);
}

int size_budget_run(const char *board, const struct image *image)
{
    struct run run = {.heap = -1, .main_stack = -1, .c_heap = -1};
    long most_ram = limit(board, "BOARD_BUDGET_RAM");
    long most_program = limit(board, "BOARD_BUDGET_PROGRAM");
    unsigned long ram;
    int status;

    say("\nThe run: two minutes, 60 s of them silent");
    status = play(board, &run);
    if (interrupted())
        return EXIT_STOPPED;
    if (!judge_run(&run, status))
        return EXIT_FAILED;
    ram = ram_of(image, &run);
    say("variables %lu, heap %ld, main stack %ld, C library's heap %ld; %ld connections",
        image->ram - (unsigned long)run.heap_size, run.heap, run.main_stack, run.c_heap,
        run.connections);
    emit_json("{\"budget\":\"%s\",\"ram\":%lu,\"ram_limit\":%ld,\"program\":%lu,"
              "\"program_limit\":%ld}",
              board, ram, most_ram, image->program, most_program);
    if (!terminal.json)
        say("RAM %lu of %ld (high water of the run), program memory %lu of %ld", ram, most_ram,
            image->program, most_program);
    return ram <= (unsigned long)most_ram && image->program <= (unsigned long)most_program
               ? EXIT_OK
               : EXIT_FAILED;
}
