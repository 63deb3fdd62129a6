/* SPDX-License-Identifier: MIT */
/* Which cases there are: each program is asked for its own with --list. */
#include "args.h"
#include "process.h"
#include "test_run.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void push(struct test_plan *plan, const struct test_program *program, const char *argument)
{
    struct test_case *cases = realloc(plan->cases, (plan->count + 1) * sizeof *plan->cases);

    if (!cases) {
        fputs("linnet: out of memory\n", stderr);
        exit(1);
    }
    plan->cases = cases;
    cases[plan->count++] = (struct test_case){
        .program = program,
        .name = argument ? text_format("%s.%s", program->name, argument) : text_copy(program->name),
        .argument = text_copy(argument),
    };
}

static bool passes(const char *name, const char *const *filters, size_t count)
{
    bool pass = count == 0;

    for (size_t i = 0; i < count && !pass; i++)
        pass = text_matches(name, filters[i]);
    return pass;
}

/* A program that cannot say what it contains becomes one case that fails when it is run. */
static bool add_cases(struct test_plan *plan, const struct test_program *program,
                      const char *const *filters, size_t filter_count)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *output = NULL;
    int status;

    args_add(&command, "%s", program->path);
    args_add(&command, "--list");
    status = process_capture(&spec, &output);
    if (status != 0 && status != PROCESS_STOPPED)
        push(plan, program, "--list");
    char *rest = status == 0 ? output : NULL;

    for (char *line; (line = strsep(&rest, "\n"));) {
        char *name = text_format("%s.%s", program->name, line);

        if (*line && passes(name, filters, filter_count))
            push(plan, program, line);
        free(name);
    }
    args_free(&command);
    free(output);
    return status != PROCESS_STOPPED;
}

static bool is_wanted(const struct test_plan *plan, const struct test_program *program)
{
    if (plan->proof || program->when == TEST_PROOF)
        return plan->proof && program->when == TEST_PROOF;
    return plan->night || program->when == TEST_FAST;
}

bool test_plan_make(struct test_plan *plan, const struct test_list *list,
                    const char *const *filters, size_t filter_count)
{
    bool going = true;

    /* Fuzzers take the longest: they start first, so that nothing waits for the last of them. */
    for (size_t i = 0; i < list->count; i++)
        if (is_wanted(plan, &list->programs[i]) && list->programs[i].kind != TEST_CASES &&
            passes(list->programs[i].name, filters, filter_count))
            push(plan, &list->programs[i], NULL);
    for (size_t i = 0; i < list->count && going; i++)
        if (is_wanted(plan, &list->programs[i]) && list->programs[i].kind == TEST_CASES)
            going = add_cases(plan, &list->programs[i], filters, filter_count);
    return going;
}

void test_plan_free(struct test_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        free(plan->cases[i].name);
        free(plan->cases[i].argument);
        free(plan->cases[i].output);
        free(plan->cases[i].note);
    }
    free(plan->cases);
    plan->cases = NULL;
    plan->count = 0;
}
