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
