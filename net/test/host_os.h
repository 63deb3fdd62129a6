/* SPDX-License-Identifier: MIT */
/*
 * The stack without a kernel: os.h with a clock that the test moves, for host tests and fuzzers.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern uint32_t host_now;       /* ms */
extern size_t host_allocations; /* not yet freed */
extern bool host_random_fails;
extern bool host_allocation_fails;

/* The call with this number from now on, counted from 1, fails; 0: none. */
extern unsigned host_allocation_to_fail, host_random_to_fail;

/* Counts one call. True: it is that which is to fail. */
bool host_is_due(unsigned *to_fail);

/* Random numbers begin anew. */
void host_seed(uint64_t seed);

/* Works off everything that happens in the next `ms`, at its time. */
void host_run(uint32_t ms);
