/* SPDX-License-Identifier: MIT */
/* Checksums as drivers ask for them. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP_Private.h"

/* UDP from 10.0.0.1:1 to 10.0.0.2:2 with two bytes, and room. */
static const uint8_t udp[46] = {2,   0,  0, 0,  0,  1, 2, 0, 0,  0,  0, 2, 8, 0, /* Ethernet */
                                69,  0,  0, 30, 0,  0, 0, 0, 64, 17, 0, 0,       /* IPv4 */
                                10,  0,  0, 1,  10, 0, 0, 2, 0,  1,  0, 2, 0, 10, 0, 0, /* UDP */
                                'h', 'i'};

enum { PROTOCOL = 23, TOTAL_LENGTH = 17, FRAGMENT = 20, IHL = 14 };

TEST(a_sum_is_in_host_order_and_can_be_continued)
{
    static const uint8_t bytes[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7}; /* RFC 1071 */

    CHECK_EQUAL(0xddf2, usGenerateChecksum(0, bytes, 8));
    CHECK_EQUAL(0xddf2, usGenerateChecksum(usGenerateChecksum(0, bytes, 4), bytes + 4, 4));
    CHECK_EQUAL(0x0100, usGenerateChecksum(0, (const uint8_t[]){1}, 1));
    CHECK_EQUAL(7, usGenerateChecksum(7, bytes, 0));
}

/* Inserts, finds it right, and finds each single damaged bit of what is covered. */
static void check_covers(const uint8_t *frame, size_t from, size_t to)
{
    uint8_t copy[sizeof udp + 64] = {0};

    memcpy(copy, frame, to);
    CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(copy, to, pdTRUE));
    CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(copy, to, pdFALSE));
    for (size_t bit = from * 8; bit < to * 8; bit++) {
        uint16_t result;

        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        result = usGenerateProtocolChecksum(copy, to, pdFALSE);
        CHECK(result == ipWRONG_CRC);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

TEST(udp_covers_addresses_and_payload)
{
    check_covers(udp, 26, 44);
}

TEST(tcp_icmp_and_igmp_have_theirs)
{
    uint8_t frame[14 + 20 + 24] = {0};

    memcpy(frame, udp, 34);
    frame[TOTAL_LENGTH] = 44;
    frame[PROTOCOL] = ipPROTOCOL_TCP;
    check_covers(frame, 26, sizeof frame);
    frame[PROTOCOL] = ipPROTOCOL_ICMP;
    check_covers(frame, 34, sizeof frame);
    frame[PROTOCOL] = ipPROTOCOL_IGMP;
    check_covers(frame, 34, sizeof frame);
}

TEST(ipv6_has_them_too)
{
    uint8_t frame[14 + 40 + 24] = {0};

    frame[12] = 0x86;
    frame[13] = 0xdd;
    frame[14] = 0x60;
    frame[19] = 24;
    frame[22] = 1;
    frame[53] = 2;
    frame[20] = ipPROTOCOL_ICMP_IPv6;
    check_covers(frame, 22, sizeof frame);
    frame[20] = ipPROTOCOL_TCP;
    check_covers(frame, 22, sizeof frame);
    frame[20] = ipPROTOCOL_ICMP; /* belongs to the other family */
    CHECK_EQUAL(ipUNHANDLED_PROTOCOL, usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE));
    frame[20] = 44; /* a fragment header */
    CHECK_EQUAL(ipUNHANDLED_PROTOCOL, usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE));
    frame[20] = ipPROTOCOL_TCP;
    frame[19] = 25; /* longer than the frame */
    CHECK_EQUAL(ipINVALID_LENGTH, usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE));
}

TEST(padding_is_not_covered)
{
    uint8_t frame[60] = {0};

    memcpy(frame, udp, 44);
    CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(frame, 44, pdTRUE));
    memset(frame + 44, 0xff, 16);
    CHECK_EQUAL(ipCORRECT_CRC, usGenerateProtocolChecksum(frame, 60, pdFALSE));
}

TEST(a_datagram_without_checksum_is_an_option)
{
    uint8_t frame[44];

    memcpy(frame, udp, 44);
    CHECK_EQUAL(ipconfigUDP_PASS_ZERO_CHECKSUM_PACKETS ? ipCORRECT_CRC : ipWRONG_CRC,
                usGenerateProtocolChecksum(frame, 44, pdFALSE));
}

TEST(every_shorter_length_is_invalid)
{
    uint8_t frame[44];

    for (size_t length = 0; length < sizeof frame; length++) {
        memcpy(frame, udp, sizeof frame);
        CHECK_EQUAL(ipINVALID_LENGTH, usGenerateProtocolChecksum(frame, length, pdTRUE));
        CHECK_BYTES(udp, frame, sizeof frame);
    }
}

TEST(contradicting_lengths_are_invalid)
{
    uint8_t frame[44];

    for (int ihl = 0; ihl < 16; ihl++)
        for (int total = 0; total < 256; total++) {
            memcpy(frame, udp, sizeof frame);
            frame[IHL] = (uint8_t)(64 + ihl);
            frame[TOTAL_LENGTH] = (uint8_t)total;
            frame[38] = 0; /* UDP's own length field is not looked at */
            uint16_t result = usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE);
            if (ihl < 5 || total < ihl * 4 + 8 || total > 30)
                CHECK(result == ipINVALID_LENGTH || result == ipUNHANDLED_PROTOCOL);
        }
}

TEST(fragments_and_other_protocols_are_not_handled)
{
    uint8_t frame[44];

    memcpy(frame, udp, sizeof frame);
    frame[FRAGMENT] = 0x20;
    CHECK_EQUAL(ipUNHANDLED_PROTOCOL, usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE));
    memcpy(frame, udp, sizeof frame);
    frame[PROTOCOL] = 47;
    CHECK_EQUAL(ipUNHANDLED_PROTOCOL, usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE));
    frame[13] = 6; /* ARP */
    CHECK_EQUAL(ipUNHANDLED_PROTOCOL, usGenerateProtocolChecksum(frame, sizeof frame, pdTRUE));
}
