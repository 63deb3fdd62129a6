/* SPDX-License-Identifier: MIT */
/*
 * From a failure to a value: which of the results it is. sentences.c or short_texts.c tells it.
 */
#include "connection.h"
#include "platform.h"
#include "tell.h"

#include <mbedtls/error.h>

#define TLS_RECORD_ALERT     0x15
#define TLS_RECORD_HANDSHAKE 0x16

void tls_report_plain(struct tls_report *report, enum tls_result result)
{
    tls_tell(report, NULL, &(struct tls_failure){.result = result});
}

void tls_report_result(struct tls_connection *connection, enum tls_result result)
{
    tls_tell(connection->report, connection, &(struct tls_failure){.result = result});
}

/* The fault that a person should mend first: a wrong clock makes everything else look wrong. */
static enum tls_result result_of_flags(const struct tls_connection *connection, uint32_t flags)
{
    bool clock_unset = tls_platform_time(NULL) < TLS_CLOCK_NEVER_SET_BEFORE;

    if ((flags & MBEDTLS_X509_BADCERT_FUTURE) != 0 && clock_unset)
        return TLS_NOT_YET_VALID;
    if ((flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) != 0)
        return connection->finding.self_signed && connection->finding.depth == 0 ? TLS_SELF_SIGNED
                                                                                 : TLS_UNTRUSTED;
    if ((flags & MBEDTLS_X509_BADCERT_EXPIRED) != 0)
        return TLS_EXPIRED;
    if ((flags & MBEDTLS_X509_BADCERT_FUTURE) != 0)
        return TLS_NOT_YET_VALID;
    if ((flags & MBEDTLS_X509_BADCERT_CN_MISMATCH) != 0)
        return TLS_WRONG_NAME;
    if ((flags & (MBEDTLS_X509_BADCERT_KEY_USAGE | MBEDTLS_X509_BADCERT_EXT_KEY_USAGE |
                  MBEDTLS_X509_BADCERT_NS_CERT_TYPE)) != 0)
        return TLS_WRONG_USAGE;
    if ((flags & (MBEDTLS_X509_BADCERT_BAD_MD | MBEDTLS_X509_BADCERT_BAD_PK |
                  MBEDTLS_X509_BADCERT_BAD_KEY)) != 0)
        return TLS_WEAK_CERTIFICATE;
    return TLS_UNTRUSTED;
}

static const struct {
    uint8_t code, result;
} alerts[] = {
    {MBEDTLS_SSL_ALERT_MSG_BAD_CERT, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_CERT, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_CERT_REVOKED, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_CERT_EXPIRED, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_CERT_UNKNOWN, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_UNKNOWN_CA, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_ACCESS_DENIED, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_DECRYPT_ERROR, TLS_CERTIFICATE_REFUSED},
    {MBEDTLS_SSL_ALERT_MSG_CERT_REQUIRED, TLS_CERTIFICATE_REQUIRED},
    {MBEDTLS_SSL_ALERT_MSG_INSUFFICIENT_SECURITY, TLS_NO_COMMON_CIPHER},
    {MBEDTLS_SSL_ALERT_MSG_PROTOCOL_VERSION, TLS_NO_COMMON_VERSION},
    {MBEDTLS_SSL_ALERT_MSG_INAPROPRIATE_FALLBACK, TLS_NO_COMMON_VERSION},
    {MBEDTLS_SSL_ALERT_MSG_NO_APPLICATION_PROTOCOL, TLS_NO_COMMON_PROTOCOL},
    {MBEDTLS_SSL_ALERT_MSG_UNRECOGNIZED_NAME, TLS_NAME_UNKNOWN},
    {MBEDTLS_SSL_ALERT_MSG_BAD_RECORD_MAC, TLS_FORGED_RECORD},
};

/* handshake_failure (RFC 5246, 7.2.2) before the server's hello: nothing in common; after it, in
 * TLS 1.2: about the client's certificate. */
static enum tls_result result_of_handshake_failure(const struct tls_connection *connection)
{
    return connection->ssl.MBEDTLS_PRIVATE(state) <= MBEDTLS_SSL_SERVER_HELLO
               ? TLS_NO_COMMON_CIPHER
               : TLS_CERTIFICATE_REFUSED;
}

static enum tls_result result_of_alert(const struct tls_connection *connection, uint8_t code)
{
    enum tls_result result = TLS_OTHER_ALERT;

    if (code == MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE)
        result = result_of_handshake_failure(connection);
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++)
        if (alerts[i].code == code)
            result = (enum tls_result)alerts[i].result;
    return result == TLS_CERTIFICATE_REFUSED && !connection->has_certificate
               ? TLS_CERTIFICATE_REQUIRED
               : result;
}

static bool looks_like_tls(const struct tls_connection *connection)
{
    const uint8_t *bytes = connection->first_bytes;

    if (connection->received >= 1 && bytes[0] != TLS_RECORD_ALERT &&
        bytes[0] != TLS_RECORD_HANDSHAKE)
        return false;
    return connection->received < 2 || bytes[1] == 3;
}

/* What is wrong with the server's certificates, or 0 when the error is about something else. */
static uint32_t flags_of_error(const struct tls_connection *connection, int error)
{
    const uint32_t not_known = UINT32_MAX;
    uint32_t flags = mbedtls_ssl_get_verify_result(&connection->ssl);

    if (error != MBEDTLS_ERR_X509_CERT_VERIFY_FAILED && error != MBEDTLS_ERR_SSL_BAD_CERTIFICATE)
        return 0;
    return connection->finding.flags | (flags != not_known ? flags : 0);
}

/* A certificate whose signature, key or curve is of a kind that was not built in. A code of Mbed
 * TLS is one of a module plus a small one of what it called. */
static bool is_unsupported_certificate(int error)
{
    int of_module = error / 128 * 128;

    return of_module == MBEDTLS_ERR_X509_UNKNOWN_SIG_ALG ||
           of_module == MBEDTLS_ERR_PK_UNKNOWN_PK_ALG ||
           of_module == MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE;
}

static enum tls_result result_of_handshake_error(const struct tls_connection *connection, int error)
{
    uint32_t flags = flags_of_error(connection, error);

    if (flags != 0)
        return result_of_flags(connection, flags);
    if (is_unsupported_certificate(error))
        return TLS_WEAK_CERTIFICATE;
    if (!looks_like_tls(connection))
        return TLS_PEER_IS_NOT_TLS;
    if (error == MBEDTLS_ERR_SSL_CONN_EOF || error == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY)
        return TLS_CLOSED_IN_HANDSHAKE;
    if (error == MBEDTLS_ERR_SSL_BAD_PROTOCOL_VERSION)
        return TLS_NO_COMMON_VERSION;
    if (error == MBEDTLS_ERR_SSL_HANDSHAKE_FAILURE)
        return TLS_NO_COMMON_CIPHER;
    if (error == MBEDTLS_ERR_SSL_INVALID_MAC)
        return TLS_FORGED_RECORD;
    return TLS_PROTOCOL_ERROR;
}

static enum tls_result result_of_stream_error(int error)
{
    if (error == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY)
        return TLS_CLOSED;
    if (error == MBEDTLS_ERR_SSL_CONN_EOF)
        return TLS_TRUNCATED;
    if (error == MBEDTLS_ERR_SSL_INVALID_MAC)
        return TLS_FORGED_RECORD;
    return TLS_PROTOCOL_ERROR;
}

void tls_report_error(struct tls_connection *connection, int error)
{
    struct tls_failure failure = {.error = error};

    /* Mbed TLS leaves an alert where it read it and has no public way to ask for it. */
    if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        failure.alert = connection->ssl.MBEDTLS_PRIVATE(in_msg)[1];
    if (tls_platform_memory_failed())
        failure.result = TLS_NO_MEMORY;
    else if (tls_platform_entropy_failed())
        failure.result = TLS_NO_ENTROPY;
    else if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        failure.result = result_of_alert(connection, failure.alert);
    else if (connection->established)
        failure.result = result_of_stream_error(error);
    else
        failure.result = result_of_handshake_error(connection, error);
    tls_tell(connection->report, connection, &failure);
}
