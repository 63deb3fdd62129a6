/* SPDX-License-Identifier: MIT */
/* What a task that waits for the bits of an event group wants and gets: a record on its stack, to which
 * its member `awaited` points while it is in the group's wait list. */
#pragma once

#include "wait.h"

struct rtos_event_waiter {
    TickType_t bits;
    TickType_t result;
    bool for_all, clear_on_exit;
    bool fulfilled; /* and `result` is what was seen */
};
