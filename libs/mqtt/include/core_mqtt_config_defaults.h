/* SPDX-License-Identifier: MIT */
/*
 * The options of the MQTT library and their defaults. An application overrides one in its
 * core_mqtt_config.h or on the compiler's command line; with MQTT_DO_NOT_USE_CUSTOM_CONFIG defined
 * there is no such header. Times are in milliseconds of the clock given to MQTT_Init.
 */
#pragma once

#ifndef MQTT_DO_NOT_USE_CUSTOM_CONFIG
#include "core_mqtt_config.h"
#endif

/* Pieces that a SUBSCRIBE or UNSUBSCRIBE hands to the transport in one go; at least 2. A longer
 * packet takes several goes. */
#ifndef MQTT_SUB_UNSUB_MAX_VECTORS
#define MQTT_SUB_UNSUB_MAX_VECTORS (4U)
#endif

/* How often MQTT_Connect looks again for the CONNACK when its time-out is 0. */
#ifndef MQTT_MAX_CONNACK_RECEIVE_RETRY_COUNT
#define MQTT_MAX_CONNACK_RECEIVE_RETRY_COUNT (5U)
#endif

/* How long a PINGRESP may take. Half the keep-alive interval is the limit where that is shorter, so
 * that a silent broker is noticed within one and a half intervals. */
#ifndef MQTT_PINGRESP_TIMEOUT_MS
#define MQTT_PINGRESP_TIMEOUT_MS (5000U)
#endif

/* After this long without sending, or without receiving, a PINGREQ is sent even if the keep-alive
 * interval is longer; 0: the keep-alive interval alone decides. */
#ifndef PACKET_TX_TIMEOUT_MS
#define PACKET_TX_TIMEOUT_MS (30000U)
#endif

#ifndef PACKET_RX_TIMEOUT_MS
#define PACKET_RX_TIMEOUT_MS (30000U)
#endif

/* How long one call of MQTT_ProcessLoop or MQTT_ReceiveLoop goes on asking the transport for the
 * rest of a packet that has begun to arrive; then it returns MQTTNeedMoreBytes and the next call
 * goes on. 0: one look per call. Must be 0 with a clock that stands still. */
#ifndef MQTT_RECV_POLLING_TIMEOUT_MS
#define MQTT_RECV_POLLING_TIMEOUT_MS (10U)
#endif

/* How long sending one packet may take. Must be 0 with a clock that stands still: then sending
 * fails as soon as the transport takes nothing. */
#ifndef MQTT_SEND_TIMEOUT_MS
#define MQTT_SEND_TIMEOUT_MS (20000U)
#endif

/* Messages: the argument is a printf argument list in its own parentheses. */
#ifndef LogError
#define LogError(message) ((void)0)
#endif

#ifndef LogWarn
#define LogWarn(message) ((void)0)
#endif

#ifndef LogInfo
#define LogInfo(message) ((void)0)
#endif

#ifndef LogDebug
#define LogDebug(message) ((void)0)
#endif
