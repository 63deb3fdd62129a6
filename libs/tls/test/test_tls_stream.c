/* SPDX-License-Identifier: MIT */
/*
 * The handshake and the stream when all is well, or slow: both versions, both kinds of key, mutual,
 * bulk data both ways, a transport that takes and gives little.
 */
#include "tls_peer.h"

#include <string.h>

#define SERVER "-cert server.pem -key server.key "
#define MUTUAL SERVER "-CAfile ca.pem -Verify 1 -verify_return_error "

static void start_mutual(const char *options)
{
    char all[256];

    peer_make_certificates("server client");
    strcpy(all, MUTUAL);
    strncat(all, options, sizeof all - strlen(all) - 1);
    peer_start(all);
    device_reset();
    device_give("client.pem", "client.key");
}

TEST(tls_1_3_mutual_echoes)
{
    start_mutual("-tls1_3");
    CHECK(device_connect());
    CHECK_STRING("TLSv1.3", tls_version(device.connection));
    CHECK(device.steps > 5);
    device_check_echo(100);
    device_end();
}

TEST(tls_1_2_mutual_echoes)
{
    start_mutual("-tls1_2");
    CHECK(device_connect());
    CHECK_STRING("TLSv1.2", tls_version(device.connection));
    device_check_echo(100);
    device_end();
}

TEST(bulk_echo_is_byte_exact_in_1_3)
{
    start_mutual("-tls1_3");
    CHECK(device_connect());
    device_check_echo(2 * 1024 * 1024);
    device_end();
}

TEST(bulk_echo_is_byte_exact_in_1_2)
{
    start_mutual("-tls1_2");
    CHECK(device_connect());
    device_check_echo(2 * 1024 * 1024);
    device_end();
}

TEST(server_without_client_certificates_is_served)
{
    peer_make_certificates("server");
    peer_start(SERVER);
    device_reset();
    CHECK(device_connect());
    device_check_echo(10);
    device_end();
}

TEST(rsa_server_echoes_in_both_versions)
{
    peer_make_certificates("rsa");
    peer_start("-cert rsa.pem -key rsa.key");
    for (int versions = TLS_VERSIONS_1_2_ONLY; versions <= TLS_VERSIONS_1_3_ONLY; versions++) {
        device_reset();
        device.settings.versions = (enum tls_versions)versions;
        CHECK(device_connect());
        device_check_echo(10);
        device_end();
    }
}

TEST(every_cipher_suite_works)
{
    static const char *const options[] = {
        SERVER "-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256",
        SERVER "-tls1_2 -cipher ECDHE-ECDSA-AES256-GCM-SHA384",
        SERVER "-tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305",
        SERVER "-tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256",
        SERVER "-tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384",
        SERVER "-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256",
        SERVER "-tls1_3 -groups P-384",
        SERVER "-tls1_2 -groups P-384",
    };

    peer_make_certificates("server");
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        peer_start(options[i]);
        device_reset();
        CHECK(device_connect());
        device_check_echo(1000);
        device_end();
    }
}

TEST(der_credentials_work_as_pem_does)
{
    peer_make_certificates("server client forms");
    peer_start(MUTUAL);
    device_reset();
    device.settings.ca = peer_file("ca.der");
    device_give("client.der", "client_key.der");
    CHECK(device_connect());
    device_check_echo(10);
    device_end();
}

TEST(pem_with_its_zero_byte_counted_works)
{
    start_mutual("");
    device.settings.ca.size++;
    device.settings.certificate.size++;
    device.settings.key.size++;
    CHECK(device_connect());
    device_check_echo(10);
    device_end();
}

TEST(chain_with_an_intermediate_authority_is_accepted)
{
    peer_make_certificates("intermediate below");
    peer_start("-cert below.pem -key below.key -cert_chain intermediate.pem");
    device_reset();
    CHECK(device_connect());
    device_check_echo(10);
    device_end();
}

TEST(alpn_is_negotiated)
{
    static const char *const names[] = {"x-amzn-mqtt-ca", "mqtt", NULL};

    peer_make_certificates("server");
    peer_start(SERVER "-alpn mqtt");
    device_reset();
    device.settings.alpn = names;
    CHECK(device_connect());
    CHECK_STRING("mqtt", tls_alpn(device.connection));
    device_end();
}

TEST(server_name_is_sent)
{
    peer_make_certificates("server elsewhere");
    peer_start("-cert elsewhere.pem -key elsewhere.key -cert2 server.pem -key2 server.key "
               "-servername " SERVER_NAME);
    device_reset();
    CHECK(device_connect());
    device_end();
}

TEST(receive_time_out_leaves_the_stream_good)
{
    char byte;

    start_mutual("");
    CHECK(device_connect());
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(0, device.stream.recv(device.stream.pNetworkContext, &byte, 1));
    device_check_echo(100);
    device_end();
}

TEST(receives_that_find_nothing_do_no_harm)
{
    start_mutual("");
    device.lazy_every = 2;
    CHECK(device_connect());
    device_check_echo(50000);
    device_end();
}

TEST(sends_of_a_few_bytes_at_a_time_are_put_together)
{
    start_mutual("");
    device.largest_send = 7;
    CHECK(device_connect());
    device_check_echo(20000);
    device_end();
}

TEST(a_busy_wire_loses_and_repeats_nothing)
{
    char first[100], second[60], received[160];

    memset(first, 'a', sizeof first);
    memset(second, 'b', sizeof second);
    start_mutual("");
    CHECK(device_connect());
    device.busy = 3;
    CHECK_EQUAL(100, device.stream.send(device.stream.pNetworkContext, first, sizeof first));
    CHECK_EQUAL(0, device.stream.send(device.stream.pNetworkContext, second, sizeof second));
    CHECK(device_send_all(second, sizeof second));
    CHECK(device_receive_all(received, sizeof received));
    CHECK_BYTES(first, received, sizeof first);
    CHECK_BYTES(second, received + sizeof first, sizeof second);
    device_end();
}

TEST(receiving_sends_the_rest_of_a_record)
{
    char received[5];

    start_mutual("");
    CHECK(device_connect());
    device.busy = 1;
    CHECK_EQUAL(5, device.stream.send(device.stream.pNetworkContext, "hello", 5));
    CHECK(device_receive_all(received, 5));
    CHECK_BYTES("hello", received, 5);
    device_end();
}

TEST(gathered_pieces_arrive_in_order)
{
    static uint8_t large[3000], received[3600];
    uint8_t expected[sizeof received];
    TransportOutVector_t pieces[] = {{"ab", 2},     {"", 0},   {expected + 2, 298},
                                     {large, 3000}, {"cd", 2}, {expected + 3302, 298}};

    for (size_t i = 0; i < sizeof expected; i++)
        expected[i] = (uint8_t)(i * 7);
    memcpy(expected, "ab", 2);
    memcpy(large, expected + 300, sizeof large);
    memcpy(expected + 3300, "cd", 2);
    start_mutual("");
    CHECK(device_connect());
    CHECK_EQUAL(sizeof received, device.stream.writev(device.stream.pNetworkContext, pieces, 6));
    CHECK(device_receive_all(received, sizeof received));
    CHECK_BYTES(expected, received, sizeof received);
    device_end();
}

TEST(second_connection_after_the_first_works)
{
    start_mutual("");
    for (int i = 0; i < 3; i++) {
        CHECK(device_connect());
        device_check_echo(10);
        device_end();
    }
}

TEST(clock_jump_while_connected_does_not_matter)
{
    start_mutual("");
    CHECK(device_connect());
    device.clock_offset = -3600;
    device_check_echo(10);
    device.clock_offset = -(INT64_C(1) << 31);
    device_check_echo(10);
    device.clock_offset = INT64_C(1) << 32;
    device_check_echo(10);
    device_end();
}
