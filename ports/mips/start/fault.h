/* SPDX-License-Identifier: MIT */
#pragma once

#include <mips_api.h>

/* The handler of every exception that should not happen: a record of what happened and of the registers
 * goes to board_crash_end. */
void board_fault(struct mips_exception_frame *frame);
