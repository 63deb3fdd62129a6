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

/*@ logic integer tcpip_be16{L}(uint8_t *at) = at[0] * 256 + at[1];
    logic integer tcpip_be32{L}(uint8_t *at) = tcpip_be16(at) * 65536 + tcpip_be16(at + 2);

    predicate tcpip_readable{L}(uint8_t *at, integer size) = \valid_read(at + (0 .. size - 1));
    predicate tcpip_writable{L}(uint8_t *at, integer size) = \valid(at + (0 .. size - 1));

    predicate tcpip_can_read{L}(struct tcpip_reader *reader) =
        \valid(reader) && tcpip_readable(reader->at, reader->left);
    predicate tcpip_can_write{L}(struct tcpip_writer *writer) =
        \valid(writer) && tcpip_writable(writer->at, writer->left);

    predicate tcpip_has_read{Old, New}(struct tcpip_reader *reader, integer size) =
        \at(reader->at, New) == \at(reader->at, Old) + size &&
        \at(reader->left, New) == \at(reader->left, Old) - size;
    predicate tcpip_has_written{Old, New}(struct tcpip_writer *writer, integer size) =
        \at(writer->at, New) == \at(writer->at, Old) + size &&
        \at(writer->left, New) == \at(writer->left, Old) - size;

    // Some way further on, as several steps leave it.
    predicate tcpip_read_on{Old, New}(struct tcpip_reader *reader) =
        \at(reader->left, New) <= \at(reader->left, Old) &&
        tcpip_has_read{Old, New}(reader, \at(reader->left, Old) - \at(reader->left, New));
    predicate tcpip_written_on{Old, New}(struct tcpip_writer *writer) =
        \at(writer->left, New) <= \at(writer->left, Old) &&
        tcpip_has_written{Old, New}(writer, \at(writer->left, Old) - \at(writer->left, New));

    predicate tcpip_is_text{L}(char *text) =
        \exists integer end; 0 <= end && text[end] == 0 && \valid_read(text + (0 .. end)); */

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

/*@ requires tcpip_readable(at, 2);
    assigns \nothing;
    ensures \result == tcpip_be16(at); */
static inline uint16_t tcpip_get_be16(const uint8_t *at)
{
    return (uint16_t)(at[0] * 256u + at[1]);
}

/*@ requires tcpip_readable(at, 4);
    assigns \nothing;
    ensures \result == tcpip_be32(at); */
static inline uint32_t tcpip_get_be32(const uint8_t *at)
{
    return tcpip_get_be16(at) * UINT32_C(65536) + tcpip_get_be16(at + 2);
}

/*@ requires tcpip_writable(at, 2);
    assigns at[0 .. 1];
    ensures tcpip_be16(at) == value; */
static inline void tcpip_put_be16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value / 256u);
    at[1] = (uint8_t)(value % 256u);
}

/*@ requires tcpip_writable(at, 4);
    assigns at[0 .. 3];
    ensures tcpip_be32(at) == value; */
static inline void tcpip_put_be32(uint8_t *at, uint32_t value)
{
    tcpip_put_be16(at, (uint16_t)(value / 65536u));
    tcpip_put_be16(at + 2, (uint16_t)(value % 65536u));
}

#endif

/*@ assigns \nothing;
    ensures \result.at == bytes && \result.left == size; */
static inline struct tcpip_reader tcpip_reader_of(const uint8_t *bytes, size_t size)
{
    return (struct tcpip_reader){bytes, size};
}

/*@ assigns \nothing;
    ensures \result.at == bytes && \result.left == size; */
static inline struct tcpip_writer tcpip_writer_of(uint8_t *bytes, size_t size)
{
    return (struct tcpip_writer){bytes, size};
}

/* Each takes the next bytes: true and `*value`, or false when too few are left. */
/*@ requires tcpip_can_read(reader);
    assigns *reader;
    ensures \result <==> \old(reader->left) >= size;
    ensures tcpip_has_read{Pre, Post}(reader, \result ? size : 0); */
bool tcpip_read_skip(struct tcpip_reader *reader, size_t size);
/*@ requires tcpip_can_read(reader) && \valid(value);
    requires \separated(reader, value) && \separated(value, reader->at + (0 .. reader->left - 1));
    assigns *reader, *value;
    ensures \result <==> \old(reader->left) >= 1;
    ensures tcpip_has_read{Pre, Post}(reader, \result ? 1 : 0);
    ensures \result ==> *value == \old(reader->at[0]); */
bool tcpip_read_u8(struct tcpip_reader *reader, uint8_t *value);
/*@ requires tcpip_can_read(reader) && \valid(value);
    requires \separated(reader, value) && \separated(value, reader->at + (0 .. reader->left - 1));
    assigns *reader, *value;
    ensures \result <==> \old(reader->left) >= 2;
    ensures tcpip_has_read{Pre, Post}(reader, \result ? 2 : 0);
    ensures \result ==> *value == \old(tcpip_be16(reader->at)); */
bool tcpip_read_be16(struct tcpip_reader *reader, uint16_t *value);
/*@ requires tcpip_can_read(reader) && \valid(value);
    requires \separated(reader, value) && \separated(value, reader->at + (0 .. reader->left - 1));
    assigns *reader, *value;
    ensures \result <==> \old(reader->left) >= 4;
    ensures tcpip_has_read{Pre, Post}(reader, \result ? 4 : 0);
    ensures \result ==> *value == \old(tcpip_be32(reader->at)); */
bool tcpip_read_be32(struct tcpip_reader *reader, uint32_t *value);
/*@ requires tcpip_can_read(reader) && tcpip_writable(bytes, size);
    requires \separated(bytes + (0 .. size - 1), reader, reader->at + (0 .. reader->left - 1));
    assigns *reader, bytes[0 .. size - 1];
    ensures \result <==> \old(reader->left) >= size;
    ensures tcpip_has_read{Pre, Post}(reader, \result ? size : 0); */
bool tcpip_read_bytes(struct tcpip_reader *reader, uint8_t *bytes, size_t size);

/* Cuts the next `size` bytes off as a reader of their own. */
/*@ requires tcpip_can_read(reader) && \valid(part);
    requires \separated(part, reader, reader->at + (0 .. reader->left - 1));
    assigns *reader, *part;
    ensures \result <==> \old(reader->left) >= size;
    ensures tcpip_has_read{Pre, Post}(reader, \result ? size : 0);
    ensures \result ==> part->at == \old(reader->at) && part->left == size; */
bool tcpip_read_part(struct tcpip_reader *reader, size_t size, struct tcpip_reader *part);

/* Each puts the next bytes: true, or false when there is no room. */
/*@ requires tcpip_can_write(writer);
    assigns *writer;
    ensures \result <==> \old(writer->left) >= size;
    ensures tcpip_has_written{Pre, Post}(writer, \result ? size : 0); */
bool tcpip_write_skip(struct tcpip_writer *writer, size_t size);
/*@ requires tcpip_can_write(writer);
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures \result <==> \old(writer->left) >= 1;
    ensures tcpip_has_written{Pre, Post}(writer, \result ? 1 : 0);
    ensures \result ==> \old(writer->at)[0] == value; */
bool tcpip_write_u8(struct tcpip_writer *writer, uint8_t value);
/*@ requires tcpip_can_write(writer);
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures \result <==> \old(writer->left) >= 2;
    ensures tcpip_has_written{Pre, Post}(writer, \result ? 2 : 0);
    ensures \result ==> tcpip_be16(\old(writer->at)) == value; */
bool tcpip_write_be16(struct tcpip_writer *writer, uint16_t value);
/*@ requires tcpip_can_write(writer);
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures \result <==> \old(writer->left) >= 4;
    ensures tcpip_has_written{Pre, Post}(writer, \result ? 4 : 0);
    ensures \result ==> tcpip_be32(\old(writer->at)) == value; */
bool tcpip_write_be32(struct tcpip_writer *writer, uint32_t value);
/*@ requires tcpip_can_write(writer) && tcpip_readable(bytes, size);
    requires \separated(bytes + (0 .. size - 1), writer, writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures \result <==> \old(writer->left) >= size;
    ensures tcpip_has_written{Pre, Post}(writer, \result ? size : 0); */
bool tcpip_write_bytes(struct tcpip_writer *writer, const uint8_t *bytes, size_t size);
/*@ requires tcpip_can_write(writer);
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures \result <==> \old(writer->left) >= size;
    ensures tcpip_has_written{Pre, Post}(writer, \result ? size : 0); */
bool tcpip_write_zeros(struct tcpip_writer *writer, size_t size);
