/* SPDX-License-Identifier: MIT */
/*
 * What the emulator (or a debugger) does for the program. Each file of boards/common/semihosting speaks
 * one protocol; the board's BOARD_SEMIHOSTING names it. Without an emulator or a debugger such a call
 * is a fault.
 */
#pragma once

#include <stddef.h>

/* Writes to standard output (1), or to standard error (2); returns how many bytes were written. */
size_t semihosting_write(int descriptor, const char *bytes, size_t size);

/* The command line of the program, its words with blanks between them, cut off at `size` with its zero
 * byte. Empty if there is none. */
void semihosting_command_line(char *text, size_t size);

/* Opens a file of the host to read; a handle, or -1. */
int semihosting_open(const char *path);

/* Reads up to `size` bytes; returns how many, 0 at the end or on an error. */
size_t semihosting_read(int handle, void *bytes, size_t size);

void semihosting_close(int handle);

/* Seconds since 1970 of the host. */
long semihosting_time(void);

/* Ends the emulation with the code. */
_Noreturn void semihosting_exit(int code);
