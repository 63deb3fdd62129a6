/* SPDX-License-Identifier: MIT */
/* The byte stream: cut at every byte in both directions, failing at every byte, too large packets.
 */
#include <string.h>

#include "linnet_test.h"
#include "peer.h"

/* One of each packet that a server sends to a client with message 1 of QoS 1 and 2 of QoS 2. */
static const uint8_t script[] = {
    0x30, 4, 0, 1, 't', 'a',         /* PUBLISH, QoS 0 */
    0x40, 2, 0, 1,                   /* PUBACK */
    0x32, 6, 0, 1, 't', 0,   9, 'b', /* PUBLISH, QoS 1 */
    0x50, 2, 0, 2,                   /* PUBREC */
    0x90, 3, 0, 3, 0,                /* SUBACK */
    0x34, 6, 0, 1, 't', 0,   9, 'c', /* PUBLISH, QoS 2 */
    0x62, 2, 0, 9,                   /* PUBREL */
    0x70, 2, 0, 2,                   /* PUBCOMP */
    0xB0, 2, 0, 4,                   /* UNSUBACK */
    0xD0, 0,                         /* PINGRESP */
    0x30, 3, 0, 1, 't',              /* PUBLISH without payload */
};
enum { SCRIPT_EVENTS = 10 };

static const uint8_t answers[] = {0x40, 2, 0, 9, 0x62, 2, 0, 2, 0x50, 2, 0, 9, 0x70, 2, 0, 9};

static struct bench *open_with_messages(bool with_writev)
{
    struct bench *bench = bench_connected(with_writev, 0);
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, "t", "x");

    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 1));
    message.qos = MQTTQoS2;
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 2));
    bench->peer.from_client_size = 0;
    return bench;
}

static void check_outcome(struct bench *bench)
{
    static const uint8_t types[SCRIPT_EVENTS] = {0x30, 0x40, 0x32, 0x50, 0x90,
                                                 0x34, 0x62, 0x70, 0xB0, 0x30};

    CHECK_EQUAL(SCRIPT_EVENTS, bench->event_count);
    for (size_t i = 0; i < SCRIPT_EVENTS; i++)
        CHECK_EQUAL(types[i], bench->events[i].type);
    CHECK_STRING("a", bench->events[0].payload);
    CHECK_STRING("b", bench->events[2].payload);
    CHECK_STRING("c", bench->events[5].payload);
    peer_heard(bench, answers, sizeof answers, __FILE__, __LINE__);
    CHECK_EQUAL(0, bench->client.index);
}

TEST(several_packets_in_one_read)
{
    struct bench *bench = open_with_messages(false);

    peer_says(bench, script, sizeof script);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    check_outcome(bench);
}

TEST(reads_of_every_size)
{
    for (size_t most = 1; most <= sizeof script; most++) {
        struct bench *bench = open_with_messages(false);
        bench->peer.recv_most = most;
        peer_says(bench, script, sizeof script);
        CHECK_EQUAL(MQTTSuccess, bench_run(bench, 1000));
        check_outcome(bench);
    }
}

TEST(a_pause_at_every_byte)
{
    for (size_t stop = 0; stop <= sizeof script; stop++) {
        struct bench *bench = open_with_messages(false);
        bench->peer.recv_stop = stop;
        bench->peer.cut_once = true;
        bench->peer.silence_ms = MQTT_RECV_POLLING_TIMEOUT_MS;
        peer_says(bench, script, sizeof script);
        bench->peer.recv_stop = bench->peer.to_client_at + stop;
        CHECK_EQUAL(MQTTSuccess, bench_run(bench, 1000));
        check_outcome(bench);
    }
}

TEST(a_loop_call_waits_for_the_rest_only_so_long)
{
    struct bench *bench = open_with_messages(false);

    PEER_SAYS(bench, 0x30, 4, 0);
    uint32_t before = peer_now;
    CHECK_EQUAL(MQTTNeedMoreBytes, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(MQTT_RECV_POLLING_TIMEOUT_MS, peer_now - before);
    PEER_SAYS(bench, 1, 't', 'a');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(1, bench->event_count);
}

TEST(an_error_at_every_byte)
{
    for (size_t stop = 0; stop < sizeof script; stop++) {
        struct bench *bench = open_with_messages(false);
        peer_says(bench, script, sizeof script);
        bench->peer.recv_stop = bench->peer.to_client_at + stop;
        bench->peer.recv_broken = true;
        CHECK_EQUAL(MQTTRecvFailed, bench_run(bench, 1000));
        CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
        CHECK_EQUAL(0, bench->client.index);
    }
}

static MQTTStatus_t publish_long(struct bench *bench)
{
    static const char topic[] = "a/topic/that/is/longer/than/sixteen";
    static const char payload[] = "a payload that is longer than sixteen bytes, too";
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, topic, payload);

    return MQTT_Publish(&bench->client, &message, 3);
}

enum { LONG_SIZE = 2 + 2 + 35 + 2 + 48 };

TEST(writes_of_every_size)
{
    for (unsigned with_writev = 0; with_writev < 2; with_writev++)
        for (size_t most = 1; most <= LONG_SIZE; most++) {
            struct bench *bench = bench_connected(with_writev, 0);
            uint8_t expected[LONG_SIZE];
            CHECK_EQUAL(MQTTSuccess, publish_long(bench));
            CHECK_EQUAL(LONG_SIZE, bench->peer.from_client_size);
            memcpy(expected, bench->peer.from_client, LONG_SIZE);
            bench = bench_connected(with_writev, 0);
            bench->peer.send_most = most;
            CHECK_EQUAL(MQTTSuccess, publish_long(bench));
            peer_heard(bench, expected, LONG_SIZE, __FILE__, __LINE__);
            CHECK_EQUAL(with_writev != 0, bench->peer.writevs > 0);
        }
}

TEST(writev_sends_a_publish_in_one_go)
{
    struct bench *bench = bench_connected(true, 0);

    CHECK_EQUAL(MQTTSuccess, publish_long(bench));
    CHECK_EQUAL(1, bench->peer.writevs);
    CHECK_EQUAL(0, bench->peer.sends);
}

TEST(a_transport_that_fails_at_every_byte)
{
    for (unsigned broken = 0; broken < 2; broken++)
        for (size_t stop = 0; stop < LONG_SIZE; stop++) {
            struct bench *bench = bench_connected(stop % 2 != 0, 0);
            MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;
            bench->peer.send_stop = stop;
            bench->peer.send_broken = broken;
            bench->peer.silence_ms = 100;
            uint32_t before = peer_now;
            CHECK_EQUAL(MQTTSendFailed, publish_long(bench));
            CHECK_EQUAL(broken ? 0 : MQTT_SEND_TIMEOUT_MS, peer_now - before);
            CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
            CHECK_EQUAL(3, MQTT_PublishToResend(&bench->client, &cursor));
        }
}

TEST(a_transport_that_takes_bytes_too_slowly_fails)
{
    struct bench *bench = bench_connected(false, 0);

    bench->peer.send_stop = 10;
    bench->peer.silence_ms = MQTT_SEND_TIMEOUT_MS - 1;
    uint32_t before = peer_now;
    CHECK_EQUAL(MQTTSendFailed, publish_long(bench));
    CHECK(peer_now - before < 3 * MQTT_SEND_TIMEOUT_MS);
}

TEST(an_answer_that_cannot_be_sent)
{
    static const uint8_t messages[][8] = {{0x32, 6, 0, 1, 't', 0, 9, 'b'},
                                          {0x34, 6, 0, 1, 't', 0, 9, 'c'}};

    for (size_t i = 0; i < 2; i++) {
        struct bench *bench = bench_connected(false, 0);
        peer_says(bench, messages[i], 8);
        bench->peer.send_stop = bench->peer.from_client_size;
        bench->peer.send_broken = true;
        CHECK_EQUAL(MQTTSendFailed, MQTT_ProcessLoop(&bench->client));
        CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
        CHECK_EQUAL(1, bench->event_count);
    }
}

static int32_t claim_too_much(NetworkContext_t *network, const void *buffer, size_t size)
{
    return (int32_t)size + 1;
}

static int32_t give_too_much(NetworkContext_t *network, void *buffer, size_t size)
{
    return (int32_t)size + 1;
}

TEST(a_transport_that_counts_wrong_is_not_believed)
{
    struct bench *bench = bench_connected(false, 0);
    MQTTContext_t copy = bench->client;

    bench->client.transportInterface.send = claim_too_much;
    CHECK_EQUAL(MQTTSendFailed, publish_long(bench));
    bench->client = copy;
    bench->client.transportInterface.recv = give_too_much;
    CHECK_EQUAL(MQTTRecvFailed, MQTT_ProcessLoop(&bench->client));
}

static void say_large(struct bench *bench, size_t payload)
{
    static uint8_t bytes[PEER_BYTES];
    size_t remaining = payload + 3;

    memset(bytes, 'x', sizeof bytes);
    bytes[0] = 0x30;
    bytes[1] = (uint8_t)(remaining % 128 + 128);
    bytes[2] = (uint8_t)(remaining / 128);
    bytes[3] = 0;
    bytes[4] = 1;
    bytes[5] = 't';
    peer_says(bench, bytes, remaining + 3);
}

TEST(a_packet_larger_than_the_buffer_is_dropped_and_reported)
{
    for (size_t payload = 249; payload < 800; payload++) {
        struct bench *bench = bench_connected(false, 0);
        MQTTStatus_t status;
        unsigned reports = 0;
        bench->peer.recv_most = payload % 13 == 0 ? 1 : payload % 7 * 20 + 1;
        PEER_SAYS(bench, 0x30, 4, 0, 1, 't', 'a');
        say_large(bench, payload);
        PEER_SAYS(bench, 0x30, 4, 0, 1, 't', 'b');
        for (unsigned i = 0; i < 2000 && bench->event_count + reports < 3; i++) {
            status = MQTT_ProcessLoop(&bench->client);
            reports += status == MQTTNoMemory;
            CHECK(status == MQTTSuccess || status == MQTTNoMemory || status == MQTTNeedMoreBytes);
        }
        bool fits = payload + 6 <= sizeof bench->buffer;
        CHECK_EQUAL(fits ? 0 : 1, reports);
        CHECK_EQUAL(fits ? 3 : 2, bench->event_count);
        CHECK_STRING(fits ? "x" : "b", bench->events[1].payload[0] == 'x' ? "x" : "b");
    }
}

TEST(a_connection_that_breaks_inside_a_large_packet_starts_clean)
{
    struct bench *bench = bench_connected(false, 0);

    say_large(bench, 900);
    bench->peer.recv_stop = bench->peer.to_client_at + 500;
    CHECK_EQUAL(MQTTNeedMoreBytes, MQTT_ProcessLoop(&bench->client));
    CHECK(bench->client.bytes_to_discard > 0);
    bench->peer.recv_stop = SIZE_MAX;
    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, true, false));
    PEER_SAYS(bench, 0x30, 4, 0, 1, 't', 'b');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(1, bench->event_count);
}
