/* SPDX-License-Identifier: MIT */
/*
 * Failures without TLS_EXPLAIN: the name of the result, under which README.md has the meaning and the
 * remedy, and the number that the server or Mbed TLS gave.
 */
#include "tell.h"

#if !TLS_EXPLAIN

#include <stdio.h>

#define PLACE ": see libs/tls/README.md."

static const char *const names[] = {
    [TLS_MISUSE] = "MISUSE",
    [TLS_NO_MEMORY] = "NO_MEMORY",
    [TLS_NO_ENTROPY] = "NO_ENTROPY",
    [TLS_CLOCK_UNKNOWN] = "CLOCK_UNKNOWN",
    [TLS_BAD_CA] = "BAD_CA",
    [TLS_BAD_CERTIFICATE] = "BAD_CERTIFICATE",
    [TLS_BAD_KEY] = "BAD_KEY",
    [TLS_KEY_MISMATCH] = "KEY_MISMATCH",
    [TLS_UNTRUSTED] = "UNTRUSTED",
    [TLS_SELF_SIGNED] = "SELF_SIGNED",
    [TLS_EXPIRED] = "EXPIRED",
    [TLS_NOT_YET_VALID] = "NOT_YET_VALID",
    [TLS_WRONG_NAME] = "WRONG_NAME",
    [TLS_WRONG_USAGE] = "WRONG_USAGE",
    [TLS_WEAK_CERTIFICATE] = "WEAK_CERTIFICATE",
    [TLS_CERTIFICATE_REFUSED] = "CERTIFICATE_REFUSED",
    [TLS_CERTIFICATE_REQUIRED] = "CERTIFICATE_REQUIRED",
    [TLS_NO_COMMON_CIPHER] = "NO_COMMON_CIPHER",
    [TLS_NO_COMMON_VERSION] = "NO_COMMON_VERSION",
    [TLS_NO_COMMON_PROTOCOL] = "NO_COMMON_PROTOCOL",
    [TLS_NAME_UNKNOWN] = "NAME_UNKNOWN",
    [TLS_OTHER_ALERT] = "OTHER_ALERT",
    [TLS_PEER_IS_NOT_TLS] = "PEER_IS_NOT_TLS",
    [TLS_CLOSED_IN_HANDSHAKE] = "CLOSED_IN_HANDSHAKE",
    [TLS_TIMEOUT] = "TIMEOUT",
    [TLS_CLOSED] = "CLOSED",
    [TLS_TRUNCATED] = "TRUNCATED",
    [TLS_FORGED_RECORD] = "FORGED_RECORD",
    [TLS_PROTOCOL_ERROR] = "PROTOCOL_ERROR",
};

void tls_tell(struct tls_report *report, const struct tls_connection *connection,
              const struct tls_failure *failure)
{
    const char *format = "TLS_%s" PLACE;
    unsigned number = (unsigned)-failure->error;

    report->result = failure->result;
    if (failure->error == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
        format = "TLS_%s, alert %u" PLACE;
        number = failure->alert;
    } else if (failure->error != 0) {
        format = "TLS_%s, Mbed TLS -0x%04x" PLACE;
    }
    (void)snprintf(report->text, sizeof report->text, format, names[failure->result], number);
}

#endif
