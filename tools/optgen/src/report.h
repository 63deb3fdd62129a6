/* SPDX-License-Identifier: MIT */
/* Messages about bad input: each names its place, and all of them are counted, so that one run
 * shows every mistake. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

struct place {
    const char *file;
    int line;
};

/* Prints "file:line: message" and counts it. Line 0 stands for the file as a whole. */
__attribute__((format(printf, 2, 3))) void report(struct place where, const char *format, ...);

/* How many messages there were so far. */
int report_count(void);

/* Where messages go from now on; stderr to begin with. */
void report_to(FILE *stream);
