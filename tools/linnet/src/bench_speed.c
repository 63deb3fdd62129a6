/* SPDX-License-Identifier: MIT */
#include "bench_speed.h"

#include <string.h>

#define ALONE(row) .name = row, .parts = {row}

const struct speed_row bench_speed_rows[] = {
    {ALONE("cooperative")},
    {ALONE("preemptive")},
    {ALONE("interrupt_processing")},
    {ALONE("interrupt_preemption")},
    {ALONE("message")},
    {ALONE("synchronization")},
    {ALONE("memory")},
    {.name = "delay_1",
     .parts = {"delay_1_last", "delay_1_first", "delay_1_random", "delay_1_equal"},
     .beside = "delay_1_sooner"},
    {.name = "delay_1000",
     .parts = {"delay_1000_last", "delay_1000_first", "delay_1000_random", "delay_1000_equal"},
     .beside = "delay_1000_sooner"},
    {ALONE("idle_tick_1000")},
    {ALONE("semaphore_round")},
    {ALONE("notify_round")},
    {ALONE("queue_round")},
    {.name = NULL},
};

/* The row that reads the clock in single instructions needs slower ones. */
enum { CLOCK_SHIFT = 10 };

int bench_speed_shift(const char *row)
{
    return strcmp(row, "idle_tick_1000") == 0 ? CLOCK_SHIFT : 0;
}

const char *const bench_mask_few[] = {"cooperative",
                                      "preemptive",
                                      "interrupt_processing",
                                      "interrupt_preemption",
                                      "message",
                                      "memory",
                                      "delay_1_last",
                                      "delay_1_equal",
                                      "semaphore_round",
                                      "notify_round",
                                      "queue_round",
                                      "objects_16",
                                      NULL};
const char *const bench_mask_many[] = {
    "delay_1000_last",   "delay_1000_first", "delay_1000_random", "delay_1000_equal",
    "delay_1000_sooner", "idle_tick_1000",   "objects_1000",      NULL};
const char *const bench_mask_many_short[] = {"delay_1000_random", "idle_tick_1000", "objects_1000",
                                             NULL};
