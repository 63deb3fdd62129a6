/* SPDX-License-Identifier: MIT */
/*
 * Received packets. Every length is compared with what is there before a byte is read, and the
 * arithmetic cannot overflow: a remaining length has at most four bytes, so it stays below 2^28.
 * What the standard forbids a server to send is refused here, never passed on.
 */
#include "core_mqtt_serializer.h"

#include "bytes.h"
#include "text.h"

enum { SUBACK_FAILURE = 0x80 };

/* Whether a server may begin a packet with this byte (table 2.1, table 2.2). */
static bool type_from_server(uint8_t type)
{
    switch (type) {
    case MQTT_PACKET_TYPE_CONNACK:
    case MQTT_PACKET_TYPE_PUBACK:
    case MQTT_PACKET_TYPE_PUBREC:
    case MQTT_PACKET_TYPE_PUBREL:
    case MQTT_PACKET_TYPE_PUBCOMP:
    case MQTT_PACKET_TYPE_SUBACK:
    case MQTT_PACKET_TYPE_UNSUBACK:
    case MQTT_PACKET_TYPE_PINGRESP:
        return true;
    default:
        return type / 16 == MQTT_PACKET_TYPE_PUBLISH / 16;
    }
}

static MQTTStatus_t read_fixed_header(const uint8_t *bytes, size_t available,
                                      MQTTPacketInfo_t *packet)
{
    uint32_t length = 0;
    uint32_t scale = 1;

    if (available == 0)
        return MQTTNoDataAvailable;
    if (!type_from_server(bytes[0]))
        return MQTTBadResponse;
    for (size_t i = 1; i < MQTT_FIXED_HEADER_MAX; i++) {
        if (i >= available)
            return MQTTNeedMoreBytes;
        length += bytes[i] % 128u * scale;
        if (bytes[i] < 128) {
            if (bytes[i] == 0 && i > 1)
                return MQTTBadResponse; /* not the shortest form (2.2.3) */
            packet->type = bytes[0];
            packet->remainingLength = length;
            packet->headerLength = i + 1;
            return MQTTSuccess;
        }
        scale *= 128;
    }
    return MQTTBadResponse;
}

MQTTStatus_t MQTT_ProcessIncomingPacketTypeAndLength(const uint8_t *buffer, const size_t *available,
                                                     MQTTPacketInfo_t *packet)
{
    if (buffer == NULL || available == NULL || packet == NULL)
        return MQTTBadParameter;
    return read_fixed_header(buffer, *available, packet);
}

MQTTStatus_t MQTT_GetIncomingPacketTypeAndLength(TransportRecv_t read_function,
                                                 NetworkContext_t *network_context,
                                                 MQTTPacketInfo_t *packet)
{
    uint8_t header[MQTT_FIXED_HEADER_MAX];
    MQTTStatus_t status = MQTTNeedMoreBytes;

    if (read_function == NULL || packet == NULL)
        return MQTTBadParameter;
    for (size_t have = 0; status == MQTTNeedMoreBytes; have++) {
        int32_t got = read_function(network_context, header + have, 1);
        if (got == 0 && have == 0)
            return MQTTNoDataAvailable;
        if (got != 1)
            return MQTTRecvFailed;
        status = read_fixed_header(header, have + 1, packet);
    }
    return status;
}

static MQTTStatus_t read_publish(const MQTTPacketInfo_t *packet, uint16_t *packet_id,
                                 MQTTPublishInfo_t *publish)
{
    const uint8_t *bytes = packet->pRemainingData;
    size_t size = packet->remainingLength;
    unsigned qos = packet->type / 2u % 4u;
    bool dup = packet->type / 8u % 2u != 0;

    if (qos > 2 || (qos == 0 && dup) || size < 2) /* MQTT-3.3.1-2, MQTT-3.3.1-4 */
        return MQTTBadResponse;
    size_t topic_length = read_be16(bytes);
    size_t header = 2 + topic_length + (qos > 0 ? 2 : 0);
    if (header > size || !mqtt_text_valid(MQTT_TOPIC_NAME, (const char *)bytes + 2, topic_length))
        return MQTTBadResponse;
    *packet_id = qos > 0 ? read_be16(bytes + 2 + topic_length) : 0;
    if (qos > 0 && *packet_id == 0)
        return MQTTBadResponse; /* MQTT-2.3.1-1 */
    publish->qos = (MQTTQoS_t)qos;
    publish->dup = dup;
    publish->retain = packet->type % 2u != 0;
    publish->pTopicName = (const char *)bytes + 2;
    publish->topicNameLength = (uint16_t)topic_length;
    publish->payloadLength = size - header;
    publish->pPayload = size > header ? bytes + header : NULL;
    return MQTTSuccess;
}

MQTTStatus_t MQTT_DeserializePublish(const MQTTPacketInfo_t *packet, uint16_t *packet_id,
                                     MQTTPublishInfo_t *publish)
{
    if (packet == NULL || packet_id == NULL || publish == NULL ||
        packet->type / 16 != MQTT_PACKET_TYPE_PUBLISH / 16 || packet->pRemainingData == NULL)
        return MQTTBadParameter;
    return read_publish(packet, packet_id, publish);
}

static MQTTStatus_t read_connack(const MQTTPacketInfo_t *packet, bool *session_present)
{
    const uint8_t *bytes = packet->pRemainingData;

    if (packet->remainingLength != 2 || bytes[0] > 1 ||
        (bytes[0] == 1 && bytes[1] != 0)) /* MQTT-3.2.2-4 */
        return MQTTBadResponse;
    *session_present = bytes[0] == 1;
    if (bytes[1] == 0)
        return MQTTSuccess;
    LogError(("The server refused the connection with code %u.", (unsigned)bytes[1]));
    return MQTTServerRefused;
}

static MQTTStatus_t read_suback_codes(const uint8_t *codes, size_t count)
{
    MQTTStatus_t status = MQTTSuccess;

    if (count == 0)
        return MQTTBadResponse;
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == SUBACK_FAILURE)
            status = MQTTServerRefused;
        else if (codes[i] > 2)
            return MQTTBadResponse; /* MQTT-3.9.3-2 */
    }
    return status;
}

/* Everything that begins with a packet identifier. */
static MQTTStatus_t read_identified(const MQTTPacketInfo_t *packet, uint16_t *packet_id)
{
    const uint8_t *bytes = packet->pRemainingData;
    size_t size = packet->remainingLength;

    if (size < 2)
        return MQTTBadResponse;
    *packet_id = read_be16(bytes);
    if (*packet_id == 0)
        return MQTTBadResponse;
    if (packet->type == MQTT_PACKET_TYPE_SUBACK)
        return read_suback_codes(bytes + 2, size - 2);
    return size == 2 ? MQTTSuccess : MQTTBadResponse;
}

MQTTStatus_t MQTT_DeserializeAck(const MQTTPacketInfo_t *packet, uint16_t *packet_id,
                                 bool *session_present)
{
    if (packet == NULL || (packet->pRemainingData == NULL && packet->remainingLength != 0))
        return MQTTBadParameter;
    if (!type_from_server(packet->type) || packet->type / 16 == MQTT_PACKET_TYPE_PUBLISH / 16)
        return MQTTBadResponse;
    if (packet->type == MQTT_PACKET_TYPE_PINGRESP)
        return packet->remainingLength == 0 ? MQTTSuccess : MQTTBadResponse;
    if (packet->type == MQTT_PACKET_TYPE_CONNACK)
        return session_present != NULL ? read_connack(packet, session_present) : MQTTBadParameter;
    return packet_id != NULL ? read_identified(packet, packet_id) : MQTTBadParameter;
}
