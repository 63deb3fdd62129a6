/* SPDX-License-Identifier: MIT */
#include "link_watch.h"

#include <FreeRTOS.h>
#include <timers.h>

#define PERIOD_MS 250

static struct netif *watched;
static const bool *wanted;

static void look(TimerHandle_t timer)
{
    (void)timer;
    if (*wanted)
        watched->stack->schedule_poll(watched);
}

void link_watch(struct netif *netif, const bool *started)
{
    static StaticTimer_t memory;

    if (!configUSE_TIMERS)
        return; /* a change is found out with the next frame */
    watched = netif;
    wanted = started;
    TimerHandle_t timer = xTimerCreateStatic("link", pdMS_TO_TICKS(PERIOD_MS), pdTRUE, NULL, look,
                                             &memory);
    (void)xTimerStart(timer, 0);
}
