/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing bytes in network order.
 *
 * A reader and a writer are a place and a number of bytes that are left behind it. Nothing is ever
 * read or written past that: a step that does not fit returns false and moves nothing. The get and
 * put functions without a cursor are for places whose bounds the caller has established.
 *
 * Arithmetic instead of masks and shifts: the machine code is the same, and provers can follow it.
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

static inline struct tcpip_reader tcpip_reader_of(const void *bytes, size_t size)
{
    return (struct tcpip_reader){bytes, size};
}

static inline struct tcpip_writer tcpip_writer_of(void *bytes, size_t size)
{
    return (struct tcpip_writer){bytes, size};
}

/* Each takes the next bytes: true and `*value`, or false when too few are left. */
static inline bool tcpip_read_skip(struct tcpip_reader *reader, size_t size)
{
    if (size > reader->left)
        return false;
    reader->at += size;
    reader->left -= size;
    return true;
}

static inline bool tcpip_read_u8(struct tcpip_reader *reader, uint8_t *value)
{
    if (reader->left < 1)
        return false;
    *value = reader->at[0];
    return tcpip_read_skip(reader, 1);
}

static inline bool tcpip_read_be16(struct tcpip_reader *reader, uint16_t *value)
{
    if (reader->left < 2)
        return false;
    *value = tcpip_get_be16(reader->at);
    return tcpip_read_skip(reader, 2);
}

static inline bool tcpip_read_be32(struct tcpip_reader *reader, uint32_t *value)
{
    if (reader->left < 4)
        return false;
    *value = tcpip_get_be32(reader->at);
    return tcpip_read_skip(reader, 4);
}

static inline bool tcpip_read_bytes(struct tcpip_reader *reader, void *bytes, size_t size)
{
    if (reader->left < size)
        return false;
    memcpy(bytes, reader->at, size);
    return tcpip_read_skip(reader, size);
}

/* Cuts the next `size` bytes off as a reader of their own. */
static inline bool tcpip_read_part(struct tcpip_reader *reader, size_t size,
                                   struct tcpip_reader *part)
{
    if (reader->left < size)
        return false;
    *part = tcpip_reader_of(reader->at, size);
    return tcpip_read_skip(reader, size);
}

/* Each puts the next bytes: true, or false when there is no room. */
static inline bool tcpip_write_skip(struct tcpip_writer *writer, size_t size)
{
    if (size > writer->left)
        return false;
    writer->at += size;
    writer->left -= size;
    return true;
}

static inline bool tcpip_write_u8(struct tcpip_writer *writer, uint8_t value)
{
    if (writer->left < 1)
        return false;
    writer->at[0] = value;
    return tcpip_write_skip(writer, 1);
}

static inline bool tcpip_write_be16(struct tcpip_writer *writer, uint16_t value)
{
    if (writer->left < 2)
        return false;
    tcpip_put_be16(writer->at, value);
    return tcpip_write_skip(writer, 2);
}

static inline bool tcpip_write_be32(struct tcpip_writer *writer, uint32_t value)
{
    if (writer->left < 4)
        return false;
    tcpip_put_be32(writer->at, value);
    return tcpip_write_skip(writer, 4);
}

static inline bool tcpip_write_bytes(struct tcpip_writer *writer, const void *bytes, size_t size)
{
    if (writer->left < size)
        return false;
    if (size > 0)
        memcpy(writer->at, bytes, size);
    return tcpip_write_skip(writer, size);
}

static inline bool tcpip_write_zeros(struct tcpip_writer *writer, size_t size)
{
    if (writer->left < size)
        return false;
    if (size > 0)
        memset(writer->at, 0, size);
    return tcpip_write_skip(writer, size);
}
