/* SPDX-License-Identifier: MIT */
/* IPv6: the header, its chain of extensions, and messages about groups of either family. */
#include <stdlib.h>

#include "core/text6.h"
#include "wire/ipv6.h"
#include "wire/membership.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_and_write_text(const uint8_t *data, size_t size)
{
    char text[TCPIP_IPV6_TEXT_SIZE + 8] = {0};
    uint8_t address[16], again[16];

    memcpy(text, data, size < sizeof text - 1 ? size : sizeof text - 1);
    if (!tcpip_ipv6_from_text(text, address))
        return;
    tcpip_ipv6_to_text(address, text);
    if (!tcpip_ipv6_from_text(text, again) || memcmp(address, again, sizeof again) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ipv6_chain chain = {.next_at = IPV6_NEXT_AT, .offset = IPV6_HEADER_SIZE};
    struct membership_message message;
    struct ipv6_header header;
    enum ipv6_result result;

    (void)tcpip_membership_parse(data, size, TCPIP_IPV6, &message);
    (void)tcpip_membership_parse(data, size, TCPIP_IPV4, &message);
    read_and_write_text(data, size);
    if (tcpip_ipv6_parse(data, size, &header) != IPV6_OK)
        return 0;
    if (size < IPV6_HEADER_SIZE || header.destination + IPV6_ADDRESS_SIZE > data + size)
        abort();
    result = tcpip_ipv6_walk(data, size, &chain);
    while (result == IPV6_FRAGMENTED) { /* what stands behind, as after putting together */
        if (chain.offset > size || chain.next_at >= size)
            abort();
        result = tcpip_ipv6_walk(data, size, &chain);
    }
    if (result == IPV6_OK && (chain.offset > size || chain.next_at >= chain.offset))
        abort();
    if (result == IPV6_PROBLEM && chain.pointer >= size)
        abort();
    return 0;
}
