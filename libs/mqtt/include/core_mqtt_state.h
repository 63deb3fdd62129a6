/* SPDX-License-Identifier: MIT */
/*
 * How messages of QoS 1 and 2 proceed (section 4.3): the state machine and the tables of records in
 * the context. The client calls all of it by itself; an application needs only the two functions
 * that name what is to be sent again after a reconnect. Nothing here blocks or sends.
 */
#pragma once

#include "core_mqtt.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MQTT_STATE_CURSOR_INITIALIZER ((size_t)0)

/* Where a walk over the records stands. A walk is finished before other messages are published or
 * acknowledged, since records move. */
typedef size_t MQTTStateCursor_t;

typedef enum MQTTStateOperation { MQTT_SEND, MQTT_RECEIVE } MQTTStateOperation_t;

/* Takes an outgoing record in state MQTTPublishSend. MQTTBadParameter: QoS 0, identifier 0, no
 * records. MQTTNoMemory: none is free. MQTTStateCollision: the identifier is in use. */
MQTTStatus_t MQTT_ReserveState(const MQTTContext_t *context, uint16_t packet_id, MQTTQoS_t qos);

/* The state that a message enters when its PUBLISH was sent or received. */
MQTTPublishState_t MQTT_CalculateStatePublish(MQTTStateOperation_t operation, MQTTQoS_t qos);

/* Notes that a PUBLISH was sent (the record was reserved before) or received (a record is taken).
 * Sets `*new_state`; at QoS 0 that is all. MQTTStateCollision: a message of QoS 2 was received
 * again; the state says how to answer. MQTTNoMemory: no record is free. MQTTIllegalState: the
 * record does not exist, has another QoS, or is past that point. MQTTBadParameter. */
MQTTStatus_t MQTT_UpdateStatePublish(const MQTTContext_t *context, uint16_t packet_id,
                                     MQTTStateOperation_t operation, MQTTQoS_t qos,
                                     MQTTPublishState_t *new_state);

/* Forgets an outgoing message. MQTTBadParameter: NULL, identifier 0, no records. MQTTBadResponse:
 * there is no such message. */
MQTTStatus_t MQTT_RemoveStateRecord(const MQTTContext_t *context, uint16_t packet_id);

/* The state that a message enters when an acknowledgement was sent or received; MQTTStateNull if
 * that acknowledgement is not of this QoS. */
MQTTPublishState_t MQTT_CalculateStateAck(MQTTPubAckType_t packet_type,
                                          MQTTStateOperation_t operation, MQTTQoS_t qos);

/* Notes that an acknowledgement was sent or received; a finished message frees its record.
 * MQTTBadResponse: no record has this identifier. MQTTIllegalState: not in this state or QoS; the
 * record is unchanged. MQTTBadParameter. */
MQTTStatus_t MQTT_UpdateStateAck(const MQTTContext_t *context, uint16_t packet_id,
                                 MQTTPubAckType_t packet_type, MQTTStateOperation_t operation,
                                 MQTTPublishState_t *new_state);

/* The next identifier whose PUBREL is to be sent again, in order, with `*state` set to
 * MQTTPubRelSend; MQTT_PACKET_ID_INVALID at the end. MQTT_Connect does this by itself. */
uint16_t MQTT_PubrelToResend(const MQTTContext_t *context, MQTTStateCursor_t *cursor,
                             MQTTPublishState_t *state);

/* The next identifier whose PUBLISH is to be sent again, in order; MQTT_PACKET_ID_INVALID at the
 * end. The application calls MQTT_Publish for it with `dup` set. */
uint16_t MQTT_PublishToResend(const MQTTContext_t *context, MQTTStateCursor_t *cursor);

/* The name of a state: "MQTTPublishSend" and so on, or "invalid". The string is constant. */
const char *MQTT_State_strerror(MQTTPublishState_t state);

#ifdef __cplusplus
}
#endif
