/* SPDX-License-Identifier: MIT */
/* IPv4 headers, whole and quoted, and the headers of UDP and ICMP behind them. */
#include <stdlib.h>

#include "wire/icmp.h"
#include "wire/ipv4.h"
#include "wire/udp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ipv4_header header;
    struct udp_header udp;
    struct icmp_header icmp;

    if (tcpip_ipv4_parse_quoted(data, size, &header) == IPV4_OK && header.header_size > size)
        abort();
    if (tcpip_ipv4_parse(data, size, &header) != IPV4_OK)
        return 0;
    if (header.header_size < IPV4_HEADER_SIZE || header.header_size > header.total_size ||
        header.total_size > size)
        abort();
    const uint8_t *transport = data + header.header_size;
    size_t left = (size_t)header.total_size - header.header_size;
    if (udp_parse(transport, left, &udp) && (udp.length < UDP_HEADER_SIZE || udp.length > left))
        abort();
    if (icmp_parse(transport, left, &icmp) != (left >= ICMP_HEADER_SIZE))
        abort();
    return 0;
}
