/* SPDX-License-Identifier: MIT */
/*
 * What newlib asks of the system below it: the console, memory between the variables and the
 * main stack, and a lock round its heap and its environment, since tasks share them. There are no
 * files and no processes. What newlib keeps for each task (errno, strtok, stdio's buffers) it
 * has with configUSE_NEWLIB_REENTRANT.
 */
#include "board_common.h"

#include <FreeRTOS.h>
#include <task.h>

#include <errno.h>
#include <reent.h>
#include <semihosting.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
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
void __malloc_lock(struct _reent *state);
void __malloc_unlock(struct _reent *state);
void __env_lock(struct _reent *state);
void __env_unlock(struct _reent *state);
void __wrap___sinit(struct _reent *state);
void __real___sinit(struct _reent *state);
void __wrap__reclaim_reent(struct _reent *state);
void __real__reclaim_reent(struct _reent *state);

int _write(int descriptor, const char *bytes, int size)
{
    size_t written = board_console_write(descriptor, bytes, (size_t)size);

    if (written == 0 && size > 0)
        errno = EIO;
    return written > 0 || size == 0 ? (int)written : -1;
}

int _read(int descriptor, char *bytes, int size)
{
    return descriptor == 0 ? (int)board_console_read(bytes, (size_t)size) : 0;
}

int _close(int descriptor)
{
    (void)descriptor;
    return 0;
}

/* A character device: standard output is written line by line, and a buffer is no longer than a line. */
int _fstat(int descriptor, struct stat *status)
{
    (void)descriptor;
    *status = (struct stat){.st_mode = S_IFCHR, .st_blksize = 128};
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

/* Before the scheduler starts there is one thread only. An interrupt must not use the heap; what prints
 * a failed assertion of one, and ends, may come through here. */
static bool has_tasks(void)
{
    return xTaskGetSchedulerState() != taskSCHEDULER_NOT_STARTED && !portCHECK_IF_IN_ISR();
}

static void lock(void)
{
    if (has_tasks())
        vTaskSuspendAll();
}

static void unlock(void)
{
    if (has_tasks())
        (void)xTaskResumeAll();
}

void __malloc_lock(struct _reent *state)
{
    (void)state;
    lock();
}

void __malloc_unlock(struct _reent *state)
{
    (void)state;
    unlock();
}

void __env_lock(struct _reent *state)
{
    (void)state;
    lock();
}

void __env_unlock(struct _reent *state)
{
    (void)state;
    unlock();
}

/* A task that prints for the first time: the small newlib takes its streams from a list of all. The
 * linker's --wrap brings the library's calls here. */
void __wrap___sinit(struct _reent *state)
{
    lock();
    __real___sinit(state);
    unlock();
}

/* The same newlib does not give the streams of a task that ends back to the list. */
void __wrap__reclaim_reent(struct _reent *state)
{
    if (state->__sdidinit) {
        (void)_fclose_r(state, state->_stdin);
        (void)_fclose_r(state, state->_stdout);
        (void)_fclose_r(state, state->_stderr);
    }
    __real__reclaim_reent(state);
}

static char *end = heap_begin, *most = heap_begin;

void *_sbrk(ptrdiff_t size)
{
    char *before = end;

    if (size > heap_end - end || size < heap_begin - end) {
        errno = ENOMEM;
        return (void *)(intptr_t)-1;
    }
    end += size;
    if (end > most)
        most = end;
    return before;
}

size_t board_c_heap_used(void)
{
    return (size_t)(most - heap_begin);
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
    board_console_end();
    semihosting_exit(code);
}
