/* SPDX-License-Identifier: MIT */
/* What libs/tls needs of the system, from the kernel and the board. */
#pragma once

#include <stdbool.h>

/* Starts libs/tls with memory from the kernel's heap, the board's clock and entropy, and a lock.
 * False: told through report.h. From a task, once. */
bool tls_platform_start(void);
