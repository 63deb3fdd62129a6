/* SPDX-License-Identifier: MIT */
/*
 * Between the parts of the client: client.c has the public calls, send.c puts packets on the
 * transport, receive.c takes them off it. A failure of the transport in either of the last two
 * marks the connection as over.
 */
#pragma once

#include "core_mqtt.h"

/* Sends a complete small packet. MQTTSuccess or MQTTSendFailed. */
MQTTStatus_t mqtt_send(MQTTContext_t *context, const uint8_t *packet, size_t size);

MQTTStatus_t mqtt_send_ack(MQTTContext_t *context, uint8_t packet_type, uint16_t packet_id);
MQTTStatus_t mqtt_send_ping(MQTTContext_t *context);

/* Send what the size functions approved of, straight from the caller's memory. */
MQTTStatus_t mqtt_send_connect(MQTTContext_t *context, const MQTTConnectInfo_t *connect,
                               const MQTTPublishInfo_t *will, size_t remaining_length);
MQTTStatus_t mqtt_send_filters(MQTTContext_t *context, uint8_t type,
                               const MQTTSubscribeInfo_t *list, size_t count, uint16_t packet_id,
                               size_t remaining_length);
MQTTStatus_t mqtt_send_publish(MQTTContext_t *context, const MQTTPublishInfo_t *publish,
                               uint16_t packet_id, size_t remaining_length);

/* Waits for the CONNACK; what came behind it stays in the buffer. */
MQTTStatus_t mqtt_receive_connack(MQTTContext_t *context, uint32_t timeout_ms,
                                  bool *session_present);

/* Marks the connection as over and forgets what was received of it. Returns `reason`. */
MQTTStatus_t mqtt_connection_over(MQTTContext_t *context, MQTTStatus_t reason);
