/* SPDX-License-Identifier: MIT */
/*
 * Arm's semihosting for AArch32 and AArch64, release 2.0, which RISC-V took over. How the call is made
 * is the CPU's: semihosting_trap.h of the port's start-up code.
 */
#include "semihosting.h"

#include <semihosting_trap.h>

#include <stdint.h>
#include <string.h>

enum operation {
    SYS_OPEN = 0x01,
    SYS_CLOSE = 0x02,
    SYS_WRITE = 0x05,
    SYS_READ = 0x06,
    SYS_TIME = 0x11,
    SYS_GET_CMDLINE = 0x15,
    SYS_EXIT_EXTENDED = 0x20,
};

enum { OPEN_READ_BINARY = 1, OPEN_WRITE = 4, OPEN_APPEND = 8, APPLICATION_EXIT = 0x20026 };

static intptr_t call(enum operation operation, const void *block)
{
    return semihosting_trap((uintptr_t)operation, block);
}

/* The console's name opened to write is standard output, to append standard error. */
static intptr_t stream(int descriptor)
{
    static intptr_t handles[2];
    intptr_t *handle = &handles[descriptor == 2];

    if (*handle == 0) {
        const uintptr_t mode = descriptor == 2 ? OPEN_APPEND : OPEN_WRITE;
        const uintptr_t block[3] = {(uintptr_t) ":tt", mode, 3};
        *handle = call(SYS_OPEN, block);
    }
    return *handle;
}

size_t semihosting_write(int descriptor, const char *bytes, size_t size)
{
    const uintptr_t block[3] = {(uintptr_t)stream(descriptor), (uintptr_t)bytes, size};
    const size_t left = (size_t)call(SYS_WRITE, block);

    return left < size ? size - left : 0;
}

void semihosting_command_line(char *text, size_t size)
{
    const uintptr_t block[2] = {(uintptr_t)text, size};

    if (call(SYS_GET_CMDLINE, block) != 0)
        text[0] = '\0';
    text[size - 1] = '\0';
}

int semihosting_open(const char *path)
{
    const uintptr_t block[3] = {(uintptr_t)path, OPEN_READ_BINARY, strlen(path)};

    return (int)call(SYS_OPEN, block);
}

size_t semihosting_read(int handle, void *bytes, size_t size)
{
    const uintptr_t block[3] = {(uintptr_t)handle, (uintptr_t)bytes, size};
    const size_t left = (size_t)call(SYS_READ, block);

    return left < size ? size - left : 0;
}

void semihosting_close(int handle)
{
    const uintptr_t block[1] = {(uintptr_t)handle};

    (void)call(SYS_CLOSE, block);
}

long semihosting_time(void)
{
    return (long)call(SYS_TIME, NULL);
}

_Noreturn void semihosting_exit(int code)
{
    const uintptr_t block[2] = {APPLICATION_EXIT, (uintptr_t)code};

    for (;;)
        (void)call(SYS_EXIT_EXTENDED, block);
}
