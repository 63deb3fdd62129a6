/* SPDX-License-Identifier: MIT */
/*
 * The simulated board: starts from a constructor, so that `main` stays the application's; the C
 * library hands constructors the command line.
 */
#include "sim_board.h"

#include <sim.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define DAY_SECONDS   86400u
#define YEARS_SECONDS UINT64_C(0xffffffffff)

void board_sim_start(int argc, char **argv);

static volatile sig_atomic_t stop_requested;
static bool clock_known;
static int64_t epoch_us;

static void on_stop_signal(int number)
{
    (void)number;
    stop_requested = 1;
}

/* A full disk and a closed pipe are errors that a write returns, not ends of the process. */
static void install_signals(void)
{
    static const int stop[] = {SIGINT, SIGTERM, SIGHUP}, ignored[] = {SIGPIPE, SIGXFSZ};
    struct sigaction action = {.sa_flags = SA_RESTART};

    sigemptyset(&action.sa_mask);
    action.sa_handler = on_stop_signal;
    for (size_t i = 0; i < sizeof stop / sizeof stop[0]; i++)
        sigaction(stop[i], &action, NULL);
    action.sa_handler = SIG_IGN;
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        sigaction(ignored[i], &action, NULL);
}

static void choose_time(void)
{
    if (board_setting("virtual") == NULL && board_setting("seed") == NULL) {
        sim_real_time();
        return;
    }
    sim_virtual_time();
    sim_seed(board_setting_number("seed", 0, UINT64_MAX));
    sim_limit_us(board_setting_number("limit", DAY_SECONDS, YEARS_SECONDS) * 1000000u);
}

static void set_clock(void)
{
    const char *given = board_setting("clock");
    struct timespec host;

    clock_known = given == NULL || strcmp(given, "none") != 0;
    if (given != NULL && clock_known) {
        epoch_us = (int64_t)board_setting_number("clock", 0, YEARS_SECONDS) * 1000000;
    } else {
        clock_gettime(CLOCK_REALTIME, &host);
        epoch_us = (int64_t)host.tv_sec * 1000000 + host.tv_nsec / 1000;
    }
    epoch_us -= (int64_t)sim_time_us();
}

__attribute__((constructor)) void board_sim_start(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    board_settings_init(argc, argv);
    install_signals();
    choose_time();
    set_clock();
}

int64_t board_epoch_us(void)
{
    return epoch_us;
}

/* The host's memory: nobody counts it. */
bool board_memory_used(struct board_memory *memory)
{
    *memory = (struct board_memory){0};
    return false;
}

const char *board_name(void)
{
    return "sim";
}

bool board_entropy(void *buffer, size_t size)
{
    uint8_t *at = buffer;

    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        at += got;
        size -= (size_t)got;
    }
    return true;
}

bool board_wall_clock(int64_t *seconds)
{
    *seconds = (epoch_us + (int64_t)sim_time_us()) / 1000000;
    return clock_known;
}

uint64_t board_uptime_us(void)
{
    return sim_time_us();
}

bool board_stop_requested(void)
{
    return stop_requested;
}

static bool output_complete(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    fprintf(stderr, "standard output is incomplete: %s; free some space or send it elsewhere\n",
            strerror(errno));
    return false;
}

_Noreturn void board_exit(int code)
{
    bool complete = output_complete();

    if (code == EXIT_SUCCESS && (!complete || board_network_capture_failed()))
        code = EXIT_FAILURE;
    exit(code);
}
