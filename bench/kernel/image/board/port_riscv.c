/* SPDX-License-Identifier: MIT */
#include "../host.h"

#include <switch.h>

void host_stop_tick(void)
{
    rtos_port_stop_tick();
}
