/* SPDX-License-Identifier: MIT */
/*
 * What picolibc asks of the system below it: the console, memory between the variables and the main
 * stack, and locks, since tasks share its heap. There are no files and no processes.
 * What a task has of the C library for itself (errno, strtok) are thread-local variables, with
 * configUSE_PICOLIBC_TLS.
 */
#include "board_common.h"

#include <FreeRTOS.h>
#include <task.h>

#include <errno.h>
#include <semihosting.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/lock.h>
#include <unistd.h>

int kill(pid_t process, int number);

enum { LINES = 8, LINE_SIZE = 96 };

/* The linker script's. */
extern char heap_begin[], heap_end[];

/* --- the console ------------------------------------------------------------------------------------ */

/*
 * Standard output goes line by line, so that lines of different tasks do not mix: who has begun a line
 * owns one of these until it ends. If there are more such tasks than lines, what is left prints byte by
 * byte. Interrupts, and main before the scheduler starts, print as one task.
 */
static struct line {
    bool taken;
    TaskHandle_t owner;
    unsigned used;
    char text[LINE_SIZE];
} lines[LINES];

static TaskHandle_t self(void)
{
    return portCHECK_IF_IN_ISR() ? NULL : xTaskGetCurrentTaskHandle();
}

static struct line *begun_line(TaskHandle_t owner)
{
    for (struct line *line = lines; line < lines + LINES; line++)
        if (line->taken && line->owner == owner)
            return line;
    return NULL;
}

/* NULL: all are taken. */
static struct line *new_line(TaskHandle_t owner)
{
    const UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    struct line *line = lines;

    while (line < lines + LINES && line->taken)
        line++;
    if (line < lines + LINES) {
        line->owner = owner;
        line->used = 0;
        line->taken = true;
    }
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    return line < lines + LINES ? line : NULL;
}

static int print(const char *text, size_t size)
{
    if (board_console_write(1, text, size) == size)
        return 0;
    errno = EIO;
    return EOF;
}

static int end_line(struct line *line)
{
    const int result = print(line->text, line->used);

    line->taken = false;
    return result;
}

static int flush_output(FILE *stream)
{
    (void)stream;
    struct line *line = begun_line(self());

    return line != NULL ? end_line(line) : 0;
}

static int put_output(char byte, FILE *stream)
{
    (void)stream;
    const TaskHandle_t owner = self();
    struct line *line = begun_line(owner);
    int result = 0;

    if (line == NULL)
        line = new_line(owner);
    if (line == NULL) {
        result = print(&byte, 1);
    } else {
        line->text[line->used++] = byte;
        if (byte == '\n' || line->used == LINE_SIZE)
            result = end_line(line);
    }
    return result == 0 ? (unsigned char)byte : EOF;
}

static int put_error(char byte, FILE *stream)
{
    (void)stream;
    if (board_console_write(2, &byte, 1) == 1)
        return (unsigned char)byte;
    errno = EIO;
    return EOF;
}

static int get_input(FILE *stream)
{
    (void)stream;
    char byte;

    return board_console_read(&byte, 1) == 1 ? (unsigned char)byte : _FDEV_EOF;
}

static FILE input = FDEV_SETUP_STREAM(NULL, get_input, NULL, _FDEV_SETUP_READ);
static FILE output = FDEV_SETUP_STREAM(put_output, NULL, flush_output, _FDEV_SETUP_WRITE);
static FILE error = FDEV_SETUP_STREAM(put_error, NULL, NULL, _FDEV_SETUP_WRITE);

FILE *const stdin = &input;
FILE *const stdout = &output;
FILE *const stderr = &error;

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    const size_t written = board_console_write(descriptor, bytes, size);

    if (written == 0 && size > 0) {
        errno = EIO;
        return -1;
    }
    return (ssize_t)written;
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    return descriptor == 0 ? (ssize_t)board_console_read(bytes, size) : 0;
}

/* --- memory and locks -------------------------------------------------------------------------- */

static char *end = heap_begin, *most = heap_begin;

void *sbrk(ptrdiff_t size)
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

/* Every lock is the same one, so none has a state. */
struct __lock {
    char unused;
};
struct __lock __lock___libc_recursive_mutex;

/* The scheduler stands still meanwhile; before it starts there is one thread only. */
static void hold(void)
{
    if (xTaskGetSchedulerState() != taskSCHEDULER_NOT_STARTED)
        vTaskSuspendAll();
}

static void let_go(void)
{
    if (xTaskGetSchedulerState() != taskSCHEDULER_NOT_STARTED)
        (void)xTaskResumeAll();
}

void __retarget_lock_init(_LOCK_T *lock)
{
    *lock = &__lock___libc_recursive_mutex;
}

void __retarget_lock_init_recursive(_LOCK_T *lock)
{
    *lock = &__lock___libc_recursive_mutex;
}

void __retarget_lock_close(_LOCK_T lock)
{
    (void)lock;
}

void __retarget_lock_close_recursive(_LOCK_T lock)
{
    (void)lock;
}

void __retarget_lock_acquire(_LOCK_T lock)
{
    (void)lock;
    hold();
}

void __retarget_lock_acquire_recursive(_LOCK_T lock)
{
    (void)lock;
    hold();
}

/* Newer versions do not ask for these two any more. */
int __retarget_lock_try_acquire(_LOCK_T lock);
int __retarget_lock_try_acquire_recursive(_LOCK_T lock);

int __retarget_lock_try_acquire(_LOCK_T lock)
{
    (void)lock;
    hold();
    return 1;
}

int __retarget_lock_try_acquire_recursive(_LOCK_T lock)
{
    (void)lock;
    hold();
    return 1;
}

void __retarget_lock_release(_LOCK_T lock)
{
    (void)lock;
    let_go();
}

void __retarget_lock_release_recursive(_LOCK_T lock)
{
    (void)lock;
    let_go();
}

/* --- the end ----------------------------------------------------------------------------------- */

/* What abort() comes to. */
int kill(pid_t process, int number)
{
    (void)process;
    _exit(128 + number);
}

pid_t getpid(void)
{
    return 1;
}

_Noreturn void _exit(int code)
{
    for (struct line *line = lines; line < lines + LINES; line++)
        if (line->taken)
            (void)end_line(line);
    board_console_end();
    semihosting_exit(code);
}
