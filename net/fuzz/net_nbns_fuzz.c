/* SPDX-License-Identifier: MIT */
/*
 * Messages of NetBIOS: as a query, whose answer must be readable to who asked, and as a reply.
 */
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "wire/nbns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_query(const struct nbns_query *query)
{
    struct tcpip_address address = tcpip_address_from_ipv4(0x0a000001), found;
    uint8_t bytes[NBNS_REPLY_SIZE];
    struct nbns_query back;
    uint32_t ttl;
    size_t count;

    tcpip_nbns_build_reply(bytes, query, &address);
    if (!tcpip_nbns_parse_reply(bytes, sizeof bytes, query, &found, 1, &count, &ttl) ||
        count != 1 || !tcpip_address_equal(&address, &found))
        abort();
    tcpip_nbns_build_query(bytes, query);
    if (!tcpip_nbns_parse_query(bytes, NBNS_QUERY_SIZE, &back) || back.id != query->id ||
        memcmp(&back.name, &query->name, sizeof back.name) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct nbns_query query;
    struct tcpip_address found[4];
    uint32_t ttl;
    size_t count = 0;

    memset(&query, 0, sizeof query);
    if (tcpip_nbns_parse_query(data, size, &query))
        check_query(&query);
    query.id = 0x1234;
    (void)tcpip_nbns_name_from_text(&query.name, "lamp", NBNS_KIND_HOST);
    if (tcpip_nbns_parse_reply(data, size, &query, found, 4, &count, &ttl) && count > 4)
        abort();
    return 0;
}
