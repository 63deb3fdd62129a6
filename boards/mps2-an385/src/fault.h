/* SPDX-License-Identifier: MIT */
#pragma once

/* The handler of every exception that should not happen: prints what happened, the registers and the
 * running task, and ends with exit code 70. */
void board_fault(void);
