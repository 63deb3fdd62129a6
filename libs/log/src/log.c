/* SPDX-License-Identifier: MIT */
/*
 * One line at a time is put together in one buffer, which the lock protects from begin to end.
 * Levels are read without it: they change before tasks start.
 */
#include "linnet_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "logging_levels.h"

static const char ending[] = "...";

static struct {
    linnet_log_sink_t sink;
    void *sink_context;
    uint64_t (*milliseconds)(void);
    void (*lock)(void);
    void (*unlock)(void);
    int level;
    struct {
        const char *name;
        int level;
    } modules[LINNET_LOG_MODULES];
    size_t module_count;

    /* The line in the making; room for the new-line and the zero byte is kept. */
    int line_level;
    size_t length;
    char line[LINNET_LOG_LINE];
} logger = {.level = LOG_DEBUG};

void linnet_log_set_sink(linnet_log_sink_t sink, void *context)
{
    logger.sink = sink;
    logger.sink_context = context;
}

void linnet_log_set_clock(uint64_t (*milliseconds)(void))
{
    logger.milliseconds = milliseconds;
}

void linnet_log_set_lock(void (*lock)(void), void (*unlock)(void))
{
    logger.lock = lock;
    logger.unlock = unlock;
}

void linnet_log_set_level(int level)
{
    logger.level = level;
}

bool linnet_log_set_module_level(const char *module, int level)
{
    size_t i = 0;

    while (i < logger.module_count && strcmp(logger.modules[i].name, module) != 0)
        i++;
    if (i == LINNET_LOG_MODULES)
        return false;
    if (i == logger.module_count) {
        logger.modules[i].name = module;
        logger.module_count++;
    }
    logger.modules[i].level = level;
    return true;
}

static int level_of(const char *module)
{
    for (size_t i = 0; i < logger.module_count; i++)
        if (strcmp(logger.modules[i].name, module) == 0)
            return logger.modules[i].level;
    return logger.level;
}

static const char *level_name(int level)
{
    static const char *const names[] = {
        [LOG_ERROR] = "ERROR", [LOG_WARN] = "WARN ", [LOG_INFO] = "INFO ", [LOG_DEBUG] = "DEBUG"};

    return level >= LOG_ERROR && level <= LOG_DEBUG ? names[level] : "?    ";
}

static void append(const char *format, va_list arguments)
{
    size_t room = sizeof logger.line - 1 -
                  logger.length; /* with a zero byte, before the new-line */
    int written = vsnprintf(logger.line + logger.length, room, format, arguments);

    if (written < 0)
        return;
    if ((size_t)written < room) {
        logger.length += (size_t)written;
        return;
    }
    logger.length = sizeof logger.line - 2;
    memcpy(logger.line + logger.length - (sizeof ending - 1), ending, sizeof ending - 1);
}

void linnet_log_text(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    append(format, arguments);
    va_end(arguments);
}

bool linnet_log_begin(int level, const char *module)
{
    if (level > level_of(module))
        return false;
    if (logger.lock != NULL)
        logger.lock();
    logger.length = 0;
    logger.line_level = level;
    if (logger.milliseconds != NULL) {
        uint64_t now = logger.milliseconds();
        linnet_log_text("[%5llu.%03u] ", (unsigned long long)(now / 1000), (unsigned)(now % 1000));
    }
    linnet_log_text("%s %s: ", level_name(level), module);
    return true;
}

void linnet_log_end(void)
{
    logger.line[logger.length++] = '\n';
    logger.line[logger.length] = '\0';
    if (logger.sink != NULL)
        logger.sink(logger.sink_context, logger.line_level, logger.line, logger.length);
    else
        printf("%s", logger.line);
    if (logger.unlock != NULL)
        logger.unlock();
}
