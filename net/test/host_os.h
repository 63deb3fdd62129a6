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

/* Random numbers begin anew. */
void host_seed(uint64_t seed);

/* Works off everything that happens in the next `ms`, at its time. */
void host_run(uint32_t ms);
