/* SPDX-License-Identifier: MIT */
/*
 * What the emulator (or a debugger) does for the program: Arm's semihosting for AArch32, release 2.0.
 * Without either of them such a call is a hard fault.
 */
#pragma once

#include <stddef.h>

/* Writes to standard output, or to standard error; returns how many bytes were written. */
size_t semihosting_write(int descriptor, const char *bytes, size_t size);

/* The command line of the program, cut off at `size` with its zero byte. Empty if there is none. */
void semihosting_command_line(char *text, size_t size);

/* Seconds since 1970 of the host. */
long semihosting_time(void);

/* Ends the emulation with the code. */
_Noreturn void semihosting_exit(int code);
