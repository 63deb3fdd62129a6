/* SPDX-License-Identifier: MIT */
/*
 * The classic pcap format: little-endian, Ethernet frames, microseconds. A file is a header, then for
 * each frame a header and its bytes.
 */
#pragma once

#include "wire/bytes.h"

enum { PCAP_FILE_HEADER_SIZE = 24, PCAP_FRAME_HEADER_SIZE = 16 };

/* A file whose frames have at most `longest` bytes each. */
/*@ requires tcpip_writable(bytes, PCAP_FILE_HEADER_SIZE);
    assigns bytes[0 .. PCAP_FILE_HEADER_SIZE - 1]; */
void tcpip_pcap_file_header(uint8_t bytes[PCAP_FILE_HEADER_SIZE], uint32_t longest);

/* A frame of `length` bytes, of which `kept` follow, seen at so many microseconds since 1970. */
/*@ requires tcpip_writable(bytes, PCAP_FRAME_HEADER_SIZE);
    assigns bytes[0 .. PCAP_FRAME_HEADER_SIZE - 1]; */
void tcpip_pcap_frame_header(uint8_t bytes[PCAP_FRAME_HEADER_SIZE], uint64_t time_us, uint32_t kept,
                             uint32_t length);
