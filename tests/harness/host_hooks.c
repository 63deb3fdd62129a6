/* SPDX-License-Identifier: MIT */
/* Where code that asserts is tested without a scheduler: an assertion fails the case. */
#include "harness.h"

#include <stdio.h>

_Noreturn void rtos_assert_failed(const char *expression, const char *call, const char *file,
                                  int line);

__attribute__((weak)) void rtos_assert_failed(const char *expression, const char *call,
                                              const char *file, int line)
{
    printf("%s:%d: assertion failed: %s: %s\n", file, line, call, expression);
    test_end(TEST_FAILED);
}
