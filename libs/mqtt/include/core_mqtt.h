/* SPDX-License-Identifier: MIT */
/*
 * An MQTT 3.1.1 client over any byte stream. No heap, no operating system: the application gives a
 * transport, a clock, a buffer for one received packet and, for QoS above 0, tables of records.
 *
 * The application opens the transport and calls MQTT_Connect; then it calls MQTT_ProcessLoop again
 * and again, which receives, answers, keeps the connection alive and hands what arrived to the
 * callback. After MQTTSendFailed, MQTTRecvFailed, MQTTKeepAliveTimeout or a stream that cannot be
 * followed any more `connectStatus` is MQTTNotConnected: the application closes the transport and
 * starts again; a session that the server kept goes on where it was.
 *
 * A context is used by one task at a time. The callback may publish, subscribe, unsubscribe, ping
 * and disconnect, but neither connect nor call a loop function. Nothing here may be called from an
 * interrupt. How long a call can block is up to the transport and to the options in
 * core_mqtt_config_defaults.h.
 */
#pragma once

#include "core_mqtt_serializer.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MQTT_LIBRARY_VERSION   "v2.3.1"
#define MQTT_PACKET_ID_INVALID ((uint16_t)0U)

struct MQTTPubAckInfo;
struct MQTTContext;
struct MQTTDeserializedInfo;

/* Milliseconds since some moment in the past; may wrap around. */
typedef uint32_t (*MQTTGetCurrentTimeFunc_t)(void);

/* Called by the loop functions for each PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK and
 * UNSUBACK, and by MQTT_ReceiveLoop for PINGRESP. What the arguments point to is valid until the
 * callback returns. */
typedef void (*MQTTEventCallback_t)(struct MQTTContext *context, struct MQTTPacketInfo *packet,
                                    struct MQTTDeserializedInfo *info);

typedef enum MQTTConnectionStatus { MQTTNotConnected, MQTTConnected } MQTTConnectionStatus_t;

/* Where a message of QoS 1 or 2 stands: what is to be sent next, or what is awaited. */
typedef enum MQTTPublishState {
    MQTTStateNull = 0,
    MQTTPublishSend,
    MQTTPubAckSend,
    MQTTPubRecSend,
    MQTTPubRelSend,
    MQTTPubCompSend,
    MQTTPubAckPending,
    MQTTPubRecPending,
    MQTTPubRelPending,
    MQTTPubCompPending,
    MQTTPublishDone
} MQTTPublishState_t;

typedef enum MQTTPubAckType { MQTTPuback, MQTTPubrec, MQTTPubrel, MQTTPubcomp } MQTTPubAckType_t;

/* The codes of a SUBACK, one per topic filter. */
typedef enum MQTTSubAckStatus {
    MQTTSubAckSuccessQos0 = 0x00,
    MQTTSubAckSuccessQos1 = 0x01,
    MQTTSubAckSuccessQos2 = 0x02,
    MQTTSubAckFailure = 0x80
} MQTTSubAckStatus_t;

/* The record of one message; free when packetId is MQTT_PACKET_ID_INVALID. */
typedef struct MQTTPubAckInfo {
    uint16_t packetId;
    MQTTQoS_t qos;
    MQTTPublishState_t publishState;
} MQTTPubAckInfo_t;

/* A connection. Set up by MQTT_Init; the application may read the members, and writes none. */
typedef struct MQTTContext {
    MQTTPubAckInfo_t *outgoingPublishRecords; /* in the order in which they were published */
    MQTTPubAckInfo_t *incomingPublishRecords;
    size_t outgoingPublishRecordMaxCount;
    size_t incomingPublishRecordMaxCount;
    TransportInterface_t transportInterface;
    MQTTFixedBuffer_t networkBuffer; /* received bytes that are not handled yet */
    uint16_t nextPacketId;
    MQTTConnectionStatus_t connectStatus;
    MQTTGetCurrentTimeFunc_t getTime;
    MQTTEventCallback_t appCallback;
    uint32_t lastPacketTxTime;
    uint32_t lastPacketRxTime;
    bool controlPacketSent; /* since the last call of a loop function began */
    size_t index;           /* how many bytes are in networkBuffer */
    uint16_t keepAliveIntervalSec;
    uint32_t pingReqSendTimeMs;
    bool waitingForPingResp;
    size_t bytes_to_discard; /* left of a packet that is larger than networkBuffer */
} MQTTContext_t;

typedef struct MQTTDeserializedInfo {
    uint16_t packetIdentifier;
    MQTTPublishInfo_t *pPublishInfo;    /* of a PUBLISH; else NULL */
    MQTTStatus_t deserializationResult; /* MQTTServerRefused: a SUBACK with a failure */
} MQTTDeserializedInfo_t;

/* Makes `context` ready for QoS 0. The buffer must hold the largest packet to be received; it and
 * what the transport refers to stay in use. MQTTBadParameter: a NULL argument, recv, send or
 * buffer, or a buffer of less than 5 bytes. */
MQTTStatus_t MQTT_Init(MQTTContext_t *context, const TransportInterface_t *transport,
                       MQTTGetCurrentTimeFunc_t get_time, MQTTEventCallback_t callback,
                       const MQTTFixedBuffer_t *network_buffer);

/* Gives the records for QoS 1 and 2 and clears them: one for each message sent at QoS 1 or 2, and
 * one for each message received at QoS 2, whose exchange is not finished. They stay in use. To be
 * called after MQTT_Init. MQTTBadParameter: `context` is NULL or not initialized, or a table is
 * NULL while its count is not 0. */
MQTTStatus_t MQTT_InitStatefulQoS(MQTTContext_t *context, MQTTPubAckInfo_t *outgoing_records,
                                  size_t outgoing_count, MQTTPubAckInfo_t *incoming_records,
                                  size_t incoming_count);

/* Sends CONNECT over the open transport and waits for the CONNACK: for `timeout_ms`, or if that is
 * 0 for MQTT_MAX_CONNACK_RECEIVE_RETRY_COUNT further looks. `will` may be NULL. If the server has
 * no session all records are cleared; if it has one, each PUBREL that is due is sent again, and the
 * application publishes again what MQTT_PublishToResend names.
 * MQTTBadParameter, MQTTSendFailed, MQTTRecvFailed; MQTTNoDataAvailable: no CONNACK in time;
 * MQTTBadResponse: not a valid CONNACK; MQTTServerRefused: the server said no. */
MQTTStatus_t MQTT_Connect(MQTTContext_t *context, const MQTTConnectInfo_t *connect,
                          const MQTTPublishInfo_t *will, uint32_t timeout_ms,
                          bool *session_present);

/* Send SUBSCRIBE and UNSUBSCRIBE; the answer comes to the callback with the same packet identifier.
 * MQTTBadParameter: also QoS 2 without incoming records. MQTTIllegalState: not connected.
 * MQTTSendFailed. */
MQTTStatus_t MQTT_Subscribe(MQTTContext_t *context, const MQTTSubscribeInfo_t *list, size_t count,
                            uint16_t packet_id);
MQTTStatus_t MQTT_Unsubscribe(MQTTContext_t *context, const MQTTSubscribeInfo_t *list, size_t count,
                              uint16_t packet_id);

/* Sends a PUBLISH. At QoS 1 and 2 `packet_id` comes from MQTT_GetPacketId, and PUBACK or PUBCOMP
 * comes to the callback; to send a message again after a reconnect use its first identifier and
 * set `dup`. MQTTBadParameter: also QoS 1 or 2 without outgoing records. MQTTNoMemory: all outgoing
 * records are in use. MQTTStateCollision: the identifier is in use and `dup` is not set.
 * MQTTIllegalState: not connected, or the message is past the point of being sent again.
 * MQTTSendFailed: the record stays, MQTT_PublishToResend will name it. */
MQTTStatus_t MQTT_Publish(MQTTContext_t *context, const MQTTPublishInfo_t *publish,
                          uint16_t packet_id);

/* Forgets a message sent at QoS 1 or 2; an acknowledgement that arrives later is refused with
 * MQTTBadResponse by the loop function. MQTTBadParameter: `context` is NULL, there are no outgoing
 * records, or identifier 0. MQTTBadResponse: no such message is pending. */
MQTTStatus_t MQTT_CancelCallback(const MQTTContext_t *context, uint16_t packet_id);

/* Sends PINGREQ. MQTT_ProcessLoop does it by itself; it is for users of MQTT_ReceiveLoop.
 * MQTTBadParameter, MQTTIllegalState: not connected, MQTTSendFailed. */
MQTTStatus_t MQTT_Ping(MQTTContext_t *context);

/* Sends DISCONNECT; the server then drops the last will. The application closes the transport.
 * MQTTBadParameter, MQTTIllegalState: not connected, MQTTSendFailed. */
MQTTStatus_t MQTT_Disconnect(MQTTContext_t *context);

/* Looks once for received bytes, handles every packet that is complete, and sends PINGREQ when the
 * connection was idle. MQTTSuccess: also when nothing arrived. MQTTNeedMoreBytes: a part of a
 * packet is there; call again. MQTTNoMemory: a packet was larger than the buffer or no incoming
 * record was free; it was dropped unacknowledged and the stream goes on behind it. MQTTBadResponse:
 * a packet was refused; the connection goes on only if the stream can still be followed (see
 * `connectStatus`), but the standard wants it closed. MQTTIllegalState: an acknowledgement does not
 * fit the state of its message, or not connected. MQTTRecvFailed, MQTTSendFailed,
 * MQTTKeepAliveTimeout: the connection is over. MQTTBadParameter. */
MQTTStatus_t MQTT_ProcessLoop(MQTTContext_t *context);

/* The same without keep-alive, for an application that calls MQTT_Ping itself. */
MQTTStatus_t MQTT_ReceiveLoop(MQTTContext_t *context);

/* The next packet identifier that no outgoing record uses; never 0, except for a NULL context. */
uint16_t MQTT_GetPacketId(MQTTContext_t *context);

/* Whether the topic name matches the topic filter (section 4.7): `+`, `#`, and topics with a
 * leading `$` that no leading wildcard matches. MQTTBadParameter: a NULL pointer or length 0. */
MQTTStatus_t MQTT_MatchTopic(const char *topic_name, const uint16_t topic_name_length,
                             const char *topic_filter, const uint16_t topic_filter_length,
                             bool *is_match);

/* Where the codes of a SUBACK (MQTTSubAckStatus_t, one byte each) stand in the packet.
 * MQTTBadParameter: NULL, not a SUBACK, or shorter than one with a single code. */
MQTTStatus_t MQTT_GetSubAckStatusCodes(const MQTTPacketInfo_t *suback, uint8_t **payload_start,
                                       size_t *payload_size);

/* The name of a status: "MQTTSuccess" and so on, or "invalid". The string is constant. */
const char *MQTT_Status_strerror(MQTTStatus_t status);

#ifdef __cplusplus
}
#endif
