/* SPDX-License-Identifier: MIT */
/*
 * The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit
 * words in network order; a last odd byte counts as the high half of a word.
 *
 * A sum is gathered piece by piece. Every piece but the last must have an even size.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/address.h"

/* Adds `size` bytes to the unfinished sum; starts with 0. Any alignment, any size up to 64 KiB. */
uint32_t tcpip_checksum_add(uint32_t sum, const void *bytes, size_t size);

/* The sum of an IPv4 header of 20 bytes or more: the fixed ones without a loop. */
uint32_t tcpip_checksum_ipv4(const uint8_t *header, size_t size);

/* The same as the first, and the bytes are copied to `to`, which `from` does not overlap: in one pass where both
 * are aligned to 4 bytes and the machine gains by it. Not there in small code. */
uint32_t tcpip_checksum_copy(uint32_t sum, void *to, const void *from, size_t size);

/* Begins a sum with the pseudo-header of TCP and UDP (RFC 9293 3.1, RFC 768, RFC 8200 8.1). Both
 * addresses are of the same family; `length` is that of the transport header and what follows it. */
uint32_t tcpip_checksum_pseudo(const struct tcpip_address *source,
                               const struct tcpip_address *destination, uint8_t protocol,
                               size_t length);

/* Adds the bytes and puts the checksum to `at` in them, which must be zero. */
void tcpip_checksum_put(uint32_t sum, uint8_t *bytes, size_t size, size_t at);

/* What to put into the header; over data that holds a correct checksum the result is 0. */
uint16_t tcpip_checksum_finish(uint32_t sum);
