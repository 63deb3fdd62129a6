/* SPDX-License-Identifier: MIT */
/* Runs a whole device, scheduler and all, in a process of its own. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Runs body(argument) in a child whose standard output and error come back in `text`, cut to
 * `size`. Returns the exit code, or -1 when a signal ended it. */
int child_run(void (*body)(void *argument), void *argument, char *text, size_t size);

/* As above in two steps, for a test that does something to the child meanwhile. */
struct child {
    pid_t process;
    int output;
};
struct child child_start(void (*body)(void *argument), void *argument);
int child_finish(struct child child, char *text, size_t size);
