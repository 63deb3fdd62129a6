/* SPDX-License-Identifier: MIT */
/*
 * What is asked of messages beyond the answer of a server.
 */
#include "wire/dns.h"

bool tcpip_dns_same_name(const struct dns_message *a, size_t at_a, const struct dns_message *b,
                         size_t at_b)
{
    struct dns_name name;

    return tcpip_dns_read_name(b, at_b, &name) && tcpip_dns_is_name(a, at_a, &name);
}

/* No label is empty, so a name that goes on is greater than one that ends. */
int tcpip_dns_compare_names(const struct dns_message *a, size_t at_a, const struct dns_message *b,
                            size_t at_b)
{
    struct dns_name name_a, name_b;

    if (!tcpip_dns_read_name(a, at_a, &name_a) || !tcpip_dns_read_name(b, at_b, &name_b))
        return 0;
    return memcmp(name_a.bytes, name_b.bytes,
                  name_a.size < name_b.size ? name_a.size : name_b.size);
}

static bool is_printable(uint8_t byte)
{
    return byte > ' ' && byte != '.' && byte != 127;
}

bool tcpip_dns_text_of(const struct dns_message *message, size_t offset, char *text, size_t size)
{
    struct dns_name name;

    if (!tcpip_dns_read_name(message, offset, &name) || name.size < 2 || name.size - 1u > size)
        return false;
    for (size_t at = 0; name.bytes[at] != 0; text[at - 1] = '.') {
        size_t end = at + name.bytes[at];

        for (; at < end; at++) {
            if (!is_printable(name.bytes[at + 1]))
                return false;
            text[at] = (char)name.bytes[at + 1];
        }
        at++;
    }
    text[name.size - 2] = '\0'; /* instead of the last dot */
    return true;
}

bool tcpip_dns_read_header(const struct dns_message *message, struct dns_header *header)
{
    const uint8_t *at = message->bytes;

    if (message->size < DNS_HEADER_SIZE)
        return false;
    header->id = tcpip_get_be16(at);
    header->flags = tcpip_get_be16(at + 2);
    header->questions = tcpip_get_be16(at + 4);
    header->answers = tcpip_get_be16(at + 6);
    header->authorities = tcpip_get_be16(at + 8);
    header->additionals = tcpip_get_be16(at + 10);
    return true;
}

struct dns_cursor tcpip_dns_cursor(const struct dns_header *header)
{
    return (struct dns_cursor){
        .offset = DNS_HEADER_SIZE,
        .left = {header->questions, header->answers, header->authorities, header->additionals}};
}

bool tcpip_dns_next(const struct dns_message *message, struct dns_cursor *cursor,
                    struct dns_record *record)
{
    while (cursor->section < DNS_SECTIONS && cursor->left[cursor->section] == 0)
        cursor->section++;
    if (cursor->section == DNS_SECTIONS)
        return false;
    cursor->left[cursor->section]--;
    bool sound = cursor->section == DNS_QUESTIONS
                     ? tcpip_dns_read_question(message, &cursor->offset, record)
                     : tcpip_dns_read_record(message, &cursor->offset, record);
    if (!sound)
        cursor->section = DNS_SECTIONS;
    return sound;
}
