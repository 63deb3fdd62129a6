/* SPDX-License-Identifier: MIT */
/*
 * Installing a package must leave none of its services running, and must not touch one that ran
 * before. While packages are being installed a policy-rc.d (Debian policy 9.3.3) refuses to start the
 * services that some of them bring, passes every other service on to the machine's own policy, and is
 * taken away again afterwards, also after an interrupt.
 */
#pragma once

#include <stdbool.h>

struct args;

/* Puts the guard up if one of the packages brings a service and this is no dry run. */
void service_guard_begin(const struct args *packages);

/* Takes it away and looks whether a service runs that did not before: false, with a message. */
bool service_guard_end(void);
