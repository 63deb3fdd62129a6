/* SPDX-License-Identifier: MIT */
/*
 * 10,000 hostile frames a second for ten seconds of virtual time, forty at once every four
 * milliseconds, in front of the honest frames of that millisecond, while the connection of tcp_peer.h
 * moves data both ways. What is held stays bounded, what is sent in answer too, and the connection
 * keeps at least half of the rate that it has undisturbed.
 */
#pragma once

#include "tcp_peer.h"

enum { LOAD_SECONDS = 10, LOAD_BURST = 40, LOAD_BURST_MS = 4 };

struct load {
    const char *name;
    void (*attack)(uint32_t number); /* delivers the frame of that number */
    size_t more_allocations;         /* that the attack may cost at a time */
    size_t more_frames;              /* of the stack's pool that it may hold at a time */
};

/* Measures both rates, prints and checks. Between peer_begin or peer_connect and peer_end. */
void load_stand(const struct load *load);
