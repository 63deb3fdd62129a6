/* SPDX-License-Identifier: MIT */
/*
 * The other end of a wire of datagrams, for wire.sh: waits for the device's first frame, sends it what no
 * driver should see and more than it can take, and then is a DHCP server to it. Exit code 0: the device
 * asked for the address that it was offered, so it still receives.
 *
 * Usage: wire_peer OWN-SOCKET DEVICE'S-SOCKET runts|giants|flood
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    PATIENCE_MS = 30000,
    FLOOD = 4000,
    LARGEST = 9000,
    ETHERNET = 14,
    IP = 20,
    UDP = 8,
    BOOTP = 240, /* with the magic number that begins the options */
    OPTIONS_AT = ETHERNET + IP + UDP + BOOTP,
    DISCOVER = 1,
    OFFER = 2,
    REQUEST = 3
};

static int wire;
static struct sockaddr_un device_path = {.sun_family = AF_UNIX};

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

/* A device that is not fast enough loses it, as on a wire. */
static void send_frame(const uint8_t *bytes, size_t size)
{
    const ssize_t sent = sendto(wire, bytes, size, MSG_DONTWAIT, (struct sockaddr *)&device_path,
                                sizeof device_path);

    if (sent < 0 && errno == EAGAIN)
        usleep(200);
}

/* The type of a DHCP message of the device's, or 0. */
static unsigned dhcp_type(const uint8_t *frame, size_t size)
{
    if (size < OPTIONS_AT + 3 || frame[12] != 8 || frame[13] != 0 || frame[ETHERNET + 9] != 17 ||
        frame[ETHERNET + IP + 3] != 67)
        return 0;
    for (size_t i = OPTIONS_AT; i + 2 < size && frame[i] != 255;
         i += frame[i] ? 2u + frame[i + 1] : 1u)
        if (frame[i] == 53)
            return frame[i + 2];
    return 0;
}

/* Waits for a message of the type; its frame is in `frame`. */
static size_t wait_for(unsigned type, uint8_t *frame, size_t room)
{
    struct pollfd ready = {.fd = wire, .events = POLLIN};

    while (poll(&ready, 1, PATIENCE_MS) == 1) {
        const ssize_t size = recv(wire, frame, room, 0);
        if (size > 0 && dhcp_type(frame, (size_t)size) == type)
            return (size_t)size;
    }
    fprintf(stderr, "the device sent no DHCP message of type %u\n", type);
    exit(1);
}

static unsigned sum_of(const uint8_t *bytes, size_t size, unsigned sum)
{
    for (size_t i = 0; i < size; i++)
        sum += i % 2 ? bytes[i] : bytes[i] * 256u;
    while (sum > 0xffff)
        sum = sum % 0x10000 + sum / 0x10000;
    return sum;
}

/* 10.0.9.1 offers 10.0.9.15 to whoever sent `discover`. */
static void offer(const uint8_t *discover)
{
    static const uint8_t options[] = {53, 1, OFFER, 54,  4,   10,  0, 9, 1, 51, 4, 0, 0, 1,
                                      0,  1, 4,     255, 255, 255, 0, 3, 4, 10, 0, 9, 1, 255};
    uint8_t frame[OPTIONS_AT + 64] = {0}, *ip = frame + ETHERNET, *udp = ip + IP,
                               *bootp = udp + UDP;
    const size_t size = OPTIONS_AT + sizeof options;

    memcpy(frame, discover + 6, 6);
    memcpy(frame + 6, "\x02\0\0\0\x09\x01\x08\0", 8);
    memcpy(ip, "\x45\0\0\0\0\0\0\0\x40\x11\0\0\x0a\0\x09\x01\xff\xff\xff\xff", IP);
    put16(ip + 2, (unsigned)(size - ETHERNET));
    put16(ip + 10, 0xffff - sum_of(ip, IP, 0));
    put16(udp, 67);
    put16(udp + 2, 68);
    put16(udp + 4, (unsigned)(size - ETHERNET - IP));
    memcpy(bootp, discover + ETHERNET + IP + UDP, BOOTP);
    bootp[0] = 2;
    memcpy(bootp + 16, "\x0a\0\x09\x0f", 4);
    memcpy(frame + OPTIONS_AT, options, sizeof options);
    const unsigned udp_size = (unsigned)(size - ETHERNET - IP);
    put16(udp + 6, 0xffff - sum_of(ip + 12, udp_size + 8, 17 + udp_size));
    send_frame(frame, size);
}

static void send_sizes(const uint8_t *to, size_t from, size_t up_to, size_t step)
{
    static uint8_t frame[LARGEST];

    memcpy(frame, to, 6);
    memset(frame + 6, 0x5a, sizeof frame - 6);
    for (size_t size = from; size <= up_to; size += step)
        send_frame(frame, size);
}

/* Frames to everybody that mean nothing, of all lengths. */
static void flood(void)
{
    uint8_t frame[1514];

    memset(frame, 0xff, 12);
    memset(frame + 12, 0x88, sizeof frame - 12);
    for (unsigned i = 0; i < FLOOD; i++)
        send_frame(frame, 60 + i * 37 % (sizeof frame - 60));
}

static void open_wire(const char *own, const char *other)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    strncpy(address.sun_path, own, sizeof address.sun_path - 1);
    strncpy(device_path.sun_path, other, sizeof device_path.sun_path - 1);
    wire = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (wire < 0 || bind(wire, (struct sockaddr *)&address, sizeof address) != 0) {
        perror(own);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    static uint8_t frame[65536];

    if (argc != 4)
        return 2;
    open_wire(argv[1], argv[2]);
    wait_for(DISCOVER, frame, sizeof frame);
    if (strcmp(argv[3], "runts") == 0)
        send_sizes(frame + 6, 1, 59, 1);
    else if (strcmp(argv[3], "giants") == 0)
        send_sizes(frame + 6, 1515, LARGEST, 5);
    else
        flood();
    wait_for(DISCOVER, frame, sizeof frame);
    offer(frame);
    wait_for(REQUEST, frame, sizeof frame);
    return 0;
}
