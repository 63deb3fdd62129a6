/* SPDX-License-Identifier: MIT */
#include "test_list.h"

#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 5, LONGEST_LINE = 4096, LONGEST_TIMEOUT = 86400 };

static bool parse_kind(const char *word, struct test_program *program)
{
    static const char *const prefixes[] = {[TEST_FUZZ] = "fuzz:", [TEST_REPLAY] = "replay:"};

    if (strcmp(word, "case") == 0) {
        program->kind = TEST_CASES;
        return true;
    }
    for (enum test_kind kind = TEST_FUZZ; kind <= TEST_REPLAY; kind++) {
        size_t length = strlen(prefixes[kind]);

        if (strncmp(word, prefixes[kind], length) == 0 && word[length]) {
            program->kind = kind;
            program->corpus = text_copy(word + length);
            return true;
        }
    }
    return false;
}

static bool parse_when(const char *word, enum test_when *when)
{
    static const char *const words[] = {
        [TEST_FAST] = "fast", [TEST_NIGHT] = "night", [TEST_PROOF] = "proof"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i]) == 0) {
            *when = (enum test_when)i;
            return true;
        }
    return false;
}

static bool parse_fields(char *const fields[FIELDS], struct test_program *program)
{
    if (!*fields[0] || !*fields[4] || !parse_when(fields[3], &program->when))
        return false;
    if (!text_number(fields[2], 1, LONGEST_TIMEOUT, &program->seconds))
        return false;
    if (!parse_kind(fields[1], program))
        return false;
    program->name = text_copy(fields[0]);
    program->path = text_copy(fields[4]);
    return true;
}

bool test_program_parse(const char *line, struct test_program *program)
{
    char copy[LONGEST_LINE];
    char *fields[FIELDS];
    char *rest = copy;
    size_t count = 0;

    *program = (struct test_program){0};
    if (strlen(line) >= sizeof copy)
        return false;
    strcpy(copy, line);
    while (rest && count < FIELDS)
        fields[count++] = strsep(&rest, "\t");
    return count == FIELDS && !rest && parse_fields(fields, program);
}

static void push(struct test_list *list, const struct test_program *program)
{
    struct test_program *programs = realloc(list->programs,
                                            (list->count + 1) * sizeof *list->programs);

    if (!programs) {
        fputs("linnet: out of memory\n", stderr);
        exit(1);
    }
    list->programs = programs;
    programs[list->count++] = *program;
}

size_t test_list_parse(const char *text, struct test_list *list)
{
    char *copy = text_copy(text);
    char *rest = copy;
    char *line;
    size_t wrong = 0;
    size_t number = 0;

    *list = (struct test_list){0};
    while (!wrong && (line = strsep(&rest, "\n"))) {
        struct test_program program;

        number++;
        if (!*line)
            continue;
        if (test_program_parse(line, &program))
            push(list, &program);
        else
            wrong = number;
    }
    free(copy);
    return wrong;
}

void test_program_free(struct test_program *program)
{
    free(program->name);
    free(program->corpus);
    free(program->path);
    *program = (struct test_program){0};
}

void test_list_free(struct test_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        test_program_free(&list->programs[i]);
    free(list->programs);
    *list = (struct test_list){0};
}
