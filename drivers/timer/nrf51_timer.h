/* SPDX-License-Identifier: MIT */
/* The timers of Nordic's nRF51 (Reference Manual 3.0, 18), here at 1 MHz. */
#pragma once

#include <stdint.h>

/* Counts from now on with 32 bits, where the timer has them; interrupts at each wrap. */
void nrf51_timer_run(uintptr_t timer);
void nrf51_timer_acknowledge(uintptr_t timer);
uint32_t nrf51_timer_counts(uintptr_t timer);

/* Interrupts once, `counts` from now, on any timer; what is more than 16 bits can hold is cut. */
void nrf51_timer_once(uintptr_t timer, uint32_t counts);
void nrf51_timer_stop(uintptr_t timer);
