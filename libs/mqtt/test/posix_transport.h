/* SPDX-License-Identifier: MIT */
/* A transport over the host's own TCP, for tests against a real broker. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "transport_interface.h"

struct NetworkContext {
    int socket;
    int wait_ms;    /* how long an empty read waits */
    unsigned pings; /* PINGREQ packets that were sent */
};

/* Connects to a port on loopback. */
bool posix_transport_open(struct NetworkContext *network, uint16_t port);
void posix_transport_close(struct NetworkContext *network);

TransportInterface_t posix_transport(struct NetworkContext *network, bool with_writev);

/* Milliseconds of the host's clock. */
uint32_t posix_time_ms(void);
