/* SPDX-License-Identifier: MIT */
/* On the host each case is a process of its own. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "/proc/self/exe"

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

_Noreturn void test_run_all(void)
{
    unsigned passed = 0, failed = 0, skipped = 0;

    for (size_t i = 0; i < test_case_count(); i++) {
        const char *name = test_case_at(i)->name;
        int verdict = run_in_child(PROGRAM, name);
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
