/* SPDX-License-Identifier: MIT */
/*
 * Arbitrary bytes as what a server sends to a client that has messages of QoS 1 and 2 on the way.
 * The first byte says in which portions they arrive, the second what the callback does.
 */
#include <stdlib.h>
#include <string.h>

#include "core_mqtt.h"
#include "core_mqtt_state.h"

enum { BUFFER = 64 };

struct NetworkContext {
    const uint8_t *bytes;
    size_t left, portion;
};

static uint32_t now;
static uint8_t habit;

static void require(bool claim)
{
    if (!claim)
        abort();
}

static uint32_t get_time(void)
{
    return now;
}

static int32_t receive(NetworkContext_t *network, void *buffer, size_t size)
{
    size_t count = size < network->portion ? size : network->portion;

    count = count < network->left ? count : network->left;
    now += count == 0 ? 5 : 1;
    if (count > 0)
        memcpy(buffer, network->bytes, count);
    network->bytes += count;
    network->left -= count;
    return (int32_t)count;
}

/* What the client sends must be well-formed as far as its first two bytes tell. */
static int32_t transmit(NetworkContext_t *network, const void *buffer, size_t size)
{
    require(size > 0 && buffer != NULL);
    return (int32_t)size;
}

static void callback(MQTTContext_t *client, MQTTPacketInfo_t *packet, MQTTDeserializedInfo_t *info)
{
    MQTTPublishInfo_t answer = {MQTTQoS1, false, false, "t", 1, "x", 1};

    if (packet->type / 16 == 3)
        require(info->pPublishInfo != NULL && info->pPublishInfo->payloadLength < BUFFER);
    if (habit % 4 == 1)
        (void)MQTT_Publish(client, &answer, MQTT_GetPacketId(client));
    if (habit % 4 == 2 && info->packetIdentifier % 16 == 15)
        (void)MQTT_Disconnect(client);
    if (habit % 4 == 3)
        (void)MQTT_CancelCallback(client, info->packetIdentifier);
}

static void open_client(MQTTContext_t *client, struct NetworkContext *network, uint8_t *bytes)
{
    static MQTTPubAckInfo_t outgoing[4], incoming[2];
    static const uint8_t connack[] = {0x20, 2, 0, 0};
    struct NetworkContext first = {connack, sizeof connack, sizeof connack};
    TransportInterface_t transport = {receive, transmit, NULL, &first};
    MQTTFixedBuffer_t buffer = {bytes, BUFFER};
    MQTTConnectInfo_t info = {.cleanSession = true, .keepAliveSeconds = habit % 2};
    MQTTPublishInfo_t message = {MQTTQoS1, false, false, "t", 1, "x", 1};
    bool session;

    require(MQTT_Init(client, &transport, get_time, callback, &buffer) == MQTTSuccess);
    require(MQTT_InitStatefulQoS(client, outgoing, 4, incoming, 2) == MQTTSuccess);
    require(MQTT_Connect(client, &info, NULL, 10, &session) == MQTTSuccess);
    require(MQTT_Publish(client, &message, 1) == MQTTSuccess);
    message.qos = MQTTQoS2;
    require(MQTT_Publish(client, &message, 2) == MQTTSuccess);
    client->transportInterface.pNetworkContext = network;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t bytes[BUFFER];
    MQTTContext_t client;

    if (size < 2)
        return 0;
    struct NetworkContext network = {data + 2, size - 2, 1u + data[0]};
    now = 0;
    habit = data[1];
    open_client(&client, &network, bytes);
    while (client.connectStatus == MQTTConnected) {
        size_t before = network.left + client.index;
        MQTTStatus_t status = MQTT_ProcessLoop(&client);
        require(client.index <= BUFFER);
        require(client.bytes_to_discard == 0 || client.index == 0);
        if (network.left == 0 && network.left + client.index == before &&
            (status == MQTTSuccess || status == MQTTNeedMoreBytes))
            break;
    }
    return 0;
}
