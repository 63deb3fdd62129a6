/* SPDX-License-Identifier: MIT */
/*
 * Numbers that an outsider must not guess: initial sequence numbers (RFC 6528), what a time stamp
 * begins with (RFC 7323 section 5.4), and local ports (RFC 6056, algorithm 1: a random port, then
 * the next free one).
 */
#include <string.h>

#include "tcp/internal.h"
#include "core/chaskey.h"
#include "wire/bytes.h"

#define FIRST_PORT   49152u
#define PORTS        16384u
#define TICKS_PER_MS 250u /* of RFC 6528's timer of 4 microseconds */

static uint64_t hash_of(const uint8_t secret[16], const struct tcpip_tcp_endpoints *ends)
{
    uint8_t input[2 * TCPIP_ADDRESS_SIZE + 4];

    memcpy(input, ends->local.bytes, TCPIP_ADDRESS_SIZE);
    memcpy(input + TCPIP_ADDRESS_SIZE, ends->remote.bytes, TCPIP_ADDRESS_SIZE);
    tcpip_put_be16(input + 2 * TCPIP_ADDRESS_SIZE, ends->local_port);
    tcpip_put_be16(input + 2 * TCPIP_ADDRESS_SIZE + 2, ends->remote_port);
    return tcpip_chaskey(secret, input, sizeof input);
}

uint32_t tcpip_tcp_initial_sequence(const uint8_t secret[16],
                                    const struct tcpip_tcp_endpoints *endpoints, uint32_t now)
{
    return now * TICKS_PER_MS + (uint32_t)hash_of(secret, endpoints);
}

#if ipconfigUSE_TCP_TIMESTAMPS

uint32_t tcpip_tcp_timestamp_offset(const uint8_t secret[16],
                                    const struct tcpip_tcp_endpoints *endpoints)
{
    return (uint32_t)(hash_of(secret, endpoints) / UINT64_C(0x100000000)); /* the other half */
}

#endif

bool tcpip_tcp_pick_port(struct tcpip_tcp_host *host, struct tcpip_tcp_endpoints *endpoints)
{
    uint32_t start = host->environment->random(host->environment->context);

    for (uint32_t i = 0; i < PORTS; i++) {
        endpoints->local_port = (uint16_t)(FIRST_PORT + (start + i) % PORTS);
        if (tcpip_tcp_find(host, endpoints) == NULL &&
            tcpip_tcp_find_listener(host, &endpoints->local, endpoints->local_port) == NULL)
            return true;
    }
    return false;
}
