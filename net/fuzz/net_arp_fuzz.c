/* SPDX-License-Identifier: MIT */
/* ARP packets: what is read is written again as the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "wire/arp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arp_packet packet;
    uint8_t bytes[ARP_PACKET_SIZE];

    if (!tcpip_arp_parse(data, size, &packet))
        return 0;
    if (size < sizeof bytes || !tcpip_arp_build(bytes, sizeof bytes, &packet) ||
        memcmp(bytes, data, sizeof bytes) != 0)
        abort();
    return 0;
}
