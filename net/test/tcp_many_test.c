/* SPDX-License-Identifier: MIT */
/*
 * The way to a connection, and to a listener, is no longer the more there are: an engine for 4000 of
 * them, and peers that choose their addresses and ports as badly as they can without the keys.
 */
#include <stdio.h>

#include "tcp_script.h"

enum { MANY = 4000 };

static const struct tcpip_tcp_settings least = {1, 1, 0};
static struct script s;

/* Steps that it takes to find each once. */
static uint32_t steps_of_connections(unsigned *longest)
{
    uint32_t steps = 0;

    *longest = 0;
    for (unsigned i = 0; i < TCPIP_TCP_BUCKETS; i++) {
        unsigned length = 0;
        for (const struct tcpip_tcp_connection *c = s.host.buckets[i]; c != NULL;
             c = c->bucket_next)
            steps += ++length;
        *longest = length > *longest ? length : *longest;
    }
    return steps;
}

static void fill(uint32_t address_step, uint16_t port_step, const char *name)
{
    struct tcpip_tcp_config config = tcpip_tcp_config_default;
    struct tcpip_tcp_endpoints endpoints = {.local_port = 80};
    unsigned longest;

    config.connections_max = MANY;
    script_init(&s, &config);
    endpoints.local = s.local;
    for (uint32_t i = 0; i < MANY; i++) {
        endpoints.remote = tcpip_address_from_ipv4(0x0a000002 + i * address_step);
        endpoints.remote_port = (uint16_t)(1024 + i * port_step);
        CHECK(tcpip_tcp_open(&s.host, &endpoints, &least, NULL) != NULL);
        s.sent_count = s.seen = 0;
    }
    uint32_t steps = steps_of_connections(&longest);
    printf("%s: %.2f steps in the mean, %u at most\n", name, (double)steps / MANY, longest);
    CHECK(steps < 2 * MANY);
    CHECK(longest <= 12);
    script_deinit(&s);
}

TEST(the_way_to_one_of_4000_connections_is_short)
{
    fill(0, 1, "ports in a row");
    fill(1, 0, "addresses in a row");
    fill(1, 1, "both");
    fill(0, 16, "every sixteenth port");
    fill(256, 0, "every 256th address");
    fill(65536, 257, "far apart");
}

TEST(the_way_to_one_of_4000_listeners_is_short)
{
    static struct tcpip_tcp_listener listeners[MANY];
    unsigned longest = 0;

    script_init(&s, NULL);
    for (unsigned i = 0; i < MANY; i++) {
        listeners[i] = (struct tcpip_tcp_listener){.port = (uint16_t)(1 + i), .backlog = 1};
        CHECK(tcpip_tcp_listen(&s.host, &listeners[i]));
    }
    for (unsigned i = 0; i < TCPIP_TCP_BUCKETS; i++) {
        unsigned length = 0;
        for (const struct tcpip_tcp_listener *l = s.host.listeners[i]; l != NULL; l = l->next)
            length++;
        longest = length > longest ? length : longest;
    }
    CHECK_EQUAL(1, longest);
    for (unsigned i = 0; i < MANY; i++)
        CHECK(tcpip_tcp_find_listener(&s.host, &s.local, (uint16_t)(1 + i)) == &listeners[i]);
    for (unsigned i = 0; i < MANY; i++)
        tcpip_tcp_unlisten(&listeners[i]);
    script_deinit(&s);
}
