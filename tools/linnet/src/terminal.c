/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct terminal_mode terminal;

void say(const char *format, ...)
{
    FILE *stream = terminal.json ? stderr : stdout;
    va_list values;

    va_start(values, format);
    vfprintf(stream, format, values);
    va_end(values);
    fputc('\n', stream);
    fflush(stream);
}

void complain(const char *what, const char *why, const char *mend)
{
    fflush(stdout);
    fprintf(stderr, "%serror:%s %s\n", colour_begin(stderr, COLOUR_BAD), colour_end(stderr), what);
    if (why)
        fprintf(stderr, "  why:   %s\n", why);
    if (mend)
        fprintf(stderr, "  to do: %s\n", mend);
}

void emit_json(const char *format, ...)
{
    va_list values;

    if (!terminal.json)
        return;
    va_start(values, format);
    vprintf(format, values);
    va_end(values);
    putchar('\n');
    fflush(stdout);
}

static bool has_colours(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR");

    return !(no_colour && *no_colour) && is_live(stream);
}

const char *colour_begin(FILE *stream, enum colour colour)
{
    static const char *const sequences[] = {"", "\033[32m", "\033[31m", "\033[33m", "\033[2m"};

    return has_colours(stream) ? sequences[colour] : "";
}

const char *colour_end(FILE *stream)
{
    return has_colours(stream) ? "\033[0m" : "";
}

bool is_live(FILE *stream)
{
    const char *type = getenv("TERM");

    return isatty(fileno(stream)) && type && strcmp(type, "dumb") != 0;
}

void show_status(const char *format, ...)
{
    struct winsize window = {0};
    char line[512];
    va_list values;
    int width;

    if (terminal.json || !is_live(stdout))
        return;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col ? window.ws_col : 80;
    printf("\r\033[K%.*s", width - 1, line);
    fflush(stdout);
}
