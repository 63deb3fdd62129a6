/* SPDX-License-Identifier: MIT */
/*
 * The board's timer counts 25 times a microsecond of QEMU's virtual time, in which with `-icount
 * shift=10` an instruction takes 1.024 us: 25.6 counts.
 */
#include "measure.h"

#include "host.h"

#include <stdbool.h>

uint32_t measure_stretches;

static bool started;
static uint32_t begun;
static uint64_t counts;

void measure_start(void)
{
    host_clock_begin();
    started = true;
    measure_stretches = 0;
    counts = 0;
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
    begun = host_clock();
}

void measure_end(void)
{
    uint32_t end = host_clock();

    if (started)
        counts += end - begun;
}

uint64_t measure_tenths(void)
{
    return counts * 100 / 256;
}
