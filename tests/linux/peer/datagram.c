/* SPDX-License-Identifier: MIT */
/* Datagrams and echo requests: sent one at a time, and wanted back as they were. */
#include "peer.h"

#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DATAGRAM_MAX = 1472, DATAGRAM_MAX_SIX = 1452, ECHO_HEADER = 8 };

/* The sizes grow to the largest that one frame takes, and come in no order. */
static size_t make(uint8_t *bytes, uint32_t number, bool is_six)
{
    size_t most = is_six ? DATAGRAM_MAX_SIX : DATAGRAM_MAX;
    size_t size = number == 0 ? 0 : number % 16 == 1 ? most : number * 977u % (most + 1);

    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(number * 31u + i * 7u + i / 256u);
    return size;
}

int peer_echo(void)
{
    int socket_number = peer_bound_socket(SOCK_DGRAM);
    uint8_t bytes[DATAGRAM_MAX + 1];
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    ssize_t got;

    peer_say_ready();
    while ((got = recvfrom(socket_number, bytes, sizeof bytes, 0, (struct sockaddr *)&from,
                           &size)) >= 0) {
        if (sendto(socket_number, bytes, (size_t)got, 0, (struct sockaddr *)&from, size) != got)
            peer_fail("sendto");
        size = sizeof from;
    }
    return 0;
}

int peer_ask(void)
{
    socklen_t size;
    struct sockaddr_storage address = peer_address(&size);
    int socket_number = peer_socket(address.ss_family, SOCK_DGRAM, 0);
    uint32_t count = peer_number("count", 1);
    uint8_t sent[DATAGRAM_MAX], got[DATAGRAM_MAX + 1];

    if (connect(socket_number, (struct sockaddr *)&address, size) != 0)
        peer_fail("connect");
    for (uint32_t i = 0; i < count; i++) {
        size_t length = make(sent, i, address.ss_family == AF_INET6);
        if (send(socket_number, sent, length, 0) != (ssize_t)length)
            peer_fail("send");
        ssize_t back = recv(socket_number, got, sizeof got, 0);
        if (back < 0)
            peer_fail("no datagram came back");
        if ((size_t)back != length || memcmp(sent, got, length) != 0) {
            fprintf(stderr, "datagram %u came back with %zd bytes, or others\n", (unsigned)i, back);
            return 1;
        }
    }
    printf("%u datagrams came back\n", (unsigned)count);
    return 0;
}

/* --- ping -------------------------------------------------------------------------------------- */

static uint16_t checksum(const uint8_t *bytes, size_t size)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < size; i++)
        sum += i % 2 == 0 ? bytes[i] * 256u : bytes[i];
    sum = sum % 65536 + sum / 65536;
    return (uint16_t) ~(sum % 65536 + sum / 65536);
}

/* An echo request with the number as its identifier and sequence. */
static size_t make_request(uint8_t *bytes, bool is_six, uint32_t number)
{
    size_t size = ECHO_HEADER + make(bytes + ECHO_HEADER, number, is_six);

    memset(bytes, 0, ECHO_HEADER);
    bytes[0] = is_six ? ICMP6_ECHO_REQUEST : ICMP_ECHO;
    bytes[4] = 0x4c;
    bytes[6] = (uint8_t)(number / 256);
    bytes[7] = (uint8_t)number;
    uint16_t sum = is_six ? 0 : checksum(bytes, size); /* ICMPv6's is the kernel's work */
    bytes[2] = (uint8_t)(sum / 256);
    bytes[3] = (uint8_t)sum;
    return size;
}

/* Other messages arrive at a raw socket too. */
static bool is_reply(const uint8_t *got, size_t size, bool is_six, const uint8_t *request,
                     size_t request_size)
{
    size_t head = is_six || size == 0 ? 0 : (got[0] % 16u) * 4u;

    return size == head + request_size &&
           got[head] == (is_six ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY) &&
           memcmp(got + head + 4, request + 4, request_size - 4) == 0;
}

/* Others may be talking all the time. */
static ssize_t receive_until(int socket_number, uint8_t *got, size_t room, time_t end)
{
    if (time(NULL) <= end)
        return recv(socket_number, got, room, 0);
    errno = ETIMEDOUT;
    return -1;
}

int peer_ping(void)
{
    socklen_t size;
    struct sockaddr_storage address = peer_address(&size);
    bool is_six = address.ss_family == AF_INET6;
    int socket_number = peer_socket(address.ss_family, SOCK_RAW,
                                    is_six ? IPPROTO_ICMPV6 : IPPROTO_ICMP);
    uint32_t count = peer_number("count", 1);
    uint8_t request[ECHO_HEADER + DATAGRAM_MAX], got[2 * DATAGRAM_MAX];

    for (uint32_t i = 0; i < count; i++) {
        size_t length = make_request(request, is_six, i);
        ssize_t back;
        if (sendto(socket_number, request, length, 0, (struct sockaddr *)&address, size) < 0)
            peer_fail("sendto");
        time_t end = time(NULL) + (time_t)peer_number("patience", PATIENCE_S);
        do
            back = receive_until(socket_number, got, sizeof got, end);
        while (back >= 0 && !is_reply(got, (size_t)back, is_six, request, length));
        if (back < 0)
            peer_fail("no echo came back");
    }
    printf("%u echoes came back\n", (unsigned)count);
    return 0;
}
