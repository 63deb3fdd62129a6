/* SPDX-License-Identifier: MIT */
/* Counted messages on one stream: the count is what decides whether a run has failed. */
#include "report.h"

#include <stdarg.h>

static FILE *output;
static int count;

void report(struct place where, const char *format, ...)
{
    FILE *stream = output != NULL ? output : stderr;
    va_list arguments;

    fprintf(stream, "%s:", where.file);
    if (where.line > 0)
        fprintf(stream, "%d:", where.line);
    fputc(' ', stream);
    va_start(arguments, format);
    vfprintf(stream, format, arguments);
    va_end(arguments);
    fputc('\n', stream);
    count++;
}

int report_count(void)
{
    return count;
}

void report_to(FILE *stream)
{
    output = stream;
}
