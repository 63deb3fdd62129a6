/* SPDX-License-Identifier: MIT */
/* The console of an emulated board is the emulator's own. */
#include "board_common.h"

#include <semihosting.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

size_t board_console_write(int descriptor, const char *bytes, size_t size)
{
    return semihosting_write(descriptor, bytes, size);
}

void board_complain(const char *format, ...)
{
    char line[256];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    (void)board_console_write(2, line, strlen(line));
}
