/* SPDX-License-Identifier: MIT */
/*
 * What the TLS tests stand on: certificates in a temporary folder, an openssl s_server on
 * loopback, a transport over a host socket that can be made to misbehave, and the device's side of
 * a connection with everything it needs. Whatever was started ends with the test's process.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "linnet_test.h"
#include "tls_transport.h"

#define SERVER_NAME "broker.linnet.test"

/* The device: change it between device_reset and device_connect. */
struct device {
    int socket;
    uint16_t port;
    struct tls_settings settings;
    struct tls_report report;
    struct tls_connection *connection;
    TransportInterface_t stream;
    struct tls_platform platform;
    int64_t clock_offset; /* from the host's clock, in seconds */
    bool clock_unknown;
    unsigned steps; /* of the handshake, as `progress` counts them */

    /* Memory and entropy: the call with this number fails, counted from 1; 0: none. */
    unsigned fail_allocation, allocations, live;
    unsigned fail_entropy, entropies;

    /* The wire */
    size_t received, sent;
    size_t cut_received, cut_sent; /* the wire breaks after so many bytes; 0: never */
    size_t flip_received;          /* a bit of this received byte is turned, from 1; 0: none */
    size_t largest_send;           /* takes at most so many bytes at once; 0: all */
    unsigned busy;                 /* so many sends yet to answer with 0 */
    unsigned lazy_every;           /* every n-th receive finds nothing at first; 0: none */
    unsigned receives;
};
extern struct device device;

/* Makes the certificates (see make-certificates), blank-separated, in a new current folder. */
void peer_make_certificates(const char *names);

/* Bytes of a file there; end with a zero byte that is not counted. */
struct tls_bytes peer_file(const char *name);

/* Starts `openssl s_server`, which sends back whatever it is sent, with more options separated by
 * blanks; the device's port is set to its. */
void peer_start(const char *options);

/* Starts a server that says these bytes to whoever connects and closes. */
void peer_start_plain(const void *bytes, size_t size);

/* Gives the server so much time. */
void peer_pause_ms(int milliseconds);

/* A device that trusts ca.pem, has no certificate of its own, and a good clock. */
void device_reset(void);

/* Gives it client.pem and client.key, or others. */
void device_give(const char *certificate, const char *key);

/* tls_init, a socket to the port, and the handshake; true: device.connection stands. */
bool device_connect(void);

/* Ends what device_connect began, and checks that no memory is left. */
void device_end(void);

/* The same; returns how many pieces of memory were left, and releases them. */
unsigned device_end_and_count(void);

/* Sends and receives all of it, going on after 0; false: the stream broke. */
bool device_send_all(const void *bytes, size_t size);
bool device_receive_all(void *bytes, size_t size);

/* Sends bytes and checks that they come back. */
void device_check_echo(size_t size);

/* What the device was told last: this result, as a sentence with these words, or without TLS_EXPLAIN as
 * a short text; nothing secret in it. */
void device_check_report(enum tls_result result, const char *words);

/* A connection that must fail, with this result and with these words in its sentence. */
void device_check_refused(enum tls_result result, const char *words);

/* The handshake stands, the first read must fail so. */
void device_check_first_read(enum tls_result result, const char *words);
