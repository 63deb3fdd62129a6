/* SPDX-License-Identifier: MIT */
/*
 * The records of messages of QoS 1 and 2. A record is free when its packet identifier is 0. New
 * records go behind the last used one, so that the order in a table is the order of publishing
 * (which resending must keep, MQTT-4.6.0-1); the gaps are closed only when the end is reached.
 *
 * The client notes an acknowledgement as sent before it sends it: if sending fails the peer repeats
 * its packet on the next connection, and the state already answers it rightly.
 */
#include "core_mqtt_state.h"

enum { STATE_COUNT = MQTTPublishDone + 1 };

#define TO(state) (1u << (state))

/* From each state the states that an acknowledgement may lead to (figures 4.2, 4.3). An
 * acknowledgement that is repeated after a reconnect leads to where the record is already. */
static const uint16_t ack_leads_to[STATE_COUNT] = {
    [MQTTPubAckSend] = TO(MQTTPublishDone),
    [MQTTPubRecSend] = TO(MQTTPubRelPending) | TO(MQTTPubCompSend),
    [MQTTPubRelSend] = TO(MQTTPubRelSend) | TO(MQTTPubCompPending),
    [MQTTPubCompSend] = TO(MQTTPubCompSend) | TO(MQTTPublishDone),
    [MQTTPubAckPending] = TO(MQTTPublishDone),
    [MQTTPubRecPending] = TO(MQTTPubRelSend),
    [MQTTPubRelPending] = TO(MQTTPubRelPending) | TO(MQTTPubCompSend),
    [MQTTPubCompPending] = TO(MQTTPubCompPending) | TO(MQTTPubRelSend) | TO(MQTTPublishDone),
};

struct record_table {
    MQTTPubAckInfo_t *records;
    size_t count;
};

static struct record_table outgoing(const MQTTContext_t *context)
{
    return (struct record_table){context->outgoingPublishRecords,
                                 context->outgoingPublishRecordMaxCount};
}

static struct record_table incoming(const MQTTContext_t *context)
{
    return (struct record_table){context->incomingPublishRecords,
                                 context->incomingPublishRecordMaxCount};
}

static MQTTPubAckInfo_t *record_find(struct record_table table, uint16_t packet_id)
{
    for (size_t i = 0; i < table.count; i++)
        if (table.records[i].packetId == packet_id)
            return &table.records[i];
    return NULL;
}

/* How many records there are up to the last used one, after closing the gaps before it. */
static size_t close_gaps(struct record_table table)
{
    size_t used = 0;

    for (size_t i = 0; i < table.count; i++) {
        MQTTPubAckInfo_t record = table.records[i];
        if (record.packetId == MQTT_PACKET_ID_INVALID)
            continue;
        table.records[i].packetId = MQTT_PACKET_ID_INVALID;
        table.records[used++] = record;
    }
    return used;
}

static MQTTStatus_t record_add(struct record_table table, uint16_t packet_id, MQTTQoS_t qos,
                               MQTTPublishState_t state)
{
    size_t at = table.count;

    while (at > 0 && table.records[at - 1].packetId == MQTT_PACKET_ID_INVALID)
        at--;
    if (at == table.count)
        at = close_gaps(table);
    if (at == table.count) {
        LogError(("All %lu publish records are in use.", (unsigned long)table.count));
        return MQTTNoMemory;
    }
    table.records[at] = (MQTTPubAckInfo_t){packet_id, qos, state};
    return MQTTSuccess;
}

MQTTStatus_t MQTT_ReserveState(const MQTTContext_t *context, uint16_t packet_id, MQTTQoS_t qos)
{
    if (context == NULL || packet_id == MQTT_PACKET_ID_INVALID || qos == MQTTQoS0 ||
        context->outgoingPublishRecordMaxCount == 0)
        return MQTTBadParameter;
    if (record_find(outgoing(context), packet_id) != NULL)
        return MQTTStateCollision;
    return record_add(outgoing(context), packet_id, qos, MQTTPublishSend);
}

MQTTPublishState_t MQTT_CalculateStatePublish(MQTTStateOperation_t operation, MQTTQoS_t qos)
{
    switch (qos) {
    case MQTTQoS0:
        return MQTTPublishDone;
    case MQTTQoS1:
        return operation == MQTT_SEND ? MQTTPubAckPending : MQTTPubAckSend;
    case MQTTQoS2:
        return operation == MQTT_SEND ? MQTTPubRecPending : MQTTPubRecSend;
    default:
        return MQTTStateNull;
    }
}

static MQTTStatus_t publish_sent(const MQTTContext_t *context, uint16_t packet_id, MQTTQoS_t qos,
                                 MQTTPublishState_t new_state)
{
    MQTTPubAckInfo_t *record = record_find(outgoing(context), packet_id);

    if (record == NULL || record->qos != qos ||
        (record->publishState != MQTTPublishSend && record->publishState != new_state))
        return MQTTIllegalState;
    record->publishState = new_state;
    return MQTTSuccess;
}

/* A known identifier is a repetition only until the PUBREL: after it, and at QoS 1, the server may
 * use the identifier for the next message (4.3.2, 4.3.3). */
static MQTTStatus_t publish_received(const MQTTContext_t *context, uint16_t packet_id,
                                     MQTTQoS_t qos, MQTTPublishState_t new_state)
{
    MQTTPubAckInfo_t *record = record_find(incoming(context), packet_id);

    if (record == NULL)
        return record_add(incoming(context), packet_id, qos, new_state);
    if (record->publishState == MQTTPubRecSend || record->publishState == MQTTPubRelPending)
        return qos == MQTTQoS2 ? MQTTStateCollision : MQTTIllegalState;
    *record = (MQTTPubAckInfo_t){packet_id, qos, new_state};
    return MQTTSuccess;
}

MQTTStatus_t MQTT_UpdateStatePublish(const MQTTContext_t *context, uint16_t packet_id,
                                     MQTTStateOperation_t operation, MQTTQoS_t qos,
                                     MQTTPublishState_t *new_state)
{
    if (context == NULL || new_state == NULL || qos > MQTTQoS2 ||
        (qos != MQTTQoS0 && packet_id == MQTT_PACKET_ID_INVALID))
        return MQTTBadParameter;
    *new_state = MQTT_CalculateStatePublish(operation, qos);
    if (qos == MQTTQoS0)
        return MQTTSuccess;
    return operation == MQTT_SEND ? publish_sent(context, packet_id, qos, *new_state)
                                  : publish_received(context, packet_id, qos, *new_state);
}

MQTTStatus_t MQTT_RemoveStateRecord(const MQTTContext_t *context, uint16_t packet_id)
{
    if (context == NULL || packet_id == MQTT_PACKET_ID_INVALID ||
        context->outgoingPublishRecordMaxCount == 0)
        return MQTTBadParameter;
    MQTTPubAckInfo_t *record = record_find(outgoing(context), packet_id);
    if (record == NULL)
        return MQTTBadResponse;
    record->packetId = MQTT_PACKET_ID_INVALID;
    return MQTTSuccess;
}

MQTTPublishState_t MQTT_CalculateStateAck(MQTTPubAckType_t packet_type,
                                          MQTTStateOperation_t operation, MQTTQoS_t qos)
{
    bool sending = operation == MQTT_SEND;

    if (qos != (packet_type == MQTTPuback ? MQTTQoS1 : MQTTQoS2))
        return MQTTStateNull;
    switch (packet_type) {
    case MQTTPubrec:
        return sending ? MQTTPubRelPending : MQTTPubRelSend;
    case MQTTPubrel:
        return sending ? MQTTPubCompPending : MQTTPubCompSend;
    case MQTTPuback:
    case MQTTPubcomp:
        return MQTTPublishDone;
    default:
        return MQTTStateNull;
    }
}

MQTTStatus_t MQTT_UpdateStateAck(const MQTTContext_t *context, uint16_t packet_id,
                                 MQTTPubAckType_t packet_type, MQTTStateOperation_t operation,
                                 MQTTPublishState_t *new_state)
{
    if (context == NULL || new_state == NULL || packet_id == MQTT_PACKET_ID_INVALID ||
        packet_type > MQTTPubcomp)
        return MQTTBadParameter;
    /* PUBREL is the one that travels in the direction of its message. */
    bool is_outgoing = (packet_type == MQTTPubrel) == (operation == MQTT_SEND);
    MQTTPubAckInfo_t *record = record_find(is_outgoing ? outgoing(context) : incoming(context),
                                           packet_id);
    if (record == NULL)
        return MQTTBadResponse;
    MQTTPublishState_t state = MQTT_CalculateStateAck(packet_type, operation, record->qos);
    if (state == MQTTStateNull || (ack_leads_to[record->publishState] & TO(state)) == 0) {
        LogError(("Message %u in state %s does not expect this acknowledgement.",
                  (unsigned)packet_id, MQTT_State_strerror(record->publishState)));
        return MQTTIllegalState;
    }
    record->publishState = state;
    if (state == MQTTPublishDone)
        record->packetId = MQTT_PACKET_ID_INVALID;
    *new_state = state;
    return MQTTSuccess;
}

/* The next outgoing record in one of the states of the set. */
static uint16_t next_in_states(const MQTTContext_t *context, MQTTStateCursor_t *cursor,
                               unsigned states)
{
    if (context == NULL || cursor == NULL)
        return MQTT_PACKET_ID_INVALID;
    while (*cursor < context->outgoingPublishRecordMaxCount) {
        const MQTTPubAckInfo_t *record = &context->outgoingPublishRecords[(*cursor)++];
        if (record->packetId != MQTT_PACKET_ID_INVALID && (states & TO(record->publishState)) != 0)
            return record->packetId;
    }
    return MQTT_PACKET_ID_INVALID;
}

uint16_t MQTT_PubrelToResend(const MQTTContext_t *context, MQTTStateCursor_t *cursor,
                             MQTTPublishState_t *state)
{
    if (state == NULL)
        return MQTT_PACKET_ID_INVALID;
    uint16_t packet_id = next_in_states(context, cursor,
                                        TO(MQTTPubRelSend) | TO(MQTTPubCompPending));
    if (packet_id != MQTT_PACKET_ID_INVALID)
        *state = MQTTPubRelSend;
    return packet_id;
}

uint16_t MQTT_PublishToResend(const MQTTContext_t *context, MQTTStateCursor_t *cursor)
{
    return next_in_states(context, cursor,
                          TO(MQTTPublishSend) | TO(MQTTPubAckPending) | TO(MQTTPubRecPending));
}
