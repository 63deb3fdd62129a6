/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with the server's certificates, noted while Mbed TLS looks at them: afterwards they
 * are gone. Only notes; the verdict stays Mbed TLS's. Bytes of a name come from the network and
 * end in a sentence on a terminal, so only printable ASCII passes.
 */
#include "connection.h"

#include <string.h>

static void append(char text[TLS_NAME_TEXT], const char *bytes, size_t size)
{
    size_t used = strlen(text);

    for (size_t i = 0; i < size && used + 1 < TLS_NAME_TEXT; i++) {
        char byte = bytes[i];
        text[used++] = byte >= ' ' && byte <= '~' ? byte : '?';
    }
    text[used] = '\0';
}

static void append_name(char text[TLS_NAME_TEXT], const mbedtls_x509_buf *name)
{
    if (text[0] != '\0')
        append(text, ", ", 2);
    append(text, (const char *)name->p, name->len);
}

static void note_dn(char text[TLS_NAME_TEXT], const mbedtls_x509_name *name)
{
    char all[256];

    text[0] = '\0';
    if (mbedtls_x509_dn_gets(all, sizeof all, name) > 0)
        append(text, all, strlen(all));
}

/* The DNS names of the certificate; without any, its subject, which then is what counts. */
static void note_names(char text[TLS_NAME_TEXT], const mbedtls_x509_crt *certificate)
{
    enum { CONTEXT_DNS_NAME = MBEDTLS_ASN1_CONTEXT_SPECIFIC | MBEDTLS_X509_SAN_DNS_NAME };

    text[0] = '\0';
    for (const mbedtls_x509_sequence *entry = &certificate->subject_alt_names; entry != NULL;
         entry = entry->next)
        if (entry->buf.tag == CONTEXT_DNS_NAME && entry->buf.p != NULL)
            append_name(text, &entry->buf);
    if (text[0] == '\0')
        note_dn(text, &certificate->subject);
}

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

    if (depth == 0)
        note_names(finding->names, certificate);
    if (*flags != 0 && finding->flags == 0) {
        finding->depth = depth;
        finding->self_signed = is_self_signed(certificate);
        finding->valid_from = certificate->valid_from;
        finding->valid_to = certificate->valid_to;
        note_dn(finding->subject, &certificate->subject);
        note_dn(finding->issuer, &certificate->issuer);
    }
    finding->flags |= *flags;
    return 0;
}
