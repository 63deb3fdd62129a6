/* SPDX-License-Identifier: MIT */
/* Lists of search domains: from DHCP's and DHCPv6's messages, and as they are; each ends. */
#include <stdlib.h>
#include <string.h>

#include "wire/domains.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OPTIONS_AT = 240, FIELDS_AT = 44, FIELDS = 192, MOST = 1000, ROOM = 64 };

static void read_all(const uint8_t *list, size_t size)
{
    const struct dns_message names = {list, size};
    char text[ROOM];
    size_t offset = 0, before = 0;

    while (tcpip_domains_next(&names, &offset, text, sizeof text)) {
        if (offset <= before || offset > size || strlen(text) >= sizeof text)
            abort();
        before = offset;
    }
}

/* The first bytes are the overloaded fields, the others options. */
static void read_message(const uint8_t *data, size_t size)
{
    uint8_t message[OPTIONS_AT + MOST] = {0}, list[DOMAINS_LIST_MOST];
    size_t fields = size < FIELDS ? size : FIELDS;

    if (size > MOST)
        return;
    if (fields > 0)
        memcpy(message + FIELDS_AT, data, fields);
    if (size > fields)
        memcpy(message + OPTIONS_AT, data + fields, size - fields);
    size_t got = tcpip_domains_of_dhcp(message, OPTIONS_AT + size - fields, list, sizeof list);
    if (got > sizeof list)
        abort();
    read_all(list, got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tcpip_reader list = tcpip_domains_of_dhcp6(data, size);

    if (list.left > 0 && (list.at < data || list.left > size - (size_t)(list.at - data)))
        abort();
    read_all(list.at, list.left);
    read_all(data, size);
    read_message(data, size);
    return 0;
}
