/* SPDX-License-Identifier: MIT */
#include "wire/pcap.h"

#define MAGIC_MICROSECONDS UINT32_C(0xa1b2c3d4)

enum { VERSION_MAJOR = 2, VERSION_MINOR = 4, LINK_ETHERNET = 1 };

/*@ requires tcpip_writable(at, 2);
    assigns at[0 .. 1]; */
static void put_le16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value % 256u);
    at[1] = (uint8_t)(value / 256u % 256u);
}

/*@ requires tcpip_writable(at, 4);
    assigns at[0 .. 3]; */
static void put_le32(uint8_t *at, uint32_t value)
{
    put_le16(at, value % 65536u);
    put_le16(at + 2, value / 65536u);
}

void tcpip_pcap_file_header(uint8_t bytes[PCAP_FILE_HEADER_SIZE], uint32_t longest)
{
    memset(bytes, 0, PCAP_FILE_HEADER_SIZE);
    put_le32(bytes, MAGIC_MICROSECONDS);
    put_le16(bytes + 4, VERSION_MAJOR);
    put_le16(bytes + 6, VERSION_MINOR);
    put_le32(bytes + 16, longest);
    put_le32(bytes + 20, LINK_ETHERNET);
}

void tcpip_pcap_frame_header(uint8_t bytes[PCAP_FRAME_HEADER_SIZE], uint64_t time_us, uint32_t kept,
                             uint32_t length)
{
    put_le32(bytes, (uint32_t)(time_us / 1000000u));
    put_le32(bytes + 4, (uint32_t)(time_us % 1000000u));
    put_le32(bytes + 8, kept);
    put_le32(bytes + 12, length);
}
