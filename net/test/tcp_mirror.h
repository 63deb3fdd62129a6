/* SPDX-License-Identifier: MIT */
/*
 * The stack on a wire with a mirror at its end (wire.h): what it sends to 10.0.0.2 or 2001:db8::2 comes
 * back as if that host had sent it, so that a client and a server of the same stack meet through every layer.
 */
#pragma once

#include <stdbool.h>

/* Percent of the frames. */
struct mirror_faults {
    unsigned lose, reorder, repeat, damage;
};

/* Starts the stack and waits until the network is up. */
void mirror_start(void);

/* Stops it; checks that it has kept nothing. */
void mirror_stop(void);

void mirror_set_faults(struct mirror_faults faults);
void mirror_cut(bool cut); /* everything is lost, though the link stays up */
