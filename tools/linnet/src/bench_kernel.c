/* SPDX-License-Identifier: MIT */
#include "bench_kernel.h"

#include "bench_image.h"
#include "bench_mask.h"
#include "bench_size.h"
#include "bench_speed.h"
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPEED_IMAGE   "rows-O2.elf"
#define ASSERTS_IMAGE "rows-asserts.elf"

/* Under a trace a tick of few instructions keeps the log short. */
enum { TRACE_SHIFT = 6 };

/* Adds a part and its value to the text of a row of several parts. */
static void name_part(char **orders, const struct speed_row *row, const char *part, double value)
{
    const char *between = !*orders ? "" : part == row->beside ? "; not in the mean: " : ", ";
    char *text = text_format("%s%s %.1f", between, part + strlen(row->name) + 1, value);

    *orders = text_append(*orders, text, strlen(text));
    free(text);
}

/* The mean over the row's parts. Each part is named in *orders, if it is one of several. */
static bool run_row(const char *image, const struct speed_row *row, double *value, char **orders)
{
    struct bench_result result;
    double sum = 0;
    size_t count = 0;

    for (; count < 4 && row->parts[count]; count++) {
        if (!bench_image_run(image, row->parts[count], bench_speed_shift(row->parts[count]),
                             &result))
            return false;
        sum += result.value;
        if (row->parts[1] && orders)
            name_part(orders, row, row->parts[count], result.value);
    }
    *value = sum / (double)count;
    if (row->beside && orders &&
        bench_image_run(image, row->beside, bench_speed_shift(row->beside), &result))
        name_part(orders, row, row->beside, result.value);
    return true;
}

static void measure_speed(struct bench_table *table)
{
    double slower = 0;
    size_t count = 0;

    for (const struct speed_row *speed = bench_speed_rows; speed->name && !interrupted(); speed++) {
        struct bench_row *row = bench_row_find(table, speed->name);
        double with_asserts;
        double value;

        show_status("%s", speed->name);
        if (!row || !run_row(SPEED_IMAGE, speed, &value, &row->note))
            continue;
        bench_row_set(table, speed->name, value);
        if (run_row(ASSERTS_IMAGE, speed, &with_asserts, NULL)) {
            slower += with_asserts / value - 1;
            count++;
        }
    }
    show_status("%s", "");
    if (count)
        bench_row_set(table, "asserts_percent", slower / (double)count * 100);
}

static bool size_in_map(const char *map_name, const char *archive, struct bench_size *size)
{
    char *path = bench_image_file(map_name);
    char *map = read_whole_file(path);

    if (map)
        *size = bench_size_of(map, archive);
    else
        complain("a map of the linker is missing", path, "remove build/bench-kernel and try again");
    free(map);
    free(path);
    return map != NULL;
}

/* The size of an object that stands for a control block, as `nm` prints it. */
static void measure_block(struct bench_table *table, const char *symbols, const char *name)
{
    char *wanted = text_format(" bench_size_%s\n", name);
    const char *at = strstr(symbols, wanted);
    unsigned long size;

    while (at && at > symbols && at[-1] != '\n')
        at--;
    if (at && sscanf(at, "%*x %lx", &size) == 1)
        bench_row_set(table, name, (double)size);
    free(wanted);
}

static void measure_blocks(struct bench_table *table)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command};
    char *path = bench_image_file("rows-O2.elf");
    char *symbols = NULL;

    args_add_all(&command, (const char *const[]){"arm-none-eabi-nm", "-S", path, NULL});
    if (process_capture(&spec, &symbols) == 0) {
        measure_block(table, symbols, "tcb");
        measure_block(table, symbols, "semaphore_block");
        measure_block(table, symbols, "mutex_block");
    }
    args_free(&command);
    free(symbols);
    free(path);
}

static void measure_sizes(struct bench_table *table)
{
    struct bench_size kernel;
    struct bench_size heap;
    struct bench_row *text = bench_row_find(table, "text_os");

    if (size_in_map("application-Os.map", "libkernel-Os.a", &kernel) &&
        size_in_map("application-Os.map", "libheap-Os.a", &heap)) {
        bench_row_set(table, "text_os", (double)kernel.text);
        if (text)
            text->note = text_format("the heap, %zu bytes, is not counted, as it is not in the "
                                     "peers' figures",
                                     heap.text);
    }
    if (size_in_map("application-ram.map", "libkernel-ram.a", &kernel))
        bench_row_set(table, "ram", (double)(kernel.data - kernel.stacks));
    measure_blocks(table);
}

void bench_kernel_measure(struct bench_table *table, bool suite)
{
    measure_speed(table);
    measure_sizes(table);
    bench_mask_measure(table, suite);
}

/* One line of the reader, `COUNT PLACE`, for one operation. */
static double say_count(const char *line, double operations)
{
    double count;
    int length = 0;

    if (sscanf(line, "%lf %n", &count, &length) != 1 || length == 0)
        return 0;
    if (count / operations >= 0.05) {
        char *place = text_json(line + length);

        emit_json("{\"instructions\":%.2f,\"place\":%s}", count / operations, place);
        say("%10.2f  %s", count / operations, line + length);
        free(place);
    }
    return count / operations;
}

int bench_kernel_trace_on(const char *board, const char *image, const char *row, bool addresses)
{
    const char *const reader[] = {
        "--from", "bench_trace_begin", "--to", "bench_trace_end", addresses ? "--addresses" : NULL,
        NULL};
    char *words = board ? text_format("%s trace", row) : text_format("image,arg=%s,arg=trace", row);
    struct bench_trace trace = {
        .board = board, .image = image, .words = words, .shift = TRACE_SHIFT, .reader = reader};
    struct bench_result result;
    char *output = bench_image_trace(&trace, &result);
    char *rest = output;
    double sum = 0;
    char *line;

    free(words);
    if (!output)
        return interrupted() ? EXIT_STOPPED : EXIT_FAILED;
    while ((line = strsep(&rest, "\n")))
        sum += say_count(line, result.operations);
    say("%10.2f  in all, over %.0f operations of %s", sum, result.operations, row);
    free(output);
    return EXIT_OK;
}

int bench_kernel_trace(const char *row, bool addresses)
{
    char *image = bench_image_file(SPEED_IMAGE);
    int result = bench_kernel_trace_on(NULL, image, row, addresses);

    free(image);
    return result;
}
