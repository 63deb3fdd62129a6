/* SPDX-License-Identifier: MIT */
#pragma once

/* From here on exceptions for which the application has no handler end in board_crash_end. */
void board_faults_start(void);
