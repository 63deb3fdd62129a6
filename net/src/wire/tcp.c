/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing TCP headers. Every read goes through the bounds-checked reader; an option is
 * cut off as a reader of its own, so that its value cannot reach into the next one.
 */
#include "wire/tcp.h"

#include <string.h>

#include "wire/bytes.h"

static bool read_mss(struct tcpip_tcp_options *options, struct tcpip_reader *value)
{
    options->has_mss = value->left == 2;
    return tcpip_read_be16(value, &options->mss) && value->left == 0;
}

static bool read_window_scale(struct tcpip_tcp_options *options, struct tcpip_reader *value)
{
    options->has_window_scale = value->left == 1;
    return tcpip_read_u8(value, &options->window_scale) && value->left == 0;
}

static bool read_timestamps(struct tcpip_tcp_options *options, struct tcpip_reader *value)
{
    options->has_timestamps = value->left == 8;
    return tcpip_read_be32(value, &options->timestamp_value) &&
           tcpip_read_be32(value, &options->timestamp_echo) && value->left == 0;
}

static bool read_sack(struct tcpip_tcp_options *options, struct tcpip_reader *value)
{
    struct tcpip_tcp_block block;

    if (value->left == 0 || value->left % 8 != 0)
        return false;
    options->sack_count = 0;
    while (value->left > 0 && options->sack_count < TCPIP_TCP_SACK_BLOCKS_MAX) {
        if (!tcpip_read_be32(value, &block.left) || !tcpip_read_be32(value, &block.right))
            return false;
        options->sack[options->sack_count++] = block;
    }
    return value->left == 0;
}

static bool read_value(struct tcpip_tcp_options *options, uint8_t kind, struct tcpip_reader *value)
{
    switch (kind) {
    case TCPIP_TCP_OPTION_MSS:
        return read_mss(options, value);
    case TCPIP_TCP_OPTION_WINDOW_SCALE:
        return read_window_scale(options, value);
    case TCPIP_TCP_OPTION_SACK_PERMITTED:
        options->has_sack_permitted = value->left == 0;
        return value->left == 0;
    case TCPIP_TCP_OPTION_SACK:
        return read_sack(options, value);
    case TCPIP_TCP_OPTION_TIMESTAMPS:
        return read_timestamps(options, value);
    default: /* MUST-6: an unknown option is skipped by its length */
        return true;
    }
}

bool tcpip_tcp_parse_options(struct tcpip_tcp_options *options, const uint8_t *bytes, size_t size)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    struct tcpip_reader value;
    uint8_t kind, length;

    memset(options, 0, sizeof *options);
    while (tcpip_read_u8(&reader, &kind) && kind != TCPIP_TCP_OPTION_END) {
        if (kind == TCPIP_TCP_OPTION_NOP)
            continue;
        if (!tcpip_read_u8(&reader, &length) || length < 2)
            return false;
        if (!tcpip_read_part(&reader, length - 2u, &value) || !read_value(options, kind, &value))
            return false;
    }
    return true;
}

bool tcpip_tcp_parse(struct tcpip_tcp_segment *segment, const uint8_t *bytes, size_t size)
{
    struct tcpip_reader reader = tcpip_reader_of(bytes, size);
    struct tcpip_reader options;
    struct tcpip_tcp_header *header = &segment->header;
    uint8_t offset, flags;

    if (!tcpip_read_be16(&reader, &header->source_port) ||
        !tcpip_read_be16(&reader, &header->destination_port) ||
        !tcpip_read_be32(&reader, &header->sequence) ||
        !tcpip_read_be32(&reader, &header->acknowledgement) || !tcpip_read_u8(&reader, &offset) ||
        !tcpip_read_u8(&reader, &flags) || !tcpip_read_be16(&reader, &header->window) ||
        !tcpip_read_be16(&reader, &header->checksum) || !tcpip_read_be16(&reader, &header->urgent))
        return false;
    header->flags = flags % 64;

    size_t header_size = offset / 16 * 4u;
    if (header_size < TCPIP_TCP_HEADER_SIZE ||
        !tcpip_read_part(&reader, header_size - TCPIP_TCP_HEADER_SIZE, &options))
        return false;
    segment->payload = reader.at;
    segment->payload_size = reader.left;
    return tcpip_tcp_parse_options(&segment->options, options.at, options.left);
}

static size_t options_size(const struct tcpip_tcp_options *options)
{
    size_t size = 0;

    if (options == NULL)
        return 0;
    size += options->has_mss ? 4 : 0;
    size += options->has_window_scale ? 3 : 0;
    size += options->has_sack_permitted ? 2 : 0;
    size += options->has_timestamps ? 10 : 0;
    size += options->sack_count > 0 ? 2u + 8u * options->sack_count : 0;
    return (size + 3) / 4 * 4;
}

size_t tcpip_tcp_header_size(const struct tcpip_tcp_options *options)
{
    return TCPIP_TCP_HEADER_SIZE + options_size(options);
}

static bool put_head(struct tcpip_writer *writer, uint8_t kind, size_t length)
{
    return tcpip_write_u8(writer, kind) && tcpip_write_u8(writer, (uint8_t)length);
}

static bool put_sack(struct tcpip_writer *writer, const struct tcpip_tcp_options *options)
{
    bool fits = put_head(writer, TCPIP_TCP_OPTION_SACK, 2u + 8u * options->sack_count);

    for (uint8_t i = 0; fits && i < options->sack_count; i++)
        fits = tcpip_write_be32(writer, options->sack[i].left) &&
               tcpip_write_be32(writer, options->sack[i].right);
    return fits;
}

static bool put_options(struct tcpip_writer *writer, const struct tcpip_tcp_options *options)
{
    if (options->has_mss &&
        !(put_head(writer, TCPIP_TCP_OPTION_MSS, 4) && tcpip_write_be16(writer, options->mss)))
        return false;
    if (options->has_window_scale && !(put_head(writer, TCPIP_TCP_OPTION_WINDOW_SCALE, 3) &&
                                       tcpip_write_u8(writer, options->window_scale)))
        return false;
    if (options->has_sack_permitted && !put_head(writer, TCPIP_TCP_OPTION_SACK_PERMITTED, 2))
        return false;
    if (options->has_timestamps && !(put_head(writer, TCPIP_TCP_OPTION_TIMESTAMPS, 10) &&
                                     tcpip_write_be32(writer, options->timestamp_value) &&
                                     tcpip_write_be32(writer, options->timestamp_echo)))
        return false;
    if (options->sack_count > 0 && !put_sack(writer, options))
        return false;
    while (writer->left % 4 != 0)
        if (!tcpip_write_u8(writer, TCPIP_TCP_OPTION_NOP))
            return false;
    return true;
}

size_t tcpip_tcp_put_header(uint8_t *bytes, size_t capacity, const struct tcpip_tcp_header *header,
                            const struct tcpip_tcp_options *options)
{
    size_t size = tcpip_tcp_header_size(options);
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);

    if (size > capacity || size > TCPIP_TCP_HEADER_SIZE + TCPIP_TCP_OPTIONS_MAX)
        return 0;
    bool fits = tcpip_write_be16(&writer, header->source_port) &&
                tcpip_write_be16(&writer, header->destination_port) &&
                tcpip_write_be32(&writer, header->sequence) &&
                tcpip_write_be32(&writer, header->acknowledgement) &&
                tcpip_write_u8(&writer, (uint8_t)(size / 4 * 16)) &&
                tcpip_write_u8(&writer, header->flags) &&
                tcpip_write_be16(&writer, header->window) &&
                tcpip_write_be16(&writer, header->checksum) &&
                tcpip_write_be16(&writer, header->urgent) &&
                (options == NULL || put_options(&writer, options));
    return fits ? size : 0;
}
