/* SPDX-License-Identifier: MIT */
/*
 * The bytes are summed in the machine's order, from a place that is aligned to four bytes on; the
 * result is turned into network order once. Where the first byte lies at an odd place it is the
 * second of its pair, and with it the two bytes of the result change places.
 *
 * Where the compiler is asked for small code, one loop of words from any place does it all.
 */
#include "core/checksum.h"

#include "core/checksum_words.h"

enum { ALIGNMENT = 4, FIXED = 20 /* bytes of every IPv4 header */ };

typedef tcpip_checksum_word word;

static uint32_t fold(word sum)
{
    while (sum > UINT16_MAX)
        sum = sum / 65536u + sum % 65536u;
    return (uint32_t)sum;
}

/* Of a few words of 32 bits. */
static uint32_t fold_wide(uint64_t sum)
{
    uint32_t low = (uint32_t)(sum % 0x100000000u);

    return low / 65536u + low % 65536u + (uint32_t)(sum / 0x100000000u);
}

/* The two bytes of a pair. */
static word plus_pair(word sum, uint8_t first, uint8_t second)
{
    const uint8_t bytes[] = {first, second};
    uint16_t pair;

    memcpy(&pair, bytes, sizeof pair);
    return tcpip_checksum_plus(sum, pair);
}

/* From an aligned place on. */
static word plus_aligned(word sum, const uint8_t *at, size_t size)
{
    size_t blocks = size / TCPIP_CHECKSUM_BLOCK;

    if (blocks > 0) {
        sum = tcpip_checksum_blocks(sum, at, blocks);
        at += blocks * TCPIP_CHECKSUM_BLOCK;
        size %= TCPIP_CHECKSUM_BLOCK;
    }
    for (; size >= sizeof sum; size -= sizeof sum, at += sizeof sum)
        sum = tcpip_checksum_plus(sum, tcpip_checksum_load(at));
    if (sizeof sum > sizeof(uint32_t) && size >= sizeof(uint32_t)) {
        uint32_t four;

        memcpy(&four, __builtin_assume_aligned(at, ALIGNMENT), sizeof four);
        sum = tcpip_checksum_plus(sum, four);
        at += sizeof four;
        size -= sizeof four;
    }
    if (size >= 2)
        sum = plus_pair(sum, at[0], at[1]);
    return size % 2 == 1 ? plus_pair(sum, at[size - 1], 0) : sum;
}

/* Adds what was summed in the machine's order to a sum in network order. */
static uint32_t join(uint32_t sum, word total, bool odd)
{
    uint16_t half = (uint16_t)fold(total);
    uint8_t bytes[sizeof half];

    memcpy(bytes, &half, sizeof half);
    return sum % 65536u + sum / 65536u + (odd ? bytes[1] * 256u + bytes[0] : tcpip_get_be16(bytes));
}

/* What is left behind the last word is one that ends with zeros. */
static uint32_t add_slowly(uint32_t sum, const uint8_t *at, size_t size)
{
    word total = 0, next;

    for (; size >= sizeof next; size -= sizeof next, at += sizeof next) {
        memcpy(&next, at, sizeof next);
        total = tcpip_checksum_plus(total, next);
    }
    next = 0;
    memcpy(&next, at, size);
    return join(sum, tcpip_checksum_plus(total, next), false);
}

uint32_t tcpip_checksum_add(uint32_t sum, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    bool odd = (uintptr_t)at % 2 == 1;
    word total = 0;

    if (!TCPIP_CHECKSUM_FAST)
        return add_slowly(sum, at, size);
    if (odd && size > 0) {
        total = plus_pair(total, 0, *at++);
        size--;
    }
    if ((uintptr_t)at % ALIGNMENT != 0 && size >= 2) {
        total = plus_pair(total, at[0], at[1]);
        at += 2;
        size -= 2;
    }
    return join(sum, plus_aligned(total, at, size), odd);
}

static uint64_t four(const uint8_t *at)
{
    uint32_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

uint32_t tcpip_checksum_ipv4(const uint8_t *header, size_t size)
{
    if (!TCPIP_CHECKSUM_FAST)
        return tcpip_checksum_add(0, header, size);
    uint64_t total = four(header) + four(header + 4) + four(header + 8) + four(header + 12) +
                     four(header + 16);
    uint32_t sum = join(0, fold_wide(total), false);

    return size > FIXED ? tcpip_checksum_add(sum, header + FIXED, size - FIXED) : sum;
}

#if !TCPIP_SMALL_CODE
uint32_t tcpip_checksum_copy(uint32_t sum, void *to, const void *from, size_t size)
{
    size_t whole = size / TCPIP_CHECKSUM_BLOCK * TCPIP_CHECKSUM_BLOCK;
    word total = 0;

    if (!TCPIP_CHECKSUM_COPIES || ((uintptr_t)to | (uintptr_t)from) % ALIGNMENT != 0 ||
        whole == 0) {
        memcpy(to, from, size);
        return tcpip_checksum_add(sum, to, size);
    }
    total = tcpip_checksum_copy_blocks(total, to, from, whole / TCPIP_CHECKSUM_BLOCK);
    memcpy((uint8_t *)to + whole, (const uint8_t *)from + whole, size - whole);
    total = plus_aligned(total, (const uint8_t *)to + whole, size - whole);
    return join(sum, total, false);
}
#endif

static uint32_t plus_address(uint32_t sum, const struct tcpip_address *address)
{
    size_t size = tcpip_address_size(address);

    for (size_t i = 0; i < size; i += 4) {
        uint32_t part = tcpip_get_be32(address->bytes + i);

        sum += part / 65536u + part % 65536u;
    }
    return sum;
}

uint32_t tcpip_checksum_pseudo(const struct tcpip_address *source,
                               const struct tcpip_address *destination, uint8_t protocol,
                               size_t length)
{
    return plus_address(plus_address(protocol + (uint32_t)length, source), destination);
}

uint16_t tcpip_checksum_finish(uint32_t sum)
{
    return (uint16_t)(UINT16_MAX - fold(sum));
}

void tcpip_checksum_put(uint32_t sum, uint8_t *bytes, size_t size, size_t at)
{
    tcpip_put_be16(bytes + at, tcpip_checksum_finish(tcpip_checksum_add(sum, bytes, size)));
}
