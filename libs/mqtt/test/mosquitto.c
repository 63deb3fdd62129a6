/* SPDX-License-Identifier: MIT */
/* The client against a real Mosquitto over TCP on loopback, in real time. */
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "broker.h"
#include "core_mqtt.h"
#include "core_mqtt_state.h"
#include "linnet_test.h"
#include "posix_transport.h"

/* `client` is the first member: the callback finds the device by it. */
struct device {
    MQTTContext_t client;
    struct NetworkContext network;
    uint8_t buffer[512];
    MQTTPubAckInfo_t outgoing[8], incoming[8];
    unsigned subscribed, acknowledged, completed, messages;
    char topic[64], payload[64];
    MQTTQoS_t qos;
    bool retain;
};

static void note_event(MQTTContext_t *client, MQTTPacketInfo_t *packet,
                       MQTTDeserializedInfo_t *info)
{
    struct device *device = (struct device *)client;
    const MQTTPublishInfo_t *publish = info->pPublishInfo;

    device->subscribed += packet->type == MQTT_PACKET_TYPE_SUBACK;
    device->acknowledged += packet->type == MQTT_PACKET_TYPE_PUBACK;
    device->completed += packet->type == MQTT_PACKET_TYPE_PUBCOMP;
    if (publish == NULL)
        return;
    CHECK(publish->topicNameLength < sizeof device->topic);
    CHECK(publish->payloadLength < sizeof device->payload);
    memcpy(device->topic, publish->pTopicName, publish->topicNameLength);
    device->topic[publish->topicNameLength] = 0;
    if (publish->payloadLength > 0)
        memcpy(device->payload, publish->pPayload, publish->payloadLength);
    device->payload[publish->payloadLength] = 0;
    device->qos = publish->qos;
    device->retain = publish->retain;
    device->messages++;
}

static void device_open(struct device *device, bool with_writev)
{
    MQTTFixedBuffer_t buffer = {device->buffer, sizeof device->buffer};
    TransportInterface_t transport = posix_transport(&device->network, with_writev);

    memset(device, 0, sizeof *device);
    device->network.socket = -1;
    CHECK_EQUAL(MQTTSuccess,
                MQTT_Init(&device->client, &transport, posix_time_ms, note_event, &buffer));
    CHECK_EQUAL(MQTTSuccess,
                MQTT_InitStatefulQoS(&device->client, device->outgoing, 8, device->incoming, 8));
}

static bool device_connect(struct device *device, const struct broker *broker, const char *id,
                           bool clean, uint16_t keep_alive, const MQTTPublishInfo_t *will)
{
    MQTTConnectInfo_t info = {.cleanSession = clean,
                              .keepAliveSeconds = keep_alive,
                              .pClientIdentifier = id,
                              .clientIdentifierLength = (uint16_t)strlen(id)};
    bool session;

    posix_transport_close(&device->network);
    CHECK(posix_transport_open(&device->network, broker->port));
    CHECK_EQUAL(MQTTSuccess, MQTT_Connect(&device->client, &info, will, 5000, &session));
    return session;
}

/* Runs the loop until the counter has reached the value. */
static void await(struct device *device, const unsigned *counter, unsigned value)
{
    uint32_t started = posix_time_ms();

    while (*counter < value) {
        MQTTStatus_t status = MQTT_ProcessLoop(&device->client);
        CHECK(status == MQTTSuccess || status == MQTTNeedMoreBytes);
        CHECK(posix_time_ms() - started < 10000);
    }
}

static void subscribe(struct device *device, const char *filter, MQTTQoS_t qos)
{
    MQTTSubscribeInfo_t info = {qos, filter, (uint16_t)strlen(filter)};
    unsigned before = device->subscribed;

    CHECK_EQUAL(MQTTSuccess,
                MQTT_Subscribe(&device->client, &info, 1, MQTT_GetPacketId(&device->client)));
    await(device, &device->subscribed, before + 1);
}

static MQTTPublishInfo_t message(MQTTQoS_t qos, const char *topic, const char *payload)
{
    return (MQTTPublishInfo_t){.qos = qos,
                               .pTopicName = topic,
                               .topicNameLength = (uint16_t)strlen(topic),
                               .pPayload = payload,
                               .payloadLength = strlen(payload)};
}

static uint16_t publish(struct device *device, MQTTPublishInfo_t info)
{
    uint16_t id = info.qos == MQTTQoS0 ? 0 : MQTT_GetPacketId(&device->client);

    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&device->client, &info, id));
    return id;
}

TEST(messages_of_each_qos_come_back)
{
    struct broker broker = broker_start();
    static struct device device;

    for (unsigned with_writev = 0; with_writev < 2; with_writev++) {
        device_open(&device, with_writev != 0);
        CHECK(!device_connect(&device, &broker, "each-qos", true, 60, NULL));
        subscribe(&device, "echo/#", MQTTQoS2);
        for (unsigned i = 0; i < 30; i++) {
            MQTTQoS_t qos = (MQTTQoS_t)(i % 3);
            publish(&device, message(qos, "echo/some/longer/topic", "a payload of some length"));
            await(&device, &device.messages, i + 1);
            CHECK_EQUAL(qos, device.qos);
            CHECK_STRING("echo/some/longer/topic", device.topic);
            CHECK_STRING("a payload of some length", device.payload);
        }
        await(&device, &device.acknowledged, 10);
        await(&device, &device.completed, 10);
        CHECK_EQUAL(MQTTSuccess, MQTT_Disconnect(&device.client));
    }
    posix_transport_close(&device.network);
    broker_stop(&broker);
}

TEST(a_retained_message_is_kept_for_the_next)
{
    struct broker broker = broker_start();
    static struct device device;
    MQTTPublishInfo_t kept = message(MQTTQoS1, "kept", "value");

    kept.retain = true;
    device_open(&device, true);
    device_connect(&device, &broker, "retain", true, 60, NULL);
    publish(&device, kept);
    await(&device, &device.acknowledged, 1);
    subscribe(&device, "kept", MQTTQoS1);
    await(&device, &device.messages, 1);
    CHECK(device.retain);
    CHECK_STRING("value", device.payload);
    posix_transport_close(&device.network);
    broker_stop(&broker);
}

TEST(the_last_will_is_sent_when_a_client_is_killed)
{
    struct broker broker = broker_start();
    static struct device device;
    int ready[2];
    char byte;

    device_open(&device, true);
    device_connect(&device, &broker, "watcher", true, 60, NULL);
    subscribe(&device, "will/+", MQTTQoS1);
    CHECK(pipe(ready) == 0);
    pid_t victim = fork();
    CHECK(victim >= 0);
    if (victim == 0) {
        static struct device dying;
        MQTTPublishInfo_t will = message(MQTTQoS1, "will/victim", "gone");
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        device_open(&dying, true);
        device_connect(&dying, &broker, "victim", true, 60, &will);
        CHECK(write(ready[1], "x", 1) == 1);
        for (;;)
            pause();
    }
    CHECK(read(ready[0], &byte, 1) == 1);
    CHECK_EQUAL(0, device.messages);
    kill(victim, SIGKILL);
    waitpid(victim, NULL, 0);
    await(&device, &device.messages, 1);
    CHECK_STRING("will/victim", device.topic);
    CHECK_STRING("gone", device.payload);
    posix_transport_close(&device.network);
    broker_stop(&broker);
}

TEST(a_session_goes_on_after_a_reconnect)
{
    struct broker broker = broker_start();
    static struct device device, other;
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;
    MQTTPublishInfo_t info = message(MQTTQoS2, "session/out", "once");

    device_open(&device, true);
    CHECK(!device_connect(&device, &broker, "sleeper", false, 60, NULL));
    subscribe(&device, "session/#", MQTTQoS2);
    uint16_t id = publish(&device, info); /* and the line is cut before the PUBREC is read */
    posix_transport_close(&device.network);
    CHECK_EQUAL(MQTTRecvFailed, MQTT_ProcessLoop(&device.client));

    device_open(&other, true);
    device_connect(&other, &broker, "other", true, 60, NULL);
    publish(&other, message(MQTTQoS1, "session/in", "missed"));
    await(&other, &other.acknowledged, 1);

    CHECK(device_connect(&device, &broker, "sleeper", false, 60, NULL));
    CHECK_EQUAL(id, MQTT_PublishToResend(&device.client, &cursor));
    info.dup = true;
    CHECK_EQUAL(MQTTSuccess, MQTT_Publish(&device.client, &info, id));
    CHECK_EQUAL(0, MQTT_PublishToResend(&device.client, &cursor));
    await(&device, &device.completed, 1);
    await(&device, &device.messages, 2); /* `missed` and, once, `once` */
    uint32_t started = posix_time_ms();
    while (posix_time_ms() - started < 300)
        CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&device.client));
    CHECK_EQUAL(2, device.messages);
    posix_transport_close(&device.network);
    posix_transport_close(&other.network);
    broker_stop(&broker);
}

TEST(an_idle_connection_of_2_s_keep_alive_pings_three_times_in_7_s)
{
    struct broker broker = broker_start();
    static struct device device;

    device_open(&device, false);
    device_connect(&device, &broker, "idle", true, 2, NULL);
    uint32_t started = posix_time_ms();
    while (posix_time_ms() - started < 7000)
        CHECK_EQUAL(MQTTSuccess, MQTT_ProcessLoop(&device.client));
    CHECK_EQUAL(3, device.network.pings);
    CHECK_EQUAL(MQTTConnected, device.client.connectStatus);
    posix_transport_close(&device.network);
    broker_stop(&broker);
}

TEST(a_silent_broker_is_noticed_in_one_and_a_half_intervals)
{
    struct broker broker = broker_start();
    static struct device device;
    MQTTStatus_t status = MQTTSuccess;

    device_open(&device, false);
    device_connect(&device, &broker, "silent", true, 2, NULL);
    CHECK(kill(broker.process, SIGSTOP) == 0);
    uint32_t started = posix_time_ms();
    while (status == MQTTSuccess && posix_time_ms() - started < 10000)
        status = MQTT_ProcessLoop(&device.client);
    CHECK_EQUAL(MQTTKeepAliveTimeout, status);
    CHECK(posix_time_ms() - started < 3000 + 200); /* and the grain of the loop */
    posix_transport_close(&device.network);
    broker_stop(&broker);
}

TEST(a_broker_that_is_killed_is_noticed_at_once)
{
    struct broker broker = broker_start();
    static struct device device;

    device_open(&device, false);
    device_connect(&device, &broker, "killed", true, 60, NULL);
    broker_stop(&broker);
    CHECK_EQUAL(MQTTRecvFailed, MQTT_ProcessLoop(&device.client));
    posix_transport_close(&device.network);
}
