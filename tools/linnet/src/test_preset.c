/* SPDX-License-Identifier: MIT */
#include "test_preset.h"

#include "cmake_build.h"
#include "files.h"
#include "packages.h"
#include "process.h"
#include "terminal.h"
#include "test_coverage.h"
#include "test_ledger.h"
#include "test_list.h"
#include "test_run.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Proofs take of the build no more than the headers of the options, which are written while it is
 * configured: this target sees to that alone. */
#define NOTHING_BUILT "build.ninja"

static bool read_list(const char *folder, struct test_list *list)
{
    char *path = text_format("%s/tests.txt", folder);
    char *text = read_whole_file(path);
    size_t wrong = text ? test_list_parse(text, list) : 0;

    if (!text || wrong) {
        char *what = text ? text_format("%s, line %zu is no test", path, wrong)
                          : text_format("cannot read %s", path);
        char *mend = text_format("remove %s and try again", folder);

        complain(what, "the build writes this list", mend);
        free(what);
        free(mend);
    }
    bool good = text && !wrong;

    free(path);
    free(text);
    return good;
}

static void list_cases(const struct test_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        char *name = text_json(plan->cases[i].name);

        if (terminal.json)
            emit_json("{\"test\":%s}", name);
        else
            puts(plan->cases[i].name);
        free(name);
    }
}

/* What is said when all have run; false if something could not be written. */
static bool report(const struct test_plan *plan, const struct test_wishes *wishes,
                   const struct test_result *result)
{
    if (wishes->coverage && coverage_report(plan->folder) != EXIT_OK)
        return false;
    bool written = !wishes->junit || test_report_junit(plan, wishes->junit);

    if (!wishes->brief)
        test_report_end(plan, terminal.verbose);
    if (wishes->brief || wishes->goes_on)
        test_report_preset(plan, result);
    else
        test_report_last(&result->counts);
    return written;
}

static int run_plan(struct test_plan *plan, const struct test_wishes *wishes,
                    struct test_result *result)
{
    if (plan->count == 0 && wishes->filter_count > 0) {
        complain("no test has such a name", NULL, "see their names:  linnet test --list");
        return EXIT_USAGE;
    }
    if (wishes->only_list) {
        list_cases(plan);
        return EXIT_OK;
    }
    if (wishes->ledger)
        return ledger_run(plan);
    if (!test_plan_run(plan, wishes->brief ? test_report_failure : test_report_case))
        return EXIT_STOPPED;
    result->ran = true;
    result->counts = test_count(plan);
    return report(plan, wishes, result) && result->counts.failed == 0 ? EXIT_OK : EXIT_FAILED;
}

bool test_in_ci(void)
{
    const char *value = getenv("CI");

    return value && strcmp(value, "true") == 0;
}

static int test_build(const struct build *build, const struct test_wishes *wishes,
                      struct test_result *result)
{
    char *folder = build_folder(build);
    struct test_list list = {0};
    struct test_plan plan = {.folder = folder,
                             .jobs = wishes->jobs,
                             .night = wishes->night,
                             .proof = wishes->proof,
                             .skips_fail = test_in_ci()};
    int code = EXIT_ENVIRONMENT;

    if ((!wishes->coverage || coverage_begin(folder)) && read_list(folder, &list))
        code = test_plan_make(&plan, &list, wishes->filters, wishes->filter_count)
                   ? run_plan(&plan, wishes, result)
                   : EXIT_STOPPED;
    test_plan_free(&plan);
    test_list_free(&list);
    free(folder);
    return code;
}

int test_preset_run(const char *preset, const struct test_wishes *wishes,
                    struct test_result *result)
{
    struct build build = {
        .source = linnet_root(), .preset = preset, .target = wishes->proof ? NOTHING_BUILT : NULL};
    const bool quiet = wishes->only_list || wishes->ledger || wishes->brief || wishes->proof;
    int code;

    *result = (struct test_result){.preset = preset};
    if (!build_check_preset(preset))
        return EXIT_USAGE;
    code = packages_ensure(NEED_BUILD | (wishes->proof ? NEED_PROOF : NEED_TEST) |
                           build_needs(preset));
    if (code != EXIT_OK)
        return code;
    if (!quiet && !terminal.dry_run)
        say("Building for %s", preset);
    code = build_run(&build);
    return code == EXIT_OK && !terminal.dry_run ? test_build(&build, wishes, result) : code;
}
