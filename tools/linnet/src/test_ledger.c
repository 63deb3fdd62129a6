/* SPDX-License-Identifier: MIT */
#include "test_ledger.h"

#include "terminal.h"
#include "test_report.h"
#include "test_run.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned ledger_class(const char *name)
{
    const char *at = strstr(name, LEDGER_FILTER);
    char *end;

    if (!at || (at != name && at[-1] != '.'))
        return 0;
    at += strlen(LEDGER_FILTER);
    if (*at < '1' || *at > '9')
        return 0;
    unsigned long number = strtoul(at, &end, 10);

    return *end == '_' && number <= LEDGER_CLASSES ? (unsigned)number : 0;
}

static const char *verdict_of(const struct test_plan *plan, unsigned class)
{
    bool passed = false;

    for (size_t i = 0; i < plan->count; i++) {
        if (ledger_class(plan->cases[i].name) != class)
            continue;
        if (plan->cases[i].verdict == VERDICT_FAILED)
            return "fail";
        passed |= plan->cases[i].verdict == VERDICT_PASSED;
    }
    return passed ? "pass" : "absent";
}

/* The names of the tests of a class, each but the first behind `separator`. */
static char *names_of(const struct test_plan *plan, unsigned class, const char *separator,
                      char *(*written)(const char *))
{
    char *names = text_copy("");

    for (size_t i = 0; i < plan->count; i++) {
        if (ledger_class(plan->cases[i].name) != class)
            continue;
        char *name = written(plan->cases[i].name);

        if (*names)
            names = text_append(names, separator, strlen(separator));
        names = text_append(names, name, strlen(name));
        free(name);
    }
    return names;
}

static void print_class(const struct test_plan *plan, unsigned class)
{
    const char *verdict = verdict_of(plan, class);
    char *names = names_of(plan, class, terminal.json ? "," : " ",
                           terminal.json ? text_json : text_copy);

    if (terminal.json)
        emit_json("{\"class\":%u,\"tests\":[%s],\"verdict\":\"%s\"}", class, names, verdict);
    else
        printf("%u\t%s\t%s\n", class, names, verdict);
    free(names);
}

/* What failed goes to standard error: standard output is the ledger alone. */
static void note_case(const struct test_plan *plan, size_t index)
{
    const struct test_case *test = &plan->cases[index];

    if (test->verdict != VERDICT_FAILED)
        return;
    fprintf(stderr, "FAILED  %s  (%s)\n%s", test->name, test->note ? test->note : "", test->output);
}

int ledger_run(struct test_plan *plan)
{
    if (!test_plan_run(plan, note_case))
        return EXIT_STOPPED;
    for (unsigned class = 1; class <= LEDGER_CLASSES; class ++)
        print_class(plan, class);
    return test_count(plan).failed == 0 ? EXIT_OK : EXIT_FAILED;
}
