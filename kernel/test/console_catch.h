/* SPDX-License-Identifier: MIT */
/* What the C library gives to the console comes to a test instead, in the pieces in which it is given:
 * by the linker's --wrap on a board, by a stream of the host's C library on the simulator. */
#pragma once

#include <stddef.h>

/* NULL: it is printed again. `take` runs in the task that prints. */
void console_catch(void (*take)(const char *bytes, size_t size));
