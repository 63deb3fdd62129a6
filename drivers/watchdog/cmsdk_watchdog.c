/* SPDX-License-Identifier: MIT */
#include "cmsdk_watchdog.h"

#define REGISTER(base, offset) (*(volatile uint32_t *)((base) + (offset)))

enum { LOAD = 0x00, CONTROL = 0x08, CLEAR = 0x0c, MASKED_STATUS = 0x14, LOCK = 0xc00 };
enum { CONTROL_INTERRUPT = 1 << 0, CONTROL_RESET = 1 << 1 };

#define UNLOCK_KEY 0x1acce551u
#define LOCK_KEY   0u

void cmsdk_watchdog_start(uintptr_t base, uint32_t counts)
{
    REGISTER(base, LOCK) = UNLOCK_KEY;
    REGISTER(base, CONTROL) = 0;
    REGISTER(base, CLEAR) = 1;
    REGISTER(base, LOAD) = counts;
    REGISTER(base, CONTROL) = CONTROL_INTERRUPT | CONTROL_RESET;
    REGISTER(base, LOCK) = LOCK_KEY;
}

/* Whoever comes in between and locks the device has fed it, too. */
void cmsdk_watchdog_feed(uintptr_t base)
{
    REGISTER(base, LOCK) = UNLOCK_KEY;
    REGISTER(base, CLEAR) = 1;
    REGISTER(base, LOCK) = LOCK_KEY;
}

void cmsdk_watchdog_stop(uintptr_t base)
{
    REGISTER(base, LOCK) = UNLOCK_KEY;
    REGISTER(base, CONTROL) = 0;
    REGISTER(base, CLEAR) = 1;
    REGISTER(base, LOCK) = LOCK_KEY;
}

bool cmsdk_watchdog_barks(uintptr_t base)
{
    return REGISTER(base, MASKED_STATUS) != 0;
}
