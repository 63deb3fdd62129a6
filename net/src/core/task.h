/* SPDX-License-Identifier: MIT */
/*
 * The stack's task.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* False: no memory, or it runs already. */
bool tcpip_task_start(void);

/* Its TaskHandle_t; NULL while it does not run. */
extern void *volatile tcpip_task;

static inline void *tcpip_task_handle(void)
{
    return tcpip_task;
}
