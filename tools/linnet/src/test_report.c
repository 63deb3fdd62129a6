/* SPDX-License-Identifier: MIT */
#include "test_report.h"

#include "files.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOWEST_SHOWN = 10 };

static const char *const verdict_words[] = {"waiting", "passed", "failed", "skipped"};

static struct test_counts count_cases(const struct test_plan *plan,
                                      const struct test_program *program)
{
    struct test_counts counts = {0};

    for (size_t i = 0; i < plan->count; i++) {
        if (program && plan->cases[i].program != program)
            continue;
        counts.passed += plan->cases[i].verdict == VERDICT_PASSED;
        counts.failed += plan->cases[i].verdict == VERDICT_FAILED;
        counts.skipped += plan->cases[i].verdict == VERDICT_SKIPPED;
    }
    return counts;
}

struct test_counts test_count(const struct test_plan *plan)
{
    return count_cases(plan, NULL);
}

static void report_json(const struct test_case *test)
{
    char *name = text_json(test->name);
    char *note = text_json(test->note ? test->note : "");
    char *output = text_json(test->verdict == VERDICT_FAILED ? test->output : "");

    emit_json("{\"test\":%s,\"verdict\":\"%s\",\"ms\":%lld,\"note\":%s,\"output\":%s}", name,
              verdict_words[test->verdict], test->milliseconds, note, output);
    free(name);
    free(note);
    free(output);
}

static void show_failure(const struct test_case *test)
{
    show_status("%s", "");
    say("%sFAILED%s  %s  (%s)", colour_begin(stdout, COLOUR_BAD), colour_end(stdout), test->name,
        test->note ? test->note : "");
    if (*test->output)
        say("%s", test->output);
}

/* Sums up the program once none of its cases is left to run. */
static void show_program(const struct test_plan *plan, const struct test_program *program)
{
    struct test_counts counts = count_cases(plan, program);
    const char *note = NULL;
    size_t all = 0;
    long long time = 0;

    for (size_t i = 0; i < plan->count; i++) {
        if (plan->cases[i].program != program)
            continue;
        all++;
        time += plan->cases[i].milliseconds;
        if (plan->cases[i].verdict != VERDICT_FAILED && plan->cases[i].note)
            note = plan->cases[i].note;
    }
    if (counts.passed + counts.failed + counts.skipped < all)
        return;
    enum colour colour = counts.failed ? COLOUR_BAD : counts.skipped ? COLOUR_WARNING : COLOUR_GOOD;

    show_status("%s", "");
    say("%s%-7s%s %-28s %3zu of %zu  %6.2f s%s%s", colour_begin(stdout, colour),
        counts.failed   ? "failed"
        : counts.passed ? "passed"
                        : "skipped",
        colour_end(stdout), program->name, counts.passed, all, (double)time / 1000,
        note ? "  " : "", note ? note : "");
}

static void show_progress(const struct test_plan *plan, const struct test_case *test)
{
    struct test_counts counts = test_count(plan);

    show_status("%zu of %zu  %s", counts.passed + counts.failed + counts.skipped, plan->count,
                test->name);
}

void test_report_case(const struct test_plan *plan, size_t index)
{
    const struct test_case *test = &plan->cases[index];

    report_json(test);
    if (terminal.json)
        return;
    if (test->verdict == VERDICT_FAILED)
        show_failure(test);
    show_program(plan, test->program);
    show_progress(plan, test);
}

void test_report_failure(const struct test_plan *plan, size_t index)
{
    const struct test_case *test = &plan->cases[index];

    report_json(test);
    if (terminal.json)
        return;
    if (test->verdict == VERDICT_FAILED)
        show_failure(test);
    show_progress(plan, test);
}

/* How many were skipped for each reason. */
static void show_reasons(const struct test_plan *plan, size_t skipped)
{
    say("  skipped %zu of %zu (%.1f %%):", skipped, plan->count,
        100.0 * (double)skipped / (double)plan->count);
    for (size_t i = 0; i < plan->count; i++) {
        const char *note = plan->cases[i].verdict == VERDICT_SKIPPED ? plan->cases[i].note : NULL;
        size_t equal = 0;

        for (size_t j = 0; note && j < plan->count; j++) {
            const char *other = plan->cases[j].verdict == VERDICT_SKIPPED ? plan->cases[j].note
                                                                          : NULL;

            if (!other || strcmp(note, other) != 0)
                continue;
            if (j < i)
                break;
            equal++;
        }
        if (equal)
            say("  %5zu  %s", equal, note);
    }
}

/* To be freed by the caller. */
static char *counts_text(const struct test_counts *counts)
{
    return counts->skipped ? text_format("%zu passed, %zu failed, %zu skipped", counts->passed,
                                         counts->failed, counts->skipped)
                           : text_format("%zu passed, %zu failed", counts->passed, counts->failed);
}

void test_report_preset(const struct test_plan *plan, const struct test_result *result)
{
    const struct test_counts *counts = &result->counts;
    char *text = counts_text(counts);

    show_status("%s", "");
    emit_json("{\"board\":\"%s\",\"passed\":%zu,\"failed\":%zu,\"skipped\":%zu}", result->preset,
              counts->passed, counts->failed, counts->skipped);
    if (!terminal.json)
        say("%s: %s", result->preset, text);
    if (!terminal.json && counts->skipped)
        show_reasons(plan, counts->skipped);
    free(text);
}

void test_report_table(const struct test_result *results, size_t count)
{
    if (terminal.json)
        return;
    say("%-18s %7s %7s %8s", "BOARD", "PASSED", "FAILED", "SKIPPED");
    for (size_t i = 0; i < count; i++) {
        const struct test_counts *counts = &results[i].counts;

        if (results[i].ran)
            say("%-18s %7zu %7zu %8zu", results[i].preset, counts->passed, counts->failed,
                counts->skipped);
        else
            say("%-18s %s", results[i].preset,
                counts->failed ? "came to no test" : "skipped: its tools are missing");
    }
}

static int slower_first(const void *one, const void *other)
{
    const struct test_case *const *a = one;
    const struct test_case *const *b = other;

    return ((*a)->milliseconds < (*b)->milliseconds) - ((*a)->milliseconds > (*b)->milliseconds);
}

static void show_slowest(const struct test_plan *plan)
{
    const struct test_case **sorted = calloc(plan->count + 1, sizeof *sorted);

    if (!sorted)
        return;
    for (size_t i = 0; i < plan->count; i++)
        sorted[i] = &plan->cases[i];
    qsort(sorted, plan->count, sizeof *sorted, slower_first);
    say("Slowest:");
    for (size_t i = 0; i < plan->count && i < SLOWEST_SHOWN; i++)
        say("  %7.2f s  %s", (double)sorted[i]->milliseconds / 1000, sorted[i]->name);
    free(sorted);
}

void test_report_end(const struct test_plan *plan, bool slowest)
{
    show_status("%s", "");
    if (slowest)
        show_slowest(plan);
    for (size_t i = 0; i < plan->count && !terminal.json; i++)
        if (plan->cases[i].verdict == VERDICT_FAILED)
            say("failed: %s  (%s)", plan->cases[i].name, plan->cases[i].note);
}

void test_report_last(const struct test_counts *counts)
{
    char *text = counts_text(counts);

    emit_json("{\"passed\":%zu,\"failed\":%zu,\"skipped\":%zu}", counts->passed, counts->failed,
              counts->skipped);
    say("%s", text);
    free(text);
}

static char *append_junit_case(char *xml, const struct test_case *test)
{
    char *name = text_xml(test->argument ? test->argument : test->name);
    char *suite = text_xml(test->program->name);
    char *note = text_xml(test->note ? test->note : "");
    char *output = text_xml(test->output ? test->output : "");
    char *body = test->verdict == VERDICT_FAILED
                     ? text_format("<failure message=\"%s\">%s</failure>", note, output)
                 : test->verdict == VERDICT_SKIPPED ? text_format("<skipped message=\"%s\"/>", note)
                                                    : text_copy("");
    char *line = text_format(
        "  <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">%s</testcase>\n", suite, name,
        (double)test->milliseconds / 1000, body);

    xml = text_append(xml, line, strlen(line));
    free(name);
    free(suite);
    free(note);
    free(output);
    free(body);
    free(line);
    return xml;
}

bool test_report_junit(const struct test_plan *plan, const char *path)
{
    struct test_counts counts = test_count(plan);
    char *xml = text_format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<testsuite name=\"linnet\" tests=\"%zu\" failures=\"%zu\" "
                            "skipped=\"%zu\">\n",
                            plan->count, counts.failed, counts.skipped);
    bool written;

    for (size_t i = 0; i < plan->count; i++)
        xml = append_junit_case(xml, &plan->cases[i]);
    xml = text_append(xml, "</testsuite>\n", strlen("</testsuite>\n"));
    written = write_whole_file(path, xml, 0666);
    if (!written) {
        char *what = text_format("cannot write %s", path);

        complain(what, strerror(errno), "give another file to --junit");
        free(what);
    }
    free(xml);
    return written;
}
