/* SPDX-License-Identifier: MIT */
/*
 * The TCP header and option parser. Whatever it accepts must lie inside the input, and must be
 * written and read back as the same values.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "wire/tcp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_header(const struct tcpip_tcp_header *a, const struct tcpip_tcp_header *b)
{
    return a->source_port == b->source_port && a->destination_port == b->destination_port &&
           a->sequence == b->sequence && a->acknowledgement == b->acknowledgement &&
           a->window == b->window && a->flags == b->flags;
}

/* The value of an option that is not there means nothing. */
static bool same_options(const struct tcpip_tcp_options *a, const struct tcpip_tcp_options *b)
{
    if (a->has_mss != b->has_mss || (a->has_mss && a->mss != b->mss))
        return false;
    if (a->has_window_scale != b->has_window_scale ||
        (a->has_window_scale && a->window_scale != b->window_scale))
        return false;
    if (a->has_timestamps != b->has_timestamps ||
        (a->has_timestamps &&
         (a->timestamp_value != b->timestamp_value || a->timestamp_echo != b->timestamp_echo)))
        return false;
    return a->has_sack_permitted == b->has_sack_permitted && a->sack_count == b->sack_count &&
           memcmp(a->sack, b->sack, a->sack_count * sizeof a->sack[0]) == 0;
}

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
    if (!same_header(&segment.header, &again.header) ||
        !same_options(&segment.options, &again.options))
        abort();
    return 0;
}
