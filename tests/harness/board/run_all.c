/* SPDX-License-Identifier: MIT */
/* A board runs one case from reset to exit; the next one is another run of the emulator. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void test_run_all(void)
{
    fputs("name the case to run; --list prints them\n", stderr);
    exit(TEST_USAGE);
}
