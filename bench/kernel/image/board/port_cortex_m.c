/* SPDX-License-Identifier: MIT */
#include "../host.h"

#include <scs.h>

/* A task has them from its first use of one. */
bool host_floating_point(bool wanted)
{
#ifdef __ARM_FP
    if (wanted)
        __asm volatile("vmov.f32 s0, #1.0" ::: "s0");
    return true;
#else
    return !wanted;
#endif
}

void host_stop_tick(void)
{
    SYST_CSR = 0;
}
