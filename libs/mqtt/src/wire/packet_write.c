/* SPDX-License-Identifier: MIT */
/* The packets as sequences of pieces, and the public functions for their first bytes. */
#include "packet_write.h"

#include "bytes.h"

enum {
    CONNECT_CLEAN = 2,
    CONNECT_WILL = 4,
    CONNECT_WILL_QOS = 8, /* times the QoS */
    CONNECT_WILL_RETAIN = 32,
    CONNECT_PASSWORD = 64,
    CONNECT_USER_NAME = 128,
    PUBLISH_RETAIN = 1,
    PUBLISH_QOS = 2, /* times the QoS */
    PUBLISH_DUP = 8,
};

static uint8_t *write_fixed_header(uint8_t *to, uint8_t type, size_t remaining_length)
{
    size_t left = remaining_length;

    *to++ = type;
    do {
        *to++ = (uint8_t)(left % 128 + (left >= 128 ? 128 : 0));
        left /= 128;
    } while (left > 0);
    return to;
}

static unsigned connect_flags(const MQTTConnectInfo_t *connect, const MQTTPublishInfo_t *will)
{
    unsigned flags = connect->cleanSession ? CONNECT_CLEAN : 0;

    if (will != NULL)
        flags += CONNECT_WILL + CONNECT_WILL_QOS * (unsigned)will->qos +
                 (will->retain ? CONNECT_WILL_RETAIN : 0);
    if (connect->pUserName != NULL)
        flags += CONNECT_USER_NAME;
    if (connect->pPassword != NULL)
        flags += CONNECT_PASSWORD;
    return flags;
}

uint8_t *MQTT_SerializeConnectFixedHeader(uint8_t *index, const MQTTConnectInfo_t *connect,
                                          const MQTTPublishInfo_t *will, size_t remaining_length)
{
    static const uint8_t protocol[] = {0, 4, 'M', 'Q', 'T', 'T', 4};

    index = write_fixed_header(index, MQTT_PACKET_TYPE_CONNECT, remaining_length);
    for (size_t i = 0; i < sizeof protocol; i++)
        *index++ = protocol[i];
    *index++ = (uint8_t)connect_flags(connect, will);
    return write_be16(index, connect->keepAliveSeconds);
}

static uint8_t *write_identified_header(uint8_t *to, uint8_t type, size_t remaining_length,
                                        uint16_t packet_id)
{
    return write_be16(write_fixed_header(to, type, remaining_length), packet_id);
}

uint8_t *MQTT_SerializeSubscribeHeader(size_t remaining_length, uint8_t *index, uint16_t packet_id)
{
    return write_identified_header(index, MQTT_PACKET_TYPE_SUBSCRIBE, remaining_length, packet_id);
}

uint8_t *MQTT_SerializeUnsubscribeHeader(size_t remaining_length, uint8_t *index,
                                         uint16_t packet_id)
{
    return write_identified_header(index, MQTT_PACKET_TYPE_UNSUBSCRIBE, remaining_length,
                                   packet_id);
}

MQTTStatus_t MQTT_SerializePublishHeaderWithoutTopic(const MQTTPublishInfo_t *publish,
                                                     size_t remaining_length, uint8_t *buffer,
                                                     size_t *header_size)
{
    if (publish == NULL || buffer == NULL || header_size == NULL ||
        remaining_length > MQTT_REMAINING_LENGTH_MAX)
        return MQTTBadParameter;
    unsigned type = MQTT_PACKET_TYPE_PUBLISH + PUBLISH_QOS * (unsigned)publish->qos +
                    (publish->retain ? PUBLISH_RETAIN : 0) + (publish->dup ? PUBLISH_DUP : 0);
    uint8_t *end = write_fixed_header(buffer, (uint8_t)type, remaining_length);
    end = write_be16(end, publish->topicNameLength);
    *header_size = (size_t)(end - buffer);
    return MQTTSuccess;
}

static void put_u16(struct mqtt_sink *sink, unsigned value)
{
    uint8_t bytes[2];

    write_be16(bytes, value);
    sink->put(sink, bytes, sizeof bytes);
}

static void put_field(struct mqtt_sink *sink, const void *bytes, size_t size)
{
    put_u16(sink, (unsigned)size);
    sink->put(sink, bytes, size);
}

void mqtt_write_connect(struct mqtt_sink *sink, const MQTTConnectInfo_t *connect,
                        const MQTTPublishInfo_t *will, size_t remaining_length)
{
    uint8_t header[MQTT_FIXED_HEADER_MAX + 10];
    uint8_t *end = MQTT_SerializeConnectFixedHeader(header, connect, will, remaining_length);

    sink->put(sink, header, (size_t)(end - header));
    put_field(sink, connect->pClientIdentifier, connect->clientIdentifierLength);
    if (will != NULL) {
        put_field(sink, will->pTopicName, will->topicNameLength);
        put_field(sink, will->pPayload, will->payloadLength);
    }
    if (connect->pUserName != NULL)
        put_field(sink, connect->pUserName, connect->userNameLength);
    if (connect->pPassword != NULL)
        put_field(sink, connect->pPassword, connect->passwordLength);
}

void mqtt_write_filters(struct mqtt_sink *sink, uint8_t type, const MQTTSubscribeInfo_t *list,
                        size_t count, uint16_t packet_id, size_t remaining_length)
{
    uint8_t header[MQTT_FIXED_HEADER_MAX + 2];
    uint8_t *end = write_identified_header(header, type, remaining_length, packet_id);

    sink->put(sink, header, (size_t)(end - header));
    for (size_t i = 0; i < count; i++) {
        put_field(sink, list[i].pTopicFilter, list[i].topicFilterLength);
        if (type == MQTT_PACKET_TYPE_SUBSCRIBE) {
            uint8_t qos = (uint8_t)list[i].qos;
            sink->put(sink, &qos, 1);
        }
    }
}

void mqtt_write_publish_header(struct mqtt_sink *sink, const MQTTPublishInfo_t *publish,
                               uint16_t packet_id, size_t remaining_length)
{
    uint8_t header[MQTT_FIXED_HEADER_MAX + 2];
    size_t size = 0;

    (void)MQTT_SerializePublishHeaderWithoutTopic(publish, remaining_length, header, &size);
    sink->put(sink, header, size);
    sink->put(sink, publish->pTopicName, publish->topicNameLength);
    if (publish->qos != MQTTQoS0)
        put_u16(sink, packet_id);
}
