/* SPDX-License-Identifier: MIT */
#include "bench_board.h"

#include "bench_image.h"
#include "bench_kernel.h"
#include "bench_ports.h"
#include "bench_speed.h"
#include "board_data.h"
#include "cmake_build.h"
#include "files.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the others are compared with. */
#define FIRST_BOARD "mps2-an385"

/* A tick of few instructions keeps the log of a masked row short. */
enum { MASK_SHIFT = 8 };

/* The rows of the table: those that run, then what is read off logs, then bytes. */
enum { CONTEXT_ROWS = 4, MOST_ROWS = 32 };

struct mask_row {
    const char *name;
    const char *const *rows;
    const char *taken_name; /* what the CPU masks itself in the same rows */
};

static const struct mask_row mask_rows[] = {
    {"masked_max", bench_mask_few, "masked_entry"},
    {"masked_max_1000", bench_mask_many_short, "masked_entry_1000"},
};

static const char *const context_rows[] = {"context_yield", "context_interrupt",
                                           "context_yield_fpu", "context_interrupt_fpu"};

/* --- which boards ------------------------------------------------------------------------------ */

static void add_measured(struct args *measured)
{
    struct args names = {0};

    args_add(measured, "%s", FIRST_BOARD);
    board_names(&names, true);
    for (size_t i = 0; i < names.count; i++) {
        char *title = board_data(names.items[i], "BOARD_BENCH");

        if (title && strcmp(names.items[i], FIRST_BOARD) != 0)
            args_add(measured, "%s", names.items[i]);
        free(title);
    }
    args_free(&names);
}

bool bench_boards_choose(const char *name, struct args *boards)
{
    struct args measured = {0};
    bool all = strcmp(name, "all") == 0;
    bool known = all || board_check(name);

    add_measured(&measured);
    if (all) {
        args_add_all(boards, (const char *const *)measured.items);
    } else if (known && args_contain(&measured, name)) {
        args_add(boards, "%s", FIRST_BOARD);
        if (strcmp(name, FIRST_BOARD) != 0)
            args_add(boards, "%s", name);
    } else if (known) {
        char *what = text_format("the kernel is not measured on `%s`", name);
        char *line = args_line(&measured);
        char *mend = text_format("one of: %s; or all", line);

        complain(what, NULL, mend);
        free(what);
        free(line);
        free(mend);
    }
    args_free(&measured);
    return boards->count > 0;
}

int bench_boards_build(const struct args *boards)
{
    struct build reader = {
        .source = linnet_root(), .preset = DEFAULT_PRESET, .target = "masktrace"};
    int result = packages_ensure(NEED_BUILD);

    if (result == EXIT_OK)
        result = build_run(&reader);
    for (size_t i = 0; i < boards->count && result == EXIT_OK; i++) {
        struct build rows = {
            .source = linnet_root(), .preset = boards->items[i], .target = "bench_rows"};

        result = build_run(&rows);
    }
    return result;
}

static char *image_of(const char *board)
{
    return text_format("%s/build/%s/bench/rows.elf", linnet_root(), board);
}

/* --- rows that run ----------------------------------------------------------------------------- */

static bool run_part(const char *board, const char *row, struct bench_result *result)
{
    char *image = image_of(board);
    struct bench_trace run = {
        .board = board, .image = image, .words = row, .shift = bench_speed_shift(row)};
    struct args command = {0};
    struct process_spec spec = {.args = &command};
    char *output = NULL;
    bool good;

    show_status("%s: %s", board, row);
    bench_emulator_add_board(&command, &run, "");
    process_capture(&spec, &output);
    show_status("%s", "");
    good = bench_image_result(image, row, output, result);
    args_free(&command);
    free(output);
    free(image);
    return good;
}

static void measure_speed(struct ports_row *row, const struct speed_row *speed, const char *board,
                          size_t column)
{
    struct bench_result result;
    double sum = 0;
    size_t count = 0;

    for (; count < 4 && speed->parts[count]; count++) {
        if (interrupted() || !run_part(board, speed->parts[count], &result))
            return;
        sum += result.value;
    }
    row->values[column] = sum / (double)count;
    row->measured[column] = true;
}

/* A machine without floating point has no such context: over no operations. */
static void measure_context(struct ports_row *row, const char *board, size_t column)
{
    struct bench_result result;

    if (interrupted() || !run_part(board, row->name, &result) || result.operations == 0)
        return;
    row->values[column] = result.value;
    row->measured[column] = true;
}

/* --- the longest masked section ---------------------------------------------------------------- */

static bool option_number(const char *header, const char *name, long *number)
{
    const char *at = header ? strstr(header, name) : NULL;

    return at && sscanf(at + strlen(name), "%li", number) == 1;
}

/* The address of Cortex-A's priority mask, by the options of the image; NULL where there is none. */
static char *priority_mask(const char *board)
{
    enum { ICCPMR = 4 };
    char *path = text_format("%s/build/%s/bench/options/bench_board.h", linnet_root(), board);
    char *header = read_whole_file(path);
    char *address = NULL;
    long base;
    long offset;

    if (option_number(header, "configINTERRUPT_CONTROLLER_BASE_ADDRESS", &base) &&
        option_number(header, "configINTERRUPT_CONTROLLER_CPU_INTERFACE_OFFSET", &offset))
        address = text_format("0x%lx", (unsigned long)(base + offset + ICCPMR));
    free(header);
    free(path);
    return address;
}

/* Where the first task begins: what happens before is left out. */
static const char *first_function(const char *board)
{
    char *port = board_data(board, "BOARD_PORT");
    bool by_call = port && strcmp(port, "cortex_m") == 0;

    free(port);
    return by_call ? "vPortSVCHandler" : "rtos_port_task_begin";
}

/* Takes one line of the reader, `LENGTH PLACE PLACE`. */
static void take_stretch(struct ports_row *row, size_t column, const char *line, const char *run)
{
    const char *places = strstr(line, " 0x");
    double length;

    if (!places || sscanf(line, "%lf 0x", &length) != 1 ||
        (row->measured[column] && length <= row->values[column]))
        return;
    row->values[column] = length;
    row->measured[column] = true;
    free(row->places[column]);
    row->places[column] = text_format("%s, in %s", places + 1, run);
}

static void take_stretches(struct ports_row *masked, struct ports_row *taken, size_t column,
                           char *output, const char *run)
{
    static const char word[] = "taken ";
    char *rest = output;
    char *line;

    while (output && (line = strsep(&rest, "\n"))) {
        if (strncmp(line, word, strlen(word)) == 0)
            take_stretch(taken, column, line + strlen(word), run);
        else
            take_stretch(masked, column, line, run);
    }
}

static void measure_masked(struct ports_row *masked, struct ports_row *taken,
                           const char *const *rows, const char *board, size_t column)
{
    char *image = image_of(board);
    char *priority = priority_mask(board);
    const char *const reader[] = {"--from", first_function(board),          "--top",
                                  "1",      priority ? "--priority" : NULL, priority,
                                  NULL};

    for (; *rows && !interrupted(); rows++) {
        char *words = text_format("%s trace", *rows);
        struct bench_trace trace = {.board = board,
                                    .image = image,
                                    .words = words,
                                    .shift = MASK_SHIFT,
                                    .reader = reader,
                                    .masked = true};
        struct bench_result result;
        char *output;

        show_status("%s: %s: %s", board, masked->name, *rows);
        output = bench_image_trace(&trace, &result);
        show_status("%s", "");
        take_stretches(masked, taken, column, output, *rows);
        free(output);
        free(words);
    }
    free(priority);
    free(image);
}

/* --- the table --------------------------------------------------------------------------------- */

static struct ports_row *add_row(struct ports_table *table, const char *name, const char *unit)
{
    struct ports_row *row = &table->rows[table->row_count++];

    row->name = name;
    row->unit = unit;
    return row;
}

static void measure_board(struct ports_table *table, const char *board, size_t column)
{
    struct ports_row *row = table->rows;

    for (const struct speed_row *speed = bench_speed_rows; speed->name; speed++)
        measure_speed(row++, speed, board, column);
    for (size_t i = 0; i < sizeof mask_rows / sizeof mask_rows[0]; i++, row += 2)
        measure_masked(row, row + 1, mask_rows[i].rows, board, column);
    for (size_t i = 0; i < CONTEXT_ROWS; i++)
        measure_context(row++, board, column);
}

static void add_rows(struct ports_table *table)
{
    for (const struct speed_row *speed = bench_speed_rows; speed->name; speed++)
        add_row(table, speed->name, "instructions");
    for (size_t i = 0; i < sizeof mask_rows / sizeof mask_rows[0]; i++) {
        add_row(table, mask_rows[i].name, "instructions");
        add_row(table, mask_rows[i].taken_name, "instructions");
    }
    for (size_t i = 0; i < CONTEXT_ROWS; i++)
        add_row(table, context_rows[i], "bytes");
}

int bench_boards_measure(const struct args *boards)
{
    static struct ports_row rows[MOST_ROWS];
    struct ports_table table = {.rows = rows};
    char *titles[PORTS_BOARDS] = {NULL};

    add_rows(&table);
    for (size_t i = 0; i < boards->count && i < PORTS_BOARDS; i++) {
        titles[i] = board_data(boards->items[i], "BOARD_BENCH");
        table.boards[i] = boards->items[i];
        table.titles[i] = titles[i] ? titles[i] : boards->items[i];
        table.board_count++;
        if (!interrupted())
            measure_board(&table, boards->items[i], i);
    }
    if (!interrupted())
        ports_print(&table);
    for (size_t i = 0; i < PORTS_BOARDS; i++)
        free(titles[i]);
    for (size_t i = 0; i < table.row_count; i++)
        for (size_t board = 0; board < PORTS_BOARDS; board++)
            free(rows[i].places[board]);
    return interrupted() ? EXIT_STOPPED : EXIT_OK;
}

int bench_board_trace(const char *board, const char *row, bool addresses)
{
    char *image = image_of(board);
    int result = bench_kernel_trace_on(board, image, row, addresses);

    free(image);
    return result;
}
