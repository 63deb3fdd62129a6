/* SPDX-License-Identifier: MIT */
/*
 * Type names that are the same on every port: the old names of the C types, and the tick's width
 * by the kernel's option. A port's portmacro.h includes this after it has chosen portBASE_TYPE and
 * portSTACK_TYPE; the option headers come before portmacro.h.
 */
#pragma once

#include <stdint.h>

#define portCHAR   char
#define portFLOAT  float
#define portDOUBLE double
#define portLONG   long
#define portSHORT  short

typedef portSTACK_TYPE StackType_t;
typedef portBASE_TYPE BaseType_t;
typedef unsigned portBASE_TYPE UBaseType_t;

#if defined(configTICK_TYPE_WIDTH_IN_BITS) && defined(TICK_TYPE_WIDTH_64_BITS) &&                  \
    configTICK_TYPE_WIDTH_IN_BITS == TICK_TYPE_WIDTH_64_BITS
typedef uint64_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffffffffffffffu)
#elif defined(configTICK_TYPE_WIDTH_IN_BITS) && defined(TICK_TYPE_WIDTH_16_BITS) &&                \
    configTICK_TYPE_WIDTH_IN_BITS == TICK_TYPE_WIDTH_16_BITS
typedef uint16_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffu)
#else
typedef uint32_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffffffu)
#endif

#define portTICK_PERIOD_MS                           ((TickType_t)1000 / configTICK_RATE_HZ)

#define portTASK_FUNCTION_PROTO(function, parameter) void function(void *parameter)
#define portTASK_FUNCTION(function, parameter)       void function(void *parameter)
