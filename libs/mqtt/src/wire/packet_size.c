/* SPDX-License-Identifier: MIT */
/*
 * Sizes of the packets that a client sends, and with them the check of everything that the standard
 * demands of their contents: a packet is built only after its size was asked for.
 */
#include "core_mqtt_serializer.h"

#include "bytes.h"
#include "packet_write.h"
#include "text.h"

size_t mqtt_packet_size(size_t remaining_length)
{
    size_t size = 2 + remaining_length;

    for (size_t left = remaining_length / 128; left > 0; left /= 128)
        size++;
    return size;
}

static MQTTStatus_t set_sizes(size_t remaining, size_t *remaining_length, size_t *packet_size)
{
    if (remaining > MQTT_REMAINING_LENGTH_MAX) {
        LogError(("A packet of %lu bytes is longer than MQTT allows.", (unsigned long)remaining));
        return MQTTBadParameter;
    }
    *remaining_length = remaining;
    *packet_size = mqtt_packet_size(remaining);
    return MQTTSuccess;
}

static bool publish_valid(const MQTTPublishInfo_t *publish)
{
    return publish->qos <= MQTTQoS2 && (publish->pPayload != NULL || publish->payloadLength == 0) &&
           mqtt_text_valid(MQTT_TOPIC_NAME, publish->pTopicName, publish->topicNameLength);
}

static bool connect_valid(const MQTTConnectInfo_t *connect, const MQTTPublishInfo_t *will)
{
    if (!mqtt_text_valid(MQTT_TEXT, connect->pClientIdentifier, connect->clientIdentifierLength) ||
        (connect->clientIdentifierLength == 0 && !connect->cleanSession)) /* MQTT-3.1.3-7 */
        return false;
    if (will != NULL && (!publish_valid(will) || will->payloadLength > UINT16_MAX))
        return false;
    if (connect->pUserName == NULL)
        return connect->pPassword == NULL; /* MQTT-3.1.2-22 */
    return mqtt_text_valid(MQTT_TEXT, connect->pUserName, connect->userNameLength);
}

MQTTStatus_t MQTT_GetConnectPacketSize(const MQTTConnectInfo_t *connect,
                                       const MQTTPublishInfo_t *will, size_t *remaining_length,
                                       size_t *packet_size)
{
    if (connect == NULL || remaining_length == NULL || packet_size == NULL ||
        !connect_valid(connect, will)) {
        LogError(("CONNECT with a client identifier, last will or user name that is not valid."));
        return MQTTBadParameter;
    }
    size_t remaining = 10 + 2u + connect->clientIdentifierLength;
    if (will != NULL)
        remaining += 4u + will->topicNameLength + will->payloadLength;
    if (connect->pUserName != NULL)
        remaining += 2u + connect->userNameLength;
    if (connect->pPassword != NULL)
        remaining += 2u + connect->passwordLength;
    return set_sizes(remaining, remaining_length, packet_size);
}

/* `extra`: bytes that go with each topic filter, beside its length. */
static MQTTStatus_t filters_size(const MQTTSubscribeInfo_t *list, size_t count, size_t extra,
                                 size_t *remaining_length, size_t *packet_size)
{
    size_t remaining = 2;

    if (list == NULL || count == 0 || remaining_length == NULL || packet_size == NULL)
        return MQTTBadParameter;
    for (size_t i = 0; i < count && remaining <= MQTT_REMAINING_LENGTH_MAX; i++) {
        if (!mqtt_text_valid(MQTT_TOPIC_FILTER, list[i].pTopicFilter, list[i].topicFilterLength) ||
            (extra != 0 && list[i].qos > MQTTQoS2)) {
            LogError(("Topic filter %lu or its QoS is not valid.", (unsigned long)i));
            return MQTTBadParameter;
        }
        remaining += 2u + list[i].topicFilterLength + extra;
    }
    return set_sizes(remaining, remaining_length, packet_size);
}

MQTTStatus_t MQTT_GetSubscribePacketSize(const MQTTSubscribeInfo_t *list, size_t count,
                                         size_t *remaining_length, size_t *packet_size)
{
    return filters_size(list, count, 1, remaining_length, packet_size);
}

MQTTStatus_t MQTT_GetUnsubscribePacketSize(const MQTTSubscribeInfo_t *list, size_t count,
                                           size_t *remaining_length, size_t *packet_size)
{
    return filters_size(list, count, 0, remaining_length, packet_size);
}

MQTTStatus_t MQTT_GetPublishPacketSize(const MQTTPublishInfo_t *publish, size_t *remaining_length,
                                       size_t *packet_size)
{
    if (publish == NULL || remaining_length == NULL || packet_size == NULL ||
        !publish_valid(publish) || publish->payloadLength > MQTT_REMAINING_LENGTH_MAX) {
        LogError(("PUBLISH with a topic, QoS or payload that is not valid."));
        return MQTTBadParameter;
    }
    size_t packet_id = publish->qos == MQTTQoS0 ? 0 : 2;
    return set_sizes(2u + publish->topicNameLength + packet_id + publish->payloadLength,
                     remaining_length, packet_size);
}

static MQTTStatus_t bare_packet_size(size_t *packet_size)
{
    if (packet_size == NULL)
        return MQTTBadParameter;
    *packet_size = 2;
    return MQTTSuccess;
}

MQTTStatus_t MQTT_GetDisconnectPacketSize(size_t *packet_size)
{
    return bare_packet_size(packet_size);
}

MQTTStatus_t MQTT_GetPingreqPacketSize(size_t *packet_size)
{
    return bare_packet_size(packet_size);
}
