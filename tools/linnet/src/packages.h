/* SPDX-License-Identifier: MIT */
/*
 * The Debian packages that Linnet uses: one table, how each is recognised, and how missing ones
 * are installed. Nothing else in the tool names a package.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What a package is needed for; a set. */
enum need {
    NEED_BUILD = 1,
    NEED_CLANG = 2,
    NEED_DEMO = 4,
    NEED_TEST = 8,
    NEED_CONFIG = 16,
    NEED_CROSS = 32,
    NEED_BENCH = 64,
    NEED_RISCV = 128,
    NEED_XTENSA = 256,
    NEED_MIPS = 512,
    NEED_PROOF = 1024,
    NEED_DEBUG = 2048,
    NEED_ALL = 4095
};

struct package {
    const char *name;
    const char *command; /* present if this command is, … */
    const char *file;    /* … or if this file is (a shell pattern) */
    unsigned needs;      /* set of enum need */
    bool optional;       /* a test that misses it is skipped */
    const char *purpose;
};

/* The table, ended by an entry without a name. */
const struct package *package_table(void);

bool package_present(const struct package *package);

/* Makes sure of all packages for the needs. As root what is missing is installed, with apt's own
 * progress; anybody else is shown the one line to run. EXIT_OK, EXIT_ENVIRONMENT or EXIT_STOPPED.
 */
int packages_ensure(unsigned needs);

/* The line that installs what is missing for the needs, or NULL; to be freed by the caller. */
char *packages_line(unsigned needs);
