/* SPDX-License-Identifier: MIT */
/* The memory of tasks that ended. */
#pragma once

#include "kernel.h"

/* Frees every task that deleted itself. From the idle task. */
void rtos_task_free_deleted(void);
