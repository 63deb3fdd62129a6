/* SPDX-License-Identifier: MIT */
/*
 * MIPS's Unified Hosting Interface (MD01069): instruction SDBBP 1, the number in $25, arguments in $4 to $7,
 * the result in $2. There is no call that tells the time; a host with Linux tells it in files.
 */
#include "host_time.h"
#include "semihosting.h"

#include <stdint.h>
#include <string.h>

enum operation {
    UHI_EXIT = 1,
    UHI_OPEN = 2,
    UHI_CLOSE = 3,
    UHI_READ = 4,
    UHI_WRITE = 5,
    UHI_ARGC = 9,
    UHI_ARGNLEN = 10,
    UHI_ARGN = 11,
};

static intptr_t call(enum operation operation, uintptr_t first, uintptr_t second, uintptr_t third)
{
    register uintptr_t number __asm("$25") = (uintptr_t)operation;
    register uintptr_t v0 __asm("$2") = 1;
    register uintptr_t a0 __asm("$4") = first;
    register uintptr_t a1 __asm("$5") = second;
    register uintptr_t a2 __asm("$6") = third;

    __asm volatile("sdbbp 1"
                   : "+r"(v0), "+r"(a0), "+r"(a1)
                   : "r"(number), "r"(a2)
                   : "$3", "memory");
    return (intptr_t)v0;
}

size_t semihosting_write(int descriptor, const char *bytes, size_t size)
{
    const intptr_t written = call(UHI_WRITE, (uintptr_t)descriptor, (uintptr_t)bytes, size);

    return written > 0 ? (size_t)written : 0;
}

void semihosting_command_line(char *text, size_t size)
{
    const intptr_t count = call(UHI_ARGC, 0, 0, 0);
    size_t used = 0;

    text[0] = '\0';
    for (intptr_t i = 0; i < count; i++) {
        const intptr_t length = call(UHI_ARGNLEN, (uintptr_t)i, 0, 0);
        if (length < 0 || used + (size_t)length + 2 > size)
            return;
        if (i > 0)
            text[used++] = ' ';
        (void)call(UHI_ARGN, (uintptr_t)i, (uintptr_t)(text + used), 0);
        used += (size_t)length;
        text[used] = '\0';
    }
}

int semihosting_open(const char *path)
{
    return (int)call(UHI_OPEN, (uintptr_t)path, 0, 0);
}

size_t semihosting_read(int handle, void *bytes, size_t size)
{
    const intptr_t got = call(UHI_READ, (uintptr_t)handle, (uintptr_t)bytes, size);

    return got > 0 ? (size_t)got : 0;
}

void semihosting_close(int handle)
{
    (void)call(UHI_CLOSE, (uintptr_t)handle, 0, 0);
}

long semihosting_time(void)
{
    return host_time();
}

_Noreturn void semihosting_exit(int code)
{
    for (;;)
        (void)call(UHI_EXIT, (uintptr_t)code, 0, 0);
}
