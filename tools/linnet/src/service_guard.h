/* SPDX-License-Identifier: MIT */
/*
 * Installing the broker's package must leave no system broker running, and must not touch one that
 * ran before. While the package is being installed a policy-rc.d (Debian policy 9.3.3) refuses to
 * start `mosquitto`, passes every other service on to the machine's own policy, and is taken away
 * again afterwards, also after an interrupt.
 */
#pragma once

#include <stdbool.h>

/* Puts the guard up if `wanted` and this is no dry run. */
void service_guard_begin(bool wanted);

/* Takes it away and looks whether a broker runs that did not before: false, with a message. */
bool service_guard_end(void);
