/* SPDX-License-Identifier: MIT */
/*
 * Real time: a one-shot timer on the host's monotonic clock, armed for the next tick or simulated
 * interrupt, whose signal preempts the running task from inside the handler.
 *
 * The host's libraries are not written to be left in the middle, so the handler switches only when
 * the signal interrupted the image's own code. Anywhere else (libc, libslirp, the vDSO) it notes
 * that attention is due, which the next kernel call pays, and looks again a little later.
 *
 * The signal waits while its handler runs, or a slow host would bring the next one before this one has
 * returned, again and again, and one that found the handler's own code would switch out of the middle of
 * a library. Tasks that are not inside the handler run with it open: who is switched to sees to that.
 */
#define _GNU_SOURCE /* gettid, sigev_notify_thread_id */
#include "cpu.h"

#include "../../../kernel/src/port.h"
#include "fiber.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

#define TICKS_AT_ONCE 32  /* caught up in one interrupt when the host stopped us */
#define PAUSE_US      100 /* for the tasks between two such interrupts */
#define RETRY_US      25  /* until the program counter is looked at again */
#define RETRIES_QUICK 200 /* from then on less and less often: it may be blocked in the host */
#define RETRY_MAX_US  1000

extern const char __executable_start[], etext[];
extern void __asan_init(void) __attribute__((weak));

static timer_t timer;
static bool have_timer;
static uint64_t origin; /* host time of time 0; 0: not known yet */
static uint64_t start;  /* time at which the scheduler started: ticks count from here */
static uint64_t ticks;
static uint64_t retry_us = RETRY_US;
static unsigned retries;
static bool may_preempt; /* from inside the signal handler */
static bool signal_held;

static uint64_t host_us(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000u + (uint64_t)time.tv_nsec / 1000u;
}

__attribute__((constructor(101))) static void note_origin(void)
{
    origin = host_us();
}

uint64_t sim_real_now(void)
{
    return host_us() - origin;
}

static uint64_t next_event(void)
{
    uint64_t tick = start + sim_tick_time(ticks + 1), interrupt = sim_interrupts_next();
    return tick < interrupt ? tick : interrupt;
}

static void arm(uint64_t when)
{
    uint64_t host = origin + when;
    struct itimerspec setting = {.it_value = {.tv_sec = (time_t)(host / 1000000u),
                                              .tv_nsec = (long)(host % 1000000u) * 1000}};
    timer_settime(timer, TIMER_ABSTIME, &setting, NULL);
}

static bool in_image(uintptr_t pc)
{
    return pc >= (uintptr_t)__executable_start && pc < (uintptr_t)etext;
}

/* Linked statically, libc or the sanitizer's run-time is part of the image, and the program counter
 * does not tell them from the application: then a task is only preempted when it calls the kernel. */
static bool libraries_are_inside(void)
{
    return in_image((uintptr_t)__errno_location) || in_image((uintptr_t)__asan_init);
}

void sim_real_hold_signal(bool held)
{
    sigset_t set;

    if (held == signal_held)
        return;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(held ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
    signal_held = held;
}

static void look_again(void)
{
    if (++retries > RETRIES_QUICK && retry_us < RETRY_MAX_US)
        retry_us *= 2;
    arm(sim_real_now() + retry_us);
}

static void on_timer(int number, siginfo_t *info, void *context)
{
    int own_errno = errno;

    (void)number, (void)info;
    sim_cpu.attention = 1;
    if (sim_cpu.masked)
        return;
    if (may_preempt && in_image(sim_interrupted_pc(context))) {
        sim_cpu.masked = 1;
        signal_held = true;
        sim_cpu_open_in_signal();
        signal_held = false; /* it is the handler's return that opens it */
    } else {
        look_again();
    }
    errno = own_errno;
}

/* True when a tick was taken. */
static bool take_ticks(uint64_t now)
{
    unsigned taken = 0;

    while (taken < TICKS_AT_ONCE && start + sim_tick_time(ticks + 1) <= now) {
        ticks++;
        taken++;
        sim_cpu_tick();
    }
    return taken > 0;
}

static void arm_next(uint64_t now)
{
    uint64_t when = next_event();
    arm(when > now ? when : now + PAUSE_US);
}

void sim_real_service(void)
{
    uint64_t now = sim_real_now();

    sim_cpu.attention = 0;
    retry_us = RETRY_US;
    retries = 0;
    if (take_ticks(now) && sim_devices_present())
        sim_devices_poll(0);
    sim_interrupts_run(now, sim_cpu.hooks);
    arm_next(sim_real_now());
}

void sim_real_idle(uint64_t ticks_asleep)
{
    uint64_t end = start + sim_tick_time(ticks + ticks_asleep), next = sim_interrupts_next();

    if (sim_cpu.attention)
        return;
    if (next > end)
        next = end;
    if (ticks_asleep > 1)
        arm(next);
    uint64_t now = sim_real_now();
    sim_devices_poll(next > now ? next - now : 0);
    now = sim_real_now();
    sim_skip_ticks(sim_ticks_at(now - start) - ticks, ticks_asleep, &ticks);
    sim_cpu.attention = 1;
}

static void install_handler(void)
{
    struct sigaction action = {.sa_sigaction = on_timer, .sa_flags = SA_SIGINFO | SA_RESTART};

    sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) != 0)
        sim_fatal("no handler for the tick's signal: %s", strerror(errno));
}

void sim_real_start(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGALRM};

    install_handler();
    event.sigev_notify_thread_id = gettid();
    if (!have_timer && timer_create(CLOCK_MONOTONIC, &event, &timer) != 0)
        sim_fatal("no timer for the tick: %s", strerror(errno));
    have_timer = true;
    may_preempt = !libraries_are_inside();
    ticks = 0;
    start = sim_real_now();
    arm(next_event());
}

void sim_real_stop(void)
{
    struct itimerspec none = {{0, 0}, {0, 0}};

    timer_settime(timer, 0, &none, NULL);
    sim_real_hold_signal(false);
    sim_cpu.attention = 0;
}
