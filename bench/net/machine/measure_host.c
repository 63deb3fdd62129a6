/* SPDX-License-Identifier: MIT */
/* Under callgrind with --collect-atstart=no each toggle starts or stops its counting. */
#include "measure.h"

#include <stdbool.h>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT
#endif

uint32_t measure_stretches;

static bool started;

void measure_start(void)
{
    started = true;
    measure_stretches = 0;
}

void measure_stop(void)
{
    started = false;
}

void measure_begin(void)
{
    if (!started)
        return;
    measure_stretches++;
    CALLGRIND_TOGGLE_COLLECT;
}

void measure_end(void)
{
    if (!started)
        return;
    CALLGRIND_TOGGLE_COLLECT;
}

uint64_t measure_tenths(void)
{
    return 0;
}
