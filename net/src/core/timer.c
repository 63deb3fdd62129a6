/* SPDX-License-Identifier: MIT */
/*
 * The timers' heap. One timer fires at a time, with nothing kept across it: it may start and stop
 * whichever it likes, and between two of them the stack's task sees to its inbox.
 */
#include "core/timer.h"

#include "core/container.h"
#include "core/deadline.h"
#include "core/os.h"

enum { SECOND_MS = 1000, LOOK_MS = 60000 };

struct tcpip_deadline *tcpip_timers_waiting;

void tcpip_timer_init(struct tcpip_timer *timer, void (*fire)(void *context), void *context)
{
    timer->deadline.owner = NULL;
    timer->fire = fire;
    timer->context = context;
}

void tcpip_timer_stop(struct tcpip_timer *timer)
{
    tcpip_deadline_clear(&timer->deadline);
}

void tcpip_timer_start(struct tcpip_timer *timer, uint32_t delay)
{
    tcpip_timer_stop(timer);
    tcpip_deadline_set(&tcpip_timers_waiting, &timer->deadline,
                       tcpip_os_now() + (delay < TCPIP_TIMER_MAX ? delay : TCPIP_TIMER_MAX));
}

/* The clock is looked at more often than every TCPIP_TIMER_MAX while anything lives by it: what seems
 * longer is a clock that was set back, and counts as no time. */
static uint32_t passed_since(uint32_t looked, uint32_t now)
{
    return now - looked <= TCPIP_TIMER_MAX ? now - looked : 0;
}

static struct {
    uint32_t looked; /* at the clock of the system, which wraps */
    uint32_t seconds;
    uint32_t rest_ms; /* not yet a second */
} ever;

static void look(uint32_t now)
{
    ever.rest_ms += passed_since(ever.looked, now); /* both are less than 2^31 */
    ever.looked = now;
    ever.seconds += ever.rest_ms / SECOND_MS;
    ever.rest_ms %= SECOND_MS;
}

uint32_t tcpip_seconds(void)
{
    look(tcpip_os_now());
    return ever.seconds;
}

#if ipconfigUSE_IPv6 && ipconfigUSE_DHCPv6
uint64_t tcpip_clock(void)
{
    return (uint64_t)tcpip_seconds() * SECOND_MS + ever.rest_ms;
}
#endif

uint32_t tcpip_timers_run(uint32_t now)
{
    struct tcpip_deadline *first = tcpip_timers_waiting;

    if (now - ever.looked >= LOOK_MS)
        look(now);
    if (first == NULL)
        return TCPIP_TIMER_FOREVER;
    if (!tcpip_time_reached(now, first->when))
        return first->when - now;
    struct tcpip_timer *timer = TCPIP_CONTAINER(first, struct tcpip_timer, deadline);
    tcpip_timer_stop(timer);
    timer->fire(timer->context);
    return 0; /* what became of the others is seen the next time */
}
