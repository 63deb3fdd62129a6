/* SPDX-License-Identifier: MIT */
#include "terminal.h"
#include "verb.h"
static int run(void)
{
    return EXIT_FAILED;
}
const struct verb verb_demo = {
    .name = "demo", .summary = "s", .example = "linnet demo", .run = run};
