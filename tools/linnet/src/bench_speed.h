/* SPDX-License-Identifier: MIT */
/* The rows of `linnet bench kernel` that run, by the names that the images know. */
#pragma once

#include <stddef.h>

/* A row, the rows of the images whose mean it is, and one that is only told beside. */
struct speed_row {
    const char *name;
    const char *parts[4];
    const char *beside;
};

/* Ended by one without a name. */
extern const struct speed_row bench_speed_rows[];

/* -icount's shift for a row of the images. */
int bench_speed_shift(const char *row);

/* The rows in which the longest masked section is looked for: with up to 16 sleepers, and with 1000;
 * ended by NULL. */
extern const char *const bench_mask_few[];
extern const char *const bench_mask_many[];

/* The same for boards whose logs have five times the text for an instruction. */
extern const char *const bench_mask_many_short[];
