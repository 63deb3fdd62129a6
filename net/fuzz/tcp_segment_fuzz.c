/* SPDX-License-Identifier: MIT */
/*
 * The TCP header and option parser. Whatever it accepts must lie inside the input, and must be
 * written and read back as the same values.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/tcp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tcpip_tcp_segment segment, again;
    uint8_t bytes[TCPIP_TCP_HEADER_SIZE + TCPIP_TCP_OPTIONS_MAX];

    if (!tcpip_tcp_parse(&segment, data, size))
        return 0;
    if (segment.payload < data || segment.payload + segment.payload_size != data + size)
        abort();
    size_t written = tcpip_tcp_header_size(&segment.options);
    if (written > sizeof bytes)
        return 0; /* an option list without padding may need more room than 40 bytes */
    tcpip_tcp_put_header(bytes, written, &segment.header, &segment.options);
    if (!tcpip_tcp_parse(&again, bytes, written) || again.payload_size != 0)
        abort();
    if (segment.header.sequence != again.header.sequence ||
        segment.header.flags != again.header.flags || segment.options.mss != again.options.mss ||
        segment.options.sack_count != again.options.sack_count ||
        memcmp(segment.options.sack, again.options.sack,
               segment.options.sack_count * sizeof segment.options.sack[0]) != 0 ||
        segment.options.timestamp_echo != again.options.timestamp_echo)
        abort();
    return 0;
}
