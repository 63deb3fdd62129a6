/* SPDX-License-Identifier: MIT */
#include "wire/bytes.h"

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
