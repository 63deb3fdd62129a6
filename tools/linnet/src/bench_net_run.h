/* SPDX-License-Identifier: MIT */
/*
 * The programs of `linnet bench net`: building them, with lwIP's sources fetched, and running a row on
 * the host under callgrind, on the host as it is, or on the emulated Cortex-M3.
 */
#pragma once

#include "bench_size.h"

#include <stdbool.h>

enum bench_stack { BENCH_LINNET, BENCH_LWIP, BENCH_STACKS };
extern const char *const bench_stack_names[BENCH_STACKS];

/* Fetches lwIP and builds everything. An exit code. */
int bench_net_build(void);

/* What a row printed. */
struct bench_net_result {
    double values[3];
};

/* Instructions of the stack in a row, and the bytes that they moved; what counting itself costs is taken
 * off. On the host by callgrind, on the board by its timer. False with a message. */
bool bench_net_count_host(enum bench_stack stack, const char *row, double *instructions,
                          double *bytes);
bool bench_net_count_board(enum bench_stack stack, const char *row, double *instructions,
                           double *bytes);

/* A row of a program of the host, or of an image of the board. False with a message. */
bool bench_net_run_host(const char *program, const char *row, struct bench_net_result *result);
bool bench_net_run_board(const char *image, const char *row, struct bench_net_result *result);

/* What an image has of an archive or of a member of one. */
struct bench_size bench_net_size(const char *image, const char *part);

/* callgrind's own listing of a row of our stack, to be freed by the caller; NULL with a message. */
char *bench_net_profile(enum bench_stack stack, const char *row);
