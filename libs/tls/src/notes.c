/* SPDX-License-Identifier: MIT */
/*
 * What the sentences name of the server's certificates. Bytes of a name come from the network and end
 * in a sentence on a terminal, so only printable ASCII passes.
 */
#include "tell.h"

#if TLS_EXPLAIN

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

void tls_note_words(struct tls_connection *connection, const mbedtls_x509_crt *certificate,
                    int depth, bool first_fault)
{
    struct tls_notes *notes = &connection->finding.notes;

    if (depth == 0)
        note_names(notes->names, certificate);
    if (!first_fault)
        return;
    notes->valid_from = certificate->valid_from;
    notes->valid_to = certificate->valid_to;
    note_dn(notes->subject, &certificate->subject);
    note_dn(notes->issuer, &certificate->issuer);
}

#endif
