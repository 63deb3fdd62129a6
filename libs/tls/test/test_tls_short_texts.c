/* SPDX-License-Identifier: MIT */
/*
 * What a person sees of a failure without TLS_EXPLAIN: a name that the README explains, and the number
 * that somebody gave.
 */
#include "tell.h"

#include <stdio.h>
#include <string.h>

#include "linnet_test.h"

#define NAME(result) [result] = #result
static const char *const names[] = {
    NAME(TLS_MISUSE),
    NAME(TLS_NO_MEMORY),
    NAME(TLS_NO_ENTROPY),
    NAME(TLS_CLOCK_UNKNOWN),
    NAME(TLS_BAD_CA),
    NAME(TLS_BAD_CERTIFICATE),
    NAME(TLS_BAD_KEY),
    NAME(TLS_KEY_MISMATCH),
    NAME(TLS_UNTRUSTED),
    NAME(TLS_SELF_SIGNED),
    NAME(TLS_EXPIRED),
    NAME(TLS_NOT_YET_VALID),
    NAME(TLS_WRONG_NAME),
    NAME(TLS_WRONG_USAGE),
    NAME(TLS_WEAK_CERTIFICATE),
    NAME(TLS_CERTIFICATE_REFUSED),
    NAME(TLS_CERTIFICATE_REQUIRED),
    NAME(TLS_NO_COMMON_CIPHER),
    NAME(TLS_NO_COMMON_VERSION),
    NAME(TLS_NO_COMMON_PROTOCOL),
    NAME(TLS_NAME_UNKNOWN),
    NAME(TLS_OTHER_ALERT),
    NAME(TLS_PEER_IS_NOT_TLS),
    NAME(TLS_CLOSED_IN_HANDSHAKE),
    NAME(TLS_TIMEOUT),
    NAME(TLS_CLOSED),
    NAME(TLS_TRUNCATED),
    NAME(TLS_FORGED_RECORD),
    NAME(TLS_PROTOCOL_ERROR),
};

/* Every result but TLS_OK. */
enum { FIRST = TLS_OK + 1, END = TLS_PROTOCOL_ERROR + 1 };
_Static_assert(sizeof names / sizeof names[0] == END, "a result without a name");

static const char *text_of(struct tls_failure failure)
{
    static struct tls_report report;

    memset(&report, 0xff, sizeof report);
    tls_tell(&report, NULL, &failure);
    CHECK_EQUAL(failure.result, report.result);
    CHECK(memchr(report.text, '\0', sizeof report.text) != NULL);
    return report.text;
}

TEST(every_result_is_told_by_its_name)
{
    for (int result = FIRST; result < END; result++) {
        char expected[TLS_REPORT_SIZE];
        CHECK(names[result] != NULL);
        snprintf(expected, sizeof expected, "%s: see libs/tls/README.md.", names[result]);
        CHECK_STRING(expected, text_of((struct tls_failure){.result = (enum tls_result)result}));
    }
}

TEST(the_number_stands_behind_the_name)
{
    CHECK_STRING(
        "TLS_UNTRUSTED, Mbed TLS -0x2700: see libs/tls/README.md.",
        text_of((struct tls_failure){TLS_UNTRUSTED, MBEDTLS_ERR_X509_CERT_VERIFY_FAILED, 0}));
    CHECK_STRING(
        "TLS_CERTIFICATE_REFUSED, alert 48: see libs/tls/README.md.",
        text_of((struct tls_failure){TLS_CERTIFICATE_REFUSED, MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE,
                                     MBEDTLS_SSL_ALERT_MSG_UNKNOWN_CA}));
}

TEST(no_text_is_cut)
{
    for (int result = FIRST; result < END; result++) {
        const char *text = text_of((struct tls_failure){(enum tls_result)result, -0x7fff, 0});
        CHECK(text[strlen(text) - 1] == '.');
        text = text_of((struct tls_failure){(enum tls_result)result,
                                            MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE, 255});
        CHECK(text[strlen(text) - 1] == '.');
    }
}

TEST(every_result_is_explained_in_the_readme)
{
    static char readme[32768];
    FILE *file = fopen(TLS_TEST_FOLDER "/../README.md", "r");

    CHECK(file != NULL);
    size_t size = fread(readme, 1, sizeof readme - 1, file);
    fclose(file);
    CHECK(size > 0 && size < sizeof readme - 1);
    for (int result = FIRST; result < END; result++) {
        char row[64];
        snprintf(row, sizeof row, "\n| `%s` |", names[result]);
        if (strstr(readme, row) == NULL) {
            printf("README.md has no row that begins with '| `%s` |'\n", names[result]);
            test_fail("a result is not explained", __FILE__, __LINE__);
        }
    }
}
