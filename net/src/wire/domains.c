/* SPDX-License-Identifier: MIT */
/*
 * Options are walked here once more, for this alone: who does not want domains does not pay for them. As
 * in wire/dhcp.c each field of a message is a reader of its own.
 */
#include "wire/domains.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigDNS_LEARNT_DOMAINS > 0

enum { SNAME_AT = 44, SNAME_SIZE = 64, FILE_AT = 108, FILE_SIZE = 128, OPTIONS_AT = 240 };
enum { PAD = 0, END = 255, DOMAIN_NAME = 15, OVERLOAD = 52, SEARCH_LIST = 119 };
enum { DHCP6_HEADER = 4, DHCP6_SEARCH_LIST = 24, TEXT_MOST = 253 };

struct walk {
    struct tcpip_writer list;
    struct tcpip_reader domain; /* the first option with one name */
    uint8_t overload;
};

/*@ predicate can_walk{L}(struct walk *walk) =
        \valid(walk) && tcpip_writable(walk->list.at, walk->list.left) &&
        tcpip_readable(walk->domain.at, walk->domain.left) &&
        \separated(walk, walk->list.at + (0 .. walk->list.left - 1));

    // What is walked lies apart from what is written.
    predicate is_apart{L}(struct walk *walk, struct tcpip_reader part) =
        tcpip_readable(part.at, part.left) &&
        \separated(part.at + (0 .. part.left - 1), walk) &&
        \separated(part.at + (0 .. part.left - 1), walk->list.at + (0 .. walk->list.left - 1)); */

/*@ requires can_walk(walk) && is_apart(walk, value);
    assigns *walk, walk->list.at[0 .. walk->list.left - 1];
    ensures can_walk(walk) && tcpip_written_on{Pre, Post}(&walk->list); */
static void take(struct walk *walk, uint8_t code, struct tcpip_reader value)
{
    size_t size = value.left < walk->list.left ? value.left : walk->list.left;

    if (code == SEARCH_LIST)
        (void)tcpip_write_bytes(&walk->list, value.at, size); /* as much as there is room for */
    else if (code == DOMAIN_NAME && walk->domain.left == 0)
        walk->domain = value;
    else if (code == OVERLOAD && value.left == 1 && walk->overload == 0)
        walk->overload = value.at[0];
}

/*@ requires can_walk(walk) && is_apart(walk, options);
    assigns *walk, walk->list.at[0 .. walk->list.left - 1];
    ensures can_walk(walk) && tcpip_written_on{Pre, Post}(&walk->list); */
static void walk_options(struct walk *walk, struct tcpip_reader options)
{
    struct tcpip_reader value;
    uint8_t code, size;

    /*@ loop invariant can_walk(walk);
        loop invariant tcpip_readable(options.at, options.left);
        loop invariant \separated(options.at + (0 .. options.left - 1), walk);
        loop invariant \separated(options.at + (0 .. options.left - 1),
                                  \at(walk->list.at, Pre) + (0 .. \at(walk->list.left, Pre) - 1));
        loop invariant walk->list.left <= \at(walk->list.left, Pre);
        loop invariant walk->list.at ==
                       \at(walk->list.at, Pre) + (\at(walk->list.left, Pre) - walk->list.left);
        loop assigns options, value, code, size, *walk,
                     \at(walk->list.at, Pre)[0 .. \at(walk->list.left, Pre) - 1];
        loop variant options.left; */
    while (tcpip_read_u8(&options, &code) && code != END)
        if (code != PAD) {
            if (!tcpip_read_u8(&options, &size) || !tcpip_read_part(&options, size, &value))
                return;
            take(walk, code, value);
        }
}

/* RFC 2132 3.17 has text; some servers end it with a zero. */
/*@ requires tcpip_readable(text.at, text.left) && tcpip_writable(list, room);
    assigns list[0 .. room - 1];
    ensures \result <= room; */
static size_t name_of_text(struct tcpip_reader text, uint8_t *list, size_t room)
{
    char copy[TEXT_MOST + 1];
    struct dns_name name;

    if (text.left == 0 || text.left > TEXT_MOST)
        return 0;
    /*@ loop invariant i <= text.left;
        loop assigns i, copy[0 .. TEXT_MOST];
        loop variant text.left - i; */
    for (size_t i = 0; i < text.left; i++)
        copy[i] = (char)text.at[i];
    copy[text.left] = '\0';
    if (copy[0] == '\0' || !tcpip_dns_name_from_text(&name, copy, NULL) || name.size > room)
        return 0;
    memcpy(list, name.bytes, name.size);
    return name.size;
}

size_t tcpip_domains_of_dhcp(const uint8_t *bytes, size_t size, uint8_t *list, size_t room)
{
    struct walk walk = {.list = tcpip_writer_of(list, room)};

    if (size < OPTIONS_AT)
        return 0;
    walk_options(&walk, tcpip_reader_of(bytes + OPTIONS_AT, size - OPTIONS_AT));
    uint8_t overload = walk.overload; /* what stands in the fields cannot extend itself */
    if (overload % 2u == 1u)
        walk_options(&walk, tcpip_reader_of(bytes + FILE_AT, FILE_SIZE));
    if (overload / 2u % 2u == 1u)
        walk_options(&walk, tcpip_reader_of(bytes + SNAME_AT, SNAME_SIZE));
    return walk.list.left < room ? room - walk.list.left : name_of_text(walk.domain, list, room);
}

struct tcpip_reader tcpip_domains_of_dhcp6(const uint8_t *bytes, size_t size)
{
    struct tcpip_reader options = tcpip_reader_of(bytes, size);
    struct tcpip_reader value;
    uint16_t code, length;

    if (!tcpip_read_skip(&options, DHCP6_HEADER))
        return (struct tcpip_reader){bytes, 0};
    /*@ loop invariant tcpip_readable(options.at, options.left);
        loop assigns options, value, code, length;
        loop variant options.left; */
    while (tcpip_read_be16(&options, &code) && tcpip_read_be16(&options, &length) &&
           tcpip_read_part(&options, length, &value))
        if (code == DHCP6_SEARCH_LIST)
            return value;
    return (struct tcpip_reader){bytes, 0};
}

bool tcpip_domains_next(const struct dns_message *list, size_t *offset, char *text, size_t room)
{
    size_t at = *offset;

    if (!tcpip_dns_skip_name(list, offset))
        return false;
    if (!tcpip_dns_text_of(list, at, text, room) && room > 0)
        text[0] = '\0';
    return true;
}

#endif
