/* SPDX-License-Identifier: MIT */
/*
 * A time in a heap of such, as a member of what waits for it. Visible so that it can be allocated;
 * net/src/core/deadline.h says what is done with it.
 */
#pragma once

#include <stdint.h>

struct tcpip_deadline {
    struct tcpip_deadline *child, *sibling;
    struct tcpip_deadline **owner; /* the pointer that points here; NULL: in no heap */
    uint32_t when;
};
