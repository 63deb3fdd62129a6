/* SPDX-License-Identifier: MIT */
#include "../host.h"

#include <scs.h>

void host_stop_tick(void)
{
    SYST_CSR = 0;
}
