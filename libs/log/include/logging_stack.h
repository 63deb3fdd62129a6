/* SPDX-License-Identifier: MIT */
/*
 * LogError, LogWarn, LogInfo and LogDebug, with the double parentheses of the core libraries:
 *
 *     #define LIBRARY_LOG_NAME  "mqtt"
 *     #define LIBRARY_LOG_LEVEL LOG_INFO
 *     #include "logging_stack.h"
 *
 *     LogWarn(("no answer for %u ms", waited));
 *
 * A message above LIBRARY_LOG_LEVEL costs nothing: it is compiled, so that it stays correct, and
 * thrown away. Of the others linnet_log.h decides at run time. Arguments are evaluated only when
 * the message is written. From tasks, and before the scheduler starts; not from interrupts. May
 * block for the log's lock and as long as the sink does. A message ends without a new-line.
 */
#pragma once

#include "linnet_log.h"
#include "logging_levels.h"

#ifndef LIBRARY_LOG_NAME
#define LIBRARY_LOG_NAME "app"
#endif
#ifndef LIBRARY_LOG_LEVEL
#define LIBRARY_LOG_LEVEL LOG_INFO
#endif

#define LINNET_LOG_AT(level, message)                                                              \
    do {                                                                                           \
        if ((level) <= LIBRARY_LOG_LEVEL && linnet_log_begin((level), LIBRARY_LOG_NAME)) {         \
            linnet_log_text message;                                                               \
            linnet_log_end();                                                                      \
        }                                                                                          \
    } while (0)

/* The core libraries have empty ones where nobody provides any. */
#undef LogError
#undef LogWarn
#undef LogInfo
#undef LogDebug
#define LogError(message) LINNET_LOG_AT(LOG_ERROR, message)
#define LogWarn(message)  LINNET_LOG_AT(LOG_WARN, message)
#define LogInfo(message)  LINNET_LOG_AT(LOG_INFO, message)
#define LogDebug(message) LINNET_LOG_AT(LOG_DEBUG, message)
