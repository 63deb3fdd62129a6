/* SPDX-License-Identifier: MIT */
/*
 * A crash is told twice: now, on the console, and by a record in memory that no start-up clears, which
 * the next start prints. Nothing here uses the C library's buffers or heap, whose state is not trusted.
 */
#include "board_common.h"

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_start.h>
#include <board_watchdog.h>
#include <semihosting.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* A record that nobody has seen, and one that this start has printed. */
#define MAGIC   0xc7a54ed1u
#define SEEN    0xc7a54ed2u
#define WATCHED 0x77a7c4edu

/* Wider than the longest name of a register. */
enum { COLUMN = 7 };

/* The linker script's. */
extern struct board_crash board_crash_memory;
extern char ram_begin[], ram_end[];

static bool (*is_watchdogs)(struct board_crash *crash);
static bool restarted_by_watchdog;

static void print(const char *text)
{
    (void)board_console_write(2, text, strlen(text));
}

static void print_number(uintptr_t number)
{
    char text[2 * sizeof number + 1];

    for (size_t i = 2 * sizeof number; i-- > 0; number /= 16)
        text[i] = "0123456789abcdef"[number % 16];
    text[2 * sizeof number] = '\0';
    print(text);
}

static uint32_t checksum(const struct board_crash *crash)
{
    const uint8_t *bytes = (const uint8_t *)crash;
    uint32_t sum = MAGIC;

    for (size_t i = 0; i < offsetof(struct board_crash, checksum); i++)
        sum = (sum ^ bytes[i]) * 16777619u;
    return sum;
}

static bool is_valid(const struct board_crash *crash)
{
    return crash->magic == MAGIC && crash->checksum == checksum(crash) &&
           crash->register_count <= BOARD_CRASH_REGISTERS &&
           crash->stack_count <= BOARD_CRASH_STACK && crash->kind[sizeof crash->kind - 1] == '\0' &&
           crash->task[sizeof crash->task - 1] == '\0';
}

static void print_row(const char *name, uintptr_t value, uint32_t column, uint32_t last)
{
    static const char blanks[COLUMN] = "       ";

    if (strlen(name) < COLUMN)
        (void)board_console_write(2, blanks, COLUMN - strlen(name));
    print(name);
    print(" ");
    print_number(value);
    if (column % 4 == 3 || last)
        print("\n");
}

static void print_crash(const struct board_crash *crash)
{
    print(crash->kind);
    print(" in task '");
    print(crash->task);
    print("'\n");
    for (uint32_t i = 0; i < crash->register_count && board_crash_register_names[i] != NULL; i++)
        print_row(board_crash_register_names[i], crash->registers[i], i,
                  i + 1 == crash->register_count);
    for (uint32_t i = 0; i < crash->stack_count; i++)
        print_row(i == 0 ? "stack" : "", crash->stack[i], i, i + 1 == crash->stack_count);
}

/* The name of the task, if there is one and what lies there can be a name. */
static void name_task(struct board_crash *crash)
{
    TaskHandle_t task = xTaskGetCurrentTaskHandle();
    const char *name = task != NULL ? pcTaskGetName(task) : "(none)";
    const bool in_memory = task == NULL ||
                           ((uintptr_t)name >= (uintptr_t)ram_begin &&
                            (uintptr_t)name < (uintptr_t)ram_end - sizeof crash->task);

    for (size_t i = 0; in_memory && i < sizeof crash->task - 1 && name[i] != '\0'; i++) {
        if (name[i] < ' ' || name[i] > '~') {
            crash->task[0] = '\0';
            break;
        }
        crash->task[i] = name[i];
    }
    if (crash->task[0] == '\0')
        strcpy(crash->task, "(overwritten)");
}

/* What of the stack lies in memory. */
static void keep_stack(struct board_crash *crash)
{
    const uintptr_t at = crash->stack_at;

    crash->stack_count = 0;
    if (at % sizeof(uintptr_t) != 0 || at < (uintptr_t)ram_begin)
        return;
    while (crash->stack_count < BOARD_CRASH_STACK &&
           at + (crash->stack_count + 1) * sizeof(uintptr_t) <= (uintptr_t)ram_end) {
        crash->stack[crash->stack_count] = ((const uintptr_t *)at)[crash->stack_count];
        crash->stack_count++;
    }
}

void board_crash_name_interrupt(struct board_crash *crash, unsigned line)
{
    char digits[10];
    size_t first = sizeof digits;

    do
        digits[--first] = (char)('0' + line % 10);
    while ((line /= 10) > 0 && first > 0);
    strcpy(crash->kind, "interrupt ");
    strncat(crash->kind, digits + first, sizeof digits - first);
    strncat(crash->kind, " without a handler", sizeof crash->kind - 1 - strlen(crash->kind));
}

struct board_crash *board_crash_begin(void)
{
    memset(&board_crash_memory, 0, sizeof board_crash_memory);
    return &board_crash_memory;
}

_Noreturn void board_crash_end(void)
{
    struct board_crash *crash = &board_crash_memory;
    const char *after = board_setting("after-crash");

    board_console_end();
    const bool restarts = is_watchdogs != NULL && is_watchdogs(crash);

    name_task(crash);
    keep_stack(crash);
    crash->magic = MAGIC;
    crash->checksum = checksum(crash);
    print_crash(crash);
    while (restarts) {
    }
    if (after != NULL && strcmp(after, "restart") == 0)
        board_restart();
    semihosting_exit(BOARD_EXIT_FAULT);
}

/* The last word of the memory; what lies there after power came is none. */
static volatile uint32_t *watched(void)
{
    return (volatile uint32_t *)((uintptr_t)&board_crash_memory + BOARD_CRASH_MEMORY) - 1;
}

void board_watched(bool (*is_its)(struct board_crash *crash))
{
    is_watchdogs = is_its;
    *watched() = is_its != NULL ? WATCHED : 0;
}

bool board_watchdog_has_restarted(void)
{
    return restarted_by_watchdog;
}

void board_crash_report_last(void)
{
    struct board_crash *crash = &board_crash_memory;
    const bool valid = is_valid(crash);

    restarted_by_watchdog = *watched() == WATCHED &&
                            (!valid || strcmp(crash->kind, BOARD_CRASH_WATCHDOG) == 0);
    *watched() = 0;
    if (restarted_by_watchdog && !valid)
        print("before the restart: " BOARD_CRASH_WATCHDOG ", and nothing was kept\n");
    if (!valid) {
        crash->magic = 0;
        return;
    }
    print("before the restart: ");
    print_crash(crash);
    crash->magic = SEEN;
}

const struct board_crash *board_crash_last(void)
{
    return board_crash_memory.magic == SEEN ? &board_crash_memory : NULL;
}
