/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing bytes in network order.
 *
 * A reader and a writer are a place and a number of bytes that are left behind it. Nothing is ever
 * read or written past that: a step that does not fit returns false and moves nothing. The get and
 * put functions without a cursor are for places whose bounds the caller has established.
 *
 * Arithmetic instead of masks and shifts: provers can follow it. Compilers make less of it than of their
 * own reversal, which stands beside it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct tcpip_reader {
    const uint8_t *at;
    size_t left;
};

struct tcpip_writer {
    uint8_t *at;
    size_t left;
};

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && !defined(__FRAMAC__)

/* A load or a store at any place, and a reversal: two instructions where the machine has them. */
static inline uint16_t tcpip_get_be16(const uint8_t *at)
{
    uint16_t value;

    memcpy(&value, at, sizeof value);
    return __builtin_bswap16(value);
}

static inline uint32_t tcpip_get_be32(const uint8_t *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof value);
    return __builtin_bswap32(value);
}

static inline void tcpip_put_be16(uint8_t *at, uint16_t value)
{
    value = __builtin_bswap16(value);
    memcpy(at, &value, sizeof value);
}

static inline void tcpip_put_be32(uint8_t *at, uint32_t value)
{
    value = __builtin_bswap32(value);
    memcpy(at, &value, sizeof value);
}

#else

static inline uint16_t tcpip_get_be16(const uint8_t *at)
{
    return (uint16_t)(at[0] * 256u + at[1]);
}

static inline uint32_t tcpip_get_be32(const uint8_t *at)
{
    return tcpip_get_be16(at) * UINT32_C(65536) + tcpip_get_be16(at + 2);
}

static inline void tcpip_put_be16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value / 256u);
    at[1] = (uint8_t)(value % 256u);
}

static inline void tcpip_put_be32(uint8_t *at, uint32_t value)
{
    tcpip_put_be16(at, (uint16_t)(value / 65536u));
    tcpip_put_be16(at + 2, (uint16_t)(value % 65536u));
}

#endif

static inline struct tcpip_reader tcpip_reader_of(const void *bytes, size_t size)
{
    return (struct tcpip_reader){bytes, size};
}

static inline struct tcpip_writer tcpip_writer_of(void *bytes, size_t size)
{
    return (struct tcpip_writer){bytes, size};
}

/* Each takes the next bytes: true and `*value`, or false when too few are left. */
bool tcpip_read_skip(struct tcpip_reader *reader, size_t size);
bool tcpip_read_u8(struct tcpip_reader *reader, uint8_t *value);
bool tcpip_read_be16(struct tcpip_reader *reader, uint16_t *value);
bool tcpip_read_be32(struct tcpip_reader *reader, uint32_t *value);
bool tcpip_read_bytes(struct tcpip_reader *reader, void *bytes, size_t size);

/* Cuts the next `size` bytes off as a reader of their own. */
bool tcpip_read_part(struct tcpip_reader *reader, size_t size, struct tcpip_reader *part);

/* Each puts the next bytes: true, or false when there is no room. */
bool tcpip_write_skip(struct tcpip_writer *writer, size_t size);
bool tcpip_write_u8(struct tcpip_writer *writer, uint8_t value);
bool tcpip_write_be16(struct tcpip_writer *writer, uint16_t value);
bool tcpip_write_be32(struct tcpip_writer *writer, uint32_t value);
bool tcpip_write_bytes(struct tcpip_writer *writer, const void *bytes, size_t size);
bool tcpip_write_zeros(struct tcpip_writer *writer, size_t size);
