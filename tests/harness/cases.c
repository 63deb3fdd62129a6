/* SPDX-License-Identifier: MIT */
/*
 * The registered cases: listing them, choosing one, running all of them in child processes.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct test_case *const __start_linnet_tests[];
extern const struct test_case *const __stop_linnet_tests[];

static size_t case_count(void)
{
    return (size_t)(__stop_linnet_tests - __start_linnet_tests);
}

static int run_in_child(const char *program, const char *name)
{
    pid_t child = fork();
    if (child == 0) {
        execl(program, program, name, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return TEST_FAILED;
    return WIFEXITED(status) ? WEXITSTATUS(status) : TEST_FAILED;
}

static _Noreturn void run_all(const char *program)
{
    unsigned passed = 0, failed = 0, skipped = 0;

    for (size_t i = 0; i < case_count(); i++) {
        const char *name = __start_linnet_tests[i]->name;
        int verdict = run_in_child(program, name);
        const char *word = verdict == TEST_PASSED    ? "pass"
                           : verdict == TEST_SKIPPED ? "skip"
                                                     : "FAIL";
        passed += verdict == TEST_PASSED;
        skipped += verdict == TEST_SKIPPED;
        failed += verdict != TEST_PASSED && verdict != TEST_SKIPPED;
        printf("%s  %s\n", word, name);
    }
    printf("%u passed, %u failed, %u skipped\n", passed, failed, skipped);
    exit(failed ? TEST_FAILED : TEST_PASSED);
}

const struct test_case *test_select(int argc, char **argv)
{
    if (argc < 2)
        run_all("/proc/self/exe");
    for (size_t i = 0; i < case_count(); i++) {
        if (strcmp(argv[1], "--list") == 0)
            puts(__start_linnet_tests[i]->name);
        else if (strcmp(argv[1], __start_linnet_tests[i]->name) == 0)
            return __start_linnet_tests[i];
    }
    if (strcmp(argv[1], "--list") == 0)
        exit(TEST_PASSED);
    fprintf(stderr, "%s: no case is named '%s'; --list prints them\n", argv[0], argv[1]);
    exit(TEST_USAGE);
}
