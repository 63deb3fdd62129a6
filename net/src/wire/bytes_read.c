/* SPDX-License-Identifier: MIT */
/* What a reader takes beyond single bytes. */
#include "wire/bytes.h"

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
