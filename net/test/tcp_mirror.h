/* SPDX-License-Identifier: MIT */
/*
 * A wire with a mirror at its end: what the stack sends to 10.0.0.2 comes back as if 10.0.0.2 had
 * sent it to us, so that a client and a server of the same stack talk to each other through every
 * layer. Frames take time and can be lost, doubled, held back and damaged. ARP is answered.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "netif.h"

struct mirror_faults {
    unsigned lose, reorder, repeat, damage; /* percent */
};

extern struct netif mirror_netif;

/* Starts the wire's task and the stack, and waits until the network is up. */
void mirror_start(void);

/* Stops both; checks that the stack has kept nothing. */
void mirror_stop(void);

void mirror_set_faults(struct mirror_faults faults);
void mirror_cut(bool cut); /* everything is lost */
