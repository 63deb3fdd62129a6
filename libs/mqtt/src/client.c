/* SPDX-License-Identifier: MIT */
/*
 * The calls of the application. Each checks its arguments by asking for the size of the packet,
 * then notes the new state, then sends: a failure in between leaves a record that says what is to
 * be sent again on the next connection.
 */
#include "core_mqtt.h"
#include "core_mqtt_state.h"

#include <string.h>

#include "connection.h"
#include "wire/bytes.h"

MQTTStatus_t MQTT_Init(MQTTContext_t *context, const TransportInterface_t *transport,
                       MQTTGetCurrentTimeFunc_t get_time, MQTTEventCallback_t callback,
                       const MQTTFixedBuffer_t *network_buffer)
{
    if (context == NULL || transport == NULL || transport->recv == NULL ||
        transport->send == NULL || get_time == NULL || callback == NULL || network_buffer == NULL ||
        network_buffer->pBuffer == NULL || network_buffer->size < MQTT_FIXED_HEADER_MAX)
        return MQTTBadParameter;
    memset(context, 0, sizeof *context);
    context->connectStatus = MQTTNotConnected;
    context->transportInterface = *transport;
    context->getTime = get_time;
    context->appCallback = callback;
    context->networkBuffer = *network_buffer;
    context->nextPacketId = 1;
    return MQTTSuccess;
}

static void clear_records(MQTTPubAckInfo_t *records, size_t count)
{
    if (count > 0)
        memset(records, 0, count * sizeof *records);
}

MQTTStatus_t MQTT_InitStatefulQoS(MQTTContext_t *context, MQTTPubAckInfo_t *outgoing_records,
                                  size_t outgoing_count, MQTTPubAckInfo_t *incoming_records,
                                  size_t incoming_count)
{
    if (context == NULL || context->appCallback == NULL ||
        (outgoing_records == NULL && outgoing_count > 0) ||
        (incoming_records == NULL && incoming_count > 0))
        return MQTTBadParameter;
    context->outgoingPublishRecords = outgoing_records;
    context->outgoingPublishRecordMaxCount = outgoing_count;
    context->incomingPublishRecords = incoming_records;
    context->incomingPublishRecordMaxCount = incoming_count;
    clear_records(outgoing_records, outgoing_count);
    clear_records(incoming_records, incoming_count);
    return MQTTSuccess;
}

MQTTStatus_t mqtt_connection_over(MQTTContext_t *context, MQTTStatus_t reason)
{
    context->connectStatus = MQTTNotConnected;
    context->index = 0;
    context->bytes_to_discard = 0;
    context->waitingForPingResp = false;
    return reason;
}

/* A kept session continues with the PUBREL that are due (MQTT-4.4.0-1); else nothing is pending. */
static MQTTStatus_t resume_session(MQTTContext_t *context, bool session_present)
{
    MQTTStatus_t status = MQTTSuccess;
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;
    MQTTPublishState_t state;
    uint16_t packet_id;

    if (!session_present) {
        clear_records(context->outgoingPublishRecords, context->outgoingPublishRecordMaxCount);
        clear_records(context->incomingPublishRecords, context->incomingPublishRecordMaxCount);
        return MQTTSuccess;
    }
    while (status == MQTTSuccess &&
           (packet_id = MQTT_PubrelToResend(context, &cursor, &state)) != MQTT_PACKET_ID_INVALID) {
        status = MQTT_UpdateStateAck(context, packet_id, MQTTPubrel, MQTT_SEND, &state);
        if (status == MQTTSuccess)
            status = mqtt_send_ack(context, MQTT_PACKET_TYPE_PUBREL, packet_id);
    }
    return status;
}

MQTTStatus_t MQTT_Connect(MQTTContext_t *context, const MQTTConnectInfo_t *connect,
                          const MQTTPublishInfo_t *will, uint32_t timeout_ms, bool *session_present)
{
    size_t remaining_length, packet_size;

    if (context == NULL || session_present == NULL)
        return MQTTBadParameter;
    MQTTStatus_t status = MQTT_GetConnectPacketSize(connect, will, &remaining_length, &packet_size);
    if (status != MQTTSuccess)
        return status;
    (void)mqtt_connection_over(context, MQTTSuccess); /* whatever was before */
    status = mqtt_send_connect(context, connect, will, remaining_length);
    if (status == MQTTSuccess)
        status = mqtt_receive_connack(context, timeout_ms, session_present);
    if (status == MQTTSuccess && *session_present && connect->cleanSession)
        status = MQTTBadResponse; /* MQTT-3.2.2-1 */
    if (status != MQTTSuccess)
        return mqtt_connection_over(context, status);
    context->connectStatus = MQTTConnected;
    context->keepAliveIntervalSec = connect->keepAliveSeconds;
    return resume_session(context, *session_present);
}

static MQTTStatus_t check_connected(const MQTTContext_t *context)
{
    if (context->connectStatus == MQTTConnected)
        return MQTTSuccess;
    LogError(("There is no MQTT connection."));
    return MQTTIllegalState;
}

static bool wants_qos2(const MQTTSubscribeInfo_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].qos == MQTTQoS2)
            return true;
    return false;
}

MQTTStatus_t MQTT_Subscribe(MQTTContext_t *context, const MQTTSubscribeInfo_t *list, size_t count,
                            uint16_t packet_id)
{
    size_t remaining_length, packet_size;

    if (context == NULL || packet_id == MQTT_PACKET_ID_INVALID)
        return MQTTBadParameter;
    MQTTStatus_t status = MQTT_GetSubscribePacketSize(list, count, &remaining_length, &packet_size);
    if (status == MQTTSuccess && context->incomingPublishRecordMaxCount == 0 &&
        wants_qos2(list, count))
        status = MQTTBadParameter;
    if (status == MQTTSuccess)
        status = check_connected(context);
    if (status == MQTTSuccess)
        status = mqtt_send_filters(context, MQTT_PACKET_TYPE_SUBSCRIBE, list, count, packet_id,
                                   remaining_length);
    return status;
}

MQTTStatus_t MQTT_Unsubscribe(MQTTContext_t *context, const MQTTSubscribeInfo_t *list, size_t count,
                              uint16_t packet_id)
{
    size_t remaining_length, packet_size;

    if (context == NULL || packet_id == MQTT_PACKET_ID_INVALID)
        return MQTTBadParameter;
    MQTTStatus_t status = MQTT_GetUnsubscribePacketSize(list, count, &remaining_length,
                                                        &packet_size);
    if (status == MQTTSuccess)
        status = check_connected(context);
    if (status == MQTTSuccess)
        status = mqtt_send_filters(context, MQTT_PACKET_TYPE_UNSUBSCRIBE, list, count, packet_id,
                                   remaining_length);
    return status;
}

static MQTTStatus_t note_publish(MQTTContext_t *context, const MQTTPublishInfo_t *publish,
                                 uint16_t packet_id)
{
    MQTTPublishState_t state;
    MQTTStatus_t status = MQTT_ReserveState(context, packet_id, publish->qos);

    if (status == MQTTSuccess || (status == MQTTStateCollision && publish->dup))
        status = MQTT_UpdateStatePublish(context, packet_id, MQTT_SEND, publish->qos, &state);
    return status;
}

MQTTStatus_t MQTT_Publish(MQTTContext_t *context, const MQTTPublishInfo_t *publish,
                          uint16_t packet_id)
{
    size_t remaining_length, packet_size;

    if (context == NULL)
        return MQTTBadParameter;
    MQTTStatus_t status = MQTT_GetPublishPacketSize(publish, &remaining_length, &packet_size);
    if (status == MQTTSuccess && publish->qos == MQTTQoS0 && publish->dup)
        status = MQTTBadParameter; /* MQTT-3.3.1-2 */
    if (status == MQTTSuccess)
        status = check_connected(context);
    if (status == MQTTSuccess && publish->qos != MQTTQoS0)
        status = note_publish(context, publish, packet_id);
    if (status == MQTTSuccess)
        status = mqtt_send_publish(context, publish, packet_id, remaining_length);
    return status;
}

MQTTStatus_t MQTT_CancelCallback(const MQTTContext_t *context, uint16_t packet_id)
{
    return MQTT_RemoveStateRecord(context, packet_id);
}

MQTTStatus_t MQTT_Ping(MQTTContext_t *context)
{
    if (context == NULL)
        return MQTTBadParameter;
    MQTTStatus_t status = check_connected(context);
    return status == MQTTSuccess ? mqtt_send_ping(context) : status;
}

MQTTStatus_t MQTT_Disconnect(MQTTContext_t *context)
{
    static const uint8_t packet[] = {MQTT_PACKET_TYPE_DISCONNECT, 0};

    if (context == NULL)
        return MQTTBadParameter;
    MQTTStatus_t status = check_connected(context);
    if (status == MQTTSuccess)
        status = mqtt_send(context, packet, sizeof packet);
    return mqtt_connection_over(context, status);
}

static bool id_in_use(const MQTTContext_t *context, uint16_t packet_id)
{
    for (size_t i = 0; i < context->outgoingPublishRecordMaxCount; i++)
        if (context->outgoingPublishRecords[i].packetId == packet_id)
            return true;
    return false;
}

uint16_t MQTT_GetPacketId(MQTTContext_t *context)
{
    uint16_t packet_id = MQTT_PACKET_ID_INVALID;

    if (context == NULL)
        return packet_id;
    /* With 65,535 records in use there would be no free identifier: the last candidate is given
     * then, and MQTT_Publish refuses it. */
    for (uint32_t tries = 0; tries < UINT16_MAX; tries++) {
        packet_id = context->nextPacketId;
        context->nextPacketId = packet_id == UINT16_MAX ? 1 : (uint16_t)(packet_id + 1);
        if (!id_in_use(context, packet_id))
            break;
    }
    return packet_id;
}
