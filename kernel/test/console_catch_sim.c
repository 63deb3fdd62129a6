/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "console_catch.h"

#include <stdio.h>
#include <sys/types.h>

static void (*taker)(const char *bytes, size_t size);

static ssize_t give(void *cookie, const char *bytes, size_t size)
{
    (void)cookie;
    taker(bytes, size);
    return (ssize_t)size;
}

void console_catch(void (*take)(const char *bytes, size_t size))
{
    static FILE *printed;

    if (take != NULL) {
        printed = stdout;
        taker = take;
        stdout = fopencookie(NULL, "w", (cookie_io_functions_t){.write = give});
        setvbuf(stdout, NULL, _IOLBF, 0);
    } else {
        fclose(stdout);
        stdout = printed;
    }
}
