/* SPDX-License-Identifier: MIT */
/*
 * Real time: preemption of code that never calls the kernel, the safety of libc under preemption,
 * and a tick that keeps the host's time and costs nothing when idle.
 */
#include <linnet_test.h>

#include "child.h"

#include <FreeRTOS.h>
#include <sim.h>
#include <task.h>

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile unsigned long rounds[8];

static void create(TaskFunction_t function, void *parameter, UBaseType_t priority)
{
    if (xTaskCreate(function, "task", configMINIMAL_STACK_SIZE, parameter, priority, NULL) !=
        pdPASS)
        abort();
}

static void end_after(void *milliseconds)
{
    vTaskDelay(pdMS_TO_TICKS(*(const int *)milliseconds));
    vTaskEndScheduler();
}

/* Starts real time and comes back after so many milliseconds. */
static void run_for(int milliseconds)
{
    static int duration;

    duration = milliseconds;
    create(end_after, &duration, 5);
    sim_real_time();
    vTaskStartScheduler();
}

static double cpu_seconds(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* --- preemption ------------------------------------------------------------------------------- */

static void endless(void *count)
{
    for (;;)
        ++*(volatile unsigned long *)count;
}

TEST(endless_loops_share_the_cpu)
{
    create(endless, (void *)(uintptr_t)&rounds[0], 1);
    create(endless, (void *)(uintptr_t)&rounds[1], 1);
    run_for(500);
    printf("rounds: %lu and %lu\n", rounds[0], rounds[1]);
    CHECK(rounds[0] > 1000 && rounds[1] > 1000);
    CHECK(rounds[0] / 3 < rounds[1] && rounds[1] / 3 < rounds[0]);
}

/* The same sum again and again, in registers that a switch has to keep. */
static void floating(void *parameter)
{
    double expected = 0, *wrong = parameter;

    for (unsigned long round = 0;; round++) {
        double sum = 0;
        for (int i = 1; i < 1000; i++)
            sum += 1.0 / i;
        if (round == 0)
            expected = sum;
        *wrong += fabs(sum - expected);
        rounds[2]++;
    }
}

TEST(floating_point_survives_preemption)
{
    static double wrong[2];

    create(floating, &wrong[0], 1);
    create(floating, &wrong[1], 1);
    run_for(500);
    CHECK(rounds[2] > 100);
    CHECK(wrong[0] == 0 && wrong[1] == 0);
}

/* --- the host's libraries ------------------------------------------------------------------------
 */

static FILE *sink;

static void uses_libc(void *parameter)
{
    unsigned number = (unsigned)(uintptr_t)parameter;
    unsigned state = number + 1;
    char text[128], again[128];

    for (;;) {
        size_t size = (size_t)(rand_r(&state) % 4000 + 16);
        char *block = malloc(size);
        if (block == NULL)
            abort();
        memset(block, (int)number, size);
        snprintf(text, sizeof text, "%u %.3f %s", number, (double)rounds[number], "libc");
        fprintf(sink, "%s\n", text);
        snprintf(again, sizeof again, "%u %.3f %s", number, (double)rounds[number], "libc");
        if (strcmp(text, again) != 0 || block[size - 1] != (char)number)
            abort();
        free(block);
        errno = (int)number;
        rounds[number]++;
        if (errno != (int)number)
            abort();
    }
}

TEST(printf_and_malloc_from_eight_tasks)
{
    sink = fopen("/dev/null", "w");
    CHECK(sink != NULL);
    for (uintptr_t i = 0; i < 8; i++)
        create(uses_libc, (void *)i, 1);
    run_for(2000);
    for (int i = 0; i < 8; i++) {
        printf("task %d: %lu rounds\n", i, rounds[i]);
        CHECK(rounds[i] > 100);
    }
    fclose(sink);
}

/* As a slow host does it, where the timer runs out again before its signal has been dealt with. */
static void start_storm(void *storm)
{
    pid_t here = getpid(), process = fork();

    if (process == 0) {
        while (kill(here, SIGALRM) == 0) {
        }
        _exit(0);
    }
    *(pid_t *)storm = process;
    vTaskDelete(NULL);
}

TEST(signals_that_come_at_once_do_not_nest)
{
    static pid_t storm;

    sink = fopen("/dev/null", "w");
    CHECK(sink != NULL);
    for (uintptr_t i = 0; i < 2; i++)
        create(uses_libc, (void *)i, 1);
    create(start_storm, &storm, 4);
    run_for(1000);
    CHECK(storm > 0);
    kill(storm, SIGKILL);
    CHECK_EQUAL(storm, waitpid(storm, NULL, 0));
    printf("%lu and %lu rounds\n", rounds[0], rounds[1]);
    CHECK(rounds[0] > 0 && rounds[1] > 0);
    fclose(sink);
}

/* --- the clock
 * ------------------------------------------------------------------------------------- */

TEST(tick_keeps_the_hosts_time)
{
    create(endless, (void *)(uintptr_t)&rounds[0], 1);
    uint64_t start = sim_time_us();
    run_for(1500);
    uint64_t passed = sim_time_us() - start;
    printf("1500 ms of ticks took %llu us\n", (unsigned long long)passed);
    CHECK(passed >= 1499000 && passed < 1560000);
}

TEST(idling_takes_no_processor_time)
{
    double before = cpu_seconds();

    run_for(2000);
    double used = cpu_seconds() - before;
    printf("idle for 2 s: %.1f ms of processor time\n", used * 1000);
    CHECK(used < 0.2);
}

static void stopped_device(void *argument)
{
    (void)argument;
    uint64_t start = sim_time_us();
    run_for(800);
    printf("%llu", (unsigned long long)(sim_time_us() - start) / 1000);
}

TEST(stopped_process_catches_up)
{
    struct child child = child_start(stopped_device, NULL);
    struct timespec pause = {.tv_nsec = 200000000}, stopped = {.tv_nsec = 400000000};
    char text[100];

    nanosleep(&pause, NULL);
    kill(child.process, SIGSTOP);
    nanosleep(&stopped, NULL);
    kill(child.process, SIGCONT);
    CHECK_EQUAL(0, child_finish(child, text, sizeof text));
    printf("800 ms of ticks, 400 of them stopped, took %s ms\n", text);
    CHECK(atoi(text) >= 799 && atoi(text) < 900);
}

/* --- interrupts
 * -------------------------------------------------------------------------------------- */

static uint64_t interrupt_at_us;

static void note_time(void *argument)
{
    (void)argument;
    interrupt_at_us = sim_time_us();
    CHECK(portCHECK_IF_IN_ISR());
}

TEST(interrupt_runs_at_its_time_between_ticks)
{
    uint64_t due = sim_time_us() + 100300;

    CHECK(sim_interrupt_at(due, note_time, NULL));
    run_for(200);
    CHECK(interrupt_at_us >= due && interrupt_at_us < due + 50000);
}

/* --- devices
 * ----------------------------------------------------------------------------------------- */

static int ends[2];
static unsigned served;

static size_t fill_pipe(struct sim_device *device, struct pollfd *polls, size_t room,
                        uint64_t *timeout_us)
{
    (void)device, (void)timeout_us;
    CHECK(room >= 1);
    polls[0] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    return 1;
}

static void serve_pipe(struct sim_device *device, const struct pollfd *polls, size_t count)
{
    char byte;

    (void)device;
    CHECK_EQUAL(1, count);
    CHECK(portCHECK_IF_IN_ISR());
    if (polls[0].revents & POLLIN)
        served += read(ends[0], &byte, 1) == 1;
}

static void write_pipe(void *parameter)
{
    (void)parameter;
    for (int i = 0; i < 5; i++) {
        if (write(ends[1], "x", 1) != 1)
            abort();
        vTaskDelay(5);
    }
    vTaskDelete(NULL);
}

TEST(device_is_served_while_idle)
{
    struct sim_device device = {.name = "pipe", .fill = fill_pipe, .service = serve_pipe};

    CHECK(pipe(ends) == 0);
    sim_device_register(&device);
    create(write_pipe, NULL, 2);
    run_for(200);
    CHECK_EQUAL(5, served);
    sim_device_remove(&device);
}
