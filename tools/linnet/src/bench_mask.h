/* SPDX-License-Identifier: MIT */
/*
 * The rows `masked_max` and `masked_max_1000` of `linnet bench kernel`: the longest stretch with
 * interrupts masked, instruction by instruction, over the rows with up to 16 sleepers and over those
 * with 1000; where it is becomes the row's note.
 */
#pragma once

#include "bench_rows.h"

#include <stdbool.h>

/* With `suite` every case of the kernel's tests on the board counts too; those are built first. */
void bench_mask_measure(struct bench_table *table, bool suite);
