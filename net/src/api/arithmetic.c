/* SPDX-License-Identifier: MIT */
/*
 * The small arithmetic of FreeRTOS_IP.h.
 */
#include "FreeRTOS_IP.h"

int32_t FreeRTOS_max_int32(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

uint32_t FreeRTOS_max_uint32(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

size_t FreeRTOS_max_size_t(size_t a, size_t b)
{
    return a > b ? a : b;
}

int32_t FreeRTOS_min_int32(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

uint32_t FreeRTOS_min_uint32(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

size_t FreeRTOS_min_size_t(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int32_t saturated(int64_t value)
{
    return value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int32_t)value;
}

int32_t FreeRTOS_add_int32(int32_t a, int32_t b)
{
    return saturated((int64_t)a + b);
}

int32_t FreeRTOS_multiply_int32(int32_t a, int32_t b)
{
    return saturated((int64_t)a * b);
}

uint32_t FreeRTOS_round_up(uint32_t value, uint32_t multiple)
{
    configASSERT(multiple != 0);
    return multiple == 0 ? value : (value + multiple - 1) / multiple * multiple;
}

uint32_t FreeRTOS_round_down(uint32_t value, uint32_t multiple)
{
    configASSERT(multiple != 0);
    return multiple == 0 ? value : value / multiple * multiple;
}
