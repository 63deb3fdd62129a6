/* SPDX-License-Identifier: MIT */
/*
 * The system calls that Tensilica's simulator, and QEMU, do for a program: instruction SIMCALL, the number in
 * a2, up to three arguments behind it, the result in a2. There is none that tells the time; a host with
 * Linux tells it in files.
 */
#include "host_time.h"
#include "semihosting.h"

#include <stdint.h>
#include <string.h>

enum operation {
    SYS_EXIT = 1,
    SYS_READ = 3,
    SYS_WRITE = 4,
    SYS_OPEN = 5,
    SYS_CLOSE = 6,
    SYS_ARGC = 1000,
    SYS_ARGV_SIZE = 1001,
    SYS_ARGV = 1002,
};

static int call(enum operation operation, uintptr_t first, uintptr_t second, uintptr_t third)
{
    register uintptr_t a2 __asm("a2") = (uintptr_t)operation;
    register uintptr_t a3 __asm("a3") = first;
    register uintptr_t a4 __asm("a4") = second;
    register uintptr_t a5 __asm("a5") = third;

    __asm volatile("simcall" : "+r"(a2), "+r"(a3) : "r"(a4), "r"(a5) : "memory");
    return (int)a2;
}

size_t semihosting_write(int descriptor, const char *bytes, size_t size)
{
    const int written = call(SYS_WRITE, (uintptr_t)descriptor, (uintptr_t)bytes, size);

    return written > 0 ? (size_t)written : 0;
}

/* The host writes a table of pointers, and the words that they point at behind it. */
void semihosting_command_line(char *text, size_t size)
{
    static union {
        char *words[256];
        char text[1024];
    } block;
    const int count = call(SYS_ARGC, 0, 0, 0);
    const size_t needed = (size_t)call(SYS_ARGV_SIZE, 0, 0, 0);
    size_t used = 0;

    text[0] = '\0';
    if (needed > sizeof block)
        return;
    (void)call(SYS_ARGV, (uintptr_t)&block, 0, 0);
    for (int i = 0; i < count; i++) {
        const size_t length = strlen(block.words[i]);
        if (used + length + 2 > size)
            return;
        if (i > 0)
            text[used++] = ' ';
        memcpy(text + used, block.words[i], length + 1);
        used += length;
    }
}

int semihosting_open(const char *path)
{
    return call(SYS_OPEN, (uintptr_t)path, 0, 0);
}

size_t semihosting_read(int handle, void *bytes, size_t size)
{
    const int got = call(SYS_READ, (uintptr_t)handle, (uintptr_t)bytes, size);

    return got > 0 ? (size_t)got : 0;
}

void semihosting_close(int handle)
{
    (void)call(SYS_CLOSE, (uintptr_t)handle, 0, 0);
}

long semihosting_time(void)
{
    return host_time();
}

_Noreturn void semihosting_exit(int code)
{
    for (;;)
        (void)call(SYS_EXIT, (uintptr_t)code, 0, 0);
}
