/* SPDX-License-Identifier: MIT */
/*
 * From a failure to a value and a sentence. First it is found out which of the results it is, then
 * the sentence is put together: most are fixed, those about certificates, alerts and lost streams
 * name what was seen. What is uncertain is said as a possibility.
 */
#include "connection.h"
#include "platform.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <mbedtls/error.h>
#include <mbedtls/platform_util.h>

/* A clock before this has never been set: 2024-01-01. */
#define CLOCK_NEVER_SET_BEFORE INT64_C(1704067200)

#define TLS_RECORD_ALERT       0x15
#define TLS_RECORD_HANDSHAKE   0x16

static const char *const fixed_texts[] = {
    [TLS_OK] = "",
    [TLS_MISUSE] = "TLS was set up wrongly: a required setting is missing (server name, lower "
                   "transport, certificate without key or key without certificate) or tls_init was "
                   "not called: correct the program.",
    [TLS_NO_MEMORY] = "not enough memory for TLS: an allocation failed: enlarge the heap or make "
                      "the record buffers smaller (TLS_RECORD_IN, TLS_RECORD_OUT).",
    [TLS_NO_ENTROPY] = "the entropy source failed, so no secure key can be made: check the board's "
                       "random number generator.",
    [TLS_CLOCK_UNKNOWN] = "the device does not know the time, so the server certificate's dates "
                          "cannot be checked: set the clock (SNTP) before connecting.",
    [TLS_BAD_CA] = "the CA certificate cannot be read: it is empty, cut off, or not an X.509 "
                   "certificate in PEM or DER: give the file of the CA that issued the server's "
                   "certificate.",
    [TLS_BAD_CERTIFICATE] = "the device's certificate cannot be read: it is empty, cut off, or not "
                            "an X.509 certificate in PEM or DER: provision the device again.",
    [TLS_BAD_KEY] = "the device's private key cannot be read: it is empty, cut off, protected by a "
                    "password, or of a kind that is not supported: give an unencrypted EC (P-256, "
                    "P-384) or RSA key in PEM or DER.",
    [TLS_KEY_MISMATCH] = "the device's private key does not belong to its certificate: provision "
                         "both from the same key pair.",
    [TLS_NO_COMMON_CIPHER] = "the server and the device have no cipher suite, curve or signature "
                             "in common: allow ECDHE with AES-GCM or ChaCha20-Poly1305 and the "
                             "curve P-256 on the server.",
    [TLS_NO_COMMON_VERSION] = "the server and the device have no TLS version in common: allow TLS "
                              "1.2 or 1.3 on the server, or let the device use both.",
    [TLS_NO_COMMON_PROTOCOL] = "the server speaks none of the application protocols (ALPN) that "
                               "the device offered: correct the list or the server's port.",
    [TLS_TIMEOUT] = "the server did not finish the TLS handshake in time: it is overloaded, the "
                    "network loses packets, or the port belongs to something that waits without a "
                    "word: try again, or check host and port.",
    [TLS_CLOSED] = "the server closed the connection properly.",
    [TLS_PROTOCOL_ERROR] = "",
    [TLS_FORGED_RECORD] = "a record failed its authentication: it was changed on the way or does "
                          "not come from the server: connect again, and suspect the network if it "
                          "happens twice.",
};

void tls_report_plain(struct tls_report *report, enum tls_result result)
{
    report->result = result;
    (void)snprintf(report->text, sizeof report->text, "%s",
                   fixed_texts[result] != NULL ? fixed_texts[result] : "");
}

/* A text that is too long for the report is cut. */
__attribute__((format(printf, 2, 3))) static void tell(struct tls_connection *connection,
                                                       const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(connection->report->text, sizeof connection->report->text, format, arguments);
    va_end(arguments);
}

void tls_format_time(char text[20], int64_t seconds)
{
    mbedtls_time_t time = seconds;
    struct tm date;

    if (mbedtls_platform_gmtime_r(&time, &date) == NULL)
        memset(&date, 0, sizeof date);
    (void)snprintf(text, 20, "%04u-%02u-%02u %02u:%02u", (unsigned)(date.tm_year + 1900) % 10000u,
                   (unsigned)(date.tm_mon + 1) % 100u, (unsigned)date.tm_mday % 100u,
                   (unsigned)date.tm_hour % 100u, (unsigned)date.tm_min % 100u);
}

static void format_x509_time(char text[20], const mbedtls_x509_time *time)
{
    (void)snprintf(text, 20, "%04u-%02u-%02u %02u:%02u", (unsigned)time->year % 10000u,
                   (unsigned)time->mon % 100u, (unsigned)time->day % 100u,
                   (unsigned)time->hour % 100u, (unsigned)time->min % 100u);
}

/* Whose certificate the sentence is about. */
static const char *whose(const struct tls_finding *finding)
{
    return finding->depth == 0 ? "the server's certificate" : "a CA certificate above the server's";
}

static void tell_dates(struct tls_connection *connection, enum tls_result result)
{
    const struct tls_finding *finding = &connection->finding;
    char from[20], to[20], clock[20];
    int64_t now = tls_platform_time(NULL);

    format_x509_time(from, &finding->valid_from);
    format_x509_time(to, &finding->valid_to);
    tls_format_time(clock, now);
    if (result == TLS_EXPIRED)
        tell(connection,
             "%s (%s) has expired: valid until %s, the clock says %s: renew the broker's "
             "certificate, or set the device's clock if it is wrong.",
             whose(finding), finding->subject, to, clock);
    else if (now < CLOCK_NEVER_SET_BEFORE)
        tell(connection,
             "the clock says %s, so it was never set; %s (%s) is valid from %s: set the device's "
             "clock (SNTP) and connect again.",
             clock, whose(finding), finding->subject, from);
    else
        tell(connection,
             "%s (%s) is not yet valid: valid from %s, the clock says %s: set the device's clock, "
             "or issue the certificate with an earlier date.",
             whose(finding), finding->subject, from, clock);
}

static void tell_untrusted(struct tls_connection *connection)
{
    const struct tls_finding *finding = &connection->finding;
    char subject[TLS_NAME_TEXT];

    if (mbedtls_x509_dn_gets(subject, sizeof subject, &connection->ca.subject) < 0)
        (void)snprintf(subject, sizeof subject, "the CA given");
    tell(connection,
         "the CA does not match: %s (%s) was issued by '%s', the device trusts '%s': give the "
         "device the CA that issued it, or have the server send its whole chain.",
         whose(finding), finding->subject, finding->issuer, subject);
}

static void tell_certificate(struct tls_connection *connection, enum tls_result result)
{
    const struct tls_finding *finding = &connection->finding;

    if (result == TLS_EXPIRED || result == TLS_NOT_YET_VALID)
        tell_dates(connection, result);
    else if (result == TLS_UNTRUSTED)
        tell_untrusted(connection);
    else if (result == TLS_SELF_SIGNED)
        tell(connection,
             "%s (%s) is signed by itself and is not the CA that the device trusts: give the "
             "device this certificate as CA, or have the broker use one that its CA issued.",
             whose(finding), finding->subject);
    else if (result == TLS_WRONG_NAME)
        tell(connection,
             "the device asked for '%s', the server's certificate is for '%s': connect by a name "
             "of the certificate, or issue the broker one for this name.",
             connection->settings->server_name, finding->names);
    else if (result == TLS_WRONG_USAGE)
        tell(connection,
             "the certificate for '%s' is not made for servers (key usage): issue the broker one "
             "with extendedKeyUsage serverAuth.",
             finding->names);
    else
        tell(connection,
             "%s is too weak or of an unsupported kind (SHA-1 or MD5, RSA below 2048 bits, a rare "
             "curve): issue one with ECDSA P-256 or RSA 2048 and SHA-256.",
             whose(finding));
}

static void tell_closed_in_handshake(struct tls_connection *connection)
{
    if (connection->received == 0)
        tell(connection,
             "the server closed the connection before it answered: the port may not be the TLS "
             "port (MQTT: 8883, not 1883), or the server refuses connections: check host and port "
             "and the server's log.");
    else
        tell(connection,
             "the connection was closed in the middle of the TLS handshake, after %llu"
             " bytes from the server: it went down, or refused the device without a word: see the "
             "server's log and connect again.",
             (unsigned long long)connection->received);
}

static void tell_truncated(struct tls_connection *connection)
{
    if (connection->has_read)
        tell(connection, "the connection ended without the closing message of TLS, so data may be "
                         "missing: the server or the network went down: connect again.");
    else
        tell(connection,
             "the connection ended right after the TLS handshake: %s: check that the server knows "
             "the device, and see its log.",
             connection->has_certificate
                 ? "with TLS 1.3 a server may refuse the device's certificate only then"
                 : "a server that wants a certificate of the device does so, and none was given");
}

static void tell_not_tls(struct tls_connection *connection)
{
    char seen[sizeof connection->first_bytes + 1];
    size_t count = connection->received < sizeof connection->first_bytes
                       ? (size_t)connection->received
                       : sizeof connection->first_bytes;

    for (size_t i = 0; i < count; i++) {
        uint8_t byte = connection->first_bytes[i];
        seen[i] = byte >= ' ' && byte <= '~' ? (char)byte : '.';
    }
    seen[count] = '\0';
    tell(connection,
         "the server does not speak TLS: its first bytes are '%s': check host and port (MQTT over "
         "TLS: 8883; plain MQTT: 1883).",
         seen);
}

void tls_report_result(struct tls_connection *connection, enum tls_result result)
{
    tls_report_plain(connection->report, result);
    if (result >= TLS_UNTRUSTED && result <= TLS_WEAK_CERTIFICATE)
        tell_certificate(connection, result);
    else if (result == TLS_CLOSED_IN_HANDSHAKE)
        tell_closed_in_handshake(connection);
    else if (result == TLS_TRUNCATED)
        tell_truncated(connection);
    else if (result == TLS_PEER_IS_NOT_TLS)
        tell_not_tls(connection);
}

/* The fault that a person should mend first: a wrong clock makes everything else look wrong. */
static enum tls_result result_of_flags(const struct tls_connection *connection, uint32_t flags)
{
    bool clock_unset = tls_platform_time(NULL) < CLOCK_NEVER_SET_BEFORE;

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

struct alert {
    uint8_t code;
    enum tls_result result;
    const char *name;
    const char *meaning; /* of those about the device's certificate */
};

static const struct alert alerts[] = {
    {MBEDTLS_SSL_ALERT_MSG_BAD_CERT, TLS_CERTIFICATE_REFUSED, "bad_certificate",
     "it cannot be read or its signature is wrong"},
    {MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_CERT, TLS_CERTIFICATE_REFUSED, "unsupported_certificate",
     "it is of a kind, or for a use, that the server does not take"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_REVOKED, TLS_CERTIFICATE_REFUSED, "certificate_revoked",
     "it was revoked"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_EXPIRED, TLS_CERTIFICATE_REFUSED, "certificate_expired",
     "it has expired or is not yet valid"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_UNKNOWN, TLS_CERTIFICATE_REFUSED, "certificate_unknown",
     "the server does not accept it"},
    {MBEDTLS_SSL_ALERT_MSG_UNKNOWN_CA, TLS_CERTIFICATE_REFUSED, "unknown_ca",
     "the server does not know the CA that issued it"},
    {MBEDTLS_SSL_ALERT_MSG_ACCESS_DENIED, TLS_CERTIFICATE_REFUSED, "access_denied",
     "the server does not let this device in"},
    {MBEDTLS_SSL_ALERT_MSG_DECRYPT_ERROR, TLS_CERTIFICATE_REFUSED, "decrypt_error",
     "its signature does not verify"},
    {MBEDTLS_SSL_ALERT_MSG_CERT_REQUIRED, TLS_CERTIFICATE_REQUIRED, "certificate_required", NULL},
    {MBEDTLS_SSL_ALERT_MSG_INSUFFICIENT_SECURITY, TLS_NO_COMMON_CIPHER, "insufficient_security",
     NULL},
    {MBEDTLS_SSL_ALERT_MSG_PROTOCOL_VERSION, TLS_NO_COMMON_VERSION, "protocol_version", NULL},
    {MBEDTLS_SSL_ALERT_MSG_INAPROPRIATE_FALLBACK, TLS_NO_COMMON_VERSION, "inappropriate_fallback",
     NULL},
    {MBEDTLS_SSL_ALERT_MSG_NO_APPLICATION_PROTOCOL, TLS_NO_COMMON_PROTOCOL,
     "no_application_protocol", NULL},
    {MBEDTLS_SSL_ALERT_MSG_UNRECOGNIZED_NAME, TLS_NAME_UNKNOWN, "unrecognized_name", NULL},
    {MBEDTLS_SSL_ALERT_MSG_BAD_RECORD_MAC, TLS_FORGED_RECORD, "bad_record_mac", NULL},
};

/* handshake_failure (RFC 5246, 7.2.2) before the server's hello: nothing in common; after it, in
 * TLS 1.2: about the client's certificate. */
static struct alert judge_handshake_failure(const struct tls_connection *connection)
{
    struct alert alert = {MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE, TLS_NO_COMMON_CIPHER,
                          "handshake_failure", "the server ended the handshake after it got it"};

    if (connection->ssl.MBEDTLS_PRIVATE(state) <= MBEDTLS_SSL_SERVER_HELLO)
        return alert;
    alert.result = connection->has_certificate ? TLS_CERTIFICATE_REFUSED : TLS_CERTIFICATE_REQUIRED;
    return alert;
}

static struct alert judge_alert(const struct tls_connection *connection, uint8_t code)
{
    if (code == MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE)
        return judge_handshake_failure(connection);
    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++) {
        struct alert alert = alerts[i];
        if (alert.code != code)
            continue;
        if (alert.result == TLS_CERTIFICATE_REFUSED && !connection->has_certificate)
            alert.result = TLS_CERTIFICATE_REQUIRED;
        return alert;
    }
    return (struct alert){code, TLS_OTHER_ALERT, "other", NULL};
}

static void report_alert(struct tls_connection *connection)
{
    /* Mbed TLS leaves the alert where it read it and has no public way to ask for it. */
    struct alert alert = judge_alert(connection, connection->ssl.MBEDTLS_PRIVATE(in_msg)[1]);

    tls_report_result(connection, alert.result);
    if (alert.result == TLS_CERTIFICATE_REFUSED)
        tell(connection,
             "the server refused the device's certificate: %s (alert %s): check that the server's "
             "CA issued it, that it is registered and active there, and its dates.",
             alert.meaning, alert.name);
    else if (alert.result == TLS_CERTIFICATE_REQUIRED)
        tell(connection,
             "the server wants a certificate of the device and none was given (alert %s): "
             "provision the device with a certificate and its key.",
             alert.name);
    else if (alert.result == TLS_NAME_UNKNOWN)
        tell(connection,
             "the server serves nothing by the name that the device asked for (alert %s): check "
             "the end-point's name.",
             alert.name);
    else if (alert.result == TLS_OTHER_ALERT)
        tell(connection,
             "the server ended the connection with TLS alert %u: see the server's log for the "
             "reason.",
             (unsigned)alert.code);
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
    enum tls_result result;

    if (tls_platform_memory_failed())
        result = TLS_NO_MEMORY;
    else if (tls_platform_entropy_failed())
        result = TLS_NO_ENTROPY;
    else if (error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE)
        return report_alert(connection);
    else if (connection->established)
        result = result_of_stream_error(error);
    else
        result = result_of_handshake_error(connection, error);
    tls_report_result(connection, result);
    if (result == TLS_PROTOCOL_ERROR)
        tell(connection,
             "the server does not follow the TLS protocol (Mbed TLS error -0x%04x): check that the "
             "port is a TLS port and that nothing between alters the data.",
             (unsigned)-error);
}
