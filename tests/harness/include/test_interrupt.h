/* SPDX-License-Identifier: MIT */
/*
 * Interrupts and time for tests that run as a task: the same on the simulator, where they are virtual,
 * and on boards, where a timer and a line of the interrupt controller make them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Runs as an interrupt that may call the kernel: portCHECK_IF_IN_ISR() is true, and a switch asked for
 * with portYIELD_FROM_ISR is taken when it returns. */
typedef void test_handler(void *argument);

/* Runs the handler in an interrupt, before it returns if interrupts are open. False: one is pending
 * already. */
bool test_interrupt(test_handler *handler, void *argument);

/* The same so many microseconds from now. One at a time. */
bool test_interrupt_in_us(uint32_t microseconds, test_handler *handler, void *argument);

/* Microseconds since the start. */
uint64_t test_time_us(void);

/* Makes ticks, and with them time slices, fall at moments that depend on the seed, where time is
 * virtual; elsewhere they do so by themselves. */
void test_shake(uint64_t seed);

/* Runs `scenario` again and again, each time with a tick forced at another moment, from the first to
 * the last: at every hook of the simulator, every few instructions on a board. */
void test_sweep_preemption(void (*scenario)(void));
