/* SPDX-License-Identifier: MIT */
/* SipHash with two rounds a word and four at the end, after the authors' paper. */
#include "core/siphash.h"

#include <stdbool.h>

struct state {
    uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t value, unsigned by)
{
    return value << by | value >> (64 - by);
}

static void rounds(struct state *s, unsigned count)
{
    while (count-- > 0) {
        s->v0 += s->v1;
        s->v2 += s->v3;
        s->v1 = rotate(s->v1, 13) ^ s->v0;
        s->v3 = rotate(s->v3, 16) ^ s->v2;
        s->v0 = rotate(s->v0, 32);
        s->v2 += s->v1;
        s->v0 += s->v3;
        s->v1 = rotate(s->v1, 17) ^ s->v2;
        s->v3 = rotate(s->v3, 21) ^ s->v0;
        s->v2 = rotate(s->v2, 32);
    }
}

static uint64_t little_endian(const uint8_t *bytes, size_t size)
{
    uint64_t value = 0;

    while (size > 0)
        value = value * 256 + bytes[--size];
    return value;
}

/* The last word is what is left, with the size in its highest byte; behind it come four rounds. */
uint64_t tcpip_siphash(const uint8_t key[16], const void *bytes, size_t size)
{
    uint64_t k0 = little_endian(key, 8), k1 = little_endian(key + 8, 8);
    struct state s = {k0 ^ UINT64_C(0x736f6d6570736575), k1 ^ UINT64_C(0x646f72616e646f6d),
                      k0 ^ UINT64_C(0x6c7967656e657261), k1 ^ UINT64_C(0x7465646279746573)};
    const uint8_t *at = bytes;

    for (size_t done = 0; done <= size; done += 8) {
        bool last = size - done < 8;
        uint64_t word = little_endian(at + done, last ? size - done : 8);
        if (last)
            word |= (uint64_t)size << 56;
        s.v3 ^= word;
        rounds(&s, 2);
        s.v0 ^= word;
    }
    s.v2 ^= 0xff;
    rounds(&s, 4);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
