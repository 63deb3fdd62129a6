/* SPDX-License-Identifier: MIT */
/*
 * The serializer: packets into a buffer of the caller. The memory sink refuses to run past the end
 * of the packet as the remaining length announces it, so that a remaining length that does not
 * belong to the other arguments is found out and never written past.
 */
#include "packet_write.h"

#include <string.h>

#include "bytes.h"

struct memory_sink {
    struct mqtt_sink sink;
    uint8_t *next;
    size_t left;
    bool overrun;
};

static void put_into_memory(struct mqtt_sink *sink, const void *bytes, size_t size)
{
    struct memory_sink *memory = (struct memory_sink *)sink;

    if (size > memory->left) {
        memory->overrun = true;
        memory->left = 0;
    } else if (size > 0) {
        memcpy(memory->next, bytes, size);
        memory->next += size;
        memory->left -= size;
    }
}

/* Makes a sink for the packet without its last `omitted` bytes, if the buffer has room for it. */
static MQTTStatus_t open_memory(struct memory_sink *memory, const MQTTFixedBuffer_t *buffer,
                                size_t remaining_length, size_t omitted)
{
    if (buffer == NULL || buffer->pBuffer == NULL || remaining_length > MQTT_REMAINING_LENGTH_MAX ||
        omitted > remaining_length)
        return MQTTBadParameter;
    size_t size = mqtt_packet_size(remaining_length) - omitted;
    if (size > buffer->size)
        return MQTTNoMemory;
    *memory = (struct memory_sink){{put_into_memory}, buffer->pBuffer, size, false};
    return MQTTSuccess;
}

static MQTTStatus_t close_memory(const struct memory_sink *memory)
{
    return memory->overrun || memory->left != 0 ? MQTTBadParameter : MQTTSuccess;
}

MQTTStatus_t MQTT_SerializeConnect(const MQTTConnectInfo_t *connect, const MQTTPublishInfo_t *will,
                                   size_t remaining_length, const MQTTFixedBuffer_t *buffer)
{
    struct memory_sink memory;

    if (connect == NULL)
        return MQTTBadParameter;
    MQTTStatus_t status = open_memory(&memory, buffer, remaining_length, 0);
    if (status != MQTTSuccess)
        return status;
    mqtt_write_connect(&memory.sink, connect, will, remaining_length);
    return close_memory(&memory);
}

static MQTTStatus_t build_filters(uint8_t type, const MQTTSubscribeInfo_t *list, size_t count,
                                  uint16_t packet_id, size_t remaining_length,
                                  const MQTTFixedBuffer_t *buffer)
{
    struct memory_sink memory;

    if (list == NULL || count == 0 || packet_id == 0)
        return MQTTBadParameter;
    MQTTStatus_t status = open_memory(&memory, buffer, remaining_length, 0);
    if (status != MQTTSuccess)
        return status;
    mqtt_write_filters(&memory.sink, type, list, count, packet_id, remaining_length);
    return close_memory(&memory);
}

MQTTStatus_t MQTT_SerializeSubscribe(const MQTTSubscribeInfo_t *list, size_t count,
                                     uint16_t packet_id, size_t remaining_length,
                                     const MQTTFixedBuffer_t *buffer)
{
    return build_filters(MQTT_PACKET_TYPE_SUBSCRIBE, list, count, packet_id, remaining_length,
                         buffer);
}

MQTTStatus_t MQTT_SerializeUnsubscribe(const MQTTSubscribeInfo_t *list, size_t count,
                                       uint16_t packet_id, size_t remaining_length,
                                       const MQTTFixedBuffer_t *buffer)
{
    return build_filters(MQTT_PACKET_TYPE_UNSUBSCRIBE, list, count, packet_id, remaining_length,
                         buffer);
}

static bool publish_complete(const MQTTPublishInfo_t *publish, uint16_t packet_id)
{
    return publish != NULL && publish->pTopicName != NULL && publish->qos <= MQTTQoS2 &&
           (publish->pPayload != NULL || publish->payloadLength == 0) &&
           (publish->qos == MQTTQoS0 || packet_id != 0);
}

MQTTStatus_t MQTT_SerializePublish(const MQTTPublishInfo_t *publish, uint16_t packet_id,
                                   size_t remaining_length, const MQTTFixedBuffer_t *buffer)
{
    struct memory_sink memory;

    if (!publish_complete(publish, packet_id))
        return MQTTBadParameter;
    MQTTStatus_t status = open_memory(&memory, buffer, remaining_length, 0);
    if (status != MQTTSuccess)
        return status;
    mqtt_write_publish_header(&memory.sink, publish, packet_id, remaining_length);
    put_into_memory(&memory.sink, publish->pPayload, publish->payloadLength);
    return close_memory(&memory);
}

MQTTStatus_t MQTT_SerializePublishHeader(const MQTTPublishInfo_t *publish, uint16_t packet_id,
                                         size_t remaining_length, const MQTTFixedBuffer_t *buffer,
                                         size_t *header_size)
{
    struct memory_sink memory;

    if (!publish_complete(publish, packet_id) || header_size == NULL)
        return MQTTBadParameter;
    MQTTStatus_t status = open_memory(&memory, buffer, remaining_length, publish->payloadLength);
    if (status != MQTTSuccess)
        return status;
    mqtt_write_publish_header(&memory.sink, publish, packet_id, remaining_length);
    *header_size = (size_t)(memory.next - buffer->pBuffer);
    return close_memory(&memory);
}

static MQTTStatus_t build_short(const MQTTFixedBuffer_t *buffer, const uint8_t *bytes, size_t size)
{
    if (buffer == NULL || buffer->pBuffer == NULL)
        return MQTTBadParameter;
    if (buffer->size < size)
        return MQTTNoMemory;
    memcpy(buffer->pBuffer, bytes, size);
    return MQTTSuccess;
}

MQTTStatus_t MQTT_SerializeAck(const MQTTFixedBuffer_t *buffer, uint8_t packet_type,
                               uint16_t packet_id)
{
    uint8_t bytes[MQTT_PUBLISH_ACK_PACKET_SIZE] = {packet_type, 2};

    if (packet_id == 0 ||
        (packet_type != MQTT_PACKET_TYPE_PUBACK && packet_type != MQTT_PACKET_TYPE_PUBREC &&
         packet_type != MQTT_PACKET_TYPE_PUBREL && packet_type != MQTT_PACKET_TYPE_PUBCOMP))
        return MQTTBadParameter;
    write_be16(bytes + 2, packet_id);
    return build_short(buffer, bytes, sizeof bytes);
}

MQTTStatus_t MQTT_SerializeDisconnect(const MQTTFixedBuffer_t *buffer)
{
    static const uint8_t bytes[] = {MQTT_PACKET_TYPE_DISCONNECT, 0};

    return build_short(buffer, bytes, sizeof bytes);
}

MQTTStatus_t MQTT_SerializePingreq(const MQTTFixedBuffer_t *buffer)
{
    static const uint8_t bytes[] = {MQTT_PACKET_TYPE_PINGREQ, 0};

    return build_short(buffer, bytes, sizeof bytes);
}
