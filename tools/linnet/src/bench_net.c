/* SPDX-License-Identifier: MIT */
#include "bench_net.h"

#include "bench_net_run.h"
#include "files.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 4, SPEED_ROWS = 4, DELAYS = 3, LOSSES = 3, SEEDS = 3, OPTIONS = 3, MEMORY = 3 };
enum { LINE_RATE = 10000000, SEGMENT = 1460, FRAME_BYTES = 1528, FRAME_HEAD = 28 };

static const int sizes[SIZES] = {64, 512, 1460, 65536};

/* UDP has no datagram of 64 KB here, since nothing is fragmented. */
static const struct {
    const char *name;
    int sizes;
} speed_rows[SPEED_ROWS] = {{"tcp_send", 4}, {"tcp_recv", 4}, {"udp_send", 3}, {"udp_recv", 3}};

static const int delays[DELAYS] = {1, 10, 100};
static const int losses[LOSSES] = {0, 10, 50}; /* of a thousand */
static const char *const ways[2] = {"throughput_send", "throughput_recv"};
static const char *const option_names[OPTIONS] = {"scaling", "timestamps", "sack"};
static const char *const memory_names[MEMORY] = {"heap when idle", "a quiet connection",
                                                 "a connection, buffers full both ways"};

/* What was measured; 0: it was not. */
static struct {
    double per_byte[SPEED_ROWS][SIZES][BENCH_STACKS];
    double per_segment[2][BENCH_STACKS];
    double memory[MEMORY][BENCH_STACKS];
    double image_data[BENCH_STACKS]; /* of the image, without room for payload */
    double whole[BENCH_STACKS], used[BENCH_STACKS];
    double option_whole[OPTIONS], option_used[OPTIONS];
    double rate[2][DELAYS][LOSSES][BENCH_STACKS];
} figures;

/* --- instructions ---------------------------------------------------------------------------- */

/* The k-th root of a positive number, by Newton's method. */
static double root(double number, int k)
{
    double guess = number > 1 ? number : 1;

    for (int i = 0; i < 200; i++) {
        double power = 1;

        for (int j = 1; j < k; j++)
            power *= guess;
        guess = ((k - 1) * guess + number / power) / k;
    }
    return guess;
}

static void measure_speed_row(struct bench_table *table, int row)
{
    char *name = text_format("%s_ratio", speed_rows[row].name);
    double product = 1;
    bool whole = true;

    for (int i = 0; i < speed_rows[row].sizes && !interrupted(); i++) {
        char *words = text_format("%s %d", speed_rows[row].name, sizes[i]);
        double *each = figures.per_byte[row][i];

        show_status("%s", words);
        for (enum bench_stack stack = 0; stack < BENCH_STACKS; stack++) {
            double instructions, bytes;

            if (bench_net_count_host(stack, words, &instructions, &bytes))
                each[stack] = instructions / bytes;
        }
        if (each[BENCH_LINNET] > 0 && each[BENCH_LWIP] > 0)
            product *= each[BENCH_LWIP] / each[BENCH_LINNET];
        else
            whole = false;
        free(words);
    }
    if (whole && !interrupted())
        bench_row_set(table, name, root(product, speed_rows[row].sizes));
    free(name);
}

static void measure_segments(struct bench_table *table)
{
    double product = 1;
    bool whole = true;

    for (int way = 0; way < 2 && !interrupted(); way++) {
        char *words = text_format("%s %d", speed_rows[way].name, SEGMENT);
        double *each = figures.per_segment[way];

        show_status("%s on mps2-an385", words);
        for (enum bench_stack stack = 0; stack < BENCH_STACKS; stack++) {
            double instructions, bytes;

            if (bench_net_count_board(stack, words, &instructions, &bytes))
                each[stack] = instructions / (bytes / SEGMENT);
        }
        if (each[BENCH_LINNET] > 0 && each[BENCH_LWIP] > 0)
            product *= each[BENCH_LWIP] / each[BENCH_LINNET];
        else
            whole = false;
        free(words);
    }
    if (whole && !interrupted())
        bench_row_set(table, "segment_m3_ratio", root(product, 2));
}

/* --- bytes ----------------------------------------------------------------------------------- */

static double text_of(const char *image, const char *archive)
{
    return (double)bench_net_size(image, archive).text;
}

static bool image_there(const char *image)
{
    char *path = text_format("%s/build/bench-net-m3/%s.map", linnet_root(), image);
    bool there = file_exists(path);

    free(path);
    return there;
}

static void measure_text(struct bench_table *table)
{
    struct bench_row *row = bench_row_find(table, "text_ipv4_os");

    figures.whole[BENCH_LINNET] = text_of("size-ipv4-whole", "libnet-ipv4.a");
    figures.used[BENCH_LINNET] = text_of("size-ipv4-used", "libnet-ipv4.a");
    figures.whole[BENCH_LWIP] = text_of("size-lwip-whole", "liblwip-size.a");
    figures.used[BENCH_LWIP] = text_of("size-lwip-used", "liblwip-size.a");
    if (figures.whole[BENCH_LINNET] > 0 && row) {
        bench_row_set(table, "text_ipv4_os", figures.whole[BENCH_LINNET]);
        bench_row_set_peer(table, "text_ipv4_os", "lwIP", figures.whole[BENCH_LWIP]);
        row->note = text_format("whole objects, as the goal; of them an application uses %.0f, of "
                                "lwIP's, which have no sockets, %.0f",
                                figures.used[BENCH_LINNET], figures.used[BENCH_LWIP]);
    }
    for (int i = 0; i < OPTIONS; i++) {
        char *archive = text_format("libnet-%s.a", option_names[i]);
        char *whole = text_format("size-%s-whole", option_names[i]);
        char *used = text_format("size-%s-used", option_names[i]);

        figures.option_whole[i] = text_of(whole, archive) - figures.whole[BENCH_LINNET];
        figures.option_used[i] = text_of(used, archive) - figures.used[BENCH_LINNET];
        free(archive);
        free(whole);
        free(used);
    }
    if (image_there("size-ipv6-whole"))
        bench_row_set(table, "text_ipv6_extra_os",
                      text_of("size-ipv6-whole", "libnet-ipv6.a") - figures.whole[BENCH_LINNET]);
}

static bool measure_memory_of(enum bench_stack stack)
{
    char *image = text_format("memory-%s", bench_stack_names[stack]);
    const char *archive = stack == BENCH_LWIP ? "liblwip-memory-lwip.a"
                                              : "libstack-memory-linnet.a";
    struct bench_net_result result;
    bool good = bench_net_run_board(image, "memory", &result);

    figures.image_data[stack] = (double)(bench_net_size(image, archive).data);
    if (stack == BENCH_LINNET) /* the frames' bytes */
        figures.image_data[stack] -= (double)bench_net_size(image, "(frame_memory.c").data;
    for (int i = 0; i < MEMORY && good; i++)
        figures.memory[i][stack] = result.values[i];
    free(image);
    return good;
}

static void set_beside(struct bench_table *table, const char *name, double ours, double lwip)
{
    struct bench_row *row = bench_row_find(table, name);

    bench_row_set(table, name, ours);
    bench_row_set_peer(table, name, "lwIP", lwip);
    if (row)
        row->goal = lwip;
}

static void measure_memory(struct bench_table *table)
{
    show_status("memory");
    if (!measure_memory_of(BENCH_LINNET) || !measure_memory_of(BENCH_LWIP))
        return;
    double idle[BENCH_STACKS], full[BENCH_STACKS];

    for (enum bench_stack stack = 0; stack < BENCH_STACKS; stack++) {
        idle[stack] = figures.image_data[stack] + figures.memory[0][stack];
        full[stack] = figures.memory[2][stack];
    }
    double by_idle = idle[BENCH_LWIP] / idle[BENCH_LINNET];
    double by_connection = full[BENCH_LWIP] / full[BENCH_LINNET];

    set_beside(table, "ram_idle", idle[BENCH_LINNET], idle[BENCH_LWIP]);
    set_beside(table, "ram_per_connection", full[BENCH_LINNET], full[BENCH_LWIP]);
    bench_row_set(table, "ram_ratio", by_idle < by_connection ? by_idle : by_connection);
}

/* --- throughput ------------------------------------------------------------------------------ */

static double measure_rate(enum bench_stack stack, int way, int delay, int loss)
{
    char *program = text_format("wide-%s", bench_stack_names[stack]);
    double sum = 0;
    int count = 0;

    for (; count < (loss ? SEEDS : 1); count++) {
        char *words = text_format("%s %d %d %d", ways[way], delay, loss, count + 1);
        struct bench_net_result result;
        bool good = bench_net_run_host(program, words, &result);

        free(words);
        if (!good)
            break;
        sum += result.values[0];
    }
    free(program);
    return count ? sum / count : 0;
}

static void measure_throughput(struct bench_table *table)
{
    for (int way = 0; way < 2; way++)
        for (int i = 0; i < DELAYS; i++)
            for (int k = 0; k < LOSSES && !interrupted(); k++) {
                show_status("%s, %d ms, %d of 1000 lost", ways[way], delays[i], losses[k]);
                for (enum bench_stack stack = 0; stack < BENCH_STACKS; stack++)
                    figures.rate[way][i][k][stack] = measure_rate(stack, way, delays[i], losses[k]);
            }
    double sends = figures.rate[0][1][0][BENCH_LINNET] / LINE_RATE;
    double receives = figures.rate[1][1][0][BENCH_LINNET] / LINE_RATE;

    if (sends > 0 && receives > 0)
        bench_row_set(table, "line_rate_10ms", sends < receives ? sends : receives);
}

void bench_net_measure(struct bench_table *table)
{
    measure_text(table);
    measure_memory(table);
    for (int row = 0; row < SPEED_ROWS; row++)
        measure_speed_row(table, row);
    measure_segments(table);
    measure_throughput(table);
    show_status("%s", "");
}

/* --- the tables ------------------------------------------------------------------------------ */

static void say_pair(const char *what, double linnet, double lwip, int digits)
{
    if (linnet > 0 && lwip > 0)
        say("%-44s %10.*f %10.*f %8.2f", what, digits, linnet, digits, lwip, lwip / linnet);
    else
        say("%-44s %10.*f %10.*f", what, digits, linnet, digits, lwip);
}

static void say_instructions(void)
{
    say("\ninstructions per byte, on the host                Linnet       lwIP    ratio");
    for (int row = 0; row < SPEED_ROWS; row++)
        for (int i = 0; i < speed_rows[row].sizes; i++) {
            char *what = text_format("%s, %d bytes at a time", speed_rows[row].name, sizes[i]);

            say_pair(what, figures.per_byte[row][i][BENCH_LINNET],
                     figures.per_byte[row][i][BENCH_LWIP], 3);
            free(what);
        }
    say("\ninstructions per segment of 1460 bytes, Cortex-M3");
    say_pair("sent, its acknowledgement received", figures.per_segment[0][BENCH_LINNET],
             figures.per_segment[0][BENCH_LWIP], 0);
    say_pair("received, its acknowledgement sent", figures.per_segment[1][BENCH_LINNET],
             figures.per_segment[1][BENCH_LWIP], 0);
}

/* A whole stack: what is there anyway, frames, and connections with windows of one size. */
static void say_configuration(int frames, int connections, int window)
{
    double control = figures.memory[1][BENCH_LINNET] - 2 * 5840;
    double sum = figures.image_data[BENCH_LINNET] + figures.memory[0][BENCH_LINNET] +
                 frames * FRAME_BYTES + connections * (control + 2 * window);

    say("%2d frames, %2d connections with buffers of %5d %10.0f", frames, connections, window, sum);
}

static void say_bytes(void)
{
    say("\nRAM on Cortex-M3, bytes                           Linnet       lwIP    ratio");
    say_pair("part of the image, without room for payload", figures.image_data[BENCH_LINNET],
             figures.image_data[BENCH_LWIP], 0);
    for (int i = 0; i < MEMORY; i++)
        say_pair(memory_names[i], figures.memory[i][BENCH_LINNET], figures.memory[i][BENCH_LWIP],
                 0);
    if (figures.memory[1][BENCH_LINNET] > 0) {
        say("\nRAM of a whole stack, bytes                       Linnet");
        say_configuration(4, 1, 1460);
        say_configuration(8, 4, 2920);
        say_configuration(24, 16, 5840);
    }
    say("\nwhat an option adds, bytes of code                 whole       used");
    for (int i = 0; i < OPTIONS; i++)
        say("%-44s %10.0f %10.0f", option_names[i], figures.option_whole[i],
            figures.option_used[i]);
}

static void say_throughput(void)
{
    for (int way = 0; way < 2; way++) {
        say("\n%s over 10 Mbit/s with a window of 64 KB, Mbit/s     Linnet       lwIP",
            way == 0 ? "sent" : "received");
        for (int i = 0; i < DELAYS; i++)
            for (int k = 0; k < LOSSES; k++) {
                char *what = text_format("%3d ms one way, %d %% lost", delays[i], losses[k] / 10);
                const double *rate = figures.rate[way][i][k];

                say("%-44s %10.2f %10.2f", what, rate[BENCH_LINNET] / 1e6, rate[BENCH_LWIP] / 1e6);
                free(what);
            }
    }
}

void bench_net_print(void)
{
    if (terminal.json)
        return;
    say_instructions();
    say_bytes();
    say_throughput();
}

/* --- where the instructions go --------------------------------------------------------------- */

/* "1,234 ( 5.0%)  FILE:FUNCTION [OBJECT]": the file's path is left away. */
static void say_place(const char *line)
{
    char number[32];
    size_t used = 0;
    const char *at = line + strspn(line, " ");
    const char *share = strchr(at, '(');
    const char *place = share ? strchr(share, ')') : NULL;

    for (; *at && *at != ' ' && used < sizeof number - 1; at++)
        if (*at != ',')
            number[used++] = *at;
    number[used] = '\0';
    if (!place || strspn(number, "0123456789") != used || used == 0)
        return;
    place += 1 + strspn(place + 1, " ");
    for (const char *slash = place; *slash && *slash != ':' && *slash != ' '; slash++)
        if (*slash == '/')
            place = slash + 1;
    char *words = text_format("%.*s", (int)strcspn(place, " ["), place);
    char *json = text_json(words);

    emit_json("{\"instructions\":%s,\"place\":%s}", number, json);
    say("%12s  %s", number, words);
    free(json);
    free(words);
}

int bench_net_trace(const char *row)
{
    const char *last = strrchr(row, '_');
    char *words = last ? text_format("%.*s %s", (int)(last - row), row, last + 1) : text_copy(row);
    char *listing = bench_net_profile(BENCH_LINNET, words);
    char *rest = listing;
    char *line;

    free(words);
    if (!listing)
        return interrupted() ? EXIT_STOPPED : EXIT_FAILED;
    while ((line = strsep(&rest, "\n")))
        if (strchr(line, '%'))
            say_place(line);
    free(listing);
    return EXIT_OK;
}
