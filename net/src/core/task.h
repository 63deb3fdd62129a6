/* SPDX-License-Identifier: MIT */
/*
 * The stack's task.
 */
#pragma once

#include <stdbool.h>

/* False: no memory, or it runs already. */
bool tcpip_task_start(void);

/* Has the task shut the stack down and end; waits for it, a tick at a time. */
void tcpip_task_stop(void);

/* Its TaskHandle_t; NULL while it does not run. */
void *tcpip_task_handle(void);
