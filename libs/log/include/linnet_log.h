/* SPDX-License-Identifier: MIT */
/*
 * Where log messages go, and which of them: the run-time side of logging_stack.h.
 *
 * A line reads `[   12.345] WARN  mqtt: no answer for 1500 ms`; the time only with a clock. The
 * library knows no system: the application gives it a clock, a lock and a sink. All settings are
 * made before several tasks log.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINNET_LOG_LINE    256 /* a longer line is cut and ends in "..." */
#define LINNET_LOG_MODULES 8   /* so many modules can have a level of their own */

/* Takes one line, which ends in a new-line and a zero byte; `length` counts the former. Called with
 * the lock held: must not log. NULL: standard output, by printf. */
typedef void (*linnet_log_sink_t)(void *context, int level, const char *line, size_t length);
void linnet_log_set_sink(linnet_log_sink_t sink, void *context);

/* Milliseconds since the start; NULL: lines without a time. */
void linnet_log_set_clock(uint64_t (*milliseconds)(void));

/* A lock around each line; both NULL: only one task logs. */
void linnet_log_set_lock(void (*lock)(void), void (*unlock)(void));

/* Messages up to this level (logging_levels.h) are written; at the start LOG_DEBUG, that is, all
 * that were compiled. */
void linnet_log_set_level(int level);

/* A level for one module, instead. `module` must stay valid. False: LINNET_LOG_MODULES have one. */
bool linnet_log_set_module_level(const char *module, int level);

/* The three parts of a message, for logging_stack.h. After begin returned true, end must follow. */
bool linnet_log_begin(int level, const char *module);
__attribute__((format(printf, 1, 2))) void linnet_log_text(const char *format, ...);
void linnet_log_end(void);
