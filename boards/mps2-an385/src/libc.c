/* SPDX-License-Identifier: MIT */
/*
 * What newlib asks of the system below it: output and exit by semihosting, memory between the
 * variables and the main stack. There are no files, no input and no processes.
 */
#include "semihosting.h"

#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/* The linker script's. */
extern char heap_begin[], heap_end[];

int _write(int descriptor, const char *bytes, int size);
int _read(int descriptor, char *bytes, int size);
int _close(int descriptor);
int _fstat(int descriptor, struct stat *status);
int _isatty(int descriptor);
off_t _lseek(int descriptor, off_t offset, int origin);
void *_sbrk(ptrdiff_t size);
int _kill(int process, int number);
int _getpid(void);
_Noreturn void _exit(int code);

int _write(int descriptor, const char *bytes, int size)
{
    size_t written = semihosting_write(descriptor, bytes, (size_t)size);

    if (written == 0 && size > 0)
        errno = EIO;
    return written > 0 || size == 0 ? (int)written : -1;
}

int _read(int descriptor, char *bytes, int size)
{
    (void)descriptor, (void)bytes, (void)size;
    return 0;
}

int _close(int descriptor)
{
    (void)descriptor;
    return 0;
}

/* A character device: standard output is written line by line. */
int _fstat(int descriptor, struct stat *status)
{
    (void)descriptor;
    *status = (struct stat){.st_mode = S_IFCHR};
    return 0;
}

int _isatty(int descriptor)
{
    return descriptor <= 2;
}

off_t _lseek(int descriptor, off_t offset, int origin)
{
    (void)descriptor, (void)offset, (void)origin;
    return 0;
}

void *_sbrk(ptrdiff_t size)
{
    static char *end = heap_begin;
    char *before = end;

    if (size > heap_end - end || size < heap_begin - end) {
        errno = ENOMEM;
        return (void *)(intptr_t)-1;
    }
    end += size;
    return before;
}

int _kill(int process, int number)
{
    (void)process;
    _exit(128 + number);
}

int _getpid(void)
{
    return 1;
}

_Noreturn void _exit(int code)
{
    semihosting_exit(code);
}
