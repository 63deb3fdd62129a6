/* SPDX-License-Identifier: MIT */
/* The stack, the wire and the peer together, in virtual time. */
#pragma once

#include "wire.h"

/* Sets all three up. */
void world_begin(const struct wire_settings *settings);

/* Goes to the next thing that happens, at most to `until`. False: there is none before that. */
bool world_step(uint64_t until);

/* Goes on until the condition holds. False: it did not within so many virtual microseconds. */
bool world_until(bool (*condition)(void), uint64_t us);

/* Goes on for so long. */
void world_run(uint64_t us);
