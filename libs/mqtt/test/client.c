/* SPDX-License-Identifier: MIT */
/* The client against a scripted peer: each packet in each direction, and each way to fail. */
#include <string.h>

#include "linnet_test.h"
#include "peer.h"

TEST(init_refuses_what_it_cannot_work_with)
{
    struct bench *bench = bench_open(false);
    MQTTContext_t good = bench->client, client;
    TransportInterface_t transport = good.transportInterface;
    MQTTFixedBuffer_t buffer = good.networkBuffer;

    CHECK_EQUAL(MQTTBadParameter,
                MQTT_Init(NULL, &transport, good.getTime, good.appCallback, &buffer));
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_Init(&client, NULL, good.getTime, good.appCallback, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Init(&client, &transport, NULL, good.appCallback, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Init(&client, &transport, good.getTime, NULL, &buffer));
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_Init(&client, &transport, good.getTime, good.appCallback, NULL));
    buffer.size = 4;
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_Init(&client, &transport, good.getTime, good.appCallback, &buffer));
    buffer = (MQTTFixedBuffer_t){NULL, 100};
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_Init(&client, &transport, good.getTime, good.appCallback, &buffer));
    buffer = good.networkBuffer;
    transport.recv = NULL;
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_Init(&client, &transport, good.getTime, good.appCallback, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_InitStatefulQoS(&good, NULL, 1, NULL, 0));
    CHECK_EQUAL(MQTTBadParameter, MQTT_InitStatefulQoS(&good, NULL, 0, NULL, 1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_InitStatefulQoS(NULL, NULL, 0, NULL, 0));
}

TEST(connect_sends_the_packet_of_the_serializer)
{
    struct bench *bench = bench_open(true);
    static const MQTTConnectInfo_t info = {true,   60, "a client identifier",     19,
                                           "user", 4,  "a password that is long", 23};
    static const MQTTPublishInfo_t will = {
        MQTTQoS1, true, false, "last/will/topic/of/some/length", 30, "gone", 4};
    uint8_t bytes[256];
    MQTTFixedBuffer_t buffer = {bytes, sizeof bytes};
    size_t remaining, size;
    bool session;

    PEER_SAYS(bench, 0x20, 2, 0, 0);
    CHECK_EQUAL(MQTTSuccess, MQTT_Connect(&bench->client, &info, &will, 100, &session));
    CHECK_EQUAL(MQTTSuccess, MQTT_GetConnectPacketSize(&info, &will, &remaining, &size));
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializeConnect(&info, &will, remaining, &buffer));
    peer_heard(bench, bytes, size, __FILE__, __LINE__);
    CHECK_EQUAL(1, bench->peer.sends + bench->peer.writevs);
    CHECK_EQUAL(MQTTConnected, bench->client.connectStatus);
    CHECK_EQUAL(60, bench->client.keepAliveIntervalSec);
}

static MQTTStatus_t connect_to(const void *answer, size_t size, uint32_t timeout_ms, bool broken)
{
    struct bench *bench = bench_open(false);
    MQTTConnectInfo_t info = {.cleanSession = true};
    bool session;

    peer_says(bench, answer, size);
    bench->peer.recv_broken = broken;
    if (broken)
        bench->peer.recv_stop = size;
    MQTTStatus_t status = MQTT_Connect(&bench->client, &info, NULL, timeout_ms, &session);
    CHECK_EQUAL(status == MQTTSuccess ? MQTTConnected : MQTTNotConnected,
                bench->client.connectStatus);
    return status;
}

TEST(connect_tells_the_answers_apart)
{
    CHECK_EQUAL(MQTTSuccess, connect_to("\x20\2\0\0", 4, 100, false));
    for (char code = 1; code <= 7; code++) {
        char refusal[] = {0x20, 2, 0, code};
        CHECK_EQUAL(MQTTServerRefused, connect_to(refusal, 4, 100, false));
    }
    CHECK_EQUAL(MQTTBadResponse,
                connect_to("\x20\2\1\0", 4, 100, false)); /* clean, yet a session */
    CHECK_EQUAL(MQTTBadResponse, connect_to("\x20\3\0\0\0", 5, 100, false));
    CHECK_EQUAL(MQTTBadResponse, connect_to("\x20\1\0", 3, 100, false));
    CHECK_EQUAL(MQTTBadResponse, connect_to("\x30\3\0\1a", 5, 100, false)); /* not a CONNACK */
    CHECK_EQUAL(MQTTBadResponse, connect_to("\x20\x82\0\0\0", 5, 100, false));
    CHECK_EQUAL(MQTTBadResponse, connect_to("HTTP", 4, 100, false));
    for (size_t size = 0; size < 4; size++) {
        CHECK_EQUAL(MQTTNoDataAvailable, connect_to("\x20\2\0\0", size, 100, false));
        CHECK_EQUAL(MQTTNoDataAvailable, connect_to("\x20\2\0\0", size, 0, false));
        CHECK_EQUAL(MQTTRecvFailed, connect_to("\x20\2\0\0", size, 100, true));
    }
}

TEST(connect_waits_as_long_as_it_is_told)
{
    connect_to("", 0, 250, false);
    CHECK_EQUAL(1250, peer_now);
    connect_to("", 0, 0, false);
    CHECK_EQUAL(1000 + MQTT_MAX_CONNACK_RECEIVE_RETRY_COUNT + 1, peer_now);
}

TEST(connect_keeps_what_came_behind_the_connack)
{
    struct bench *bench = bench_open(false);
    MQTTConnectInfo_t info = {.cleanSession = true};
    bool session = true;

    PEER_SAYS(bench, 0x20, 2, 0, 0, 0x30, 4, 0, 1, 't', 'x');
    CHECK_EQUAL(MQTTSuccess, MQTT_Connect(&bench->client, &info, NULL, 100, &session));
    CHECK(!session);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(1, bench->event_count);
    CHECK_STRING("x", bench->events[0].payload);
}

TEST(without_a_connection_nothing_is_sent)
{
    struct bench *bench = bench_open(false);
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, "t", "x");
    MQTTSubscribeInfo_t filter = {MQTTQoS0, "t", 1};

    CHECK_EQUAL(MQTTIllegalState, MQTT_Publish(&bench->client, &message, 1));
    CHECK_EQUAL(MQTTIllegalState, MQTT_Subscribe(&bench->client, &filter, 1, 1));
    CHECK_EQUAL(MQTTIllegalState, MQTT_Unsubscribe(&bench->client, &filter, 1, 1));
    CHECK_EQUAL(MQTTIllegalState, MQTT_Ping(&bench->client));
    CHECK_EQUAL(MQTTIllegalState, MQTT_Disconnect(&bench->client));
    CHECK_EQUAL(MQTTIllegalState, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(MQTTIllegalState, MQTT_ReceiveLoop(&bench->client));
    PEER_HEARD_NOTHING(bench);
    CHECK_EQUAL(0, bench->outgoing[0].packetId);
}

TEST(subscribe_and_its_answer)
{
    struct bench *bench = bench_connected(false, 0);
    MQTTSubscribeInfo_t list[] = {{MQTTQoS1, "a/b", 3}, {MQTTQoS2, "c/#", 3}};

    CHECK_EQUAL(MQTTSuccess, MQTT_Subscribe(&bench->client, list, 2, 0x0102));
    PEER_HEARD(bench, 0x82, 14, 1, 2, 0, 3, 'a', '/', 'b', 1, 0, 3, 'c', '/', '#', 2);
    PEER_SAYS(bench, 0x90, 4, 1, 2, 1, 2, 0x90, 4, 1, 3, 0x80, 0);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(2, bench->event_count);
    CHECK_EQUAL(MQTT_PACKET_TYPE_SUBACK, bench->events[0].type);
    CHECK_EQUAL(0x0102, bench->events[0].packet_id);
    CHECK_EQUAL(MQTTSuccess, bench->events[0].result);
    CHECK_EQUAL(MQTTServerRefused, bench->events[1].result);

    CHECK_EQUAL(MQTTSuccess, MQTT_Unsubscribe(&bench->client, list, 1, 7));
    PEER_HEARD(bench, 0xA2, 7, 0, 7, 0, 3, 'a', '/', 'b');
    PEER_SAYS(bench, 0xB0, 2, 0, 7);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(MQTT_PACKET_TYPE_UNSUBACK, bench->events[2].type);
    CHECK_EQUAL(7, bench->events[2].packet_id);
}

TEST(subscribe_refuses_bad_arguments)
{
    struct bench *bench = bench_connected(false, 0);
    MQTTSubscribeInfo_t list[] = {{MQTTQoS0, "a", 1}, {MQTTQoS2, "b", 1}};

    CHECK_EQUAL(MQTTBadParameter, MQTT_Subscribe(NULL, list, 2, 1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Subscribe(&bench->client, list, 2, 0));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Subscribe(&bench->client, list, 0, 1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Subscribe(&bench->client, NULL, 1, 1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Unsubscribe(&bench->client, list, 2, 0));
    list[1].qos = (MQTTQoS_t)3;
    CHECK_EQUAL(MQTTBadParameter, MQTT_Subscribe(&bench->client, list, 2, 1));
    CHECK_EQUAL(MQTTSuccess, MQTT_Unsubscribe(&bench->client, list, 2, 1)); /* has no QoS */
    list[1].qos = MQTTQoS2;
    MQTT_InitStatefulQoS(&bench->client, NULL, 0, NULL, 0);
    CHECK_EQUAL(MQTTBadParameter, MQTT_Subscribe(&bench->client, list, 2, 1));
    CHECK_EQUAL(MQTTSuccess, MQTT_Subscribe(&bench->client, list, 1, 1));
}

TEST(many_filters_go_out_in_several_writes)
{
    struct bench *bench = bench_connected(true, 0);
    static const char text[] = "a/topic/filter/that/is/longer/than/what/is/copied";
    MQTTSubscribeInfo_t list[40];
    uint8_t bytes[PEER_BYTES];
    MQTTFixedBuffer_t buffer = {bytes, sizeof bytes};
    size_t remaining, size;

    for (size_t i = 0; i < 40; i++)
        list[i] = (MQTTSubscribeInfo_t){i % 3, text, (uint16_t)(i % 2 ? sizeof text - 1 : i + 1)};
    list[16].topicFilterLength = 16; /* the border between copied and referred to */
    CHECK_EQUAL(MQTTSuccess, MQTT_GetSubscribePacketSize(list, 40, &remaining, &size));
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializeSubscribe(list, 40, 9, remaining, &buffer));
    CHECK_EQUAL(MQTTSuccess, MQTT_Subscribe(&bench->client, list, 40, 9));
    peer_heard(bench, bytes, size, __FILE__, __LINE__);
    CHECK(bench->peer.writevs > 1);
}

TEST(publish_of_each_qos)
{
    struct bench *bench = bench_connected(true, 0);
    MQTTPublishInfo_t message = bench_message(MQTTQoS0, "t", "hello");

    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 0));
    PEER_HEARD(bench, 0x30, 8, 0, 1, 't', 'h', 'e', 'l', 'l', 'o');
    message.qos = MQTTQoS1;
    message.retain = true;
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 5));
    PEER_HEARD(bench, 0x33, 10, 0, 1, 't', 0, 5, 'h', 'e', 'l', 'l', 'o');
    PEER_SAYS(bench, 0x40, 2, 0, 5);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD_NOTHING(bench);

    message.qos = MQTTQoS2;
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 6));
    PEER_HEARD(bench, 0x35, 10, 0, 1, 't', 0, 6, 'h', 'e', 'l', 'l', 'o');
    PEER_SAYS(bench, 0x50, 2, 0, 6);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x62, 2, 0, 6);
    PEER_SAYS(bench, 0x70, 2, 0, 6);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD_NOTHING(bench);
    CHECK_EQUAL(3, bench->event_count);
    CHECK_EQUAL(MQTT_PACKET_TYPE_PUBACK, bench->events[0].type);
    CHECK_EQUAL(MQTT_PACKET_TYPE_PUBREC, bench->events[1].type);
    CHECK_EQUAL(MQTT_PACKET_TYPE_PUBCOMP, bench->events[2].type);
    for (size_t i = 0; i < 4; i++)
        CHECK_EQUAL(0, bench->outgoing[i].packetId);
}

TEST(publish_refuses_bad_arguments_and_a_full_table)
{
    struct bench *bench = bench_connected(false, 0);
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, "t", "x");

    CHECK_EQUAL(MQTTBadParameter, MQTT_Publish(NULL, &message, 1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Publish(&bench->client, NULL, 1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_Publish(&bench->client, &message, 0));
    for (uint16_t id = 1; id <= 4; id++)
        CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, id));
    bench->peer.from_client_size = 0;
    CHECK_EQUAL(MQTTNoMemory, MQTT_Publish(&bench->client, &message, 5));
    CHECK_EQUAL(MQTTStateCollision, MQTT_Publish(&bench->client, &message, 4));
    PEER_HEARD_NOTHING(bench);
    message.dup = true;
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 4));
    PEER_HEARD(bench, 0x3A, 6, 0, 1, 't', 0, 4, 'x');
    message.qos = MQTTQoS2; /* not what it was */
    CHECK_EQUAL(MQTTIllegalState, MQTT_Publish(&bench->client, &message, 4));
    message.qos = MQTTQoS0;
    CHECK_EQUAL(MQTTBadParameter, MQTT_Publish(&bench->client, &message, 0));
    MQTT_InitStatefulQoS(&bench->client, NULL, 0, NULL, 0);
    message = bench_message(MQTTQoS1, "t", "x");
    CHECK_EQUAL(MQTTBadParameter, MQTT_Publish(&bench->client, &message, 1));
}

TEST(a_received_message_of_each_qos)
{
    struct bench *bench = bench_connected(false, 0);

    PEER_SAYS(bench, 0x31, 5, 0, 1, 't', 'a', 'b');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD_NOTHING(bench);
    CHECK(bench->events[0].retain);
    PEER_SAYS(bench, 0x32, 6, 0, 1, 't', 0, 9, 'c');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x40, 2, 0, 9);
    PEER_SAYS(bench, 0x34, 6, 0, 1, 't', 0, 9, 'd');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x50, 2, 0, 9);
    PEER_SAYS(bench, 0x3C, 6, 0, 1, 't', 0, 9, 'd'); /* again: not delivered */
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x50, 2, 0, 9);
    PEER_SAYS(bench, 0x62, 2, 0, 9);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x70, 2, 0, 9);
    CHECK_EQUAL(4, bench->event_count);
    CHECK_STRING("d", bench->events[2].payload);
    CHECK_EQUAL(MQTT_PACKET_TYPE_PUBREL, bench->events[3].type);
    PEER_SAYS(bench, 0x62, 2, 0, 9); /* its PUBCOMP was lost: answered, not reported */
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x70, 2, 0, 9);
    CHECK_EQUAL(4, bench->event_count);
}

TEST(more_messages_of_qos_2_than_records_are_refused_and_come_again)
{
    struct bench *bench = bench_connected(false, 0);

    for (uint8_t id = 1; id <= 5; id++) {
        PEER_SAYS(bench, 0x34, 6, 0, 1, 't', 0, id, 'x');
        CHECK_EQUAL(id <= 4 ? MQTTSuccess : MQTTNoMemory, MQTT_ProcessLoop(&bench->client));
    }
    CHECK_EQUAL(4, bench->event_count);
    bench->peer.from_client_size = 0;
    PEER_SAYS(bench, 0x62, 2, 0, 2);
    PEER_SAYS(bench, 0x3C, 6, 0, 1, 't', 0, 5, 'x');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x70, 2, 0, 2, 0x50, 2, 0, 5);
    CHECK_EQUAL(6, bench->event_count);
}

TEST(packets_that_nobody_asked_for_are_refused)
{
    static const uint8_t refused[][4] = {
        {0x40, 2, 0, 1}, {0x50, 2, 0, 1}, {0x70, 2, 0, 1},                  /* no such message */
        {0x40, 2, 0, 0}, {0x50, 2, 0, 0}, {0x62, 2, 0, 0}, {0x70, 2, 0, 0}, /* identifier 0 */
        {0x90, 2, 0, 1}, {0xB0, 2, 0, 0}, {0x20, 2, 0, 0}, {0xD0, 2, 0, 0},
        {0x36, 2, 0, 1}, {0x30, 2, 0, 0},
    };

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct bench *bench = bench_connected(false, 0);
        peer_says(bench, refused[i], 4);
        PEER_SAYS(bench, 0x30, 4, 0, 1, 't', 'x');
        CHECK_EQUAL(MQTTBadResponse, MQTT_ProcessLoop(&bench->client));
        CHECK_EQUAL(0, bench->event_count);
        PEER_HEARD_NOTHING(bench);
        CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client)); /* the stream goes on */
        CHECK_EQUAL(1, bench->event_count);
    }
}

TEST(a_header_that_cannot_be_followed_ends_the_connection)
{
    static const uint8_t bad[][6] = {
        {0x10, 0},          {0x00, 0}, {0xF0, 0}, {0x41, 2, 0, 1},
        {0xC0, 0},          {0xE0, 0}, {0x82, 0}, {0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01},
        {0x30, 0x83, 0x00},
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct bench *bench = bench_connected(false, 0);
        peer_says(bench, bad[i], sizeof bad[i]);
        CHECK_EQUAL(MQTTBadResponse, MQTT_ProcessLoop(&bench->client));
        CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
        CHECK_EQUAL(MQTTIllegalState, MQTT_ProcessLoop(&bench->client));
    }
}

TEST(an_acknowledgement_in_the_wrong_state_is_refused)
{
    struct bench *bench = bench_connected(false, 0);
    MQTTPublishInfo_t message = bench_message(MQTTQoS2, "t", "x");

    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 1));
    bench->peer.from_client_size = 0;
    PEER_SAYS(bench, 0x70, 2, 0, 1);
    CHECK_EQUAL(MQTTIllegalState, MQTT_ProcessLoop(&bench->client));
    PEER_SAYS(bench, 0x40, 2, 0, 1);
    CHECK_EQUAL(MQTTIllegalState, MQTT_ProcessLoop(&bench->client));
    PEER_SAYS(bench, 0x50, 2, 0, 1, 0x70, 2, 0, 1);
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x62, 2, 0, 1);
}

TEST(a_cancelled_message_is_forgotten)
{
    struct bench *bench = bench_connected(false, 0);
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, "t", "x");

    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 3));
    CHECK_EQUAL(MQTTSuccess, MQTT_CancelCallback(&bench->client, 3));
    CHECK_EQUAL(MQTTBadResponse, MQTT_CancelCallback(&bench->client, 3));
    PEER_SAYS(bench, 0x40, 2, 0, 3);
    CHECK_EQUAL(MQTTBadResponse, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(0, bench->event_count);
}

TEST(disconnect_says_goodbye_and_forgets_the_stream)
{
    struct bench *bench = bench_connected(false, 0);

    PEER_SAYS(bench, 0x30, 4, 0, 1);
    CHECK_EQUAL(MQTTNeedMoreBytes, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(4, bench->client.index);
    CHECK_EQUAL(MQTTSuccess, MQTT_Disconnect(&bench->client));
    PEER_HEARD(bench, 0xE0, 0);
    CHECK_EQUAL(MQTTNotConnected, bench->client.connectStatus);
    CHECK_EQUAL(0, bench->client.index);
    CHECK_EQUAL(MQTTBadParameter, MQTT_Disconnect(NULL));
}

static void disconnect_at_once(struct bench *bench)
{
    CHECK_EQUAL(MQTTSuccess, MQTT_Disconnect(&bench->client));
}

TEST(the_callback_may_disconnect)
{
    struct bench *bench = bench_connected(false, 0);

    bench->in_callback = disconnect_at_once;
    PEER_SAYS(bench, 0x32, 6, 0, 1, 't', 0, 9, 'c', 0x30, 4, 0, 1, 't', 'x');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(1, bench->event_count);
    PEER_HEARD(bench, 0xE0, 0); /* no PUBACK behind it */
}

static void publish_at_once(struct bench *bench)
{
    MQTTPublishInfo_t message = bench_message(MQTTQoS1, "r", "y");

    bench->in_callback = NULL;
    CHECK_EQUAL(MQTTSuccess,
                MQTT_Publish(&bench->client, &message, MQTT_GetPacketId(&bench->client)));
}

TEST(the_callback_may_publish)
{
    struct bench *bench = bench_connected(false, 0);

    bench->in_callback = publish_at_once;
    PEER_SAYS(bench, 0x32, 6, 0, 1, 't', 0, 9, 'c', 0x32, 6, 0, 1, 't', 0, 10, 'd');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    PEER_HEARD(bench, 0x32, 6, 0, 1, 'r', 0, 1, 'y', 0x40, 2, 0, 9, 0x40, 2, 0, 10);
    CHECK_STRING("c", bench->events[0].payload);
    CHECK_STRING("d", bench->events[1].payload);
}

TEST(a_kept_session_goes_on)
{
    struct bench *bench = bench_open(false);
    MQTTPublishInfo_t message = bench_message(MQTTQoS2, "t", "x");
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;

    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, false, false));
    for (uint16_t id = 1; id <= 3; id++)
        CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, id));
    PEER_SAYS(bench, 0x50, 2, 0, 2, 0x34, 6, 0, 1, 't', 0, 9, 'd');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    bench->peer.recv_stop = bench->peer.to_client_at;
    bench->peer.recv_broken = true;
    CHECK_EQUAL(MQTTRecvFailed, MQTT_ProcessLoop(&bench->client));

    bench->peer.recv_stop = SIZE_MAX;
    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, false, true));
    CHECK(bench->peer.from_client_size > 4);
    CHECK_BYTES("\x62\2\0\2", bench->peer.from_client + bench->peer.from_client_size - 4, 4);
    CHECK_EQUAL(1, MQTT_PublishToResend(&bench->client, &cursor));
    message.dup = true;
    bench->peer.from_client_size = 0;
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 1));
    PEER_HEARD(bench, 0x3C, 6, 0, 1, 't', 0, 1, 'x');
    CHECK_EQUAL(3, MQTT_PublishToResend(&bench->client, &cursor));
    CHECK_EQUAL(0, MQTT_PublishToResend(&bench->client, &cursor));
    size_t seen = bench->event_count;
    PEER_SAYS(bench, 0x70, 2, 0, 2, 0x3C, 6, 0, 1, 't', 0, 9, 'd');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(seen + 1, bench->event_count); /* the PUBCOMP, not the message again */
    PEER_HEARD(bench, 0x50, 2, 0, 9);
}

TEST(a_new_session_starts_empty)
{
    struct bench *bench = bench_open(false);
    MQTTPublishInfo_t message = bench_message(MQTTQoS2, "t", "x");
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;

    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, false, false));
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&bench->client, &message, 1));
    PEER_SAYS(bench, 0x34, 6, 0, 1, 't', 0, 9, 'd');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_EQUAL(MQTTSuccess, bench_connect(bench, false, false));
    CHECK_EQUAL(0, MQTT_PublishToResend(&bench->client, &cursor));
    PEER_SAYS(bench, 0x34, 6, 0, 1, 't', 0, 9, 'e');
    CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&bench->client));
    CHECK_STRING("e", bench->events[1].payload);
}
