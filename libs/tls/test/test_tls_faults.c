/* SPDX-License-Identifier: MIT */
/*
 * One fault per case: it is refused, named as what it is, and nothing is left behind.
 */
#include "tls_peer.h"

#include <string.h>

#define SERVER "-cert server.pem -key server.key "
#define MUTUAL SERVER "-CAfile ca.pem -Verify 1 -verify_return_error "
#define DAY    86400

/* Each fault of a server's certificate in both versions. */
static void check_server_refused(const char *name, enum tls_result result, const char *words)
{
    char options[256] = "-cert ";

    strcat(strcat(options, name), ".pem -key ");
    strcat(strcat(options, name), ".key");
    peer_start(options);
    for (int versions = TLS_VERSIONS_1_2_ONLY; versions <= TLS_VERSIONS_1_3_ONLY; versions++) {
        device_reset();
        device.settings.versions = (enum tls_versions)versions;
        device_check_refused(result, words);
    }
}

TEST(wrong_ca_is_refused)
{
    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    device.settings.ca = peer_file("other_ca.pem");
    device_check_refused(TLS_UNTRUSTED, "the CA does not match: the server's certificate "
                                        "(CN=broker) was issued by 'CN=Linnet test CA', the "
                                        "device trusts 'CN=Another CA'");
}

TEST(self_signed_server_is_refused)
{
    peer_make_certificates("");
    check_server_refused("self_signed", TLS_SELF_SIGNED, "is signed by itself");
}

TEST(expired_server_is_refused)
{
    peer_make_certificates("expired");
    check_server_refused("expired", TLS_EXPIRED, "valid until 2026-01-02 00:00, the clock says 20");
}

TEST(server_not_yet_valid_is_refused)
{
    peer_make_certificates("future");
    check_server_refused("future", TLS_NOT_YET_VALID, "valid from 2090-01-01 00:00");
}

TEST(certificate_ends_and_begins_to_the_second)
{
    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    device.clock_offset = 30 * DAY - 60;
    CHECK(device_connect());
    device_end();
    device_reset();
    device.clock_offset = 30 * DAY + 1;
    device_check_refused(TLS_EXPIRED, "renew the broker's certificate");
    device_reset();
    device.clock_offset = -DAY;
    device_check_refused(TLS_NOT_YET_VALID, "is not yet valid");
}

TEST(clock_at_1970_is_named)
{
    peer_make_certificates("server");
    peer_start(SERVER);
    for (int versions = TLS_VERSIONS_1_2_ONLY; versions <= TLS_VERSIONS_1_3_ONLY; versions++) {
        int64_t now;
        device_reset();
        device.settings.versions = (enum tls_versions)versions;
        device.platform.clock(NULL, &now);
        device.clock_offset = -now;
        device_check_refused(TLS_NOT_YET_VALID, "the clock says 1970-01-01 00:00");
    }
}

TEST(clock_beyond_2038_is_read_right)
{
    int64_t now;

    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    device.platform.clock(NULL, &now);
    device.clock_offset = INT64_C(4107542400) - now; /* 2100-03-01 */
    device_check_refused(TLS_EXPIRED, "the clock says 2100-03-01 00:00");
}

TEST(clock_beyond_the_calendar_is_none)
{
    int64_t from_now, last = INT64_C(253402300799); /* 9999-12-31 23:59:59 */

    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    device.platform.clock(NULL, &from_now);
    from_now = last - from_now;
    device.clock_offset = from_now - 60;
    device_check_refused(TLS_EXPIRED, "the clock says 9999-12-31");
    device_reset();
    device.clock_offset = from_now + 1;
    device_check_refused(TLS_CLOCK_UNKNOWN, "does not know the time");
}

TEST(unknown_time_is_refused)
{
    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    device.clock_unknown = true;
    device_check_refused(TLS_CLOCK_UNKNOWN, "does not know the time");
}

TEST(name_in_the_common_name_only_is_refused_beside_alternative_names)
{
    peer_make_certificates("elsewhere");
    check_server_refused("elsewhere", TLS_WRONG_NAME,
                         "asked for 'broker.linnet.test', the server's certificate is for "
                         "'other.linnet.test, third.linnet.test'");
}

TEST(wrong_name_is_refused)
{
    static const char *const names[] = {"broker.linnet.tes",
                                        "broker.linnet.test.org",
                                        "xbroker.linnet.test",
                                        "a.broker.linnet.test",
                                        "linnet.test",
                                        "localhost",
                                        "127.0.0.1"};

    peer_make_certificates("server");
    peer_start(SERVER);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        device_reset();
        device.settings.server_name = names[i];
        device_check_refused(TLS_WRONG_NAME, names[i]);
    }
    device_reset();
    device.settings.server_name = "BROKER.linnet.TEST";
    CHECK(device_connect());
    device_end();
}

TEST(certificate_for_clients_is_refused_of_a_server)
{
    peer_make_certificates("for_clients");
    check_server_refused("for_clients", TLS_WRONG_USAGE, "not made for servers");
}

TEST(certificate_signed_with_sha1_is_refused)
{
    peer_make_certificates("sha1");
    peer_start("-cert sha1.pem -key sha1.key -cipher DEFAULT@SECLEVEL=0");
    device_reset();
    device_check_refused(TLS_WEAK_CERTIFICATE, "too weak");
}

TEST(short_rsa_key_is_refused)
{
    peer_make_certificates("short_rsa");
    peer_start("-cert short_rsa.pem -key short_rsa.key -cipher DEFAULT@SECLEVEL=0 -tls1_2");
    device_reset();
    device_check_refused(TLS_WEAK_CERTIFICATE, "too weak");
}

TEST(certificate_below_one_that_is_no_authority_is_refused)
{
    peer_make_certificates("no_ca below_no_ca");
    peer_start("-cert below_no_ca.pem -key below_no_ca.key -cert_chain no_ca.pem");
    device_reset();
    device_check_refused(TLS_UNTRUSTED, "the CA does not match");
}

TEST(missing_intermediate_authority_is_refused)
{
    peer_make_certificates("intermediate below");
    peer_start("-cert below.pem -key below.key");
    device_reset();
    device_check_refused(TLS_UNTRUSTED, "issued by 'CN=Linnet issuing CA'");
}

TEST(server_wants_a_certificate_in_1_2)
{
    peer_make_certificates("server");
    peer_start(MUTUAL "-tls1_2");
    device_reset();
    device_check_refused(TLS_CERTIFICATE_REQUIRED, "none was given (alert handshake_failure)");
}

TEST(server_wants_a_certificate_in_1_3)
{
    peer_make_certificates("server");
    peer_start(MUTUAL "-tls1_3");
    device_reset();
    device_check_first_read(TLS_CERTIFICATE_REQUIRED,
                            "none was given (alert certificate_required)");
}

TEST(device_certificate_of_another_ca_is_refused_in_1_2)
{
    peer_make_certificates("server client_elsewhere");
    peer_start(MUTUAL "-tls1_2");
    device_reset();
    device_give("client_elsewhere.pem", "client_elsewhere.key");
    device_check_refused(TLS_CERTIFICATE_REFUSED, "the server refused the device's certificate: "
                                                  "the server does not know the CA");
}

TEST(device_certificate_of_another_ca_is_refused_in_1_3)
{
    peer_make_certificates("server client_elsewhere");
    peer_start(MUTUAL "-tls1_3");
    device_reset();
    device_give("client_elsewhere.pem", "client_elsewhere.key");
    device_check_first_read(TLS_CERTIFICATE_REFUSED, "does not know the CA that issued it");
}

TEST(expired_device_certificate_is_refused_in_1_3)
{
    peer_make_certificates("server client_expired");
    peer_start(MUTUAL "-tls1_3");
    device_reset();
    device_give("client_expired.pem", "client_expired.key");
    device_check_first_read(TLS_CERTIFICATE_REFUSED,
                            "it has expired or is not yet valid (alert certificate_expired)");
}

TEST(refusal_in_1_3_is_found_by_a_failing_send)
{
    int32_t sent = 1;

    peer_make_certificates("server");
    peer_start(MUTUAL "-tls1_3");
    device_reset();
    CHECK(device_connect());
    peer_pause_ms(100);
    device.cut_sent = 1;
    sent = device.stream.send(device.stream.pNetworkContext, "hello", 5);
    CHECK(sent < 0);
    device_check_report(TLS_CERTIFICATE_REQUIRED, "certificate_required");
    device_end();
}

TEST(no_common_cipher_is_named)
{
    peer_make_certificates("server");
    peer_start(SERVER "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA");
    device_reset();
    device_check_refused(TLS_NO_COMMON_CIPHER, "no cipher suite, curve or signature in common");
}

TEST(no_common_curve_is_named)
{
    peer_make_certificates("server");
    peer_start(SERVER "-tls1_3 -groups X25519");
    device_reset();
    device_check_refused(TLS_NO_COMMON_CIPHER, "curve");
}

TEST(no_common_version_is_named)
{
    peer_make_certificates("server");
    peer_start(SERVER "-tls1_3");
    device_reset();
    device.settings.versions = TLS_VERSIONS_1_2_ONLY;
    device_check_refused(TLS_NO_COMMON_VERSION, "no TLS version in common");
    peer_start(SERVER "-tls1_2");
    device_reset();
    device.settings.versions = TLS_VERSIONS_1_3_ONLY;
    device_check_refused(TLS_NO_COMMON_VERSION, "no TLS version in common");
}

TEST(old_version_is_not_accepted)
{
    peer_make_certificates("server");
    peer_start(SERVER "-tls1_1 -cipher DEFAULT@SECLEVEL=0");
    device_reset();
    device_check_refused(TLS_NO_COMMON_VERSION, "no TLS version in common");
}

TEST(no_common_protocol_is_named)
{
    static const char *const names[] = {"x-amzn-mqtt-ca", NULL};

    peer_make_certificates("server");
    peer_start(SERVER "-alpn http/1.1");
    device_reset();
    device.settings.alpn = names;
    device_check_refused(TLS_NO_COMMON_PROTOCOL, "ALPN");
}

TEST(unknown_server_name_is_named)
{
    peer_make_certificates("server elsewhere");
    peer_start(SERVER "-cert2 elsewhere.pem -key2 elsewhere.key -servername other.linnet.test "
                      "-servername_fatal");
    device_reset();
    device_check_refused(TLS_NAME_UNKNOWN, "unrecognized_name");
}

TEST(peer_that_speaks_plain_text_is_named)
{
    peer_make_certificates("");
    peer_start_plain("220 mail.example\r\n", 18);
    device_reset();
    device_check_refused(TLS_PEER_IS_NOT_TLS, "its first bytes are '220 m'");
}

TEST(peer_that_says_nothing_and_closes_is_named)
{
    peer_make_certificates("");
    peer_start_plain("", 0);
    device_reset();
    device_check_refused(TLS_CLOSED_IN_HANDSHAKE,
                         "before it answered: the port may not be the TLS");
}

TEST(peer_that_says_nothing_runs_into_the_time_out)
{
    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    device.lazy_every = 1;
    device.settings.handshake_timeout_ms = 50;
    device_check_refused(TLS_TIMEOUT, "in time");
}

TEST(bad_pem_is_refused)
{
    static const char broken[] = "-----BEGIN CERTIFICATE-----\nMIIB!!\n-----END CERTIFICATE-----\n";

    peer_make_certificates("server client forms");
    peer_start(SERVER);
    device_reset();
    device.settings.ca = (struct tls_bytes){broken, sizeof broken - 1};
    device_check_refused(TLS_BAD_CA, "the CA certificate cannot be read");
    device_reset();
    device.settings.ca.size = 0;
    device_check_refused(TLS_BAD_CA, "the CA certificate cannot be read");
    device_reset();
    device_give("client.pem", "client.key");
    device.settings.certificate.size -= 40;
    device_check_refused(TLS_BAD_CERTIFICATE, "the device's certificate cannot be read");
    device_reset();
    device_give("client.pem", "client.pem");
    device_check_refused(TLS_BAD_KEY, "private key cannot be read");
    device_reset();
    device_give("client.pem", "client_locked.key");
    device_check_refused(TLS_BAD_KEY, "protected by a password");
}

TEST(key_of_another_certificate_is_refused)
{
    peer_make_certificates("server client client_elsewhere");
    peer_start(SERVER);
    device_reset();
    device_give("client.pem", "client_elsewhere.key");
    device_check_refused(TLS_KEY_MISMATCH, "does not belong to its certificate");
}

TEST(missing_settings_are_refused)
{
    struct tls_platform no_clock;

    peer_make_certificates("server client");
    peer_start(SERVER);
    device_reset();
    device.settings.server_name = "";
    device_check_refused(TLS_MISUSE, "server name");
    device_reset();
    device_give("client.pem", "client.key");
    device.settings.key.size = 0;
    device_check_refused(TLS_MISUSE, "without key");
    device_reset();
    no_clock = device.platform;
    no_clock.clock = NULL;
    CHECK_EQUAL(TLS_MISUSE, tls_init(&no_clock));
    CHECK(tls_connect(&device.settings, &device.report) == NULL);
    CHECK_EQUAL(TLS_MISUSE, device.report.result);
    CHECK_EQUAL(TLS_OK, tls_init(&device.platform));
    CHECK_EQUAL(TLS_MISUSE, tls_init(&device.platform));
    device_end();
    tls_deinit();
}

TEST(truncated_stream_is_told_from_a_proper_end)
{
    char byte;

    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    CHECK(device_connect());
    device_check_echo(10);
    device.cut_received = device.received;
    CHECK(!device_receive_all(&byte, 1));
    device_check_report(TLS_TRUNCATED, "data may be missing");
    device_end();

    peer_start(SERVER "-www");
    device_reset();
    CHECK(device_connect());
    CHECK(device_send_all("GET / HTTP/1.0\r\n\r\n", 18));
    while (device_receive_all(&byte, 1))
        continue;
    CHECK_EQUAL(TLS_CLOSED, device.report.result);
    device_end();
}
