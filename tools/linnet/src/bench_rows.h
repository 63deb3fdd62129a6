/* SPDX-License-Identifier: MIT */
/*
 * The rows of a benchmark: what is measured, the goal, and what others need for the same, read from
 * the file `rows.tsv` beside the benchmark; and how a result is shown. A row whose value is missing
 * is no result: `null` in JSON. Ratios and shares are shown with two digits behind the point, all else with
 * one.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { BENCH_PEERS = 4, BENCH_ROWS = 64 };

struct bench_peer {
    char *name;
    double value;
};

struct bench_row {
    char *name;
    char *unit;
    bool higher_is_better;
    double goal;
    struct bench_peer peers[BENCH_PEERS];
    size_t peer_count;
    double value;
    bool measured;
    char *note; /* a line under the table, or NULL */
};

struct bench_table {
    struct bench_row rows[BENCH_ROWS];
    size_t count;
};

/* Takes one line `NAME<TAB>UNIT<TAB>lower|higher<TAB>GOAL[<TAB>PEER=VALUE]…` apart; false if it is
 * not of that form. What it gives is the caller's, also then: bench_row_free. */
bool bench_row_parse(const char *line, struct bench_row *row);
void bench_row_free(struct bench_row *row);

/* Reads the file; lines that begin with # and empty ones are passed over. False with a message. */
bool bench_table_read(struct bench_table *table, const char *path);
void bench_table_free(struct bench_table *table);

/* The row of that name, or NULL. */
struct bench_row *bench_row_find(struct bench_table *table, const char *name);

void bench_row_set(struct bench_table *table, const char *name, double value);

/* What another needs for the same, where that is measured too. */
void bench_row_set_peer(struct bench_table *table, const char *name, const char *peer,
                        double value);

/* True if the row has a value and it misses the goal, by what the table shows of it. */
bool bench_row_missed(const struct bench_row *row);

/* The table for the reader, or with --json one object for all. */
void bench_table_print(const struct bench_table *table, const char *bench);
