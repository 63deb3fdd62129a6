/* SPDX-License-Identifier: MIT */
#include "../host.h"

#include <switch.h>

bool host_floating_point(bool wanted)
{
    return !wanted;
}

void host_stop_tick(void)
{
    rtos_port_stop_tick();
}
