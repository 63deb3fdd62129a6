/* SPDX-License-Identifier: MIT */
/* The console of an emulated board is the emulator's own, unless the application chooses another. */
#include "board_common.h"

#include <semihosting.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static size_t read_nothing(char *bytes, size_t size)
{
    (void)bytes, (void)size;
    return 0;
}

static void end_nothing(void)
{
}

static const struct board_console emulators = {semihosting_write, read_nothing, end_nothing};
static const struct board_console *console = &emulators;

void board_console_use(const struct board_console *other)
{
    console = other;
}

size_t board_console_write(int descriptor, const char *bytes, size_t size)
{
    return console->write(descriptor, bytes, size);
}

size_t board_console_read(char *bytes, size_t size)
{
    return console->read(bytes, size);
}

void board_console_end(void)
{
    console->end();
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
