/* SPDX-License-Identifier: MIT */
/* Answers are made in a copy of the question. */
#include "network.h"

#include "emac.h"

#include <string.h>

enum { IP = 14, TRANSPORT = IP + 20, PAYLOAD = TRANSPORT + 8, FRAME_SIZE = 1518, DELAY_US = 300 };

static const uint8_t own_mac[6] = {2, 0, 0, 0, 0, 2};
static const uint8_t host[4] = {10, 0, 2, 2}, name_server[4] = {10, 0, 2, 3};
static const uint8_t client[4] = {10, 0, 2, 15}, mirror[4] = {10, 0, 2, 9};
static unsigned pongs;

static unsigned be16(const uint8_t *at)
{
    return at[0] * 256u + at[1];
}

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value / 256);
    at[1] = (uint8_t)value;
}

static unsigned checksum(const uint8_t *at, unsigned size)
{
    uint32_t sum = 0;

    for (unsigned i = 0; i < size; i++)
        sum += i % 2 ? at[i] : at[i] * 256u;
    while (sum > 65535)
        sum = sum / 65536 + sum % 65536;
    return 65535 - sum;
}

static void reply(uint8_t *frame, uint32_t length)
{
    memcpy(frame, frame + 6, 6);
    memcpy(frame + 6, own_mac, 6);
    EMAC_FromCable(frame, length, DELAY_US);
}

static void swap(uint8_t *a, uint8_t *b, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        uint8_t byte = a[i];

        a[i] = b[i];
        b[i] = byte;
    }
}

/* The datagram's payload has `size` bytes; UDP's checksum is optional in IPv4, but devices may want
 * one. */
static void reply_udp(uint8_t *frame, const uint8_t *source, const uint8_t *destination,
                      unsigned size)
{
    uint8_t pseudo[12] = {0};

    memcpy(pseudo, source, 4); /* both may lie in the frame */
    memcpy(pseudo + 4, destination, 4);
    memcpy(frame + IP + 12, pseudo, 8);
    swap(frame + TRANSPORT, frame + TRANSPORT + 2, 2);
    put16(frame + IP + 2, size + 28);
    put16(frame + IP + 10, 0);
    put16(frame + IP + 10, checksum(frame + IP, 20));
    put16(frame + TRANSPORT + 4, size + 8);
    put16(frame + TRANSPORT + 6, 0);
    pseudo[9] = 17;
    put16(pseudo + 10, size + 8);
    uint32_t sum = 65535 - checksum(pseudo, sizeof pseudo) + 65535 -
                   checksum(frame + TRANSPORT, size + 8);
    put16(frame + TRANSPORT + 6, 65535 - (sum / 65536 + sum % 65536));
    reply(frame, PAYLOAD + size);
}

static void answer_arp(uint8_t *frame)
{
    uint8_t target[4];

    memcpy(target, frame + 38, 4);
    if (be16(frame + 20) != 1 || memcmp(target, client, 4) == 0 ||
        memcmp(frame + 28, target, 4) == 0)
        return;
    put16(frame + 20, 2);
    memcpy(frame + 38, frame + 28, 4);
    memcpy(frame + 32, frame + 22, 6);
    memcpy(frame + 22, own_mac, 6);
    memcpy(frame + 28, target, 4);
    reply(frame, 60);
}

static void answer_dhcp(uint8_t *frame)
{
    static const uint8_t options[] = {54, 4, 10, 0, 2,  2,  1,   4, 255, 255, 255, 0,
                                      3,  4, 10, 0, 2,  2,  6,   4, 10,  0,   2,   3,
                                      51, 4, 0,  0, 14, 16, 255, 0, 0,   0,   0,   0};
    static const uint8_t everybody[4] = {255, 255, 255, 255};
    uint8_t *message = frame + PAYLOAD;
    uint8_t type = message[242]; /* devices put it first */

    if (type != 1 && type != 3)
        return;
    message[0] = 2;
    memcpy(message + 16, client, 4);
    memcpy(message + 20, host, 4);
    message[242] = type == 1 ? 2 : 5;
    memcpy(message + 243, options, sizeof options);
    reply_udp(frame, host, everybody, 243 + sizeof options);
}

static void answer_name(uint8_t *frame, unsigned size)
{
    static const uint8_t record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 0, 0, 4, 10, 0, 2, 9};
    uint8_t *message = frame + PAYLOAD;
    unsigned end = 12;

    while (end < size && message[end] != 0)
        end += message[end] + 1u;
    end += 5;
    if (size < 12 || end > size || be16(message + end - 4) != 1)
        return;
    put16(message + 2, 0x8180);
    put16(message + 6, 1);
    put16(message + 8, 0);
    put16(message + 10, 0);
    memcpy(message + end, record, sizeof record);
    reply_udp(frame, name_server, frame + IP + 12, end + sizeof record);
}

static void answer_udp(uint8_t *frame)
{
    unsigned port = be16(frame + TRANSPORT + 2), size = be16(frame + TRANSPORT + 4) - 8;
    uint8_t source[4];

    memcpy(source, frame + IP + 16, 4);
    if (port == 67)
        answer_dhcp(frame);
    else if (port == 53)
        answer_name(frame, size);
    else if (port == 7)
        reply_udp(frame, source, frame + IP + 12, size);
}

static void answer_icmp(uint8_t *frame, uint32_t length)
{
    unsigned size = be16(frame + IP + 2) - 20;

    pongs += frame[TRANSPORT] == 0;
    if (frame[TRANSPORT] != 8)
        return;
    frame[TRANSPORT] = 0;
    put16(frame + TRANSPORT + 2, 0);
    put16(frame + TRANSPORT + 2, checksum(frame + TRANSPORT, size));
    swap(frame + IP + 12, frame + IP + 16, 4);
    reply(frame, length);
}

void network_receive(const uint8_t mac[6], const uint8_t *frame, uint32_t length)
{
    uint8_t copy[FRAME_SIZE] = {0};

    if (length < TRANSPORT || length > sizeof copy || memcmp(frame + 6, mac, 6) != 0)
        return;
    memcpy(copy, frame, length);
    if (be16(copy + 12) == 0x0806)
        answer_arp(copy);
    else if (be16(copy + 12) != 0x0800 || copy[IP] != 0x45)
        return;
    else if (copy[IP + 9] == 17)
        answer_udp(copy);
    else if (copy[IP + 9] == 1)
        answer_icmp(copy, length);
    else if (copy[IP + 9] == 6 && memcmp(copy + IP + 16, mirror, 4) == 0) {
        swap(copy + IP + 12, copy + IP + 16, 4); /* every checksum stays right */
        reply(copy, length);
    }
}

void network_ping(const uint8_t mac[6], const uint8_t address[4])
{
    uint8_t frame[60] = {0};

    memcpy(frame, mac, 6);
    memcpy(frame + 6, own_mac, 6);
    put16(frame + 12, 0x0800);
    frame[IP] = 0x45;
    put16(frame + IP + 2, 46);
    frame[IP + 8] = 64;
    frame[IP + 9] = 1;
    memcpy(frame + IP + 12, host, 4);
    memcpy(frame + IP + 16, address, 4);
    put16(frame + IP + 10, checksum(frame + IP, 20));
    frame[TRANSPORT] = 8;
    put16(frame + TRANSPORT + 2, checksum(frame + TRANSPORT, 26));
    EMAC_FromCable(frame, sizeof frame, DELAY_US);
}

unsigned network_pongs(void)
{
    return pongs;
}
