/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing TCP headers. The fixed header is read once its 20 bytes are known to be there;
 * an option's value, once its length is known to be inside the list and what the kind demands. An
 * option that the engine is built without is skipped by its length, like any other that is unknown.
 */
#include "wire/tcp.h"

#include <string.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "wire/bytes.h"

enum { OPTION_HEAD = 2, BLOCK = 8 };

/*@ requires tcpip_readable(value, size) && \valid(options);
    requires \separated(options, value + (0 .. size - 1));
    requires options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX;
    assigns options->sack_count, options->sack[0 .. TCPIP_TCP_SACK_BLOCKS_MAX - 1];
    ensures options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX; */
static bool read_blocks(struct tcpip_tcp_options *options, const uint8_t *value, size_t size)
{
    if (size == 0 || size % BLOCK != 0 || size > TCPIP_TCP_SACK_BLOCKS_MAX * BLOCK)
        return false;
    options->sack_count = (uint8_t)(size / BLOCK);
    /*@ loop invariant i <= options->sack_count;
        loop invariant value == \at(value, Pre) + BLOCK * i;
        loop assigns i, value, options->sack[0 .. TCPIP_TCP_SACK_BLOCKS_MAX - 1];
        loop variant options->sack_count - i; */
    for (unsigned i = 0; i < options->sack_count; i++, value += BLOCK)
        options->sack[i] = (struct tcpip_tcp_block){tcpip_get_be32(value),
                                                    tcpip_get_be32(value + 4)};
    return true;
}

/* True when the size is the one that the kind demands. */
/*@ requires tcpip_readable(value, size) && \valid(options);
    requires \separated(options, value + (0 .. size - 1));
    requires options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX;
    assigns *options;
    ensures options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX; */
static bool read_value(struct tcpip_tcp_options *options, uint8_t kind, const uint8_t *value,
                       size_t size)
{
    if (kind == TCPIP_TCP_OPTION_MSS) {
        if (size != 2)
            return false;
        options->has_mss = true;
        options->mss = tcpip_get_be16(value);
    } else if (ipconfigUSE_TCP_WINDOW_SCALING && kind == TCPIP_TCP_OPTION_WINDOW_SCALE) {
        if (size != 1)
            return false;
        options->has_window_scale = true;
        options->window_scale = value[0];
    } else if (ipconfigUSE_TCP_SACK && kind == TCPIP_TCP_OPTION_SACK_PERMITTED) {
        return options->has_sack_permitted = size == 0;
    } else if (ipconfigUSE_TCP_SACK && kind == TCPIP_TCP_OPTION_SACK) {
        return read_blocks(options, value, size);
    } else if (ipconfigUSE_TCP_TIMESTAMPS && kind == TCPIP_TCP_OPTION_TIMESTAMPS) {
        if (size != 8)
            return false;
        options->has_timestamps = true;
        options->timestamp_value = tcpip_get_be32(value);
        options->timestamp_echo = tcpip_get_be32(value + 4);
    }
    return true; /* MUST-6: an unknown option is skipped by its length */
}

bool tcpip_tcp_parse_options(struct tcpip_tcp_options *options, const uint8_t *bytes, size_t size)
{
    tcpip_tcp_no_options(options);
    /*@ loop invariant options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX;
        loop invariant size <= \at(size, Pre);
        loop invariant bytes == \at(bytes, Pre) + (\at(size, Pre) - size);
        loop assigns bytes, size, *options;
        loop variant size; */
    while (size > 0 && bytes[0] != TCPIP_TCP_OPTION_END) {
        size_t length = 1;
        if (bytes[0] != TCPIP_TCP_OPTION_NOP) {
            if (size < OPTION_HEAD || bytes[1] < OPTION_HEAD || bytes[1] > size)
                return false;
            length = bytes[1];
            if (!read_value(options, bytes[0], bytes + OPTION_HEAD, length - OPTION_HEAD))
                return false;
        }
        bytes += length;
        size -= length;
    }
    return true;
}

bool tcpip_tcp_parse(struct tcpip_tcp_segment *segment, const uint8_t *bytes, size_t size)
{
    struct tcpip_tcp_header *header = &segment->header;

    if (size < TCPIP_TCP_HEADER_SIZE)
        return false;
    size_t header_size = bytes[12] / 16 * 4u;
    if (header_size < TCPIP_TCP_HEADER_SIZE || header_size > size)
        return false;
    header->source_port = tcpip_get_be16(bytes);
    header->destination_port = tcpip_get_be16(bytes + 2);
    header->sequence = tcpip_get_be32(bytes + 4);
    header->acknowledgement = tcpip_get_be32(bytes + 8);
    header->flags = bytes[13] % 64;
    header->window = tcpip_get_be16(bytes + 14);
    segment->payload = bytes + header_size;
    segment->payload_size = (uint32_t)(size - header_size);
    return tcpip_tcp_parse_options(&segment->options, bytes + TCPIP_TCP_HEADER_SIZE,
                                   header_size - TCPIP_TCP_HEADER_SIZE);
}

/* --- writing -------------------------------------------------------------------------------------- */

/*@ requires tcpip_writable(at, OPTION_HEAD);
    assigns at[0 .. OPTION_HEAD - 1];
    ensures \result == at + OPTION_HEAD; */
static uint8_t *put_head(uint8_t *at, uint8_t kind, unsigned length)
{
    at[0] = kind;
    at[1] = (uint8_t)length;
    return at + OPTION_HEAD;
}

/*@ requires tcpip_writable(at, 8);
    assigns at[0 .. 7];
    ensures \result == at + 8; */
static uint8_t *put_pair(uint8_t *at, uint32_t first, uint32_t second)
{
    tcpip_put_be32(at, first);
    tcpip_put_be32(at + 4, second);
    return at + 8;
}

/* Into as many bytes as options_size() says. Returns where they end. */
/*@ requires \valid_read(options) && options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX;
    requires tcpip_writable(at, tcpip_tcp_options_size(options));
    requires \separated(options, at + (0 .. tcpip_tcp_options_size(options) - 1));
    assigns at[0 .. tcpip_tcp_options_size(options) - 1];
    ensures \result == at + \old(tcpip_tcp_options_size(options)); */
static uint8_t *put_options(uint8_t *at, const struct tcpip_tcp_options *options)
{
    if (options->has_mss) {
        at = put_head(at, TCPIP_TCP_OPTION_MSS, 4);
        tcpip_put_be16(at, options->mss);
        at += 2;
    }
    /*@ assert at == \at(at, Pre) + (options->has_mss ? 4 : 0); */
    /*@ assert *options == \at(*options, Pre); */
    if (ipconfigUSE_TCP_WINDOW_SCALING && options->has_window_scale) {
        at = put_head(at, TCPIP_TCP_OPTION_WINDOW_SCALE, 3);
        *at++ = options->window_scale;
    }
    /*@ assert at == \at(at, Pre) + (options->has_mss ? 4 : 0) +
               (ipconfigUSE_TCP_WINDOW_SCALING != 0 && options->has_window_scale ? 3 : 0); */
    /*@ assert *options == \at(*options, Pre); */
    if (ipconfigUSE_TCP_SACK && options->has_sack_permitted)
        at = put_head(at, TCPIP_TCP_OPTION_SACK_PERMITTED, 2);
    /*@ assert at == \at(at, Pre) + (options->has_mss ? 4 : 0) +
               (ipconfigUSE_TCP_WINDOW_SCALING != 0 && options->has_window_scale ? 3 : 0) +
               (ipconfigUSE_TCP_SACK != 0 && options->has_sack_permitted ? 2 : 0); */
    /*@ assert *options == \at(*options, Pre); */
    if (ipconfigUSE_TCP_TIMESTAMPS && options->has_timestamps) {
        /*@ assert at + 10 <= \at(at + tcpip_tcp_options_size(options), Pre); */
        at = put_head(at, TCPIP_TCP_OPTION_TIMESTAMPS, 10);
        at = put_pair(at, options->timestamp_value, options->timestamp_echo);
        /*@ assert options->sack_count == \at(options->sack_count, Pre); */
    }
    /*@ assert at == \at(at + tcpip_tcp_options_size(options), Pre) -
               \at(tcpip_tcp_blocks_size(options), Pre); */
    /*@ assert options->sack_count == \at(options->sack_count, Pre); */
    if (ipconfigUSE_TCP_SACK && options->sack_count > 0) {
        at = put_head(at, TCPIP_TCP_OPTION_SACK, 2u + BLOCK * options->sack_count);
        /*@ loop invariant i <= options->sack_count == \at(options->sack_count, Pre);
            loop invariant at == \at(at + tcpip_tcp_options_size(options), Pre) -
                                 8 * (options->sack_count - i);
            loop assigns i, at, \at(at, Pre)[0 .. \at(tcpip_tcp_options_size(options), Pre) - 1];
            loop variant options->sack_count - i; */
        for (unsigned i = 0; i < options->sack_count; i++)
            at = put_pair(at, options->sack[i].left, options->sack[i].right);
    }
    return at;
}

/*@ requires \valid_read(options);
    assigns \nothing;
    ensures \result == (tcpip_tcp_options_size(options) + 3) / 4 * 4; */
static size_t options_size(const struct tcpip_tcp_options *options)
{
    size_t size = options->has_mss ? 4 : 0;

    if (ipconfigUSE_TCP_WINDOW_SCALING && options->has_window_scale)
        size += 3;
    if (ipconfigUSE_TCP_SACK && options->has_sack_permitted)
        size += 2;
    if (ipconfigUSE_TCP_TIMESTAMPS && options->has_timestamps)
        size += 10;
    if (ipconfigUSE_TCP_SACK && options->sack_count > 0)
        size += 2u + BLOCK * options->sack_count;
    return (size + 3) / 4 * 4;
}

size_t tcpip_tcp_header_size(const struct tcpip_tcp_options *options)
{
    return TCPIP_TCP_HEADER_SIZE + options_size(options);
}

void tcpip_tcp_put_header(uint8_t *bytes, size_t size, const struct tcpip_tcp_header *header,
                          const struct tcpip_tcp_options *options)
{
    /*@ assert 0 <= tcpip_tcp_options_size(options) <= TCPIP_TCP_OPTIONS_MAX; */
    uint8_t *end = put_options(bytes + TCPIP_TCP_HEADER_SIZE, options);

    /*@ assert bytes + TCPIP_TCP_HEADER_SIZE <= end <= bytes + size; */
    memset(end, TCPIP_TCP_OPTION_NOP, (size_t)(bytes + size - end));
    tcpip_put_be16(bytes, header->source_port);
    tcpip_put_be16(bytes + 2, header->destination_port);
    tcpip_put_be32(bytes + 4, header->sequence);
    tcpip_put_be32(bytes + 8, header->acknowledgement);
    bytes[12] = (uint8_t)(size / 4 * 16);
    bytes[13] = header->flags;
    tcpip_put_be16(bytes + 14, header->window);
    tcpip_put_be32(bytes + 16, 0);
}
