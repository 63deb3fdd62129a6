/* SPDX-License-Identifier: MIT */
/* The idle task: runs when nothing else does, frees what deleted tasks left, puts the CPU to sleep.
 */
#pragma once

#include "kernel.h"

/* Creates the idle task; false when there is no memory for it. */
bool rtos_idle_create(void);
