/* SPDX-License-Identifier: MIT */
/* The short headers, each read from the same bytes; what was read is written, and is the same. */
#include <stdlib.h>
#include <string.h>

#include "wire/icmp.h"
#include "wire/udp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void udp(const uint8_t *data, size_t size)
{
    struct udp_header header;
    uint8_t back[UDP_HEADER_SIZE];

    if (!udp_parse(data, size, &header))
        return;
    if (header.length < UDP_HEADER_SIZE || header.length > size ||
        !udp_build(back, sizeof back, &header) || memcmp(back, data, sizeof back) != 0)
        abort();
}

static void icmp(const uint8_t *data, size_t size)
{
    struct icmp_header header;
    uint8_t back[ICMP_HEADER_SIZE];

    if (!icmp_parse(data, size, &header)) {
        if (size >= ICMP_HEADER_SIZE)
            abort();
        return;
    }
    if (!icmp_build(back, sizeof back, &header) || memcmp(back, data, 2) != 0 ||
        memcmp(back + 4, data + 4, 4) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    udp(data, size);
    icmp(data, size);
    return 0;
}
