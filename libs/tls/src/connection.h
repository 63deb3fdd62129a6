/* SPDX-License-Identifier: MIT */
/*
 * The state of one connection and what the files of this library share.
 *
 * tls_transport.c drives the handshake and the stream, credentials.c reads what the caller gave,
 * verify.c notes what is wrong with the server's certificates, report.c turns a failure into a
 * value and a sentence, platform.c is what Mbed TLS sees of the system.
 */
#pragma once

#include <mbedtls/ssl.h>

#include "tls_transport.h"

#define TLS_NAME_TEXT   64
#define TLS_GATHER_SIZE 256

/* The first certificate of the server's chain with a fault, and what its sentence needs. */
struct tls_finding {
    uint32_t flags; /* MBEDTLS_X509_BADCERT_… of all certificates */
    int depth;      /* 0: the server's own */
    bool self_signed;
    mbedtls_x509_time valid_from, valid_to;
    char subject[TLS_NAME_TEXT];
    char issuer[TLS_NAME_TEXT];
    char names[TLS_NAME_TEXT]; /* those that the server's own certificate is for */
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

/* Value and fixed sentence; where the sentence needs more than that it stays empty. */
void tls_report_plain(struct tls_report *report, enum tls_result result);

/* Why and what to do, for a failure found before or by the handshake. */
void tls_report_result(struct tls_connection *connection, enum tls_result result);

/* The same for an error code that Mbed TLS returned. */
void tls_report_error(struct tls_connection *connection, int error);

/* Seconds since 1970 as "2026-11-21 04:03". */
void tls_format_time(char text[20], int64_t seconds);
