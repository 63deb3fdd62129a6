/* SPDX-License-Identifier: MIT */
/*
 * A tick from a counter and a compare register (ports/common/src/compare_tick.c), for the ports that list
 * it, their start-up code and their boards. A port has in its compare_timer.h, as functions,
 *
 *   uint32_t compare_timer_count(void)      the counter
 *   void compare_timer_set(uint32_t)        sets the compare register; ends a pending interrupt
 *   bool compare_timer_is_pending(void)     whether the interrupt is
 *   uint32_t compare_timer_hz(void)         counts in a second
 *   void compare_timer_enable(void)         lets the interrupt call rtos_compare_interrupt()
 *   void compare_timer_sleep(void)          opens interrupts and stops the CPU until one comes
 *
 * and calls rtos_compare_wake() before the handlers of an interrupt while rtos_compare_asleep is true.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef void rtos_compare_handler(void *argument);

/* The interrupt's handler. */
void rtos_compare_interrupt(void);

/* Ticks no more. */
void rtos_compare_stop(void);

/* Ends a sleep without ticks, for the interrupt that came: counts the ticks that passed. */
void rtos_compare_wake(void);
extern volatile long rtos_compare_asleep;

/* Makes a tick pending that time has not brought. From anywhere. */
void rtos_compare_tick_pend(void);

/* Calls the handler once, in the timer's interrupt, when the counter reaches `at`, which is less than 2^31
 * ahead; an earlier request is replaced. From anywhere, also before the scheduler starts. */
void rtos_compare_alarm(uint32_t at, rtos_compare_handler *handler, void *argument);

/* Counts since the start. From anywhere that may call the kernel; right as long as it is called, or the
 * tick runs, at least once in 2^32 counts. */
uint64_t rtos_compare_counts(void);
