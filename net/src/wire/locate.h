/* SPDX-License-Identifier: MIT */
/*
 * Where in an Ethernet frame the transport header is, and what its checksum covers.
 */
#pragma once

#include "tcpip_address.h"
#include "wire/bytes.h"

enum locate_result {
    LOCATE_OK,
    LOCATE_SHORT, /* a header or a length goes beyond the frame, or contradicts another */
    LOCATE_OTHER, /* not IP, a fragment, or IPv6 with extension headers */
};

struct located {
    struct tcpip_address source;
    struct tcpip_address destination;
    uint8_t protocol;
    size_t offset; /* of the transport header in the frame */
    size_t length; /* of it and what follows it, without padding: offset + length <= size */
};

/*@ requires tcpip_readable(frame, size) && \valid(located);
    requires \separated(located, frame + (0 .. size - 1));
    assigns *located;
    ensures \result == LOCATE_OK ==> located->offset + located->length <= size;
    ensures \result == LOCATE_OK ==> located->offset >= 34; */
enum locate_result tcpip_locate(const uint8_t *frame, size_t size, struct located *located);
