/* SPDX-License-Identifier: MIT */
/*
 * After the authors' paper: a chain of blocks under one permutation. The last block, filled up with a
 * one bit if it is short, is masked before and behind it with the key doubled once, or twice.
 */
#include "core/chaskey.h"

#include <string.h>

enum { WORDS = 4, BLOCK = 4 * WORDS, ROUNDS = 12 };

static uint32_t rotate(uint32_t value, unsigned by)
{
    return value << by | value >> (32 - by);
}

static void permute(uint32_t v[WORDS])
{
    for (int i = 0; i < ROUNDS; i++) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotate(v[1], 5) ^ v[0];
        v[3] = rotate(v[3], 8) ^ v[2];
        v[0] = rotate(v[0], 16) + v[3];
        v[2] += v[1];
        v[3] = rotate(v[3], 13) ^ v[0];
        v[1] = rotate(v[1], 7) ^ v[2];
        v[2] = rotate(v[2], 16);
    }
}

/* Bytes are words in the order of little-endian machines. */
static void add(uint32_t v[WORDS], const uint8_t bytes[BLOCK])
{
    for (size_t i = 0; i < BLOCK; i++)
        v[i / 4] ^= (uint32_t)bytes[i] << i % 4 * 8;
}

/* Times two in the field of 2^128. */
static void double_key(uint8_t key[BLOCK])
{
    unsigned carry = key[BLOCK - 1] / 128u * 0x87u;

    for (size_t i = 0; i < BLOCK; i++) {
        unsigned twice = key[i] * 2u;

        key[i] = (uint8_t)(twice ^ carry);
        carry = twice / 256u;
    }
}

uint64_t tcpip_chaskey(const uint8_t key[16], const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    uint8_t mask[BLOCK], last[BLOCK] = {0};
    uint32_t v[WORDS] = {0};

    memcpy(mask, key, BLOCK);
    add(v, key);
    for (; size > BLOCK; size -= BLOCK, at += BLOCK) {
        add(v, at);
        permute(v);
    }
    memcpy(last, at, size);
    double_key(mask);
    if (size < BLOCK) {
        last[size] = 1;
        double_key(mask);
    }
    add(v, last);
    add(v, mask);
    permute(v);
    add(v, mask);
    return (uint64_t)v[1] << 32 | v[0];
}
