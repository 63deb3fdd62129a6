/* SPDX-License-Identifier: MIT */
/*
 * The state of one connection and what the files of this library share.
 *
 * tls_transport.c drives the handshake and the stream, credentials.c reads what the caller gave,
 * verify.c notes what is wrong with the server's certificates, judge.c turns a failure into a value,
 * which tell.h gets told, platform.c is what Mbed TLS sees of the system.
 */
#pragma once

#include <mbedtls/ssl.h>

#include "tls_transport.h"

#define TLS_NAME_TEXT   64
#define TLS_GATHER_SIZE 256

/* What sentences name of the server's certificates: of the first one with a fault, and the names that
 * the server's own is for. */
struct tls_notes {
    mbedtls_x509_time valid_from, valid_to;
    char subject[TLS_NAME_TEXT];
    char issuer[TLS_NAME_TEXT];
    char names[TLS_NAME_TEXT];
};

/* The first certificate of the server's chain with a fault. */
struct tls_finding {
    uint32_t flags; /* MBEDTLS_X509_BADCERT_… of all certificates */
    int depth;      /* 0: the server's own */
    bool self_signed;
#if TLS_EXPLAIN
    struct tls_notes notes;
#endif
};

struct tls_connection {
    mbedtls_ssl_context ssl;
    mbedtls_ssl_config config;
    mbedtls_x509_crt ca;
    mbedtls_x509_crt certificate;
    mbedtls_pk_context key;
    const char *alpn[8]; /* with its ending NULL */

    TransportInterface_t lower;
    const struct tls_settings *settings; /* during the handshake only */
    struct tls_report *report;
    struct tls_finding finding;
    uint64_t received;               /* bytes from the lower transport */
    uint8_t first_bytes[5];          /* of these */
    bool has_certificate;            /* of our own */
    bool established;                /* the handshake is over */
    bool has_read;                   /* application data came */
    bool broken;                     /* nothing more can be read or written */
    bool lower_failed;               /* the lower transport reported an error or the end */
    uint8_t gather[TLS_GATHER_SIZE]; /* small pieces of a writev on their way into one record */
};

/* Reads CA, certificate and key of the settings into the connection. */
enum tls_result tls_load_credentials(struct tls_connection *connection);

/* Callback of Mbed TLS for each certificate of the chain, the server's own last. */
int tls_note_certificate(void *connection, mbedtls_x509_crt *certificate, int depth,
                         uint32_t *flags);

/* Reports a failure found before there is a connection: TLS_MISUSE or TLS_NO_MEMORY. */
void tls_report_plain(struct tls_report *report, enum tls_result result);

/* Reports a failure found before or by the handshake. */
void tls_report_result(struct tls_connection *connection, enum tls_result result);

/* Reports the failure behind an error code that Mbed TLS returned. */
void tls_report_error(struct tls_connection *connection, int error);
