/* SPDX-License-Identifier: MIT */
#include "core/frame.h"
#include "core/timer.h"
#include "tcpip.h"

bool tcpip_nothing_left(void)
{
    return tcpip_frames_all_free() && tcpip_timers_idle();
}
