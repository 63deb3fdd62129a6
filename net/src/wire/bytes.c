/* SPDX-License-Identifier: MIT */
/*
 * Each step goes on first, if there is so much, and then looks back.
 */
#include "wire/bytes.h"

bool tcpip_read_skip(struct tcpip_reader *reader, size_t size)
{
    if (size > reader->left)
        return false;
    reader->at += size;
    reader->left -= size;
    return true;
}

bool tcpip_read_u8(struct tcpip_reader *reader, uint8_t *value)
{
    if (!tcpip_read_skip(reader, 1))
        return false;
    *value = reader->at[-1];
    return true;
}

bool tcpip_read_be16(struct tcpip_reader *reader, uint16_t *value)
{
    if (!tcpip_read_skip(reader, 2))
        return false;
    *value = tcpip_get_be16(reader->at - 2);
    return true;
}

bool tcpip_read_be32(struct tcpip_reader *reader, uint32_t *value)
{
    if (!tcpip_read_skip(reader, 4))
        return false;
    *value = tcpip_get_be32(reader->at - 4);
    return true;
}

bool tcpip_read_bytes(struct tcpip_reader *reader, uint8_t *bytes, size_t size)
{
    if (!tcpip_read_skip(reader, size))
        return false;
    memcpy(bytes, reader->at - size, size);
    return true;
}

bool tcpip_read_part(struct tcpip_reader *reader, size_t size, struct tcpip_reader *part)
{
    if (!tcpip_read_skip(reader, size))
        return false;
    part->at = reader->at - size;
    part->left = size;
    return true;
}

bool tcpip_write_skip(struct tcpip_writer *writer, size_t size)
{
    if (size > writer->left)
        return false;
    writer->at += size;
    writer->left -= size;
    return true;
}

bool tcpip_write_u8(struct tcpip_writer *writer, uint8_t value)
{
    if (!tcpip_write_skip(writer, 1))
        return false;
    writer->at[-1] = value;
    return true;
}

bool tcpip_write_be16(struct tcpip_writer *writer, uint16_t value)
{
    if (!tcpip_write_skip(writer, 2))
        return false;
    tcpip_put_be16(writer->at - 2, value);
    return true;
}

bool tcpip_write_be32(struct tcpip_writer *writer, uint32_t value)
{
    if (!tcpip_write_skip(writer, 4))
        return false;
    tcpip_put_be32(writer->at - 4, value);
    return true;
}

bool tcpip_write_bytes(struct tcpip_writer *writer, const uint8_t *bytes, size_t size)
{
    if (!tcpip_write_skip(writer, size))
        return false;
    if (size > 0)
        memcpy(writer->at - size, bytes, size);
    return true;
}

bool tcpip_write_zeros(struct tcpip_writer *writer, size_t size)
{
    if (!tcpip_write_skip(writer, size))
        return false;
    if (size > 0)
        memset(writer->at - size, 0, size);
    return true;
}
