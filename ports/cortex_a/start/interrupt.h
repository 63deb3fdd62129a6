/* SPDX-License-Identifier: MIT */
#pragma once

/* Every line off, the controller on, the tick in its place. */
void board_interrupts_start(void);
