/* SPDX-License-Identifier: MIT */
/* The table of `linnet bench kernel --board`: a column a board, of which the first is what the others are
 * compared with; and how it is shown. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { PORTS_BOARDS = 8 };

/* A port may take so many times the instructions of the first column without a mark. */
#define PORTS_TOLERANCE 1.3

struct ports_row {
    const char *name;
    const char *unit;
    double values[PORTS_BOARDS];
    bool measured[PORTS_BOARDS];
    char *places[PORTS_BOARDS]; /* of the longest masked section, or NULL */
};

struct ports_table {
    const char *boards[PORTS_BOARDS]; /* by their names */
    const char *titles[PORTS_BOARDS]; /* the heads of the columns */
    size_t board_count;
    struct ports_row *rows;
    size_t row_count;
};

/* How many times the first column's value; 0 where one of both is missing or the first is 0. */
double ports_ratio(const struct ports_row *row, size_t board);

/* True if that is too much, by the two digits that are shown. */
bool ports_is_marked(const struct ports_row *row, size_t board);

/* The table for the reader, or with --json one object for all. */
void ports_print(const struct ports_table *table);
