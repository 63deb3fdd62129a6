/* SPDX-License-Identifier: MIT */
/*
 * Failures in sentences: most are fixed, those about certificates, alerts and lost streams name what was
 * seen. What is uncertain is said as a possibility.
 */
#include "tell.h"

#if TLS_EXPLAIN

#include "platform.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <mbedtls/platform_util.h>

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
    [TLS_FORGED_RECORD] = "a record failed its authentication: it was changed on the way or does "
                          "not come from the server: connect again, and suspect the network if it "
                          "happens twice.",
};

/* A text that is too long for the report is cut. */
__attribute__((format(printf, 2, 3))) static void tell(const struct tls_connection *connection,
                                                       const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(connection->report->text, sizeof connection->report->text, format, arguments);
    va_end(arguments);
}

static void format_time(char text[20], int64_t seconds)
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
static const char *whose(const struct tls_connection *connection)
{
    return connection->finding.depth == 0 ? "the server's certificate"
                                          : "a CA certificate above the server's";
}

static void tell_dates(const struct tls_connection *connection, enum tls_result result)
{
    const struct tls_notes *notes = &connection->finding.notes;
    char from[20], to[20], clock[20];
    int64_t now = tls_platform_time(NULL);

    format_x509_time(from, &notes->valid_from);
    format_x509_time(to, &notes->valid_to);
    format_time(clock, now);
    if (result == TLS_EXPIRED)
        tell(connection,
             "%s (%s) has expired: valid until %s, the clock says %s: renew the broker's "
             "certificate, or set the device's clock if it is wrong.",
             whose(connection), notes->subject, to, clock);
    else if (now < TLS_CLOCK_NEVER_SET_BEFORE)
        tell(connection,
             "the clock says %s, so it was never set; %s (%s) is valid from %s: set the device's "
             "clock (SNTP) and connect again.",
             clock, whose(connection), notes->subject, from);
    else
        tell(connection,
             "%s (%s) is not yet valid: valid from %s, the clock says %s: set the device's clock, "
             "or issue the certificate with an earlier date.",
             whose(connection), notes->subject, from, clock);
}

static void tell_untrusted(const struct tls_connection *connection)
{
    const struct tls_notes *notes = &connection->finding.notes;
    char subject[TLS_NAME_TEXT];

    if (mbedtls_x509_dn_gets(subject, sizeof subject, &connection->ca.subject) < 0)
        (void)snprintf(subject, sizeof subject, "the CA given");
    tell(connection,
         "the CA does not match: %s (%s) was issued by '%s', the device trusts '%s': give the "
         "device the CA that issued it, or have the server send its whole chain.",
         whose(connection), notes->subject, notes->issuer, subject);
}

static void tell_certificate(const struct tls_connection *connection, enum tls_result result)
{
    const struct tls_notes *notes = &connection->finding.notes;

    if (result == TLS_EXPIRED || result == TLS_NOT_YET_VALID)
        tell_dates(connection, result);
    else if (result == TLS_UNTRUSTED)
        tell_untrusted(connection);
    else if (result == TLS_SELF_SIGNED)
        tell(connection,
             "%s (%s) is signed by itself and is not the CA that the device trusts: give the "
             "device this certificate as CA, or have the broker use one that its CA issued.",
             whose(connection), notes->subject);
    else if (result == TLS_WRONG_NAME)
        tell(connection,
             "the device asked for '%s', the server's certificate is for '%s': connect by a name "
             "of the certificate, or issue the broker one for this name.",
             connection->settings->server_name, notes->names);
    else if (result == TLS_WRONG_USAGE)
        tell(connection,
             "the certificate for '%s' is not made for servers (key usage): issue the broker one "
             "with extendedKeyUsage serverAuth.",
             notes->names);
    else
        tell(connection,
             "%s is too weak or of an unsupported kind (SHA-1 or MD5, RSA below 2048 bits, a rare "
             "curve): issue one with ECDSA P-256 or RSA 2048 and SHA-256.",
             whose(connection));
}

static void tell_closed_in_handshake(const struct tls_connection *connection)
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

static void tell_truncated(const struct tls_connection *connection)
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

static void tell_not_tls(const struct tls_connection *connection)
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

/* What the server's alert is called, and what it means of the device's certificate. */
struct alert {
    uint8_t code;
    const char *name, *meaning;
};

static struct alert alert_of(uint8_t code)
{
    static const struct alert alerts[] = {
        {MBEDTLS_SSL_ALERT_MSG_HANDSHAKE_FAILURE, "handshake_failure",
         "the server ended the handshake after it got it"},
        {MBEDTLS_SSL_ALERT_MSG_BAD_CERT, "bad_certificate",
         "it cannot be read or its signature is wrong"},
        {MBEDTLS_SSL_ALERT_MSG_UNSUPPORTED_CERT, "unsupported_certificate",
         "it is of a kind, or for a use, that the server does not take"},
        {MBEDTLS_SSL_ALERT_MSG_CERT_REVOKED, "certificate_revoked", "it was revoked"},
        {MBEDTLS_SSL_ALERT_MSG_CERT_EXPIRED, "certificate_expired",
         "it has expired or is not yet valid"},
        {MBEDTLS_SSL_ALERT_MSG_CERT_UNKNOWN, "certificate_unknown",
         "the server does not accept it"},
        {MBEDTLS_SSL_ALERT_MSG_UNKNOWN_CA, "unknown_ca",
         "the server does not know the CA that issued it"},
        {MBEDTLS_SSL_ALERT_MSG_ACCESS_DENIED, "access_denied",
         "the server does not let this device in"},
        {MBEDTLS_SSL_ALERT_MSG_DECRYPT_ERROR, "decrypt_error", "its signature does not verify"},
        {MBEDTLS_SSL_ALERT_MSG_CERT_REQUIRED, "certificate_required", ""},
        {MBEDTLS_SSL_ALERT_MSG_UNRECOGNIZED_NAME, "unrecognized_name", ""},
    };

    for (size_t i = 0; i < sizeof alerts / sizeof alerts[0]; i++)
        if (alerts[i].code == code)
            return alerts[i];
    return (struct alert){code, "other", ""};
}

static void tell_alert(const struct tls_connection *connection, const struct tls_failure *failure)
{
    struct alert alert = alert_of(failure->alert);

    if (failure->result == TLS_CERTIFICATE_REFUSED)
        tell(connection,
             "the server refused the device's certificate: %s (alert %s): check that the server's "
             "CA issued it, that it is registered and active there, and its dates.",
             alert.meaning, alert.name);
    else if (failure->result == TLS_CERTIFICATE_REQUIRED)
        tell(connection,
             "the server wants a certificate of the device and none was given (alert %s): "
             "provision the device with a certificate and its key.",
             alert.name);
    else if (failure->result == TLS_NAME_UNKNOWN)
        tell(connection,
             "the server serves nothing by the name that the device asked for (alert %s): check "
             "the end-point's name.",
             alert.name);
    else if (failure->result == TLS_OTHER_ALERT)
        tell(connection,
             "the server ended the connection with TLS alert %u: see the server's log for the "
             "reason.",
             (unsigned)alert.code);
}

void tls_tell(struct tls_report *report, const struct tls_connection *connection,
              const struct tls_failure *failure)
{
    enum tls_result result = failure->result;

    report->result = result;
    if (result < sizeof fixed_texts / sizeof fixed_texts[0] && fixed_texts[result] != NULL)
        (void)snprintf(report->text, sizeof report->text, "%s", fixed_texts[result]);
    else if (result >= TLS_UNTRUSTED && result <= TLS_WEAK_CERTIFICATE)
        tell_certificate(connection, result);
    else if (result == TLS_CLOSED_IN_HANDSHAKE)
        tell_closed_in_handshake(connection);
    else if (result == TLS_TRUNCATED)
        tell_truncated(connection);
    else if (result == TLS_PEER_IS_NOT_TLS)
        tell_not_tls(connection);
    else if (result == TLS_PROTOCOL_ERROR)
        tell(connection,
             "the server does not follow the TLS protocol (Mbed TLS error -0x%04x): check that the "
             "port is a TLS port and that nothing between alters the data.",
             (unsigned)-failure->error);
    else
        tell_alert(connection, failure);
}

#endif
