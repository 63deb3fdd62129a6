/* SPDX-License-Identifier: MIT */
/*
 * TLS 1.2 and 1.3 as a client: a TransportInterface_t on top of another one.
 *
 * The server is always verified: chain, name and dates; there is no way to switch that off. Of
 * the system it runs on the library knows what struct tls_platform gives it, nothing else. What
 * goes wrong is told as a value and as a sentence for a person: what, why, and what to do (without
 * TLS_EXPLAIN README.md has the sentences). No secret is ever part of such a sentence.
 *
 * A connection belongs to one task at a time. Several tasks may each have their own when
 * tls_platform has a lock. All functions block as long as the lower transport does.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transport_interface.h"

#if defined(__has_include)
#if __has_include("tls_config.h")
#include "tls_config.h"
#endif
#endif
#ifndef TLS_EXPLAIN
#define TLS_EXPLAIN 1 /* failures in sentences; else by name and number */
#endif
_Static_assert(TLS_EXPLAIN == 0 || TLS_EXPLAIN == 1, "TLS_EXPLAIN: 0 or 1");

enum tls_result {
    TLS_OK,
    /* The caller or the device */
    TLS_MISUSE,        /* a setting is missing, or calls in the wrong order */
    TLS_NO_MEMORY,     /* an allocation failed */
    TLS_NO_ENTROPY,    /* the entropy source failed */
    TLS_CLOCK_UNKNOWN, /* the device does not know the time */
    TLS_BAD_CA,        /* the given CA certificates cannot be read */
    TLS_BAD_CERTIFICATE,
    TLS_BAD_KEY,
    TLS_KEY_MISMATCH, /* the key is not that of the certificate */
    /* The server's certificate */
    TLS_UNTRUSTED,   /* not signed by the given CA */
    TLS_SELF_SIGNED, /* signed by itself, and not the given CA */
    TLS_EXPIRED,
    TLS_NOT_YET_VALID,
    TLS_WRONG_NAME,
    TLS_WRONG_USAGE,      /* not a certificate for servers */
    TLS_WEAK_CERTIFICATE, /* hash, key or curve below the accepted strength */
    /* What the server said */
    TLS_CERTIFICATE_REFUSED,  /* it does not accept the device's certificate */
    TLS_CERTIFICATE_REQUIRED, /* it wants one, none was given */
    TLS_NO_COMMON_CIPHER,
    TLS_NO_COMMON_VERSION,
    TLS_NO_COMMON_PROTOCOL, /* none of the ALPN names */
    TLS_NAME_UNKNOWN,       /* it serves nothing by the name that was asked for */
    TLS_OTHER_ALERT,
    /* The stream */
    TLS_PEER_IS_NOT_TLS,
    TLS_CLOSED_IN_HANDSHAKE,
    TLS_TIMEOUT,
    TLS_CLOSED,         /* closed by the server as it should be */
    TLS_TRUNCATED,      /* ended without the closing message: data may be missing */
    TLS_FORGED_RECORD,  /* a record was changed on the way, or is not the server's */
    TLS_PROTOCOL_ERROR, /* the server does not follow the protocol */
};

#define TLS_REPORT_SIZE (TLS_EXPLAIN ? 384 : 80)

/* What happened last. `text` is a sentence or two in plain ASCII, "" for TLS_OK; without TLS_EXPLAIN the
 * result's name, the server's alert or the error of Mbed TLS, and where to read about it. */
struct tls_report {
    enum tls_result result;
    char text[TLS_REPORT_SIZE];
};

/* What TLS needs of the system. Every function is given `context`. */
struct tls_platform {
    /* Wall-clock seconds since 1970-01-01 UTC, up to the year 9999. False: the time is not known; no
     * connection can be made then, since no certificate's dates can be judged. */
    bool (*clock)(void *context, int64_t *seconds);

    /* Milliseconds that never go back. */
    uint64_t (*uptime_ms)(void *context);

    /* Fills `buffer` with unpredictable bytes. False: the source failed, nothing may be used. */
    bool (*entropy)(void *context, void *buffer, size_t size);

    /* Zeroed memory for `count` members of `size` bytes, or NULL; and its release, also of NULL.
     * Both NULL: calloc and free. */
    void *(*allocate)(void *context, size_t count, size_t size);
    void (*release)(void *context, void *memory);

    /* One recursive lock, held for short sections and never while waiting for the peer. Both
     * NULL: only one task uses TLS. */
    void (*lock)(void *context);
    void (*unlock)(void *context);

    void *context;
};

/* Starts the library; once, before everything else. `platform` stays the caller's and must stay
 * valid until tls_deinit. Calls entropy and allocate. TLS_OK, TLS_MISUSE, TLS_NO_MEMORY,
 * TLS_NO_ENTROPY. */
enum tls_result tls_init(const struct tls_platform *platform);

/* Ends it and releases everything. No connection may be open. Without tls_init: does nothing. */
void tls_deinit(void);

/* PEM or DER. A zero byte behind PEM may be counted in `size` or not. */
struct tls_bytes {
    const void *data;
    size_t size;
};

enum tls_versions { TLS_VERSIONS_ALL, TLS_VERSIONS_1_2_ONLY, TLS_VERSIONS_1_3_ONLY };

struct tls_settings {
    TransportInterface_t lower;   /* connected; recv and send are used; stays the caller's */
    const char *server_name;      /* sent as SNI and looked for in the server's certificate */
    struct tls_bytes ca;          /* one or more certificates to trust */
    struct tls_bytes certificate; /* the device's, followed by intermediate ones; may be empty */
    struct tls_bytes key;         /* its private key; empty if and only if certificate is */
    const char *const *alpn;      /* names ending in NULL, valid until tls_close; may be NULL */
    enum tls_versions versions;
    uint32_t handshake_timeout_ms; /* for the whole handshake; 0: 30 seconds */

    /* Called whenever the handshake has come a step further; may be NULL. */
    void (*progress)(void *context);
    void *progress_context;
};

struct tls_connection;

/* Makes the handshake. Blocks until it is done, at most handshake_timeout_ms plus one wait of the
 * lower transport. NULL: it failed, `report` says why, and nothing is left behind; the lower
 * transport is still the caller's to close. `report` must stay valid until tls_close: a later
 * failure of the stream is told there as well. The bytes in `settings` are copied. With TLS 1.3 a
 * server judges the device's certificate after this handshake: its refusal is the result of the
 * first read. */
struct tls_connection *tls_connect(const struct tls_settings *settings, struct tls_report *report);

/* The stream, valid until tls_close. recv: 0 when the lower transport had nothing in time, the
 * stream is still good; negative when it ended or broke, see the report: TLS_CLOSED is the proper
 * end. send: what it returns as taken is on its way, at the latest with the next call of send or
 * recv. */
TransportInterface_t tls_transport(struct tls_connection *connection);

/* Says good-bye to the server if the stream still stands, wipes the keys and releases everything.
 * Does not close the lower transport. NULL: does nothing. */
void tls_close(struct tls_connection *connection);

/* "TLSv1.3", "TLS1-3-AES-256-GCM-SHA384", and the ALPN name the server chose or NULL. Valid until
 * tls_close. */
const char *tls_version(const struct tls_connection *connection);
const char *tls_cipher(const struct tls_connection *connection);
const char *tls_alpn(const struct tls_connection *connection);
