/* SPDX-License-Identifier: MIT */
#include "core/end_point.h"
#include "core/stack.h"

void tcpip_stack_restart(struct tcpip_interface *interface)
{
    tcpip_interface_set_link(interface, false);
    interface->started = false;
    tcpip_timer_start(&interface->retry_start, 0);
}
