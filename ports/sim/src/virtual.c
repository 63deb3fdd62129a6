/* SPDX-License-Identifier: MIT */
/*
 * Virtual time: the clock moves by a fixed cost at each hook, and to the next event when idle.
 *
 * Everything that happens is a function of the program, the seed and the settings, unless a device
 * of the host is registered: then idling takes as long as it says, and what the host sends comes
 * when it comes.
 */
#include "cpu.h"

#include "../../../kernel/src/port.h"

#define FORCED_MAX   8
#define DAY_US       (24u * 3600u * UINT64_C(1000000))
#define TICK_ONE_IN  16 /* with a seed: the chance that a hook brings the next tick forward */
#define TAKEN_ONE_IN 4  /* and that a due interrupt is taken at this hook rather than later */

static uint64_t now;
static uint64_t ticks;
static uint64_t next_tick;
static uint32_t hook_cost = 1;
static uint64_t limit = DAY_US;
static uint64_t random_state;
static uint64_t forced[FORCED_MAX]; /* hooks at which a tick falls; 0: free */
static unsigned forced_count;

void sim_seed(uint64_t seed)
{
    random_state = seed;
}

void sim_hook_cost_us(uint32_t microseconds)
{
    hook_cost = microseconds;
}

void sim_limit_us(uint64_t microseconds)
{
    limit = microseconds;
}

uint64_t sim_virtual_now(void)
{
    return now;
}

bool sim_preempt_at(uint64_t hook)
{
    if (hook <= sim_cpu.hooks || forced_count == FORCED_MAX)
        return false;
    for (unsigned i = 0; i < FORCED_MAX; i++) {
        if (forced[i] != 0)
            continue;
        forced[i] = hook;
        forced_count++;
        break;
    }
    return true;
}

/* True with a chance of one in `sides`; never without a seed. xorshift64*. */
static bool chance(uint32_t sides)
{
    if (random_state == 0)
        return false;
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    uint64_t draw = (random_state * 0x2545f4914f6cdd1du) >> 32;
    return (draw * sides) >> 32 == 0;
}

static bool forced_here(void)
{
    for (unsigned i = 0; forced_count > 0 && i < FORCED_MAX; i++) {
        if (forced[i] == 0 || forced[i] > sim_cpu.hooks)
            continue;
        forced[i] = 0;
        forced_count--;
        return true;
    }
    return false;
}

static void advance_to(uint64_t time)
{
    if (time > now)
        now = time;
    if (limit != 0 && now > limit)
        sim_fatal("the virtual clock passed its limit of %llu us: every task may be waiting for "
                  "something that never comes (sim_limit_us sets the limit, 0 lifts it)",
                  (unsigned long long)limit);
}

static void tick(void)
{
    next_tick = sim_tick_time(++ticks + 1);
    sim_cpu_tick();
}

/* True when a tick was taken. */
static bool take_due(void)
{
    uint64_t ticks_before = ticks;

    sim_interrupts_run(now, sim_cpu.hooks);
    while (next_tick <= now) {
        tick();
        sim_interrupts_run(now, sim_cpu.hooks);
    }
    return ticks != ticks_before;
}

void sim_virtual_start(void)
{
    ticks = 0;
    now = 0;
    next_tick = sim_tick_time(1);
    forced_count = 0;
    for (unsigned i = 0; i < FORCED_MAX; i++)
        forced[i] = 0;
}

void sim_virtual_hook(void)
{
    sim_cpu.attention = 0;
    if (forced_here() || chance(TICK_ONE_IN))
        advance_to(next_tick);
    else
        advance_to(now + hook_cost);
    bool late = random_state != 0 && next_tick > now && !chance(TAKEN_ONE_IN);
    if (late)
        sim_interrupts_run(0, sim_cpu.hooks);
    else if (take_due() && sim_devices_present())
        sim_devices_poll(0);
}

/* The devices' world has its own clock: waiting for it takes as long as it takes there. */
static uint64_t wait_for_devices(uint64_t until)
{
    uint64_t before = sim_real_now();

    sim_devices_poll(until - now);
    uint64_t passed = sim_real_now() - before;
    return passed < until - now ? now + passed : until;
}

void sim_virtual_idle(uint64_t ticks_asleep)
{
    uint64_t next = sim_interrupts_next(), end = sim_tick_time(ticks + ticks_asleep);

    if (next > end)
        next = end;
    if (next < now)
        next = now;
    if (sim_devices_present())
        next = wait_for_devices(next);
    advance_to(next);
    sim_skip_ticks(sim_ticks_at(now) - ticks, ticks_asleep, &ticks);
    next_tick = sim_tick_time(ticks + 1);
    take_due();
}
