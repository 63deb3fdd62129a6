/* SPDX-License-Identifier: MIT */
/* Keep-alive in virtual time: when PINGREQ goes out, and when a silent server is given up. */
#include "linnet_test.h"
#include "peer.h"

/* Runs the loop until `until`, one empty read of a millisecond at a time; counts the PINGREQ and
 * lets the server answer them, or not. */
static MQTTStatus_t run_until(struct bench *bench, uint32_t until, bool answering, unsigned *pings)
{
    MQTTStatus_t status = MQTTSuccess;

    while (peer_now < until && status == MQTTSuccess) {
        status = MQTT_ProcessLoop(&bench->client);
        if (bench->peer.from_client_size == 0)
            continue;
        ++*pings;
        PEER_HEARD(bench, 0xC0, 0);
        if (answering)
            PEER_SAYS(bench, 0xD0, 0);
    }
    return status;
}

TEST(an_idle_connection_of_2_s_keep_alive_pings_three_times_in_7_s)
{
    struct bench *bench = bench_connected(false, 2);
    unsigned pings = 0;

    CHECK_EQUAL(MQTTSuccess, run_until(bench, peer_now + 7000, true, &pings));
    CHECK_EQUAL(3, pings);
    CHECK_EQUAL(0, bench->event_count);
}

TEST(a_silent_server_is_noticed_in_one_and_a_half_intervals)
{
    for (uint16_t seconds = 1; seconds <= 20; seconds++) {
        struct bench *bench = bench_connected(false, seconds);
        uint32_t since = peer_now;
        unsigned pings = 0;
        CHECK_EQUAL(MQTTKeepAliveTimeout, run_until(bench, UINT32_MAX, false, &pings));
        CHECK_EQUAL(1, pings);
        CHECK(peer_now - since <= seconds * 1500u + 2);
        CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
    }
}

TEST(a_silent_server_is_noticed_while_the_client_sends)
{
    struct bench *bench = bench_connected(false, 4);
    MQTTPublishInfo_t message = bench_message(MQTTQoS0, "t", "x");
    MQTTStatus_t status = MQTTSuccess;
    uint32_t since = peer_now;

    while (status == MQTTSuccess) {
        CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 0));
        bench->peer.from_client_size = 0;
        peer_now += 100;
        status = MQTT_ProcessLoop(&bench->client);
    }
    CHECK_EQUAL(MQTTKeepAliveTimeout, status);
    CHECK(peer_now - since <= 6000 + 102);
}

TEST(sending_and_receiving_put_the_ping_off)
{
    struct bench *bench = bench_connected(false, 2);
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, "t", "x");
    unsigned pings = 0;

    for (unsigned i = 0; i < 10; i++) {
        CHECK_EQUAL(MQTTSuccess, run_until(bench, peer_now + 1500, true, &pings));
        CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 1));
        bench->peer.from_client_size = 0;
        PEER_SAYS(bench, 0x40, 2, 0, 1);
    }
    CHECK_EQUAL(0, pings);
}

TEST(no_keep_alive_no_ping)
{
    struct bench *bench = bench_connected(false, 0);
    unsigned pings = 0;

    bench->peer.silence_ms = 1000;
    CHECK_EQUAL(MQTTSuccess, run_until(bench, 1000000000, false, &pings));
    CHECK_EQUAL(0, pings);
}

TEST(a_long_interval_is_cut_to_the_options)
{
    struct bench *bench = bench_connected(false, 1200);
    uint32_t since = peer_now;
    unsigned pings = 0;

    CHECK_EQUAL(MQTTKeepAliveTimeout, run_until(bench, UINT32_MAX, false, &pings));
    CHECK_EQUAL(PACKET_TX_TIMEOUT_MS + MQTT_PINGRESP_TIMEOUT_MS, peer_now - since);
}

TEST(the_clock_may_wrap)
{
    struct bench *bench = bench_open(false);
    unsigned pings = 0;

    peer_now = UINT32_MAX - 3000;
    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, true, false));
    bench->client.keepAliveIntervalSec = 2;
    bench->peer.from_client_size = 0;
    for (unsigned i = 0; i < 7000; i++) {
        CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
        if (bench->peer.from_client_size > 0) {
            pings++;
            PEER_HEARD(bench, 0xC0, 0);
            PEER_SAYS(bench, 0xD0, 0);
        }
    }
    CHECK_EQUAL(3, pings);
}

TEST(the_receive_loop_leaves_pinging_to_the_application)
{
    struct bench *bench = bench_connected(false, 2);

    bench->peer.silence_ms = 10000;
    CHECK_EQUAL(MQTTSuccess, MQTT_ReceiveLoop(&bench->client));
    PEER_HEARD_NOTHING(bench);
    CHECK_EQUAL(MQTTSuccess, MQTT_Ping(&bench->client));
    PEER_HEARD(bench, 0xC0, 0);
    CHECK(bench->client.waitingForPingResp);
    PEER_SAYS(bench, 0xD0, 0);
    CHECK_EQUAL(MQTTSuccess, MQTT_ReceiveLoop(&bench->client));
    CHECK(!bench->client.waitingForPingResp);
    CHECK_EQUAL(1, bench->event_count);
    CHECK_EQUAL(MQTT_PACKET_TYPE_PINGRESP, bench->events[0].type);
}

TEST(a_ping_that_cannot_be_sent)
{
    struct bench *bench = bench_connected(false, 1);

    bench->peer.send_stop = 0;
    bench->peer.send_broken = true;
    bench->peer.silence_ms = 1000;
    CHECK_EQUAL(MQTTSendFailed, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
}
