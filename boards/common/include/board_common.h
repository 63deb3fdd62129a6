/* SPDX-License-Identifier: MIT */
/* What the parts of boards/common share with each other. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Exit codes of a run that went wrong. */
enum board_exit { BOARD_EXIT_FAULT = 70, BOARD_EXIT_MISUSE = 71 };

/* Splits the command line into words; before main. */
void board_settings_read(void);
extern int board_argument_count;
extern char *board_arguments[];

/* Standard output (1) or error (2), past the C library; returns how many bytes were written. Also from
 * a fault. */
size_t board_console_write(int descriptor, const char *bytes, size_t size);

/* Standard input; how many bytes, of which it waits for one. 0: there is none. */
size_t board_console_read(char *bytes, size_t size);

/* From now on nothing that is written waits for a task or an interrupt; what was written is on its way. */
void board_console_end(void);

/* What they do. */
struct board_console {
    size_t (*write)(int descriptor, const char *bytes, size_t size);
    size_t (*read)(char *bytes, size_t size);
    void (*end)(void);
};
void board_console_use(const struct board_console *console);

/* A line for the person who watches, on standard error: past the C library's streams, which small boards
 * then do without. At most 255 bytes. */
__attribute__((format(printf, 1, 2))) void board_complain(const char *format, ...);

/* Before main, first of all; for board_memory_used. */
void board_memory_paint(void);

/* The most that the C library has taken for its heap. */
size_t board_c_heap_used(void);

/* Prints what the last run's crash left. Before main. */
void board_crash_report_last(void);
