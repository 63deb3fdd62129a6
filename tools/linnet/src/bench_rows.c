/* SPDX-License-Identifier: MIT */
#include "bench_rows.h"

#include "files.h"
#include "terminal.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static bool parse_number(const char *text, double *value)
{
    char *end;

    *value = strtod(text, &end);
    return end != text && *end == '\0' && *value < 1e12 && *value > -1e12;
}

static int digits(const struct bench_row *row)
{
    return strcmp(row->unit, "ratio") == 0 || strcmp(row->unit, "share") == 0 ? 2 : 1;
}

/* To the digits behind the point that are shown. */
static double rounded(const struct bench_row *row, double value)
{
    double scale = digits(row) == 2 ? 100 : 10;

    return (double)(long long)(value * scale + (value < 0 ? -0.5 : 0.5)) / scale;
}

static bool parse_peer(char *word, struct bench_row *row)
{
    char *value = strchr(word, '=');
    struct bench_peer *peer = &row->peers[row->peer_count];

    if (!value || value == word || row->peer_count == BENCH_PEERS ||
        !parse_number(value + 1, &peer->value))
        return false;
    *value = '\0';
    peer->name = text_copy(word);
    row->peer_count++;
    return true;
}

bool bench_row_parse(const char *line, struct bench_row *row)
{
    char *copy = text_copy(line);
    char *rest = copy;
    const char *name = strsep(&rest, "\t");
    const char *unit = strsep(&rest, "\t");
    const char *better = strsep(&rest, "\t");
    const char *goal = strsep(&rest, "\t");
    bool whole;
    char *word;

    *row = (struct bench_row){0};
    whole = goal && *name && *unit && parse_number(goal, &row->goal) &&
            (strcmp(better, "lower") == 0 || strcmp(better, "higher") == 0);
    if (whole) {
        row->name = text_copy(name);
        row->unit = text_copy(unit);
        row->higher_is_better = strcmp(better, "higher") == 0;
    }
    while (whole && (word = strsep(&rest, "\t")))
        whole = parse_peer(word, row);
    free(copy);
    return whole;
}

void bench_row_free(struct bench_row *row)
{
    for (size_t i = 0; i < row->peer_count; i++)
        free(row->peers[i].name);
    free(row->name);
    free(row->unit);
    free(row->note);
    *row = (struct bench_row){0};
}

static bool read_lines(struct bench_table *table, char *text, const char *path)
{
    char *rest = text;
    char *line;

    while ((line = strsep(&rest, "\n"))) {
        if (*line == '\0' || *line == '#')
            continue;
        if (table->count == BENCH_ROWS || !bench_row_parse(line, &table->rows[table->count])) {
            complain("the table of the benchmark is broken", line, path);
            return false;
        }
        table->count++;
    }
    return true;
}

bool bench_table_read(struct bench_table *table, const char *path)
{
    char *text = read_whole_file(path);
    bool read;

    *table = (struct bench_table){0};
    if (!text) {
        complain("the table of the benchmark is missing", path, NULL);
        return false;
    }
    read = read_lines(table, text, path);
    free(text);
    return read;
}

void bench_table_free(struct bench_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        bench_row_free(&table->rows[i]);
}

struct bench_row *bench_row_find(struct bench_table *table, const char *name)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rows[i].name, name) == 0)
            return &table->rows[i];
    return NULL;
}

void bench_row_set(struct bench_table *table, const char *name, double value)
{
    struct bench_row *row = bench_row_find(table, name);

    if (row) {
        row->value = value;
        row->measured = true;
    }
}

void bench_row_set_peer(struct bench_table *table, const char *name, const char *peer, double value)
{
    struct bench_row *row = bench_row_find(table, name);

    if (row && row->peer_count < BENCH_PEERS) {
        row->peers[row->peer_count].name = text_copy(peer);
        row->peers[row->peer_count++].value = value;
    }
}

bool bench_row_missed(const struct bench_row *row)
{
    if (!row->measured)
        return false;
    double shown = rounded(row, row->value);

    return row->higher_is_better ? shown < row->goal : shown > row->goal;
}

static void emit_table(const struct bench_table *table, const char *bench)
{
    char *results = text_copy("");

    for (size_t i = 0; i < table->count; i++) {
        const struct bench_row *row = &table->rows[i];
        char *value = row->measured ? text_format("%.10g", rounded(row, row->value))
                                    : text_copy("null");
        char *line = text_format("%s{\"name\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"goal\":%.10g,"
                                 "\"better\":\"%s\",\"peers\":{",
                                 i ? "," : "", row->name, value, row->unit, row->goal,
                                 row->higher_is_better ? "higher" : "lower");

        results = text_append(results, line, strlen(line));
        free(line);
        free(value);
        for (size_t k = 0; k < row->peer_count; k++) {
            line = text_format("%s\"%s\":%.10g", k ? "," : "", row->peers[k].name,
                               rounded(row, row->peers[k].value));
            results = text_append(results, line, strlen(line));
            free(line);
        }
        results = text_append(results, "}}", 2);
    }
    emit_json("{\"bench\":\"%s\",\"results\":[%s]}", bench, results);
    free(results);
}

static const struct bench_peer *peer_of(const struct bench_row *row, const char *name)
{
    for (size_t i = 0; i < row->peer_count; i++)
        if (strcmp(row->peers[i].name, name) == 0)
            return &row->peers[i];
    return NULL;
}

/* The names of all peers in the order in which they appear. */
static size_t peer_names(const struct bench_table *table, const char **names)
{
    size_t count = 0;

    for (size_t i = 0; i < table->count; i++)
        for (size_t k = 0; k < table->rows[i].peer_count; k++) {
            size_t known = 0;

            while (known < count && strcmp(names[known], table->rows[i].peers[k].name) != 0)
                known++;
            if (known == count && count < BENCH_PEERS)
                names[count++] = table->rows[i].peers[k].name;
        }
    return count;
}

static void say_row(const struct bench_row *row, const char *const *names, size_t count)
{
    char *line = row->measured ? text_format("%-22s %9.*f %9.10g ", row->name, digits(row),
                                             row->value, row->goal)
                               : text_format("%-22s %9s %9.10g ", row->name, "-", row->goal);
    bool missed = bench_row_missed(row);

    for (size_t i = 0; i < count; i++) {
        const struct bench_peer *peer = peer_of(row, names[i]);
        char *cell = peer ? text_format(" %9.10g", rounded(row, peer->value))
                          : text_format(" %9s", "-");

        line = text_append(line, cell, strlen(cell));
        free(cell);
    }
    say("%s%s%s  %s%s%s", line, row->unit[0] ? "  " : "", row->unit,
        colour_begin(stdout, missed ? COLOUR_BAD : COLOUR_GOOD),
        missed ? "missed" : (row->measured ? "" : "not measured"), colour_end(stdout));
    free(line);
}

void bench_table_print(const struct bench_table *table, const char *bench)
{
    const char *names[BENCH_PEERS];
    size_t count = peer_names(table, names);
    char *head = text_format("%-22s %9s %9s ", bench, "Linnet", "goal");

    for (size_t i = 0; i < count; i++) {
        char *cell = text_format(" %9s", names[i]);

        head = text_append(head, cell, strlen(cell));
        free(cell);
    }
    if (terminal.json) {
        emit_table(table, bench);
    } else {
        say("%s", head);
        for (size_t i = 0; i < table->count; i++)
            say_row(&table->rows[i], names, count);
        for (size_t i = 0; i < table->count; i++)
            if (table->rows[i].note)
                say("%s: %s", table->rows[i].name, table->rows[i].note);
    }
    free(head);
}
