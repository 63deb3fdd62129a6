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

/*@ assigns \nothing; */
static bool is_printable(uint8_t byte)
{
    return byte > ' ' && byte != '.' && byte != 127;
}

bool tcpip_dns_text_of(const struct dns_message *message, size_t offset, char *text, size_t size)
{
    struct dns_name name;

    if (!tcpip_dns_read_name(message, offset, &name) || name.size < 2 || name.size - 1u > size)
        return false;
    size_t dot = name.bytes[0], at = 0;
    /*@ loop invariant at <= name.size - 2 && dot <= at + 256;
        loop assigns at, dot, text[0 .. size - 1];
        loop variant name.size - at; */
    for (; at + 2u < name.size; at++) {
        uint8_t byte = name.bytes[at + 1];

        if (at == dot) { /* the length of the next label */
            dot += byte + 1u;
            byte = '.';
        } else if (!is_printable(byte)) {
            return false;
        }
        text[at] = (char)byte;
    }
    text[at] = '\0';
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
    /*@ loop invariant cursor->section <= DNS_SECTIONS;
        loop assigns cursor->section;
        loop variant DNS_SECTIONS - cursor->section; */
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
