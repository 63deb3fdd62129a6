/* SPDX-License-Identifier: MIT */
/*
 * The receiving side: bytes from the transport gather in the network buffer; every packet that is
 * complete is handled there and then removed. A packet that can never fit is counted off as it
 * arrives, so that the next one is found. Only a fixed header that is not valid makes the stream
 * impossible to follow; then the connection is over.
 */
#include "connection.h"
#include "core_mqtt_state.h"

#include <string.h>

static void call_application(MQTTContext_t *context, MQTTPacketInfo_t *packet, uint16_t packet_id,
                             MQTTPublishInfo_t *publish, MQTTStatus_t result)
{
    MQTTDeserializedInfo_t info = {packet_id, publish, result};

    context->appCallback(context, packet, &info);
}

/* Delivers, then acknowledges: a message whose handling was cut short comes again. At QoS 1 that
 * needs no record; at QoS 2 the record keeps a repetition from being delivered. */
static MQTTStatus_t handle_publish(MQTTContext_t *context, MQTTPacketInfo_t *packet)
{
    MQTTPublishInfo_t publish;
    MQTTPublishState_t state;
    uint16_t packet_id;
    MQTTStatus_t status = MQTT_DeserializePublish(packet, &packet_id, &publish);

    if (status == MQTTSuccess && publish.qos == MQTTQoS2)
        status = MQTT_UpdateStatePublish(context, packet_id, MQTT_RECEIVE, MQTTQoS2, &state);
    if (status != MQTTSuccess && status != MQTTStateCollision)
        return status;
    if (status == MQTTSuccess)
        call_application(context, packet, packet_id, &publish, MQTTSuccess);
    if (context->connectStatus != MQTTConnected || publish.qos == MQTTQoS0)
        return MQTTSuccess;
    if (publish.qos == MQTTQoS1)
        return mqtt_send_ack(context, MQTT_PACKET_TYPE_PUBACK, packet_id);
    status = MQTT_UpdateStateAck(context, packet_id, MQTTPubrec, MQTT_SEND, &state);
    return status == MQTTSuccess ? mqtt_send_ack(context, MQTT_PACKET_TYPE_PUBREC, packet_id)
                                 : status;
}

/* The types of PUBACK, PUBREC, PUBREL and PUBCOMP follow each other, as the enumeration does. */
static MQTTPubAckType_t ack_type(uint8_t packet_type)
{
    return (MQTTPubAckType_t)((packet_type - MQTT_PACKET_TYPE_PUBACK) / 16);
}

/* Sends what a received PUBREC or PUBREL asks for. */
static MQTTStatus_t answer_ack(MQTTContext_t *context, uint16_t packet_id, MQTTPublishState_t state)
{
    bool release = state == MQTTPubRelSend;
    MQTTStatus_t status = MQTT_UpdateStateAck(
        context, packet_id, release ? MQTTPubrel : MQTTPubcomp, MQTT_SEND, &state);

    if (status != MQTTSuccess)
        return status;
    return mqtt_send_ack(context, release ? MQTT_PACKET_TYPE_PUBREL : MQTT_PACKET_TYPE_PUBCOMP,
                         packet_id);
}

static MQTTStatus_t handle_publish_ack(MQTTContext_t *context, MQTTPacketInfo_t *packet,
                                       uint16_t packet_id)
{
    MQTTPublishState_t state;
    MQTTStatus_t status = MQTT_UpdateStateAck(context, packet_id, ack_type(packet->type),
                                              MQTT_RECEIVE, &state);

    /* A PUBREL for an exchange that is finished here: its PUBCOMP was lost (4.3.3). */
    if (status == MQTTBadResponse && packet->type == MQTT_PACKET_TYPE_PUBREL)
        return mqtt_send_ack(context, MQTT_PACKET_TYPE_PUBCOMP, packet_id);
    if (status == MQTTSuccess && state != MQTTPublishDone)
        status = answer_ack(context, packet_id, state);
    if (status == MQTTSuccess)
        call_application(context, packet, packet_id, NULL, MQTTSuccess);
    return status;
}

static MQTTStatus_t handle_ack(MQTTContext_t *context, MQTTPacketInfo_t *packet, bool keep_alive)
{
    uint16_t packet_id = MQTT_PACKET_ID_INVALID;
    MQTTStatus_t status = MQTT_DeserializeAck(packet, &packet_id, NULL);

    if (status != MQTTSuccess && status != MQTTServerRefused)
        return MQTTBadResponse;
    switch (packet->type) {
    case MQTT_PACKET_TYPE_PINGRESP:
        context->waitingForPingResp = false;
        if (keep_alive)
            return MQTTSuccess;
        break;
    case MQTT_PACKET_TYPE_SUBACK:
    case MQTT_PACKET_TYPE_UNSUBACK:
        break;
    default:
        return handle_publish_ack(context, packet, packet_id);
    }
    call_application(context, packet, packet_id, NULL, status);
    return MQTTSuccess;
}

static MQTTStatus_t handle_packet(MQTTContext_t *context, MQTTPacketInfo_t *packet, bool keep_alive)
{
    MQTTStatus_t status;

    context->lastPacketRxTime = context->getTime();
    if (packet->type == MQTT_PACKET_TYPE_CONNACK)
        status = MQTTBadResponse; /* a second one (MQTT-3.2.0-1 has it as the first packet) */
    else if (packet->type / 16 == MQTT_PACKET_TYPE_PUBLISH / 16)
        status = handle_publish(context, packet);
    else
        status = handle_ack(context, packet, keep_alive);
    if (status != MQTTSuccess) {
        LogError(
            ("Packet of type 0x%02x: %s.", (unsigned)packet->type, MQTT_Status_strerror(status)));
    }
    return status;
}

/* Handles the packet at `*at`, if it is complete, and moves `*at` behind it. */
static MQTTStatus_t handle_next(MQTTContext_t *context, size_t *at, bool keep_alive)
{
    MQTTPacketInfo_t packet;
    uint8_t *bytes = context->networkBuffer.pBuffer + *at;
    size_t have = context->index - *at;
    MQTTStatus_t status = MQTT_ProcessIncomingPacketTypeAndLength(bytes, &have, &packet);

    if (status == MQTTBadResponse)
        return mqtt_connection_over(context, status);
    if (status != MQTTSuccess)
        return status;
    size_t size = packet.headerLength + packet.remainingLength;
    if (size > context->networkBuffer.size) {
        LogError(("A packet of %lu bytes does not fit the buffer.", (unsigned long)size));
        context->bytes_to_discard = size - have;
        *at = context->index;
        return MQTTNeedMoreBytes;
    }
    if (size > have)
        return MQTTNeedMoreBytes;
    packet.pRemainingData = bytes + packet.headerLength;
    *at += size;
    return handle_packet(context, &packet, keep_alive);
}

static void drop_front(MQTTContext_t *context, size_t count)
{
    uint8_t *buffer = context->networkBuffer.pBuffer;

    context->index -= count;
    if (count > 0 && context->index > 0)
        memmove(buffer, buffer + count, context->index);
}

static MQTTStatus_t handle_buffered(MQTTContext_t *context, bool keep_alive)
{
    MQTTStatus_t status = MQTTSuccess;
    size_t at = 0;

    /* The callback may disconnect, which empties the buffer. */
    while (status == MQTTSuccess && at < context->index)
        status = handle_next(context, &at, keep_alive);
    if (context->connectStatus == MQTTConnected)
        drop_front(context, at);
    return status;
}

/* Reads what there is room for. False: the transport failed. */
static bool receive_bytes(MQTTContext_t *context, size_t *received)
{
    const TransportInterface_t *transport = &context->transportInterface;
    size_t room = context->networkBuffer.size - context->index;
    int32_t got = transport->recv(transport->pNetworkContext,
                                  context->networkBuffer.pBuffer + context->index, room);

    if (got < 0 || (size_t)got > room)
        return false;
    *received = (size_t)got;
    context->index += *received;
    return true;
}

/* Counts off a packet that does not fit. MQTTNoMemory once, when its end has arrived. */
static MQTTStatus_t discard(MQTTContext_t *context)
{
    size_t part = context->bytes_to_discard < context->index ? context->bytes_to_discard
                                                             : context->index;

    context->bytes_to_discard -= part;
    drop_front(context, part);
    return context->bytes_to_discard == 0 ? MQTTNoMemory : MQTTNeedMoreBytes;
}

static MQTTStatus_t receive_packets(MQTTContext_t *context, bool keep_alive)
{
    const uint32_t limit = MQTT_RECV_POLLING_TIMEOUT_MS;
    uint32_t started = context->getTime();
    MQTTStatus_t status = MQTTSuccess;
    size_t received;

    if (context->bytes_to_discard == 0)
        status = handle_buffered(context, keep_alive);
    while ((status == MQTTSuccess || status == MQTTNeedMoreBytes) &&
           context->connectStatus == MQTTConnected) {
        if (!receive_bytes(context, &received))
            return mqtt_connection_over(context, MQTTRecvFailed);
        if (received > 0)
            status = context->bytes_to_discard > 0 ? discard(context)
                                                   : handle_buffered(context, keep_alive);
        if (status != MQTTNeedMoreBytes || context->getTime() - started >= limit)
            break;
    }
    return status;
}

static uint32_t shorter(uint32_t interval, uint32_t limit)
{
    return limit > 0 && limit < interval ? limit : interval;
}

/* Sends PINGREQ after an interval in which nothing was sent, or nothing received; half an interval
 * later at the latest a server that does not answer is given up. */
static MQTTStatus_t keep_alive_due(MQTTContext_t *context)
{
    uint32_t interval = context->keepAliveIntervalSec * (uint32_t)1000;
    uint32_t now = context->getTime();

    if (interval == 0)
        return MQTTSuccess;
    if (context->waitingForPingResp) {
        if (now - context->pingReqSendTimeMs < shorter(interval / 2, MQTT_PINGRESP_TIMEOUT_MS))
            return MQTTSuccess;
        LogError(("No PINGRESP in time."));
        return mqtt_connection_over(context, MQTTKeepAliveTimeout);
    }
    if (now - context->lastPacketTxTime < shorter(interval, PACKET_TX_TIMEOUT_MS) &&
        now - context->lastPacketRxTime < shorter(interval, PACKET_RX_TIMEOUT_MS))
        return MQTTSuccess;
    return mqtt_send_ping(context);
}

static MQTTStatus_t run_loop(MQTTContext_t *context, bool keep_alive)
{
    if (context == NULL || context->appCallback == NULL)
        return MQTTBadParameter;
    if (context->connectStatus != MQTTConnected)
        return MQTTIllegalState;
    context->controlPacketSent = false;
    MQTTStatus_t status = receive_packets(context, keep_alive);
    if (keep_alive && context->connectStatus == MQTTConnected) {
        MQTTStatus_t alive = keep_alive_due(context);
        if (alive != MQTTSuccess)
            status = alive;
    }
    return status;
}

MQTTStatus_t MQTT_ProcessLoop(MQTTContext_t *context)
{
    return run_loop(context, true);
}

MQTTStatus_t MQTT_ReceiveLoop(MQTTContext_t *context)
{
    return run_loop(context, false);
}

/* Takes a CONNACK off the front of the buffer. */
static MQTTStatus_t take_connack(MQTTContext_t *context, bool *session_present)
{
    MQTTPacketInfo_t packet;
    MQTTStatus_t status = MQTT_ProcessIncomingPacketTypeAndLength(context->networkBuffer.pBuffer,
                                                                  &context->index, &packet);

    if (status != MQTTSuccess)
        return status;
    if (packet.type != MQTT_PACKET_TYPE_CONNACK || packet.remainingLength != 2)
        return MQTTBadResponse;
    if (context->index < packet.headerLength + 2)
        return MQTTNeedMoreBytes;
    packet.pRemainingData = context->networkBuffer.pBuffer + packet.headerLength;
    status = MQTT_DeserializeAck(&packet, NULL, session_present);
    drop_front(context, packet.headerLength + 2);
    return status;
}

MQTTStatus_t mqtt_receive_connack(MQTTContext_t *context, uint32_t timeout_ms,
                                  bool *session_present)
{
    const uint32_t retries = MQTT_MAX_CONNACK_RECEIVE_RETRY_COUNT;
    uint32_t started = context->getTime();
    uint32_t empty = 0;

    for (;;) {
        size_t received;
        if (!receive_bytes(context, &received))
            return MQTTRecvFailed;
        MQTTStatus_t status = take_connack(context, session_present);
        if (status != MQTTNoDataAvailable && status != MQTTNeedMoreBytes) {
            context->lastPacketRxTime = context->getTime();
            return status;
        }
        bool late = timeout_ms > 0 ? context->getTime() - started >= timeout_ms
                                   : received == 0 && empty++ >= retries;
        if (late)
            return MQTTNoDataAvailable;
    }
}
