/* SPDX-License-Identifier: MIT */
#include "../host.h"

#include <FreeRTOS.h>
#include <switch.h>

/* A task without them is what each is that does not ask, with configUSE_TASK_FPU_SUPPORT 1. */
bool host_floating_point(bool wanted)
{
    if (wanted)
        portTASK_USES_FLOATING_POINT();
    else
        rtos_port.uses_fpu = 0;
    return true;
}

void host_stop_tick(void)
{
    rtos_port_stop_tick();
}
