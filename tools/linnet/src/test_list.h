/* SPDX-License-Identifier: MIT */
/*
 * The list of test programs that the build leaves in BUILD/tests.txt, one a line with tabs between:
 * name, kind, seconds, when, path; the latter is `fast`, `night` or `proof`. The kind is `case`, `fuzz:CORPUS` or
 * `replay:CORPUS`.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum test_kind { TEST_CASES, TEST_FUZZ, TEST_REPLAY };

/* Always, by night too, or only when proofs are asked for. */
enum test_when { TEST_FAST, TEST_NIGHT, TEST_PROOF };

struct test_program {
    char *name;
    enum test_kind kind;
    char *corpus; /* NULL for TEST_CASES */
    long seconds; /* time-out of one case */
    enum test_when when;
    char *path;
};

struct test_list {
    struct test_program *programs;
    size_t count;
};

/* Reads one line into a program; false if it is not of the form. Allocates nothing then. */
bool test_program_parse(const char *line, struct test_program *program);

/* Reads the whole text. Returns 0, or the number of the first line that is wrong. */
size_t test_list_parse(const char *text, struct test_list *list);

void test_program_free(struct test_program *program);
void test_list_free(struct test_list *list);
