/* SPDX-License-Identifier: MIT */
/*
 * Sequence numbers: arithmetic modulo 2^32 (RFC 9293 section 3.4). `a` is before `b` when the way
 * from `a` up to `b` is shorter than half the circle. Milliseconds are compared the same way.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*@ // How far it is from one number up to another.
    logic integer tcpip_way(integer from, integer to) =
        from <= to ? to - from : to - from + 0x100000000; */

/*@ assigns \nothing;
    ensures \result <==> 1 <= tcpip_way(a, b) <= 0x80000000; */
static inline bool tcpip_sequence_before(uint32_t a, uint32_t b)
{
    return a - b > UINT32_C(0x7fffffff);
}

/*@ assigns \nothing;
    ensures \result <==> 1 <= tcpip_way(b, a) <= 0x80000000; */
static inline bool tcpip_sequence_after(uint32_t a, uint32_t b)
{
    return tcpip_sequence_before(b, a);
}

/*@ assigns \nothing;
    ensures \result <==> !(1 <= tcpip_way(b, a) <= 0x80000000); */
static inline bool tcpip_sequence_at_most(uint32_t a, uint32_t b)
{
    return !tcpip_sequence_before(b, a);
}

/*@ assigns \nothing;
    ensures \result <==> !(1 <= tcpip_way(a, b) <= 0x80000000); */
static inline bool tcpip_sequence_at_least(uint32_t a, uint32_t b)
{
    return !tcpip_sequence_before(a, b);
}

/*@ assigns \nothing;
    ensures \result == (1 <= tcpip_way(a, b) <= 0x80000000 ? b : a); */
static inline uint32_t tcpip_sequence_max(uint32_t a, uint32_t b)
{
    return tcpip_sequence_before(a, b) ? b : a;
}

/*@ assigns \nothing;
    ensures \result == (1 <= tcpip_way(a, b) <= 0x80000000 ? a : b); */
static inline uint32_t tcpip_sequence_min(uint32_t a, uint32_t b)
{
    return tcpip_sequence_before(a, b) ? a : b;
}
