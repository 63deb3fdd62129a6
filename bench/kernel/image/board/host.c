/* SPDX-License-Identifier: MIT */
/* The machine by the interfaces that every board fulfils: what is not in machine.h, and a tick that stops,
 * which is the port's (port_PORT.c), as floating point is. */
#include "../host.h"

#include <board.h>
#include <board_priority.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *host_argument(int count, char **words)
{
    static char line[128];

    for (int i = 1; i < count; i++) {
        const size_t used = strlen(line);

        (void)snprintf(line + used, sizeof line - used, "%s%s", used > 0 ? " " : "", words[i]);
    }
    return line;
}

void host_print(const char *text)
{
    (void)fputs(text, stderr); /* standard output may be the log of the emulator */
}

void *host_memory(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL) {
        host_print("there is not enough memory\n");
        host_exit(1);
    }
    return memory;
}

void host_exit(int code)
{
    board_exit(code);
}

/* The board has started its timer. */
void host_clock_begin(void)
{
}

void host_interrupt_begin(void (*handler)(void))
{
    board_interrupt_install(BOARD_LINE_SPARE, handler, BOARD_PRIORITY_KERNEL);
}
