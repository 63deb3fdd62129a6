/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the DHCP client.
 */
#pragma once

#include "client/dhcp_machine.h"
#include "core/timer.h"

struct tcpip_dhcp {
    struct tcpip_end_point *end_point;
    struct tcpip_timer timer;
    struct dhcp_machine machine;
};

/* Does what the machine asks for. Returns what was done; 0: the client is gone. */
unsigned tcpip_dhcp_act(struct tcpip_dhcp *client, unsigned actions);
