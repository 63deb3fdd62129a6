/* SPDX-License-Identifier: MIT */
/*
 * The seam between a protocol (MQTT, HTTP) and the byte stream under it: plain TCP, TLS, or a
 * test's script. The member names are those of the coreMQTT and coreHTTP documentation.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Defined by whoever implements the stream; opaque to the protocol. */
struct NetworkContext;
typedef struct NetworkContext NetworkContext_t;

/* Reads at most `bytes` bytes. Returns how many were read, 0 when none came in time (the stream is
 * still good), or a negative value when the stream is broken or was closed by the peer. Blocks for
 * at most the implementation's own receive time-out. */
typedef int32_t (*TransportRecv_t)(NetworkContext_t *context, void *buffer, size_t bytes);

/* Writes at most `bytes` bytes. Returns how many were taken, 0 when none could be taken in time
 * (try again), or a negative value when the stream is broken. */
typedef int32_t (*TransportSend_t)(NetworkContext_t *context, const void *buffer, size_t bytes);

/* One piece of a gathered write. */
typedef struct TransportOutVector {
    const void *iov_base;
    size_t iov_len;
} TransportOutVector_t;

/* Like send, for several pieces in order; returns how many bytes of all pieces were taken. */
typedef int32_t (*TransportWritev_t)(NetworkContext_t *context, TransportOutVector_t *vectors,
                                     size_t count);

typedef struct TransportInterface {
    TransportRecv_t recv;
    TransportSend_t send;
    TransportWritev_t writev; /* may be NULL: the protocol then sends piece by piece */
    NetworkContext_t *pNetworkContext;
} TransportInterface_t;
