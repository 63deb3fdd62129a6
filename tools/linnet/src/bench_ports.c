/* SPDX-License-Identifier: MIT */
#include "bench_ports.h"

#include "terminal.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

double ports_ratio(const struct ports_row *row, size_t board)
{
    if (board == 0 || !row->measured[0] || !row->measured[board] || row->values[0] <= 0)
        return 0;
    return row->values[board] / row->values[0];
}

bool ports_is_marked(const struct ports_row *row, size_t board)
{
    return (long long)(ports_ratio(row, board) * 100 + 0.5) >
           (long long)(PORTS_TOLERANCE * 100 + 0.5);
}

static void append(char **text, char *piece)
{
    *text = text_append(*text, piece, strlen(piece));
    free(piece);
}

/* One of the objects by board; `what` gives a board's number, or NULL for none. */
static char *by_board(const struct ports_table *table, const struct ports_row *row, bool ratios)
{
    char *text = text_copy("");

    for (size_t i = ratios ? 1 : 0; i < table->board_count; i++) {
        const double ratio = ports_ratio(row, i);

        append(&text, text_format("%s\"%s\":", *text ? "," : "", table->boards[i]));
        if (ratios ? ratio > 0 : row->measured[i])
            append(&text,
                   ratios ? text_format("%.2f", ratio) : text_format("%.1f", row->values[i]));
        else
            append(&text, text_copy("null"));
    }
    return text;
}

static void emit(const struct ports_table *table)
{
    char *results = text_copy("");

    for (size_t i = 0; i < table->row_count; i++) {
        const struct ports_row *row = &table->rows[i];
        char *values = by_board(table, row, false);
        char *ratios = by_board(table, row, true);

        append(&results,
               text_format("%s{\"name\":\"%s\",\"unit\":\"%s\",\"values\":{%s},\"ratios\":{%s}}",
                           i ? "," : "", row->name, row->unit, values, ratios));
        free(values);
        free(ratios);
    }
    emit_json("{\"bench\":\"kernel\",\"compared_with\":\"%s\",\"tolerance\":%.1f,\"results\":[%s]}",
              table->boards[0], PORTS_TOLERANCE, results);
    free(results);
}

static char *cell(const struct ports_row *row, size_t board)
{
    const double ratio = ports_ratio(row, board);

    if (!row->measured[board])
        return text_format(" %9s      ", "-");
    if (ratio <= 0)
        return text_format(" %9.1f      ", row->values[board]);
    return text_format(" %9.1f %4.2f%s", row->values[board], ratio,
                       ports_is_marked(row, board) ? "!" : " ");
}

static void say_places(const struct ports_table *table)
{
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t board = 0; board < table->board_count; board++)
            if (table->rows[i].places[board])
                say("%s, %s: %s", table->rows[i].name, table->titles[board],
                    table->rows[i].places[board]);
}

void ports_print(const struct ports_table *table)
{
    char *line = text_format("%-22s", "kernel");

    if (terminal.json) {
        emit(table);
        free(line);
        return;
    }
    for (size_t i = 0; i < table->board_count; i++)
        append(&line, text_format(" %9s      ", table->titles[i]));
    say("%s", line);
    free(line);
    for (size_t i = 0; i < table->row_count; i++) {
        line = text_format("%-22s", table->rows[i].name);
        for (size_t board = 0; board < table->board_count; board++)
            append(&line, cell(&table->rows[i], board));
        say("%s  %s", line, table->rows[i].unit);
        free(line);
    }
    say_places(table);
    say("!: more than %.1f times the figure of %s; bench/README.md says why", PORTS_TOLERANCE,
        table->titles[0]);
}
