/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with the server's certificates, noted while Mbed TLS looks at them: afterwards they
 * are gone. Only notes; the verdict stays Mbed TLS's.
 */
#include "connection.h"
#include "tell.h"

#include <string.h>

static bool is_self_signed(const mbedtls_x509_crt *certificate)
{
    return certificate->issuer_raw.len == certificate->subject_raw.len &&
           memcmp(certificate->issuer_raw.p, certificate->subject_raw.p,
                  certificate->issuer_raw.len) == 0;
}

int tls_note_certificate(void *context, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    struct tls_connection *connection = context;
    struct tls_finding *finding = &connection->finding;
    bool first_fault = *flags != 0 && finding->flags == 0;

    if (first_fault) {
        finding->depth = depth;
        finding->self_signed = is_self_signed(certificate);
    }
    tls_note_words(connection, certificate, depth, first_fault);
    finding->flags |= *flags;
    return 0;
}
