/* SPDX-License-Identifier: MIT */
#include "host_os.h"
#include "linnet_test.h"

#include "core/timer.h"

enum { TIMERS = 100 };

static struct tcpip_timer timers[TIMERS];
static uint32_t due[TIMERS];
static unsigned fired;

static void fire(void *context)
{
    size_t i = (size_t)((struct tcpip_timer *)context - timers);

    CHECK_EQUAL(due[i], host_now);
    fired++;
}

TEST(timers_fire_at_their_time_in_any_order_of_starting)
{
    struct test_random random = {5};

    host_now = UINT32_MAX - 500; /* the clock wraps on the way */
    for (size_t i = 0; i < TIMERS; i++)
        tcpip_timer_init(&timers[i], fire, &timers[i]);
    for (int round = 0; round < 1000; round++) {
        unsigned running = 0;

        for (size_t i = 0; i < TIMERS; i++) {
            uint32_t delay = test_random_below(&random, 1000);

            due[i] = host_now + delay;
            tcpip_timer_start(&timers[i], delay);
        }
        for (size_t i = 0; i < TIMERS; i += 1 + test_random_below(&random, 5))
            tcpip_timer_stop(&timers[i]);
        for (size_t i = 0; i < TIMERS; i++)
            running += tcpip_timer_running(&timers[i]);
        fired = 0;
        for (;;) {
            uint32_t wait = tcpip_timers_run(host_now);

            if (wait == TCPIP_TIMER_FOREVER)
                break;
            host_now += wait;
        }
        CHECK_EQUAL(running, fired);
        CHECK(tcpip_timers_idle());
    }
}

static void stop_the_next(void *context)
{
    fired++;
    tcpip_timer_stop(&timers[1]);
    tcpip_timer_start(&timers[2], 0);
}

static void count(void *context)
{
    fired++;
}

TEST(timer_stopped_by_one_that_fires_with_it_does_not_fire)
{
    fired = 0;
    tcpip_timer_init(&timers[0], stop_the_next, NULL);
    tcpip_timer_init(&timers[1], count, NULL);
    tcpip_timer_init(&timers[2], count, NULL);
    tcpip_timer_start(&timers[0], 0);
    tcpip_timer_start(&timers[1], 1);
    host_now += 5;
    CHECK_EQUAL(0, tcpip_timers_run(host_now));
    CHECK_EQUAL(1, fired);
    CHECK_EQUAL(0, tcpip_timers_run(host_now));
    CHECK_EQUAL(2, fired);
    CHECK_EQUAL(TCPIP_TIMER_FOREVER, tcpip_timers_run(host_now));
    CHECK_EQUAL(2, fired);
}
