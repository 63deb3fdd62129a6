/* SPDX-License-Identifier: MIT */
/*
 * Steps and figures. Every line is formatted whole and written by one call, so that lines of
 * different tasks never mix.
 */
#include "report.h"

#include <FreeRTOS.h>
#include <board.h>
#include <task.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD_SIZE  80 /* of what stands before the text */
#define LINE_SIZE  640
#define MAX_PHASES 6
#define MAX_TASKS  8

static bool json, verbose;
static struct {
    const char *name;
    uint32_t milliseconds;
} phases[MAX_PHASES];

void report_init(void)
{
    json = board_setting("json") != NULL;
    verbose = board_setting("verbose") != NULL;
}

bool report_is_json(void)
{
    return json;
}

uint32_t report_now_ms(void)
{
    return (uint32_t)(board_uptime_us() / 1000u);
}

/* Past the C library's streams, which small boards then do without. */
static void write_all(const char *bytes, size_t size)
{
    while (size > 0) {
        const ssize_t written = write(STDOUT_FILENO, bytes, size);
        if (written <= 0)
            return; /* nobody is left to be told */
        bytes += written;
        size -= (size_t)written;
    }
}

/* Copies text so that it can stand in a JSON string; returns its new length. */
static size_t escape(char *to, size_t size, const char *from)
{
    size_t used = 0;

    for (; *from != '\0' && used + 7 < size; from++) {
        unsigned char c = (unsigned char)*from;
        if (c == '"' || c == '\\')
            used += (size_t)snprintf(to + used, size - used, "\\%c", c);
        else if (c < 0x20)
            used += (size_t)snprintf(to + used, size - used, "\\u%04x", c);
        else
            to[used++] = (char)c;
    }
    to[used] = '\0';
    return used;
}

/* Without floating point, which not every board's compiler has a library for. */
static void write_event(const char *name, const char *text)
{
    static const char end[] = "\"}\n";
    char line[HEAD_SIZE + LINE_SIZE + sizeof end];
    const uint64_t now = board_uptime_us() / 1000;
    const unsigned seconds = (unsigned)(now / 1000), milliseconds = (unsigned)(now % 1000);
    size_t used;

    if (json) {
        used = (size_t)snprintf(line, HEAD_SIZE,
                                "{\"event\":\"%.20s\",\"seconds\":%u.%03u,\"text\":\"", name,
                                seconds, milliseconds);
        used += escape(line + used, LINE_SIZE, text);
        memcpy(line + used, end, sizeof end);
        used += sizeof end - 1;
    } else {
        used = (size_t)snprintf(line, HEAD_SIZE + LINE_SIZE, "%4u.%03u s  %-10.20s %.*s\n", seconds,
                                milliseconds, name, LINE_SIZE, text);
    }
    write_all(line, used);
}

void report_step(const char *name, const char *format, ...)
{
    char text[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    write_event(name, text);
}

void report_detail(const char *name, const char *format, ...)
{
    char text[LINE_SIZE];
    va_list arguments;

    if (!verbose)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    write_event(name, text);
}

void report_problem(const char *format, ...)
{
    char text[LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    write_event("problem", text);
}

void report_line(const char *format, ...)
{
    char text[2 * LINE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text - 1, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    size_t used = strlen(text);
    text[used++] = '\n';
    write_all(text, used);
}

void report_phase(const char *phase, uint32_t milliseconds)
{
    size_t i = 0;

    while (i < MAX_PHASES && phases[i].name != NULL && strcmp(phases[i].name, phase) != 0)
        i++;
    if (i == MAX_PHASES || phases[i].name != NULL)
        return;
    phases[i].name = phase;
    phases[i].milliseconds = milliseconds;
}

/* Text that grows in a buffer; what does not fit is cut. */
struct text {
    char *start;
    size_t size, used;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(text->start + text->used, text->size - text->used, format, arguments);
    va_end(arguments);
    if (length > 0)
        text->used += (size_t)length;
    if (text->used >= text->size)
        text->used = text->size - 1;
}

static void add_phases(struct text *text)
{
    add(text, "%s", json ? "\"phases_ms\":{" : "");
    for (size_t i = 0; i < MAX_PHASES && phases[i].name != NULL; i++)
        add(text, json ? "%s\"%s\":%" PRIu32 : "%s%s %" PRIu32 " ms",
            i > 0 ? (json ? "," : ", ") : "", phases[i].name, phases[i].milliseconds);
    add(text, "%s", json ? "}," : "; ");
}

static void add_heap(struct text *text)
{
    size_t total = configTOTAL_HEAP_SIZE, least = xPortGetMinimumEverFreeHeapSize();

    add(text,
        json ? "\"heap\":{\"high_water\":%lu,\"size\":%lu}," : "heap %lu of %lu bytes at most; ",
        (unsigned long)(total - least), (unsigned long)total);
}

static void add_stacks(struct text *text)
{
    static TaskStatus_t tasks[MAX_TASKS];
    UBaseType_t count = uxTaskGetSystemState(tasks, MAX_TASKS, NULL);

    add(text, "%s", json ? "\"stacks\":{" : "stacks at most");
    for (UBaseType_t i = 0; i < count; i++) {
        size_t size = (size_t)(tasks[i].pxEndOfStack - tasks[i].pxStackBase) + 1;
        unsigned long used = (size - tasks[i].usStackHighWaterMark) * sizeof(StackType_t);
        add(text, json ? "%s\"%s\":%lu" : "%s %s %lu", i > 0 ? "," : "", tasks[i].pcTaskName, used);
    }
    add(text, "%s", json ? "}" : " bytes");
}

/* What the board knows of memory besides the kernel's heap. */
static void add_board_memory(struct text *text)
{
    struct board_memory memory;

    if (!board_memory_used(&memory))
        return;
    add(text,
        json ? ",\"main_stack\":%lu,\"c_heap\":%lu"
             : "; main stack %lu, C library's heap %lu bytes at most",
        (unsigned long)memory.main_stack, (unsigned long)memory.c_heap);
}

void report_resources(char *buffer, uint32_t size)
{
    struct text text = {buffer, size, 0};

    buffer[0] = '\0';
    add_phases(&text);
    add_heap(&text);
    add_stacks(&text);
    add_board_memory(&text);
}
