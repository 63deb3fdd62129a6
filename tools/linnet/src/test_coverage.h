/* SPDX-License-Identifier: MIT */
/*
 * Coverage of the kernel's sources by the tests that were run, as gcov counts it. The preset
 * sim-coverage instruments kernel/src and leaves assertions out: each of them is a claim on the
 * caller, which the tests of misuse break under the other presets.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define COVERAGE_PRESET "sim-coverage"

/* The tests that are run unless others are asked for: those of the kernel and of its port. */
#define COVERAGE_FILTERS "kernel_*", "sim_*"

/* Lines or branches of one source file: how many there are and were reached. */
struct coverage_count {
    unsigned long all;
    unsigned long reached;
};

struct coverage {
    char name[64]; /* the file's name below kernel/src */
    struct coverage_count lines;
    struct coverage_count branches;
};

/* Reads one block of gcov's summary, which begins with "File '…'", of a file in kernel/src; false if
 * it is of another. gcov tells no branches of functions in headers. */
bool coverage_parse(const char *block, struct coverage *coverage);

/* Forgets what earlier runs counted in the build folder. */
bool coverage_begin(const char *folder);

/* Prints the table of all files with its sum. An exit code. */
int coverage_report(const char *folder);
