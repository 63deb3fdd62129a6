/* SPDX-License-Identifier: MIT */
/*
 * What can be measured, by words of the command line:
 *
 *     empty                                   what beginning and ending to count costs
 *     udp_send | udp_recv | tcp_send | tcp_recv SIZE
 *     throughput_send | throughput_recv DELAY_MS LOSS_PERMILLE SEED
 *     memory                                  of the stack and of a connection
 *
 * A run prints one line, `result A B C`.
 */
#pragma once

#include <stdbool.h>

enum { ROW_WORDS = 4 };

/* Runs the row and prints its line; false: there is no such row, or it did not come to an end. */
bool row_run(const char *const words[ROW_WORDS]);

/* Prints the line. */
void row_print(double a, double b, double c);
