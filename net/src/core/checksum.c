/* SPDX-License-Identifier: MIT */
/*
 * Four bytes a step into a 64-bit sum: the carries gather in its upper half and are folded at the
 * end, since 65536 is 1 modulo 65535.
 */
#include "core/checksum.h"

static uint32_t fold(uint64_t sum)
{
    while (sum > UINT16_MAX)
        sum = sum / 65536u + sum % 65536u;
    return (uint32_t)sum;
}

uint32_t tcpip_checksum_add(uint32_t sum, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    uint64_t total = sum;

    while (size >= 4) {
        total += tcpip_get_be32(at);
        at += 4;
        size -= 4;
    }
    if (size >= 2) {
        total += tcpip_get_be16(at);
        at += 2;
        size -= 2;
    }
    if (size > 0)
        total += *at * 256u;
    return fold(total);
}

uint32_t tcpip_checksum_pseudo(uint32_t sum, const struct tcpip_address *source,
                               const struct tcpip_address *destination, uint8_t protocol,
                               size_t length)
{
    sum = tcpip_checksum_add(sum, source->bytes, tcpip_address_size(source));
    sum = tcpip_checksum_add(sum, destination->bytes, tcpip_address_size(destination));
    return fold((uint64_t)sum + protocol + length);
}

uint16_t tcpip_checksum_finish(uint32_t sum)
{
    return (uint16_t)(UINT16_MAX - fold(sum));
}

void tcpip_checksum_put(uint32_t sum, uint8_t *bytes, size_t size, size_t at)
{
    tcpip_put_be16(bytes + at, tcpip_checksum_finish(tcpip_checksum_add(sum, bytes, size)));
}
