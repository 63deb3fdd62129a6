/* SPDX-License-Identifier: MIT */
/* The watchdog of the MPS2 boards, whose interrupt is the non-maskable one: it ends as a crash does. */
#include <board_data.h>
#include <board_start.h>
#include <board_watchdog.h>
#include <cmsdk_watchdog.h>
#include <string.h>

static bool is_ours(struct board_crash *crash)
{
    if (!cmsdk_watchdog_barks(BOARD_WATCHDOG_AT))
        return false;
    (void)strncpy(crash->kind, BOARD_CRASH_WATCHDOG, sizeof crash->kind - 1);
    return true;
}

bool board_watchdog_start(uint32_t milliseconds)
{
    const uint64_t counts = (uint64_t)milliseconds * (BOARD_WATCHDOG_HZ / 1000u);

    if (counts == 0 || counts > UINT32_MAX)
        return false;
    board_watched(is_ours);
    cmsdk_watchdog_start(BOARD_WATCHDOG_AT, (uint32_t)counts);
    return true;
}

void board_watchdog_feed(void)
{
    cmsdk_watchdog_feed(BOARD_WATCHDOG_AT);
}

void board_watchdog_stop(void)
{
    cmsdk_watchdog_stop(BOARD_WATCHDOG_AT);
    board_watched(NULL);
}
