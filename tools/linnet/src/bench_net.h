/* SPDX-License-Identifier: MIT */
/* `linnet bench net`: the rows, and the figures that they are made of. */
#pragma once

#include "bench_rows.h"

/* Fills in every row that can be measured; what cannot is left without a value, with a message. The
 * programs are built. */
void bench_net_measure(struct bench_table *table);

/* Prints the tables of the figures behind the rows; nothing with --json. */
void bench_net_print(void);

/* Shows in which functions the instructions of a row are spent: udp_send, udp_recv, tcp_send or tcp_recv
 * with a size behind it, tcp_send_1460. An exit code. */
int bench_net_trace(const char *row);
