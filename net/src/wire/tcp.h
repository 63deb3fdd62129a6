/* SPDX-License-Identifier: MIT */
/*
 * The TCP segment on the wire (RFC 9293 section 3.1): header, options, payload.
 *
 * Pure functions over bytes. A segment whose header or option list contradicts its own lengths is
 * refused as a whole (MUST-7: an illegal option length must be survived). The checksum is the
 * caller's, who has the pseudo header. Options that are understood but not negotiated by this stack
 * are parsed all the same, so that their user only has to read a field.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "wire/bytes.h"

#define TCPIP_TCP_HEADER_SIZE     20
#define TCPIP_TCP_OPTIONS_MAX     40
#define TCPIP_TCP_SACK_BLOCKS_MAX 4

enum tcpip_tcp_flag {
    TCPIP_TCP_FIN = 1,
    TCPIP_TCP_SYN = 2,
    TCPIP_TCP_RST = 4,
    TCPIP_TCP_PSH = 8,
    TCPIP_TCP_ACK = 16,
    TCPIP_TCP_URG = 32,
};

enum tcpip_tcp_option_kind {
    TCPIP_TCP_OPTION_END = 0,
    TCPIP_TCP_OPTION_NOP = 1,
    TCPIP_TCP_OPTION_MSS = 2,
    TCPIP_TCP_OPTION_WINDOW_SCALE = 3,
    TCPIP_TCP_OPTION_SACK_PERMITTED = 4,
    TCPIP_TCP_OPTION_SACK = 5,
    TCPIP_TCP_OPTION_TIMESTAMPS = 8,
};

struct tcpip_tcp_block {
    uint32_t left, right; /* [left, right) in sequence numbers */
};

struct tcpip_tcp_options {
    bool has_mss, has_window_scale, has_sack_permitted, has_timestamps;
    uint8_t window_scale;
    uint8_t sack_count;
    uint16_t mss;
    uint32_t timestamp_value, timestamp_echo;
    /* Without the option there is one that is never used. */
    struct tcpip_tcp_block sack[ipconfigUSE_TCP_SACK ? TCPIP_TCP_SACK_BLOCKS_MAX : 1];
};

/* The values of options that are not there mean nothing. */
/*@ requires \valid(options);
    assigns *options;
    ensures options->sack_count == 0; */
static inline void tcpip_tcp_no_options(struct tcpip_tcp_options *options)
{
    options->has_mss = options->has_window_scale = false;
    options->has_sack_permitted = options->has_timestamps = false;
    options->sack_count = 0;
}

/* Without the urgent pointer, which nobody follows (RFC 6093), and the checksum. */
struct tcpip_tcp_header {
    uint16_t source_port, destination_port;
    uint32_t sequence, acknowledgement;
    uint16_t window;
    uint8_t flags; /* of enum tcpip_tcp_flag */
};

struct tcpip_tcp_segment {
    struct tcpip_tcp_header header;
    struct tcpip_tcp_options options;
    const uint8_t *payload; /* lies in the bytes that were parsed */
    uint32_t payload_size;
};

/* Reads a whole segment. False: too short, a data offset outside it, or a malformed option list;
 * `segment` is unspecified then. */
/*@ requires tcpip_readable(bytes, size) && \valid(segment);
    requires \separated(segment, bytes + (0 .. size - 1));
    assigns *segment;
    ensures \result ==> segment->payload_size <= size - TCPIP_TCP_HEADER_SIZE;
    ensures \result ==> segment->payload == bytes + (size - segment->payload_size);
    ensures \result ==> segment->options.sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX; */
bool tcpip_tcp_parse(struct tcpip_tcp_segment *segment, const uint8_t *bytes, size_t size);

/* Reads an option list alone; the same rules. */
/*@ requires tcpip_readable(bytes, size) && \valid(options);
    requires \separated(options, bytes + (0 .. size - 1));
    assigns *options;
    ensures options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX; */
bool tcpip_tcp_parse_options(struct tcpip_tcp_options *options, const uint8_t *bytes, size_t size);

/*@ logic integer tcpip_tcp_blocks_size{L}(struct tcpip_tcp_options *options) =
        ipconfigUSE_TCP_SACK != 0 && options->sack_count > 0 ? 2 + 8 * options->sack_count : 0;
    logic integer tcpip_tcp_options_size{L}(struct tcpip_tcp_options *options) =
        (options->has_mss ? 4 : 0) +
        (ipconfigUSE_TCP_WINDOW_SCALING != 0 && options->has_window_scale ? 3 : 0) +
        (ipconfigUSE_TCP_SACK != 0 && options->has_sack_permitted ? 2 : 0) +
        (ipconfigUSE_TCP_TIMESTAMPS != 0 && options->has_timestamps ? 10 : 0) +
        tcpip_tcp_blocks_size(options);
    // Rounded up to words.
    logic integer tcpip_tcp_size_with{L}(struct tcpip_tcp_options *options) =
        TCPIP_TCP_HEADER_SIZE + (tcpip_tcp_options_size(options) + 3) / 4 * 4; */

/* Size of the header with these options, a multiple of four; more than 60 if they need too much. */
/*@ requires \valid_read(options);
    assigns \nothing;
    ensures \result == tcpip_tcp_size_with(options); */
size_t tcpip_tcp_header_size(const struct tcpip_tcp_options *options);

/* Writes header and options into `size` bytes, which are as many as tcpip_tcp_header_size() says and at
 * most 60; checksum and urgent pointer are zero. */
/*@ requires \valid_read(header) && \valid_read(options);
    requires options->sack_count <= TCPIP_TCP_SACK_BLOCKS_MAX;
    requires size == tcpip_tcp_size_with(options) && size <= 60;
    requires tcpip_writable(bytes, size);
    requires \separated(bytes + (0 .. size - 1), header, options);
    assigns bytes[0 .. size - 1]; */
void tcpip_tcp_put_header(uint8_t *bytes, size_t size, const struct tcpip_tcp_header *header,
                          const struct tcpip_tcp_options *options);
