/* SPDX-License-Identifier: MIT */
#include "semihosting.h"

#include <stdint.h>

enum operation {
    SYS_OPEN = 0x01,
    SYS_WRITE = 0x05,
    SYS_TIME = 0x11,
    SYS_GET_CMDLINE = 0x15,
    SYS_EXIT_EXTENDED = 0x20,
};

enum { OPEN_WRITE = 4, OPEN_APPEND = 8, APPLICATION_EXIT = 0x20026 };

static intptr_t call(enum operation operation, const void *block)
{
    register uintptr_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = block;

    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return (intptr_t)r0;
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
