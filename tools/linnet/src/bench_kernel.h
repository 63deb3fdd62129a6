/* SPDX-License-Identifier: MIT */
/* `linnet bench kernel`: which image gives which row. */
#pragma once

#include "bench_rows.h"

#include <stdbool.h>

/* Fills in every row of the table that can be measured; what cannot is left without a value, with a
 * message. The images are built. With `suite` the longest masked section is looked for in every case of
 * the kernel's test suite too. */
void bench_kernel_measure(struct bench_table *table, bool suite);

/* Shows where the instructions of one operation of a row go: by function, or by address. An exit
 * code. */
int bench_kernel_trace(const char *row, bool addresses);

/* The same with an image of a board, whose path is given; board NULL: of the bare mps2-an385. */
int bench_kernel_trace_on(const char *board, const char *image, const char *row, bool addresses);
