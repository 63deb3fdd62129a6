/* SPDX-License-Identifier: MIT */
/* Whether an application keeps within what its board promises, shown by a run. */
#pragma once

#include "image.h"

/* False, with a message, if the board has no budget for this application. */
bool size_budget_check(const char *board, const char *app);

/* Does the run that the budget is for and prints `RAM N of M (high water of the run), program memory N of
 * M`. EXIT_FAILED: something of it went wrong or the budget is broken. */
int size_budget_run(const char *board, const struct image *image);
