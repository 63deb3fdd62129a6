/* SPDX-License-Identifier: MIT */
/*
 * From a judged failure to the text of a report: sentences.c (TLS_EXPLAIN) or short_texts.c.
 */
#pragma once

#include "connection.h"

/* A clock before this has never been set: 2024-01-01. */
#define TLS_CLOCK_NEVER_SET_BEFORE INT64_C(1704067200)

struct tls_failure {
    enum tls_result result;
    int error;     /* of Mbed TLS; 0: it was found without it */
    uint8_t alert; /* the server's, where the error is MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE */
};

/* Puts result and text into the report. `connection` is NULL before there is one: then the result is
 * TLS_MISUSE or TLS_NO_MEMORY. */
void tls_tell(struct tls_report *report, const struct tls_connection *connection,
              const struct tls_failure *failure);

/* Notes what the text will need of one of the server's certificates, which are gone by then. A depth of
 * 0: the server's own. */
#if TLS_EXPLAIN
void tls_note_words(struct tls_connection *connection, const mbedtls_x509_crt *certificate,
                    int depth, bool first_fault);
#else
static inline void tls_note_words(struct tls_connection *connection,
                                  const mbedtls_x509_crt *certificate, int depth, bool first_fault)
{
}
#endif
